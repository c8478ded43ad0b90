"""Names answers that the model took for one another, from the last run over held-out questions."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from askmyo.answerbook.book import Book, Finding

ENOUGH = 2
"""So many held-out questions must go astray between two answers before they are named."""

Run = list[dict[str, Any]]
Questions = list[tuple[str, str]]


def read_run(path: Path) -> Run:
    """The last held-out run, or nothing where there was none or its file can't be read.

    The file holds a list of `{"text", "expected", "ranked": [[label, confidence], ...],
    "decision"}`, written by `askmyo report`.
    """
    try:
        run = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return []
    if not isinstance(run, list):
        return []
    return [one for one in run if isinstance(one, dict) and one.get("ranked")]


def confused(book: Book, run: Run) -> Iterator[Finding]:
    """Two answers that the model mixes up need wordings that tell them apart (a warning)."""
    for (first, second), questions in sorted(_mixed_up(book, run).items()):
        if len(questions) < ENOUGH:
            continue
        text, expected = questions[0]
        message = (
            f"in the last test the bot mixed this answer up with {book.file_of(second)}, "
            f"{len(questions)} times; for one, '{text}' belongs to {expected}: give both answers "
            "more examples that show the difference, or make one answer of the two"
        )
        yield Finding(book.file_of(first), "examples", message, level="warning")


def _mixed_up(book: Book, run: Run) -> dict[tuple[str, str], Questions]:
    """Each pair of answers, with the held-out questions that went to the wrong one of the two."""
    pairs: dict[tuple[str, str], Questions] = defaultdict(list)
    for one in run:
        expected, given = str(one.get("expected")), str(one["ranked"][0][0])
        if expected == given or expected not in book.answers or given not in book.answers:
            continue
        if one.get("text") not in book.answers[expected].held_out:
            continue  # edited since that run
        first, second = sorted((expected, given))
        pairs[first, second].append((str(one["text"]), expected))
    return dict(pairs)
