"""Understands a message that leans on the last one: 'and weights?', 'what about stairs?'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from askmyo.nlu.judge import PERSONAL, Context, Turn, is_answer
from askmyo.nlu.ranked import Ranked

SAME_TOPIC = 2.0
"""How much likelier an answer of the last topic is in a message that leans on it."""

_LEANS = re.compile(r"^(and|but|or|so|what about|how about|what if|also|then|even)\b")
_SHORT = 5  # words
_SIMPLER = re.compile(r"\b(?:simpl(?:er|y|e|ify)|plain(?:er|ly)?|easier)\b")
_FOR_ONE_PERSON = re.compile(
    r"(?:and|but|or|so|then|what about|how about)(?: (?:for|about|with|in))?"
    r" (?:me|him|her|us|(?:my|his|her|our) case)(?: (?:at|aged) \d+)?\W*"
)


def in_context(rankings: Sequence[Ranked], context: Context) -> list[Ranked]:
    """The rankings, with the last topic's answers raised where the message leans on it."""
    if not context.last_answers or not _leans(rankings[0].text):
        return list(rankings)
    topics = {one.split("/")[0] for one in context.last_answers}
    return [_raised(ranked, topics) for ranked in rankings]


def asks_outlook_for_one(text: str, context: Context) -> Turn | None:
    """The turn for 'and for me at 74?' after an answer on the outlook: nobody here can tell.

    `text` is canonical. None where the message is anything else.
    """
    about_outlook = any(one.startswith("outlook/") for one in context.last_answers)
    if about_outlook and _FOR_ONE_PERSON.fullmatch(text):
        return Turn(f"{PERSONAL}/how_long", options=context.last_answers)
    return None


def simpler_than(turn: Turn, text: str) -> Turn:
    """The turn, where 'more simply' was taken for 'more'."""
    mistaken = turn.label == "follow_up/more" and _SIMPLER.search(text)
    return replace(turn, label="follow_up/simpler") if mistaken else turn


def _leans(text: str) -> bool:
    return bool(_LEANS.match(text)) or len(text.split()) <= _SHORT


def _raised(ranked: Ranked, topics: set[str]) -> Ranked:
    """Bayes' rule with a prior that favors the topics; the total stays what it was."""
    weights = [
        confidence * (SAME_TOPIC if is_answer(label) and label.split("/")[0] in topics else 1.0)
        for label, confidence in ranked.labels
    ]
    before, after = sum(confidence for _, confidence in ranked.labels), sum(weights)
    if not after:
        return ranked
    scaled = [
        (label, weight * before / after)
        for (label, _), weight in zip(ranked.labels, weights, strict=True)
    ]
    return replace(ranked, labels=sorted(scaled, key=lambda pair: -pair[1]))
