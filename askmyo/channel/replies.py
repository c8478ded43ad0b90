"""The few prepared replies the channel itself gives."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from askmyo.answerbook import load
from askmyo.answerbook.envelope import NOTICE, Reply, prepared


@dataclass(frozen=True)
class Replies:
    """Built once, at the start: when something fails there may be no second chance.

    `answers` are the ids that feedback may be about.
    """

    welcome: Reply
    notice: Reply
    error: Reply
    answers: Collection[str]


def tells_of_failure(replies: Iterable[Reply]) -> bool:
    """Whether the patient was asked to try again: then a repeat must be a new try."""
    return any((reply.get("custom") or {}).get("kind") == "error" for reply in replies)


@lru_cache(maxsize=4)
def load_replies(root: Path) -> Replies:
    """Reads them from the answer set under `root`.

    Raises:
        AnswerbookError: if it can't be read.
        KeyError: if one of them is missing.
    """
    book = load(root / "answers")
    return Replies(
        welcome=prepared(book, "smalltalk/welcome"),
        notice=prepared(book, NOTICE),
        error=prepared(book, "error/any"),
        answers=frozenset(book.answers),
    )
