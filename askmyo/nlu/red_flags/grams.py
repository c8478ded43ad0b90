"""Words, word pairs and character runs of a plain text as weighted counts.

Written for speed: a turn has under 2 ms for all of red-flag detection, and scikit-learn's
counters take longer than that to start.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse

from askmyo.nlu.by_word import by_word

Numbers = npt.NDArray[np.intp]
Matrix = npt.NDArray[np.float32]

_RUNS = (3, 4, 5)


class Grams:
    """Counts the terms it learned; rows have length one."""

    def __init__(self, weights: dict[str, float]) -> None:
        """`weights` gives each term's inverse document frequency; its order is the columns'."""
        self.weights = weights
        self._columns = {term: place for place, term in enumerate(weights)}
        self._rarity = np.array(list(weights.values()))
        self._of_word = by_word(self._word)

    def _word(self, word: str) -> tuple[int, ...]:
        return tuple(self._columns[term] for term in _parts(word) if term in self._columns)

    @classmethod
    def learn(cls, texts: Sequence[str], least: int = 3) -> Grams:
        """Learn the terms that stand in at least `least` texts."""
        seen: Counter[str] = Counter()
        for text in texts:
            words = _words(text)
            seen.update({*_pairs(words), *(term for word in words for term in _parts(word))})
        kept = sorted(term for term, count in seen.items() if count >= least)
        return cls({term: 1 + math.log((1 + len(texts)) / (1 + seen[term])) for term in kept})

    def row(self, text: str) -> tuple[Numbers, Matrix]:
        """The columns of a text and their values."""
        words = _words(text)
        found = [column for word in words for column in self._of_word(word)]
        found += [self._columns[pair] for pair in _pairs(words) if pair in self._columns]
        counts = Counter(found)
        columns = np.fromiter(counts, np.intp, len(counts))
        times = np.fromiter(counts.values(), float, len(counts))
        values = (1 + np.log(times)) * self._rarity[columns]
        length = math.sqrt(values @ values) or 1.0
        return columns, (values / length).astype(np.float32)

    def matrix(self, texts: Sequence[str]) -> Any:
        """A scipy CSR matrix of shape (texts, terms)."""
        rows = [self.row(text) for text in texts]
        ends = np.cumsum([0, *(len(columns) for columns, _ in rows)])
        rows = [*rows, (np.empty(0, np.intp), np.empty(0, np.float32))]  # no texts will do, too
        columns, values = (np.concatenate(parts) for parts in zip(*rows, strict=True))
        return scipy.sparse.csr_matrix((values, columns, ends), (len(texts), len(self.weights)))


def _words(text: str) -> list[str]:
    return [word for word in text.split() if word != ","]


def _pairs(words: Sequence[str]) -> Iterator[str]:
    return (f"{left} {right}" for left, right in pairwise(words))


def _parts(word: str) -> Iterator[str]:
    """The word itself and its runs of characters."""
    yield f" {word} "
    padded = f"_{word}_"
    for size in _RUNS:
        for start in range(len(padded) - size + 1):
            yield padded[start : start + size]
