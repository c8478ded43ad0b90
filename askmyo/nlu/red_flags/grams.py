"""Words, word pairs and character runs of a plain text as weighted counts.

Written for speed: a turn has under 2 ms for all of red-flag detection, and scikit-learn's
counters take longer than that to start.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import scipy.sparse

_RUNS = (3, 4, 5)


class Grams:
    """Counts the terms it learned; rows have length one."""

    def __init__(self, weights: dict[str, float]) -> None:
        """`weights` gives each term's inverse document frequency; its order is the columns'."""
        self.weights = weights
        self._columns = {term: (place, weights[term]) for place, term in enumerate(weights)}

    @classmethod
    def learn(cls, texts: Sequence[str], least: int = 3) -> Grams:
        """Learn the terms that stand in at least `least` texts."""
        seen: Counter[str] = Counter()
        for text in texts:
            seen.update(set(_terms(text)))
        kept = sorted(term for term, count in seen.items() if count >= least)
        return cls({term: 1 + math.log((1 + len(texts)) / (1 + seen[term])) for term in kept})

    def row(self, text: str) -> tuple[list[int], list[float]]:
        """The columns of a text and their values."""
        found: list[int] = []
        values: list[float] = []
        for term, count in Counter(_terms(text)).items():
            known = self._columns.get(term)
            if known:
                found.append(known[0])
                values.append((1 + math.log(count)) * known[1])
        length = math.sqrt(sum(value * value for value in values)) or 1.0
        return found, [value / length for value in values]

    def matrix(self, texts: Sequence[str]) -> Any:
        """A scipy CSR matrix of shape (texts, terms)."""
        columns: list[int] = []
        values: list[float] = []
        ends = [0]
        for text in texts:
            found, weights = self.row(text)
            columns += found
            values += weights
            ends.append(len(columns))
        shape = (len(texts), len(self.weights))
        return scipy.sparse.csr_matrix((np.array(values, np.float32), columns, ends), shape)


def _terms(text: str) -> Iterable[str]:
    words = [word for word in text.split() if word != ","]
    yield from (f" {word} " for word in words)
    yield from (f"{left} {right}" for left, right in pairwise(words))
    for word in words:
        padded = f"_{word}_"
        for size in _RUNS:
            for start in range(len(padded) - size + 1):
                yield padded[start : start + size]
