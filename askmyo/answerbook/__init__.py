"""Reads, checks and renders the answer set. Plain Python: it outlives the bot around it."""

from askmyo.answerbook.book import AnswerbookError, Book, Finding
from askmyo.answerbook.loader import load, read
from askmyo.answerbook.model import Answer, Citation, Evidence, Source, Topic

__all__ = [
    "Answer",
    "AnswerbookError",
    "Book",
    "Citation",
    "Evidence",
    "Finding",
    "Source",
    "Topic",
    "load",
    "read",
]
