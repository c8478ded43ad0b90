"""Finds questions that stand under two answers in almost the same words.

Two wordings are near doubles where they hold the same words in any order, small words aside, or
where one word is only spelled a little differently. Such a pair teaches the model to guess.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

from rapidfuzz import fuzz

from askmyo.answerbook.book import Book, Finding
from askmyo.answerbook.rules import normal

SAME_WORD = 85.0
"""From this likeness (0 to 100) on, two longer words count as one word spelled in two ways."""

_LONG = 5  # letters; of shorter words a single letter makes another word: IBM, IBD
# Words that a question can gain or lose without asking for something else.
_SMALL_TEXT = (
    "a an the is are am was were be been being do does did can could will would should shall may "
    "i im me my mine it its of to in for at on this that there any some so please just have has "
    "had get got you your we our and or then really"
)
_SMALL = frozenset(_SMALL_TEXT.split())

Words = tuple[str, ...]


@dataclass(frozen=True, order=True)
class Wording:
    """One way to ask: where it stands, as written, and the words that matter, sorted."""

    answer_id: str
    field: str
    text: str
    words: Words


def near_doubles(book: Book) -> Iterator[Finding]:
    """Almost the same question under two answers makes the model guess (a warning)."""
    for first, second in sorted(_pairs(list(_wordings(book)))):
        message = (
            f"'{second.text}' is almost '{first.text}' in {book.file_of(first.answer_id)} "
            f"({first.field}): keep the one that fits, or word them further apart"
        )
        yield Finding(book.file_of(second.answer_id), second.field, message, level="warning")


def _wordings(book: Book) -> Iterator[Wording]:
    for answer in book.answers.values():
        for name in ("examples", "held_out"):
            for text in getattr(answer, name):
                yield Wording(answer.id, name, text, key_words(text))


def key_words(text: str) -> Words:
    """The words that make the question, sorted; all of its words if none but small ones."""
    words = normal(text).split()
    return tuple(sorted([word for word in words if word not in _SMALL] or words))


def _pairs(wordings: list[Wording]) -> set[tuple[Wording, Wording]]:
    """Near doubles of different answers. Word for word doubles are another rule's business.

    Wordings are grouped by what is left when one word is set aside: near doubles meet in a group,
    and comparing all of 8,000 wordings with each other is not needed.
    """
    groups: dict[Words, dict[str, list[Wording]]] = defaultdict(lambda: defaultdict(list))
    for wording in wordings:
        for place, word in enumerate(wording.words):
            rest = wording.words[:place] + wording.words[place + 1 :]
            groups[rest][word].append(wording)
    return {
        (min(one, other), max(one, other))
        for group in groups.values()
        for one, other in _alike(group)
        if one.answer_id != other.answer_id and normal(one.text) != normal(other.text)
    }


def _alike(group: dict[str, list[Wording]]) -> Iterator[tuple[Wording, Wording]]:
    """Wordings that share all words but one, and have that one too, or one spelled like it."""
    for same in group.values():
        yield from combinations(same, 2)
    longer = [word for word in group if len(word) >= _LONG]
    for word, other in combinations(longer, 2):
        if fuzz.ratio(word, other, score_cutoff=SAME_WORD):
            yield from product(group[word], group[other])
