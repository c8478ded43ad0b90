"""Multinomial logistic regression, for many labels at once.

scikit-learn's own (1.1) computes in double precision whatever it is given, several times slower.
This is the same loss, in single precision, for the same optimizer (L-BFGS, Liu and Nocedal 1989).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

Matrix = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Linear:
    """`features @ weights + offsets` gives one score a label, known up to one constant a row."""

    weights: Matrix
    """Shape (features, labels)."""
    offsets: Matrix
    """Shape (labels,)."""

    def score(self, features: Matrix) -> Matrix:
        """Scores of shape (texts, labels)."""
        result: Matrix = features @ self.weights + self.offsets
        return result


def fit_linear(
    features: Matrix,
    targets: npt.NDArray[np.intp],
    strength: float,
    steps: int = 150,
    *,
    balanced: bool = True,
) -> Linear:
    """Learn to tell labels apart.

    `features` is (texts, features), `targets` a label number a text, counted from 0 with none
    left out; `strength` is the inverse of the penalty on weights, as scikit-learn's `C`;
    `steps` is how long the optimizer may take. `balanced`: each label counts alike, however many
    examples it has; else each example counts alike.
    """
    count, width = features.shape
    sizes = np.bincount(targets)
    labels = len(sizes)
    even = count / (labels * sizes[targets]) if balanced else np.ones(count)
    share = even.astype(np.float32)
    rows = np.arange(count)
    turned = np.ascontiguousarray(features.T)
    scores = np.empty((count, labels), np.float32)

    def loss(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        """The penalized loss and its slope, each divided by the number of texts.

        One table of scores is used all the way, so that it stands in memory once.
        """
        table = flat.astype(np.float32).reshape(width + 1, labels)
        np.matmul(features, table[:-1], out=scores)
        np.add(scores, table[-1], out=scores)
        np.subtract(scores, scores.max(axis=1, keepdims=True), out=scores)
        right = scores[rows, targets]
        np.exp(scores, out=scores)
        sums = scores.sum(axis=1)
        value = float(share @ (np.log(sums) - right))
        value += 0.5 / strength * float(np.vdot(table[:-1], table[:-1]))
        np.multiply(scores, (share / sums)[:, None], out=scores)
        scores[rows, targets] -= share
        slope = np.empty_like(table)
        slope[:-1] = turned @ scores + table[:-1] / strength
        slope[-1] = scores.sum(axis=0)
        return value / count, slope.ravel().astype(np.float64) / count

    start = np.zeros((width + 1) * labels)
    options = {"maxiter": steps, "gtol": 1e-6, "ftol": 1e-9}
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x
    table = found.astype(np.float32).reshape(width + 1, labels)
    return Linear(weights=table[:-1], offsets=table[-1])
