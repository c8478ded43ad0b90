"""The figures of the report, from the outcomes of a run. Shares are from 0 to 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from askmyo.nlu.ranked import FAR, NEAR
from askmyo.report.outcomes import RESULTS, Outcome, Run

ELSEWHERE = "other talk"
NOT_COVERED = "not covered"
BINS = 10


def share(happened: Iterable[bool]) -> float:
    """How many of these are so; 0 of none."""
    every = list(happened)
    return sum(every) / len(every) if every else 0.0


@dataclass(frozen=True)
class Bin:
    """Messages of like confidence: `low` to `low` + 0.1."""

    low: float
    count: int
    right: int
    confidence: float
    """Mean confidence."""

    @property
    def accuracy(self) -> float:
        """How many of them are ranked right."""
        return self.right / self.count if self.count else 0.0


@dataclass(frozen=True)
class Topic:
    """How the held-out questions of one topic fare."""

    name: str
    questions: int
    right: float
    shown: float
    wrong: float


@dataclass(frozen=True)
class Signs:
    """Red-flag messages of one kind: how many get that kind, and any kind."""

    kind: str
    messages: int
    same: int
    flagged: int
    missed: list[Outcome]


@dataclass(frozen=True)
class Scope:
    """Messages out of scope: what was done with them."""

    name: str
    messages: int
    refused: float
    offered: float
    answered: float
    passed: list[Outcome]


def decisions(outcomes: Sequence[Outcome]) -> list[tuple[str, int]]:
    """How many questions met each of `RESULTS`."""
    counted = Counter(one.result for one in outcomes)
    return [(result, counted[result]) for result in RESULTS]


def by_topic(outcomes: Sequence[Outcome]) -> list[Topic]:
    """Accuracy by topic, weakest first."""
    rows = []
    for name in sorted({_topic(one.expected) for one in outcomes}):
        own = [one for one in outcomes if _topic(one.expected) == name]
        wrong = share(one.result == "answered wrong" for one in own)
        right, shown = share(one.right for one in own), share(one.shown for one in own)
        rows.append(Topic(name, len(own), right, shown, wrong))
    return sorted(rows, key=lambda row: row.shown)


def confusions(outcomes: Sequence[Outcome]) -> tuple[list[str], list[list[int]]]:
    """Topics and a table: row expected, column ranked first. The diagonal counts the right
    answer only; a wrong answer of the same topic is in the list of mixed-up pairs."""
    topics = sorted({_topic(one.expected) for one in outcomes})
    columns = [*topics, NOT_COVERED, ELSEWHERE]
    table = [[0] * len(columns) for _ in topics]
    for one in outcomes:
        table[topics.index(_topic(one.expected))][columns.index(_column(one, topics))] += 1
    return columns, table


def mixed_up(outcomes: Sequence[Outcome]) -> list[tuple[str, str, int]]:
    """Expected label, the label ranked before it, and how often where more than once; most
    often first."""
    pairs = Counter((one.expected, one.top or "(nothing)") for one in outcomes if not one.right)
    return [(first, second, count) for (first, second), count in pairs.most_common() if count > 1]


def reliability(outcomes: Sequence[Outcome]) -> list[Bin]:
    """Outcomes in ten bins of confidence, for the histogram and the reliability curve."""
    bins = []
    for number in range(BINS):
        own = [one for one in outcomes if min(int(one.confidence * BINS), BINS - 1) == number]
        mean = sum(one.confidence for one in own) / len(own) if own else 0.0
        bins.append(Bin(number / BINS, len(own), sum(one.right for one in own), mean))
    return bins


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: the mean gap of confidence and accuracy (Guo et al. 2017)."""
    total = sum(one.count for one in bins) or 1
    return sum(one.count * abs(one.accuracy - one.confidence) for one in bins) / total


def scopes(talk: Sequence[Outcome]) -> list[Scope]:
    """Out of scope, near and far."""
    rows = []
    for name, label in (("near", NEAR), ("far", FAR)):
        own = [one for one in talk if one.expected == label]
        passed = [one for one in own if one.answers or one.decision == "clarify"]
        offered = share(one.decision == "clarify" for one in own)
        answered = share(bool(one.answers) for one in own)
        refused = 1 - len(passed) / len(own) if own else 0.0
        rows.append(Scope(name, len(own), refused, offered, answered, passed))
    return rows


def signs(red_flags: Sequence[Outcome]) -> list[Signs]:
    """Red flags by kind. For `none` the look-alikes: `same` are those left unflagged."""
    rows = []
    for kind in ("emergency", "urgent", "crisis", "none"):
        own = [one for one in red_flags if _topic(one.expected) == kind]
        flagged = [one for one in own if one.decision in ("emergency", "urgent", "crisis")]
        same = [one for one in own if one.decision == kind]
        good = [one for one in own if one not in flagged] if kind == "none" else same
        missed = [one for one in own if one not in good]
        rows.append(Signs(kind, len(own), len(good), len(flagged), missed))
    return rows


def talk_rows(talk: Sequence[Outcome]) -> list[tuple[str, int, float]]:
    """Kinds of talk, their messages, and how many are taken for that kind; weakest first."""
    rows = []
    for name in sorted({_topic(one.expected) for one in talk}):
        own = [one for one in talk if _topic(one.expected) == name]
        rows.append((name, len(own), share(one.decision == name for one in own)))
    return sorted(rows, key=lambda row: row[2])


def noise_rows(run: Run) -> list[tuple[float, float, float]]:
    """Share of slips, ranked right, right or offered; without slips first; the same questions."""
    by_share = {0.0: run.sample, **run.noise}
    return [
        (slips, share(one.right for one in own), share(one.shown for one in own))
        for slips, own in by_share.items()
    ]


def _topic(label: str) -> str:
    return label.split("/", maxsplit=1)[0]


def _column(one: Outcome, topics: Sequence[str]) -> str:
    topic = _topic(one.top)
    if topic in topics:
        return topic
    return NOT_COVERED if topic in ("", "out_of_scope") else ELSEWHERE
