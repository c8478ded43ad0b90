"""The trained half of red-flag detection: how likely a text is each kind of danger.

Two models together: one looks at where the sentence vector lies (kernel.py), one is linear over
the vector and word and character counts (how it is said) and also tells the kinds and signs apart.
They know no phrase and no rule, so that they fail on other messages than the phrases do.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from askmyo.nlu.axes import main_axes
from askmyo.nlu.linear import Linear, fit_linear
from askmyo.nlu.red_flags.grams import Grams
from askmyo.nlu.red_flags.kernel import Neighborhood

Matrix = npt.NDArray[np.float32]

NONE = "none"
KINDS = ("crisis", "emergency", NONE, "urgent")
VECTOR_WEIGHT = 1.0
"""How much the sentence vector counts beside the word and character counts."""
STRENGTH = 8.0
"""Inverse of the penalty on the linear models' weights."""
WIDTH = 400
"""Numbers that the counts of a text are compressed to while training."""
NEAR_WEIGHT = 3.0
"""How much the neighborhood counts beside the linear model, whose scale is wider."""


@dataclass(frozen=True)
class Scores:
    """The probability of each kind for one text."""

    kinds: dict[str, float]
    near: float | None = None
    """What the neighborhood of the vector says; None without a vector."""

    @property
    def danger(self) -> float:
        """How much speaks for danger, between 0 and 1; not a calibrated probability."""
        harmless = min(max(self.kinds[NONE], 1e-9), 1 - 1e-9)
        said = math.log((1 - harmless) / harmless)
        if self.near is None:
            return 1 / (1 + math.exp(-said))
        return 1 / (1 + math.exp(-(said + NEAR_WEIGHT * self.near) / 2))

    @property
    def kind(self) -> str:
        """The likeliest kind of danger."""
        return max((one for one in KINDS if one != NONE), key=lambda one: self.kinds[one])


@dataclass(frozen=True)
class Examples:
    """Plain texts with their labels and sentence vectors (texts, 384)."""

    texts: Sequence[str]
    labels: Sequence[str]
    vectors: Matrix


class FlagClassifier:
    """Learns kinds and signs from labeled texts. Reading it is thread-safe."""

    def __init__(
        self,
        grams: Grams,
        kinds: tuple[Matrix, Matrix],
        signs: Signs,
        near: Neighborhood,
    ) -> None:
        """Use `train` or `load`."""
        self._near = near
        self._grams = grams
        self._kind_weights, self._kind_offsets = kinds
        self._signs = signs

    @classmethod
    def train(
        cls, flags: Examples, harmless: Examples, few: int = 4000, hard: float = 0.15
    ) -> FlagClassifier:
        """Learn from labeled messages among many harmless ones.

        First `few` of the harmless ones, evenly spread, are learned, by a linear model alone; then
        those too that it takes for danger, from `hard` (a probability) on. All of them would drown
        the flags, and take minutes. Labels are `<kind>/<sign>`, or `none` for what looks like a
        flag and is none. Raises ValueError where a kind is not among them.
        """
        spread = list(range(0, len(harmless.texts), max(1, len(harmless.texts) // few)))
        first = [*flags.texts, *(harmless.texts[place] for place in spread)]
        grams, axes, known = _compressed(
            first, np.vstack([flags.vectors, harmless.vectors[spread]])
        )
        asked = _rows(grams.matrix(harmless.texts), axes, harmless.vectors)
        labels = [*flags.labels, *(NONE for _ in spread)]
        mistaken = _mistaken(known, labels, asked, hard) - set(spread)
        rows = np.vstack([known, asked[sorted(mistaken)]])
        return cls._learn(grams, axes, rows, [*labels, *(NONE for _ in mistaken)])

    @classmethod
    def _learn(
        cls, grams: Grams, axes: Matrix, rows: Matrix, labels: Sequence[str]
    ) -> FlagClassifier:
        kinds = [label.split("/")[0] for label in labels]
        if missing := set(KINDS) - set(kinds):
            raise ValueError(f"data/red_flags has no example of: {', '.join(sorted(missing))}.")
        by_kind = _fit(rows, [KINDS.index(kind) for kind in kinds], steps=150)
        flagged = [place for place, kind in enumerate(kinds) if kind != NONE]
        names = sorted({labels[place] for place in flagged})
        by_sign = _fit(rows[flagged], [names.index(labels[place]) for place in flagged], steps=100)
        vectors = np.ascontiguousarray(rows[:, axes.shape[1] :]) / VECTOR_WEIGHT
        return cls(
            grams,
            _spread(by_kind, axes),
            Signs(names, *_spread(by_sign, axes)),
            Neighborhood.train(vectors, [kind != NONE for kind in kinds]),
        )

    def score(self, text: str, vector: Matrix | None) -> Scores:
        """Score one plain text with its sentence vector; without one, by counts alone."""
        heights = self._heights(text, vector, self._kind_weights, self._kind_offsets)
        powers = np.exp(heights - heights.max())
        chances = dict(zip(KINDS, (powers / powers.sum()).tolist(), strict=True))
        return Scores(chances, self._near.height(vector) if vector is not None else None)

    def sign(self, text: str, vector: Matrix | None, kind: str) -> str:
        """The likeliest sign of a kind of danger, for a text that shows it."""
        heights = self._heights(text, vector, self._signs.weights, self._signs.offsets)
        return self._signs.best(heights)[kind]

    def _heights(
        self, text: str, vector: Matrix | None, weights: Matrix, offsets: Matrix
    ) -> Matrix:
        """The linear scores of the classes for one text."""
        columns, values = self._grams.row(text)
        heights = offsets + values @ weights[columns]
        if vector is not None:
            meaning = VECTOR_WEIGHT * vector.reshape(-1)
            heights = heights + meaning @ weights[-len(meaning) :]
        return np.asarray(heights, dtype=np.float32)

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
            border_axes=self._near.axes,
            borders=self._near.borders,
            border_weights=self._near.weights,
            border_offset=np.array([self._near.offset], np.float32),
        )

    @classmethod
    def load(cls, folder: Path) -> FlagClassifier:
        """Read what `save` wrote."""
        content = json.loads((folder / "red_flags.json").read_text(encoding="utf-8"))
        with np.load(folder / "red_flags.npz", allow_pickle=False) as arrays:
            kinds = (arrays["kind_weights"], arrays["kind_offsets"])
            signs = Signs(content["signs"], arrays["sign_weights"], arrays["sign_offsets"])
            axes, borders, weights = (
                arrays[name] for name in ("border_axes", "borders", "border_weights")
            )
            near = Neighborhood(axes, borders, weights, float(arrays["border_offset"][0]))
        return cls(Grams(content["terms"]), kinds, signs, near)


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


def _compressed(texts: Sequence[str], vectors: Matrix) -> tuple[Grams, Matrix, Matrix]:
    """Counts as learned from the texts, the axes that compress them, and a row a text: compressed
    counts beside the vector."""
    grams = Grams.learn(texts)
    counts = grams.matrix(texts)
    axes = main_axes(counts, WIDTH)
    return grams, axes, _rows(counts, axes, vectors)


def _rows(counts: Any, axes: Matrix, vectors: Matrix) -> Matrix:
    return np.hstack([counts @ axes, VECTOR_WEIGHT * vectors]).astype(np.float32)


def _mistaken(known: Matrix, labels: Sequence[str], asked: Matrix, hard: float) -> set[int]:
    """The places of the harmless texts, given as rows, that a linear model takes for danger."""
    danger = np.array([int(label != NONE) for label in labels], np.intp)
    # Two opposite columns of weights share the penalty: half the strength is that of one column.
    model = fit_linear(known, danger, STRENGTH / 2, steps=100, balanced=False)
    heights = model.score(asked)
    chances = 1 / (1 + np.exp(heights[:, 0] - heights[:, 1]))
    return set(np.flatnonzero(chances >= hard).tolist())


def _fit(rows: Matrix, targets: Sequence[int], steps: int) -> Linear:
    """A linear model in which each message counts alike: harmless ones are common in life, too."""
    return fit_linear(rows, np.array(targets, np.intp), STRENGTH, steps, balanced=False)


def _spread(model: Linear, axes: Matrix) -> tuple[Matrix, Matrix]:
    """The weights of a model over compressed counts, for the counts themselves; and its offsets."""
    width = axes.shape[1]
    weights = np.vstack([axes @ model.weights[:width], model.weights[width:]])
    return weights.astype(np.float32), model.offsets.astype(np.float32)
