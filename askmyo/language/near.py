"""Finds the words of a list that are a few edits away from a word."""

from collections import Counter
from collections.abc import Iterable

import numpy
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

_OTHER = 26
"""What stands for every sign that is no letter, such as the apostrophe."""


class NearWords:
    """A list of words, each with its letters.

    An edit takes at most one letter away and brings at most one, so most words are out of reach
    by their letters alone: to compare these is far less work than to count edits.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self.words = list(words)
        self._letters = numpy.array([_letters(word) for word in self.words], dtype=numpy.uint64)
        self._sizes = _count(self._letters)

    def of(self, word: str, edits: int, most: int | None = None) -> list[tuple[str, int]]:
        """The words at most so many edits away, with how many: the nearest first, then in the
        order of the list."""
        letters = numpy.uint64(_letters(word))
        size = _letters(word).bit_count()
        shared = _count(self._letters & letters)
        in_reach = numpy.flatnonzero(shared + edits >= numpy.maximum(self._sizes, size))
        words = [self.words[i] for i in in_reach.tolist()]
        found = process.extract(word, words, scorer=OSA.distance, score_cutoff=edits, limit=most)
        return [(target, int(distance)) for target, distance, _ in found]


def _letters(word: str) -> int:
    """Two bits a letter: that it stands in the word, and that it stands there again."""
    bits = 0
    for letter, times in Counter(word).items():
        place = ord(letter) - ord("a")
        bits |= (3 if times > 1 else 1) << 2 * (place if 0 <= place < _OTHER else _OTHER)
    return bits


def _count(bits: NDArray[numpy.uint64]) -> NDArray[numpy.uint64]:
    """How many bits are set in each number, counted in pairs, fours and eights at once."""
    one, two, four, seven = (numpy.uint64(n) for n in (1, 2, 4, 56))
    pairs, fours, eights = (
        numpy.uint64(n) for n in (0x5555555555555555, 0x3333333333333333, 0x0F0F0F0F0F0F0F0F)
    )
    bits = bits - (bits >> one & pairs)
    bits = (bits & fours) + (bits >> two & fours)
    bits = (bits + (bits >> four)) & eights
    return bits * numpy.uint64(0x0101010101010101) >> seven
