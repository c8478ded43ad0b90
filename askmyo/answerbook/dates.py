"""When an answer must be read again."""

from __future__ import annotations

import calendar
import datetime as dt

from askmyo.answerbook.book import Book
from askmyo.answerbook.model import Answer


def due_on(answer: Answer, book: Book) -> dt.date:
    """The day the next review falls due: the topic's number of months after the last one."""
    months = answer.reviewed.month - 1 + book.topics[answer.topic].review_months
    year, month = answer.reviewed.year + months // 12, months % 12 + 1
    day = min(answer.reviewed.day, calendar.monthrange(year, month)[1])
    return dt.date(year, month, day)
