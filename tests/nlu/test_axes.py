"""The directions that counts are compressed to."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse

from askmyo.nlu import axes
from askmyo.nlu.axes import main_axes

ROWS, TERMS, KINDS = 599, 80, 5
SPREAD = [place * (ROWS - 1) // 99 for place in range(100)]


@pytest.fixture(scope="module")
def counts() -> scipy.sparse.csr_matrix:
    """Rows of five kinds, a little noisy: five directions tell nearly all of them."""
    random = np.random.default_rng(0)
    kinds = random.random((KINDS, TERMS)) * (random.random((KINDS, TERMS)) < 0.3)
    rows = kinds[random.integers(KINDS, size=ROWS)] + 0.01 * random.random((ROWS, TERMS))
    return scipy.sparse.csr_matrix(rows.astype(np.float32))


def told(counts: scipy.sparse.csr_matrix, directions: np.ndarray) -> float:
    """What share of the rows' squared lengths the directions keep."""
    kept = counts @ directions
    return float((kept**2).sum() / counts.power(2).sum())


def test_few_directions_tell_nearly_all(counts: scipy.sparse.csr_matrix) -> None:
    found = main_axes(counts, KINDS)
    assert found.shape == (TERMS, KINDS)
    assert found.dtype == np.float32
    assert np.allclose(found.T @ found, np.eye(KINDS), atol=1e-4)
    assert told(counts, found) > 0.99


def test_many_rows_are_looked_at_in_part(
    counts: scipy.sparse.csr_matrix, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = told(counts, main_axes(counts, KINDS))
    monkeypatch.setattr(axes, "LOOKED_AT", 100)
    in_part = main_axes(counts, KINDS)
    assert not np.array_equal(in_part, main_axes(counts[:100], KINDS))  # spread, not the first
    assert np.array_equal(in_part, main_axes(counts[SPREAD], KINDS))
    assert told(counts, in_part) > whole - 0.005


def test_there_are_no_more_directions_than_the_matrix_has(
    counts: scipy.sparse.csr_matrix,
) -> None:
    assert main_axes(counts[:4], 50).shape == (TERMS, 3)
