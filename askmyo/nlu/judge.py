"""Decides what to do with a message: answer, answer two, ask back, or say it isn't covered.

Pure: rankings and a little context in, a `Turn` out. The reasons for judging here and not in the
action are in docs/decisions/0005-where-confidence-is-judged.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from askmyo.nlu.ranked import Ranked

PERSONAL = "personal_advice"
SUPPORT = "support"
FOLLOW_UP = "follow_up"
OUT_OF_SCOPE = "out_of_scope"
CLARIFY = "clarify/any"

TALK = frozenset({PERSONAL, SUPPORT, FOLLOW_UP, OUT_OF_SCOPE})
TALK |= {"clarify", "country", "crisis", "emergency", "feedback", "help", "privacy", "smalltalk"}
TALK |= {"urgent"}
"""The intents that are no topics; every other label names an answer."""

MAX_ANSWERS = 2
MAX_OPTIONS = 3


@dataclass(frozen=True)
class Limits:
    """Calibrated probabilities from 0 to 1, above or below which the judge acts.

    Tuned on out-of-fold predictions of the training data (`bench/limits.py`).
    """

    answer: float = 0.5
    second_answer: float = 0.6
    other: float = 0.5
    personal: float = 0.35
    support: float = 0.45
    scope: float = 0.3
    option: float = 0.07
    options: float = 0.3


@dataclass(frozen=True)
class Context:
    """What the dialogue remembers: the last answers' ids, and the ids of the questions offered."""

    last_answers: tuple[str, ...] = ()
    last_options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Turn:
    """What to do. `label` is what the message is; `answers` to serve; `options` to offer."""

    label: str
    answers: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    ranking: tuple[tuple[str, float], ...] = field(default=())

    @property
    def intent(self) -> str:
        """The Rasa intent that leads to the right action."""
        return self.label.split("/")[0]


def judge(rankings: Sequence[Ranked], context: Context, limits: Limits) -> Turn:
    """The turn for a message.

    `rankings` holds the whole message first, then its clauses where it has several.
    """
    whole, clauses = rankings[0], rankings[1:]
    merged = merge(rankings)
    turn = (
        _personal(rankings, limits)
        or _several(clauses, limits)
        or _one([whole, *_questions_first(clauses)], limits)
        or _unsure(rankings, merged, limits)
    )
    return replace(turn, ranking=tuple(merged[:5]))


def merge(rankings: Sequence[Ranked]) -> list[tuple[str, float]]:
    """One ranking of all labels: each with the highest probability any text gives it."""
    best: dict[str, float] = {}
    for ranked in rankings:
        for label, confidence in ranked.labels:
            best[label] = max(best.get(label, 0.0), confidence)
    return sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))


def is_answer(label: str) -> bool:
    """Whether a label names an answer rather than a kind of talk."""
    return label.split("/", maxsplit=1)[0] not in TALK


def _personal(rankings: Sequence[Ranked], limits: Limits) -> Turn | None:
    """Advice that only a clinician can give is declined, whatever else was asked."""
    for ranked in rankings:
        if ranked.top.startswith(PERSONAL) and ranked.confidence >= limits.personal:
            return Turn(ranked.top, options=_options(ranked.labels, limits.option))
    return None


def _several(clauses: Sequence[Ranked], limits: Limits) -> Turn | None:
    """Two questions in one message get two answers, where both are clear."""
    asked = [one for one in clauses if one.question and _sure(one, limits, limits.second_answer)]
    answers = tuple(dict.fromkeys(one.top for one in asked if is_answer(one.top)))[:MAX_ANSWERS]
    return Turn(answers[0], answers=answers) if len(answers) > 1 else None


def _one(candidates: Iterable[Ranked], limits: Limits) -> Turn | None:
    """The first text that is clear decides; a greeting only where nothing else was said."""
    kinder = None
    for ranked in candidates:
        if not _sure(ranked, limits, limits.answer):
            continue
        if is_answer(ranked.top):
            return Turn(ranked.top, answers=(ranked.top,))
        if kinder is None:
            kinder = Turn(ranked.top)
    return kinder


def _sure(ranked: Ranked, limits: Limits, answer: float) -> bool:
    if is_answer(ranked.top):
        return ranked.confidence >= answer and ranked.in_scope >= limits.scope
    needed = limits.support if ranked.top.startswith(SUPPORT) else limits.other
    return ranked.confidence >= needed


def _questions_first(clauses: Sequence[Ranked]) -> list[Ranked]:
    return sorted(clauses, key=lambda one: (not one.question, -one.confidence))


def _unsure(rankings: Sequence[Ranked], merged: list[tuple[str, float]], limits: Limits) -> Turn:
    """Two or three likely questions are offered; otherwise it isn't covered."""
    nearest = max(rankings, key=lambda one: one.in_scope)
    options = _options(merged, limits.option)
    likely = sum(confidence for label, confidence in merged if label in options)
    if options and likely >= limits.options and nearest.in_scope >= limits.scope:
        return Turn(CLARIFY, options=options)
    return Turn(nearest.outside, options=options if nearest.outside.endswith("near") else ())


def _options(ranking: Iterable[tuple[str, float]], least: float) -> tuple[str, ...]:
    likely = (label for label, confidence in ranking if is_answer(label) and confidence >= least)
    return tuple(likely)[:MAX_OPTIONS]
