"""The linear model with its examples beside it: one score for every label.

A label's score is what the linear model gives it, plus how near the text is to the nearest of the
label's own examples. The linear model learns what tells labels apart; the nearest example knows
how like the text is to anything seen (Sun et al. 2022, out-of-distribution detection with deep
nearest neighbors), so that a high score also means familiar ground.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse

from askmyo.nlu.axes import main_axes
from askmyo.nlu.features import TextCounts
from askmyo.nlu.linear import fit_linear

Matrix = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Settings:
    """What may be tuned. Found without any test set, see `bench/selection.py`."""

    strength: float = 20.0
    """Inverse of the penalty on the linear model's weights."""
    vector_weight: float = 2.0
    """How long the sentence vector is beside the word and the character counts."""
    nearest_weight: float = 3.0
    """How much the likeness to a label's nearest example adds to its score."""
    looked_at: int = 12
    """How many labels' examples are looked at: those of the labels that the linear model puts
    first. All of them would be tens of megabytes to read for every message."""
    width: int = 384
    """Numbers that the counts of a text are compressed to while training."""
    steps: int = 60
    """Steps of the optimizer, at most."""
    rare_from: int = 1000
    """With more training texts than this, terms found in a single text are left out."""


_HALVED = frozenset({"count_weights", "vectors", "row_data"})
"""The large arrays, kept in half precision: the model is unpacked at every start."""


class Model:
    """Scores every label for a text. The parts are plain arrays; reading is thread-safe."""

    def __init__(self, counts: TextCounts, settings: Settings, arrays: dict[str, Any]) -> None:
        """Use `train` or `load`."""
        self.counts = counts
        self.settings = settings
        self._arrays = arrays
        parts = [arrays[f"row_{part}"] for part in ("data", "indices", "indptr")]
        shape = (len(arrays["vectors"]), counts.size)
        self._examples = scipy.sparse.csr_matrix(tuple(parts), shape=shape)
        ends = np.append(arrays["starts"][1:], len(arrays["vectors"]))
        spans = [slice(start, end) for start, end in zip(arrays["starts"], ends, strict=True)]
        # A label's examples lie together: cutting them out once keeps every message fast.
        self._of_label = [(self._examples[span], arrays["vectors"][span]) for span in spans]

    @classmethod
    def train(
        cls, texts: Sequence[str], targets: Numbers, vectors: Matrix, settings: Settings
    ) -> Model:
        """Learn from texts, label numbers (0 to n-1, all present) and vectors (texts, 384).

        Training compresses the counts (`main_axes`) to solve a small dense problem, then multiplies
        the compression into the weights.
        """
        counts = TextCounts.learn(texts, min_texts=2 if len(texts) > settings.rare_from else 1)
        rows = counts.matrix(texts)
        axes = main_axes(rows, settings.width)
        width = axes.shape[1]
        dense = np.hstack([rows @ axes, settings.vector_weight * vectors]).astype(np.float32)
        linear = fit_linear(dense, targets, settings.strength, settings.steps)
        order = np.argsort(targets, kind="stable")
        examples = rows[order]
        arrays = {
            "count_weights": axes @ linear.weights[:width],
            "vector_weights": settings.vector_weight * linear.weights[width:],
            "offsets": linear.offsets,
            "vectors": np.ascontiguousarray(vectors[order], dtype=np.float32),
            "starts": np.flatnonzero(np.diff(targets[order], prepend=-1)),
            "row_data": examples.data,
            "row_indices": examples.indices,
            "row_indptr": examples.indptr,
        }
        # Rounded before anything is calibrated by them: a loaded model judges as this one.
        rounded = {name: arrays[name].astype(np.float16).astype(np.float32) for name in _HALVED}
        return cls(counts, settings, {**arrays, **rounded})

    def score(self, text: str, vector: Matrix) -> Matrix:
        """A score for every label, shape (labels,), given the sentence vector (384,)."""
        row = self.counts.row(text)
        arrays = self._arrays
        linear = (
            row.weights @ arrays["count_weights"][row.terms] + vector @ arrays["vector_weights"]
        )
        linear += arrays["offsets"]
        likely = _likely(linear, self.settings.looked_at)
        counted = np.zeros(self.counts.size, dtype=np.float32)
        counted[row.terms] = row.weights
        near = np.array([self._nearest(counted, vector, label) for label in likely])
        nearest = np.full(len(linear), near.min(), dtype=np.float32)
        nearest[likely] = near
        result: Matrix = linear + self.settings.nearest_weight * nearest
        return result

    def _nearest(self, counted: Matrix, vector: Matrix, label: int) -> float:
        """The likeness to a label's nearest example, 1 at most."""
        counts, vectors = self._of_label[label]
        return float(self._likeness(counts @ counted, vectors @ vector).max())

    def _likeness(self, alike: Any, near: Any) -> Any:
        squared = self.settings.vector_weight**2
        return (alike + squared * near) / (2 + squared)

    def score_all(self, texts: Sequence[str], vectors: Matrix) -> Matrix:
        """The same for many texts at once, shape (texts, labels)."""
        rows, arrays = self.counts.matrix(texts), self._arrays
        linear = rows @ arrays["count_weights"] + vectors @ arrays["vector_weights"]
        linear += arrays["offsets"]
        alike = (rows @ self._examples.T).toarray()
        likeness = self._likeness(alike, vectors @ arrays["vectors"].T)
        nearest = np.maximum.reduceat(likeness, arrays["starts"], axis=-1)
        likely = _likely(linear, self.settings.looked_at)
        near = np.take_along_axis(nearest, likely, axis=-1)
        nearest[:] = near.min(axis=-1, keepdims=True)
        np.put_along_axis(nearest, likely, near, axis=-1)
        result: Matrix = linear + self.settings.nearest_weight * nearest
        return result

    def save(self, folder: Path) -> None:
        """Write the model to `folder` as JSON and NumPy arrays; nothing is pickled."""
        self.counts.save(folder / "counts.json")
        arrays = {
            name: array.astype(np.float16) if name in _HALVED else array
            for name, array in self._arrays.items()
        }
        np.savez(folder / "model.npz", **arrays)

    @classmethod
    def load(cls, folder: Path, settings: Settings) -> Model:
        """Read what `save` wrote; `settings` are those it was trained with."""
        with np.load(folder / "model.npz", allow_pickle=False) as arrays:
            parts = {
                name: arrays[name].astype(np.float32) if name in _HALVED else arrays[name]
                for name in arrays.files
            }
        return cls(TextCounts.load(folder / "counts.json"), settings, parts)


def _likely(linear: Matrix, count: int) -> Numbers:
    """The numbers of so many labels with the best linear scores, in no order."""
    count = min(count, linear.shape[-1])
    best: Numbers = np.argpartition(-linear, count - 1, axis=-1)[..., :count]
    return best
