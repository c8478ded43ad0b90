"""Words and characters of a text as numbers, to go beside its sentence vector.

Counts of words and word pairs see exact terms ('IVIG', 'rituximab'); counts of character runs
see through misspellings; the sentence vector sees meaning. Each finds what the others miss.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse
from sklearn.feature_extraction.text import TfidfVectorizer

SETTINGS: dict[str, dict[str, Any]] = {
    "words": {"analyzer": "word", "ngram_range": (1, 2), "token_pattern": r"(?u)\b\w+\b"},
    "characters": {"analyzer": "char_wb", "ngram_range": (2, 4)},
}
"""The two counters: single words and pairs, and runs of two to four characters in a word."""


@dataclass(frozen=True)
class Row:
    """The counts of one text: which terms it has, and their weights."""

    terms: list[int]
    weights: list[float]


@dataclass(frozen=True)
class _Counter:
    """Splits a text into terms and weighs them: TF-IDF with dampened repeats, length one."""

    split: Callable[[str], list[str]]
    terms: dict[str, int]
    rarity: list[float]

    def count(self, text: str) -> Row:
        """Weigh the known terms of a text. (scikit-learn's own takes ten times as long here.)"""
        found = Counter(self.terms[term] for term in self.split(text) if term in self.terms)
        weights = [(1 + log(times)) * self.rarity[term] for term, times in found.items()]
        length = sum(weight * weight for weight in weights) ** 0.5
        return Row(list(found), [weight / length for weight in weights])


class TextCounts:
    """Weighted counts of words and character runs, as learned from training texts."""

    def __init__(self, terms: dict[str, list[str]], rarity: dict[str, list[float]]) -> None:
        """Use `learn` or `load`; both arguments are by the names in `SETTINGS`."""
        self._counters: list[_Counter] = []
        start = 0
        for name, settings in SETTINGS.items():
            numbers = {term: start + place for place, term in enumerate(terms[name])}
            split = TfidfVectorizer(**settings).build_analyzer()
            self._counters.append(_Counter(split, numbers, [0.0] * start + rarity[name]))
            start += len(numbers)
        self.size = start
        self._content = {"terms": terms, "rarity": rarity}

    @classmethod
    def learn(cls, texts: Sequence[str], min_texts: int = 1) -> TextCounts:
        """Learn which terms there are and how rare; a term must be in `min_texts` texts."""
        terms: dict[str, list[str]] = {}
        rarity: dict[str, list[float]] = {}
        for name, settings in SETTINGS.items():
            learned = TfidfVectorizer(**settings, min_df=min_texts).fit(texts)
            terms[name] = learned.get_feature_names_out().tolist()
            rarity[name] = learned.idf_.tolist()
        return cls(terms, rarity)

    def row(self, text: str) -> Row:
        """The counts of one text; each counter's weights have length one, or there are none."""
        parts = [counter.count(text) for counter in self._counters]
        return Row(
            [term for part in parts for term in part.terms],
            [weight for part in parts for weight in part.weights],
        )

    def matrix(self, texts: Sequence[str]) -> Any:
        """The counts of many texts: a scipy CSR matrix of shape (texts, size), float32."""
        rows = [self.row(text) for text in texts]
        ends = np.cumsum([0, *(len(row.terms) for row in rows)])
        terms: npt.NDArray[np.int32] = np.array([t for r in rows for t in r.terms], dtype=np.int32)
        weights = np.array([w for row in rows for w in row.weights], dtype=np.float32)
        matrix = scipy.sparse.csr_matrix((weights, terms, ends), shape=(len(rows), self.size))
        matrix.sort_indices()
        return matrix

    def save(self, file: Path) -> None:
        """Write terms and their rarity as JSON."""
        file.write_text(json.dumps(self._content, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, file: Path) -> TextCounts:
        """Read what `save` wrote."""
        content = json.loads(file.read_text(encoding="utf-8"))
        return cls(content["terms"], content["rarity"])
