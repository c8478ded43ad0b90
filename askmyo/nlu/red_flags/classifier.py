"""The trained half of red-flag detection: how likely a text is each kind of danger.

A linear model over the sentence vector (what is meant) and word and character counts (how it is
said). It knows no phrase and no rule, so that it fails on other messages than the patterns do.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import scipy.sparse
from sklearn.linear_model import LogisticRegression

from askmyo.nlu.red_flags.grams import Grams

Matrix = npt.NDArray[np.float32]

NONE = "none"
KINDS = ("crisis", "emergency", NONE, "urgent")
VECTOR_WEIGHT = 2.0
"""How much the sentence vector counts beside the word and character counts."""


@dataclass(frozen=True)
class Scores:
    """The probability of each kind for one text, and the likeliest sign of each kind."""

    kinds: dict[str, float]
    signs: dict[str, str]

    @property
    def danger(self) -> float:
        """The probability that the text shows any danger."""
        return 1.0 - self.kinds[NONE]

    @property
    def kind(self) -> str:
        """The likeliest kind of danger."""
        return max((one for one in KINDS if one != NONE), key=lambda one: self.kinds[one])


class FlagClassifier:
    """Learns kinds and signs from labeled texts. Reading it is thread-safe."""

    def __init__(self, grams: Grams, kinds: tuple[Matrix, Matrix], signs: Signs) -> None:
        """Use `train` or `load`."""
        self._grams = grams
        self._kind_weights, self._kind_offsets = kinds
        self._signs = signs

    @classmethod
    def train(
        cls, texts: Sequence[str], labels: Sequence[str], vectors: Matrix, strength: float = 8.0
    ) -> FlagClassifier:
        """Learn from plain texts, labels (`none` or `<kind>/<sign>`) and their vectors."""
        grams = Grams.learn(texts)
        rows = scipy.sparse.hstack(
            [grams.matrix(texts), scipy.sparse.csr_matrix(VECTOR_WEIGHT * vectors)], format="csr"
        )
        kinds = [label.split("/")[0] for label in labels]
        model = LogisticRegression(C=strength, max_iter=300).fit(rows, kinds)
        flagged = [place for place, kind in enumerate(kinds) if kind != NONE]
        signs = [labels[place] for place in flagged]
        finer = LogisticRegression(C=strength, max_iter=100).fit(rows[flagged], signs)
        return cls(
            grams,
            (model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32)),
            Signs(
                [str(one) for one in finer.classes_],
                finer.coef_.T.astype(np.float32),
                finer.intercept_.astype(np.float32),
            ),
        )

    def score(self, text: str, vector: Matrix | None) -> Scores:
        """Score one plain text with its sentence vector; without one, by counts alone."""
        columns, values = self._grams.row(text)
        weights = np.array(values, np.float32)
        meaning = VECTOR_WEIGHT * vector.reshape(-1) if vector is not None else None
        heights = _heights(self._kind_weights, self._kind_offsets, columns, weights, meaning)
        powers = np.exp(heights - heights.max())
        chances = dict(zip(KINDS, (powers / powers.sum()).tolist(), strict=True))
        if chances[NONE] > 0.9:
            return Scores(chances, {})
        finer = _heights(self._signs.weights, self._signs.offsets, columns, weights, meaning)
        return Scores(chances, self._signs.best(finer))

    def save(self, folder: Path) -> None:
        """Write JSON and NumPy arrays; nothing is pickled."""
        folder.mkdir(parents=True, exist_ok=True)
        content = {"signs": self._signs.names, "terms": self._grams.weights}
        (folder / "red_flags.json").write_text(json.dumps(content), encoding="utf-8")
        np.savez(
            folder / "red_flags.npz",
            kind_weights=self._kind_weights,
            kind_offsets=self._kind_offsets,
            sign_weights=self._signs.weights,
            sign_offsets=self._signs.offsets,
        )

    @classmethod
    def load(cls, folder: Path) -> FlagClassifier:
        """Read what `save` wrote."""
        content = json.loads((folder / "red_flags.json").read_text(encoding="utf-8"))
        with np.load(folder / "red_flags.npz", allow_pickle=False) as arrays:
            kinds = (arrays["kind_weights"], arrays["kind_offsets"])
            signs = Signs(content["signs"], arrays["sign_weights"], arrays["sign_offsets"])
        return cls(Grams(content["terms"]), kinds, signs)


@dataclass(frozen=True)
class Signs:
    """The finer model: which sign it is, given that there is one."""

    names: list[str]
    weights: Matrix
    offsets: Matrix

    def best(self, heights: Matrix) -> dict[str, str]:
        """The likeliest sign of each kind."""
        found: dict[str, str] = {}
        for place in np.argsort(-heights):
            kind, sign = self.names[place].split("/")
            found.setdefault(kind, sign)
        return found


def _heights(
    weights: Matrix, offsets: Matrix, columns: list[int], values: Matrix, meaning: Matrix | None
) -> Matrix:
    """The linear scores of the classes for one text."""
    heights = offsets + values @ weights[columns]
    if meaning is not None:
        heights = heights + meaning @ weights[-len(meaning) :]
    return np.asarray(heights, dtype=np.float32)
