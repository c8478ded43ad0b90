"""The few directions that tell most of what counts of words and letters say of a text.

Learning from the counts themselves would take tens of thousands of numbers a text.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.utils.extmath import randomized_svd

LOOKED_AT = 16_000
"""With more texts, so many of them are looked at, evenly spread: the directions hardly differ, and
looking takes a minute less."""


def main_axes(counts: Any, width: int) -> npt.NDArray[np.float32]:
    """Directions along which the rows of a sparse matrix lie furthest apart (randomized SVD,
    Halko et al. 2011), shape (terms, width); fewer than `width` where the matrix is smaller."""
    texts = counts.shape[0]
    rows = counts[np.linspace(0, texts - 1, min(texts, LOOKED_AT)).astype(int)]
    width = max(1, min(width, min(rows.shape) - 1))
    _, _, axes = randomized_svd(rows, width, n_iter=2, random_state=0)
    return np.ascontiguousarray(axes.T, dtype=np.float32)
