"""The words by which the search of the static page finds a question, besides its heading."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection

from rapidfuzz.distance import OSA

from askmyo.answerbook.book import Book
from askmyo.answerbook.model import Answer
from askmyo.answerbook.rules import normal

MOST = 16  # words an answer: what it is about, not all that was ever said with it
_SEEN_TWICE = 2
_LONG = 5

_COMMON_TEXT = (
    "a an and any are but can could did does for from get got had has have her him his how i ibm "
    "if in into is it its just me my not now of on one or our should so some that the their them "
    "then there they this to too us was we were what when where which who why will with would you "
    "your"
)
_COMMON = frozenset(_COMMON_TEXT.split())


def search_words(book: Book) -> dict[str, str]:
    """For each answer the words that people use for it and that its heading lacks.

    A word counts from the second time on, since one of a kind is often a slip. The words that
    mark an answer off from the others are kept (tf-idf).
    """
    counts = {answer.id: _counts(answer) for answer in book.answers.values()}
    spread = Counter(word for words in counts.values() for word in words)
    known: dict[str, set[str]] = defaultdict(set)
    for answer in book.answers.values():
        for word in normal(_text(answer)).split():
            known[word[0]].add(word)
    slips = {word for word in spread if _is_slip(word, known[word[0]])}
    return {
        answer.id: _best(answer, counts[answer.id], spread, slips)
        for answer in book.answers.values()
    }


def _counts(answer: Answer) -> Counter[str]:
    """In how many examples each word stands; the answer's own text counts as one more."""
    texts = (*answer.examples, _text(answer))
    words = Counter(word for text in texts for word in set(normal(text).split()))
    kept = {
        word: count
        for word, count in words.items()
        if count >= _SEEN_TWICE and len(word) > 2 and word not in _COMMON
    }
    return Counter(kept)


def _best(
    answer: Answer, counts: Counter[str], spread: Counter[str], slips: Collection[str]
) -> str:
    heading = set(normal(answer.question).split())
    telling = {
        word: count * math.log(1 + 100 / spread[word])
        for word, count in counts.items()
        if word not in heading and word not in slips
    }
    return " ".join(sorted(sorted(telling, key=lambda word: (-telling[word], word))[:MOST]))


def _text(answer: Answer) -> str:
    return " ".join(filter(None, (answer.question, answer.answer, answer.more, answer.differs)))


def _is_slip(word: str, known: Collection[str]) -> bool:
    """Whether a word that editors never used is one slip away from one they did use."""
    if word in known or len(word) < _LONG:
        return False
    return any(OSA.distance(word, other, score_cutoff=1) <= 1 for other in known)
