"""Words and characters of a text as numbers, to go beside its sentence vector.

Counts of words and word pairs see exact terms ('IVIG', 'rituximab'); counts of character runs
see through misspellings; the sentence vector sees meaning. Each finds what the others miss.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from askmyo.nlu.by_word import by_word

SETTINGS: dict[str, dict[str, Any]] = {
    "words": {"analyzer": "word", "ngram_range": (1, 2), "token_pattern": r"(?u)\b\w+\b"},
    "characters": {"analyzer": "char_wb", "ngram_range": (2, 4)},
}
"""The two counters: single words and pairs, and runs of two to four characters in a word."""


@dataclass(frozen=True)
class Row:
    """The counts of one text: which terms it has, and their weights."""

    terms: npt.NDArray[np.intp]
    weights: npt.NDArray[np.float32]


_NOTHING = Row(np.empty(0, np.intp), np.empty(0, np.float32))


class _Counter:
    """Splits a text into terms and weighs them: TF-IDF with dampened repeats, length one.

    scikit-learn's own takes ten times as long for a single text.
    """

    def __init__(
        self, settings: dict[str, Any], terms: Sequence[str], rarity: Sequence[float]
    ) -> None:
        """`settings` as in `SETTINGS`; a term's number is its place among `terms`."""
        self._split = TfidfVectorizer(**settings).build_analyzer()
        self._numbers = {term: number for number, term in enumerate(terms)}
        self._rarity = np.array(rarity)
        # Runs of characters end with their word; pairs of words do not.
        self._by_word = settings["analyzer"] == "char_wb"
        self._of_word = by_word(self._known)

    def _known(self, text: str) -> tuple[int, ...]:
        return tuple(self._numbers[term] for term in self._split(text) if term in self._numbers)

    def _found(self, text: str) -> Iterable[int]:
        if not self._by_word:
            return self._known(text)
        return chain.from_iterable(map(self._of_word, text.split()))

    def count(self, text: str) -> Row:
        """Weigh the known terms of a text."""
        found = Counter(self._found(text))
        terms = np.fromiter(found, np.intp, len(found))
        weights = (1 + np.log(np.fromiter(found.values(), float, len(found)))) * self._rarity[terms]
        length = sqrt(weights @ weights) or 1.0
        return Row(terms, (weights / length).astype(np.float32))


class TextCounts:
    """Weighted counts of words and character runs, as learned from training texts."""

    def __init__(self, terms: dict[str, list[str]], rarity: dict[str, list[float]]) -> None:
        """Use `learn` or `load`; both arguments are by the names in `SETTINGS`."""
        self._counters = [
            _Counter(settings, terms[name], rarity[name]) for name, settings in SETTINGS.items()
        ]
        sizes = [len(terms[name]) for name in SETTINGS]
        self._starts = np.cumsum([0, *sizes[:-1]])
        self.size = sum(sizes)
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
        terms = [part.terms + start for part, start in zip(parts, self._starts, strict=True)]
        return Row(np.concatenate(terms), np.concatenate([part.weights for part in parts]))

    def matrix(self, texts: Sequence[str]) -> Any:
        """The counts of many texts: a scipy CSR matrix of shape (texts, size), float32."""
        rows = [self.row(text) for text in texts]
        ends = np.cumsum([0, *(len(row.terms) for row in rows)])
        rows = [*rows, _NOTHING]  # no texts make a matrix, too
        terms = np.concatenate([row.terms for row in rows]).astype(np.int32)
        weights = np.concatenate([row.weights for row in rows])
        matrix = scipy.sparse.csr_matrix((weights, terms, ends), shape=(len(texts), self.size))
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
