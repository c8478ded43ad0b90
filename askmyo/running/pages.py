"""Keeps the static page of questions and answers up to date."""

from __future__ import annotations

from pathlib import Path

from askmyo.answerbook import Book, load
from askmyo.answerbook.page import build
from askmyo.running.project import ANSWERS, BUILD

PAGES = BUILD / "answers"


def ensure_pages(book: Book | None = None) -> list[Path]:
    """Builds the static page from the answer set as it is now; returns the files that changed.

    Raises:
        AnswerbookError: if the answer set can't be read.
    """
    return build(book or load(ANSWERS), PAGES)
