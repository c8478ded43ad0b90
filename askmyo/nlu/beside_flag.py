"""Which answer may follow a warning: one that was really asked for, beside the danger.

The judge answers a statement too ('my legs are weak' gets the answer on it). Beside danger that
won't do: the statement *is* the danger, and 'everyone would be better off without me' must not
bring the answer on living alone. In words: docs/safety/red-flag-rule.md, point 7.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from askmyo.nlu.judge import is_answer
from askmyo.nlu.ranked import Ranked

SURE = 0.8
IN_SCOPE = 0.5
"""Higher than the judge asks for: a wrong answer weighs more beside a warning."""

DOUBT = 0.85
"""Below this much danger, a flag may well be a general question, and is answered too. Of the
messages of the first two held-out suites that were flagged rightly, all but 1 in 20 are above."""

SEARCH = 4
"""So many words at most are a search, not a statement."""
_CALL = re.compile(r"\b(?:help|please|quick|quickly|now|urgent|urgently|emergency)\b")
"""Nor is a call for help one, however short: 'choking help'."""

CALM = 0.3
"""The detector's own probability of danger, above which a clause is no mere question."""

NOT_IN_CRISIS = ("outlook/", "treatment/", "daily_life/planning_ahead", "daily_life/feeding_tube")
"""Answers on medicines, dying and refusing care stay away from a person who may mean to die."""

_SUBJECT = (
    r"(?:i|you|he|she|it|we|they|there|this|that|these|those|the|a|an|any|my|your|his|her|our|"
    r"their|anyone|anybody|people|inclusion body myositis|exercise|physical therap\w+)"
)
_CLIPPED = re.compile(
    r"^(?:is|are|am|was|were|has|have|had|may|might|cannot|\w+n't)\b(?! " + _SUBJECT + r"\b)"
)
"""A statement without its subject: 'is choking', 'can't breathe', 'have fallen'."""

_TAG = re.compile(
    r"(?:\b(?:yes|no|right|ok|okay|correct|true|eh|hm+|huh|innit)"
    r"|\b(?:is|are|was|were|do|does|did|can|could|will|would|has|have)(?:n't|nt)? "
    r"(?:it|he|she|they|i|we|you|there))[\s?!.]*$"
)
_ASKS_FIRST = re.compile(
    r"^(?:what|why|how|when|where|who|whom|which|whose|can|could|should|will|would|do|does|did|"
    r"is|are|am|was|were|has|have|may|might)\b"
)


@dataclass(frozen=True)
class Clause:
    """A clause of a flagged message, judged on its own. `danger` is 0 to 1, 1 where the clause
    alone would raise a flag."""

    ranked: Ranked
    danger: float


def answer_beside(clauses: Sequence[Clause], *, crisis: bool = False) -> str | None:
    """The answer that may follow a warning: that of the surest real question, if any.

    `crisis` tells whether somebody may mean to die.
    """
    asked = [one.ranked for one in clauses if one.danger < CALM and _asked_for(one.ranked)]
    fit = [one for one in asked if _fit(one.top, crisis=crisis)]
    return max(fit, key=lambda one: one.confidence).top if fit else None


def answer_in_doubt(whole: Ranked, danger: float) -> str | None:
    """The answer that follows a warning which may have been needless. Not for a crisis.

    `whole` is the whole message, `danger` the flag's, from 0 to 1. A question may be meant in
    general, and so may a few words as people type them into a search; a sentence is a statement.
    """
    searched = len(whole.text.split()) <= SEARCH and not _CALL.search(whole.text.lower())
    general = searched or really_asks(whole)
    return whole.top if danger < DOUBT and general and _clear(whole) else None


def _fit(label: str, *, crisis: bool) -> bool:
    return not (crisis and label.startswith(NOT_IN_CRISIS))


def _clear(ranked: Ranked) -> bool:
    sure = ranked.confidence >= SURE and ranked.in_scope >= IN_SCOPE
    return sure and is_answer(ranked.top)


def _asked_for(ranked: Ranked) -> bool:
    return _clear(ranked) and really_asks(ranked)


def really_asks(ranked: Ranked) -> bool:
    """Whether a clause marked as a question is one.

    No statement without its subject ('can't breathe'), unless it has a question mark, and none
    that only wants to be agreed with ('it's just the heat, yes?').
    """
    text = ranked.text.strip()
    if not ranked.question or (_CLIPPED.match(text) and not text.endswith("?")):
        return False
    return bool(_ASKS_FIRST.match(text)) or not _TAG.search(text)
