"""Asks the trained model every held-out message, and notes what it would do."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from askmyo.language.slips import with_slips
from askmyo.report.questions import Asked, read_questions, read_red_flags, read_talk

NOISE = (0.05, 0.10)
"""Shares of characters with a slip."""

RANKED = 5


class Parses(Protocol):
    """What `askmyo.running.parsing.Parser` offers."""

    def parse(self, text: str) -> dict[str, Any]:
        """What the pipeline makes of a message."""


@dataclass(frozen=True)
class Outcome:
    """What became of one message. Confidences are probabilities from 0 to 1."""

    text: str
    expected: str
    ranked: tuple[tuple[str, float], ...]
    decision: str
    answers: tuple[str, ...]
    options: tuple[str, ...]

    @property
    def top(self) -> str:
        """The label the model finds likeliest; empty where it ranked nothing."""
        return self.ranked[0][0] if self.ranked else ""

    @property
    def confidence(self) -> float:
        """How sure it is of that."""
        return self.ranked[0][1] if self.ranked else 0.0

    @property
    def right(self) -> bool:
        """Whether the expected label is ranked first."""
        return self.top == self.expected

    @property
    def shown(self) -> bool:
        """Whether the patient sees the expected answer, or its question among those offered
        beside whatever else was said."""
        return self.expected in self.answers or self.expected in self.options

    @property
    def result(self) -> str:
        """What the patient gets, in one of the words of `RESULTS`."""
        if self.expected in self.answers:
            return "answered right"
        if self.answers:
            return "answered wrong"
        if self.decision == "clarify":
            return "asked back, offered" if self.expected in self.options else "asked back, missed"
        return "not covered" if self.decision == "out_of_scope" else "taken for talk"


RESULTS = (
    "answered right",
    "asked back, offered",
    "asked back, missed",
    "not covered",
    "taken for talk",
    "answered wrong",
)
"""What can become of a question that has an answer, best first."""


@dataclass(frozen=True)
class Run:
    """One run over everything held out."""

    questions: list[Outcome]
    talk: list[Outcome]
    red_flags: list[Outcome]
    noise: dict[float, list[Outcome]]
    """Share of slips -> outcomes of a sample of the questions."""
    sample: list[Outcome]
    """The same sample without slips."""


def run(parser: Parses, every: int = 3, *, dangers: bool = True) -> Run:
    """Asks everything. Every third question (or so, see `every`) is asked with slips too; the
    suites of danger only where `dangers` says so."""
    questions = read_questions()
    clean = _ask(parser, questions)
    sample = questions[::every]
    noise = {
        share: _ask(parser, [Asked(with_slips(one.text, share), one.label) for one in sample])
        for share in NOISE
    }
    return Run(
        questions=clean,
        talk=_ask(parser, read_talk()),
        red_flags=_ask(parser, read_red_flags() if dangers else []),
        noise=noise,
        sample=clean[::every],
    )


def outcome(asked: Asked, parsed: dict[str, Any]) -> Outcome:
    """What `Parser.parse` says, beside what was expected."""
    turn = parsed["turn"]
    ranked = turn.get("ranking") or [
        pair for one in parsed["rankings"][:1] for pair in one["labels"]
    ]
    return Outcome(
        text=asked.text,
        expected=asked.label,
        ranked=tuple((str(label), float(confidence)) for label, confidence in ranked[:RANKED]),
        decision=parsed["decision"],
        answers=tuple(turn.get("answers") or ()),
        options=tuple(turn.get("options") or ()),
    )


def write_run(outcomes: Iterable[Outcome], file: Path) -> None:
    """Writes what the model made of the held-out questions, for `askmyo answers check`."""
    rows = [
        {
            "text": one.text,
            "expected": one.expected,
            "ranked": [list(pair) for pair in one.ranked],
            "decision": one.decision,
        }
        for one in outcomes
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


def _ask(parser: Parses, asked: Sequence[Asked]) -> list[Outcome]:
    return [outcome(one, parser.parse(one.text)) for one in asked]
