"""Turns scores into probabilities that mean what they say.

Everything is learned from scores of texts that the scoring model had not seen. Training data are
dealt out in rounds; each round trains on the rest and judges what it was not shown: some examples
of labels it knows, and all examples of labels it was never told of. The latter stand in for the
questions that nobody has answers to, so no text from outside is needed. Where there are examples
of what is out of scope, they count as much as the stand-ins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from scipy.special import expit, logsumexp
from sklearn.linear_model import LogisticRegression

from askmyo.nlu.model import Matrix, Model, Numbers, Settings

RIVAL_SHARE = 0.5
"""How much the score of what is out of scope takes away from the best score in scope."""

HANDS = 5
"""Labels and examples are each dealt into this many hands; a round holds out one of each."""

MANY = 3000
"""With this many texts, one round says enough, and the other hands are not played."""


@dataclass(frozen=True)
class Calibration:
    """Four numbers between scores and probabilities."""

    sharpness: float = 1.0
    """Scores are multiplied by it before the softmax (temperature scaling, Guo et al. 2017)."""
    slope: float = 1.0
    offset: float = 0.0
    """In scope with the logistic of slope x familiarity + offset (Platt 1999)."""
    rival: float = RIVAL_SHARE
    """See `familiarity`."""

    def shares(self, scores: Matrix) -> Matrix:
        """Probabilities of the labels in scope, given that one of them is meant."""
        scaled = self.sharpness * scores
        powers = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
        result: Matrix = powers / powers.sum(axis=-1, keepdims=True)
        return result

    def in_scope(self, familiar: Matrix) -> Matrix:
        """Probability of being in scope where in and out of scope are asked equally often."""
        result: Matrix = expit(self.slope * familiar + self.offset)
        return result


def familiarity(scores: Matrix, apart: npt.NDArray[np.bool_], share: float = RIVAL_SHARE) -> Matrix:
    """How familiar texts are: the best score in scope, less what speaks for out of scope.

    The best score itself tells more than its softmax (maximum logit, Hendrycks et al. 2022).
    `scores` is (..., labels), `apart` says which labels are out of scope, shape (labels,);
    `share` is how much of the score of what is out of scope counts.
    """
    best, rival = _sides(scores, apart)
    return best - share * rival


def _sides(scores: Matrix, apart: npt.NDArray[np.bool_]) -> tuple[Matrix, Matrix]:
    """The best score in scope, and what speaks for out of scope (0 where nothing can)."""
    best: Matrix = scores[..., ~apart].max(axis=-1)
    if not apart.any():
        return best, np.zeros_like(best)
    outside = scores[..., apart]
    most = outside.max(axis=-1, keepdims=True)
    # The logarithm of the sum of exponentials; SciPy's own takes ten times as long for one text.
    rival: Matrix = most[..., 0] + np.log(np.exp(outside - most).sum(axis=-1))
    return best, rival


@dataclass(frozen=True)
class _Judged:
    """What one round made of the texts it had not seen."""

    familiar: Matrix
    kinds: npt.NDArray[np.int8]
    """1 in scope, 0 of a label never told of, -1 an example of what is out of scope."""
    right: Matrix
    """For texts in scope: the score of the right label, then all scores in scope."""


def calibrate(
    texts: Sequence[str],
    targets: Numbers,
    vectors: Matrix,
    apart: npt.NDArray[np.bool_],
    settings: Settings,
) -> Calibration:
    """Learn the calibration; with too few labels or examples to hold any out, the default.

    Arguments as for `Model.train`; `apart` says which labels are out of scope.
    """
    judged = []
    for number in range(HANDS if len(targets) < MANY else 1):
        unknown, drawn = _deal(targets, apart, number)
        known = np.unique(targets[~drawn])
        if (~apart[known]).sum() >= 2:
            # A label's only example can't test that label: it goes back to training.
            tested = drawn & (unknown | np.isin(targets, known))
            data = (np.asarray(texts, dtype=object), targets, vectors)
            judged.append(_judge(data, unknown, tested, apart, settings))
    return _calibration(judged)


def calibrate_by(
    model: Model,
    texts: Sequence[str],
    targets: Numbers,
    vectors: Matrix,
    apart: npt.NDArray[np.bool_],
) -> Calibration:
    """Learn the calibration from texts that neither `model` nor the vectors have learned from.

    For vectors tuned to the labels: they were told of all labels, so none can be held out whole.
    What is out of scope is told far better by them, so how much it counts is learned too.
    """
    if not len(texts):
        return Calibration()
    scores = model.score_all(texts, vectors)
    kinds = np.where(apart[targets], -1, 1).astype(np.int8)
    share = _rival_share(scores, kinds == 1, apart)
    judged = _judged(scores, targets, kinds, apart, share)
    slope, offset = _fit_scope(judged.familiar, kinds)
    return Calibration(_fit_sharpness([judged.right]), slope, offset, share)


def _rival_share(
    scores: Matrix, inside: npt.NDArray[np.bool_], apart: npt.NDArray[np.bool_]
) -> float:
    """The share that tells best what is in scope, between 0 and 1."""
    if inside.all() or not inside.any():
        return RIVAL_SHARE
    sides = np.stack(_sides(scores, apart), axis=1)
    model = LogisticRegression(C=100.0, class_weight="balanced").fit(sides, inside)
    best, rival = model.coef_[0]
    return float(np.clip(-rival / best, 0.0, 1.0)) if best > 0 else 1.0


def _calibration(judged: Sequence[_Judged]) -> Calibration:
    if not judged:
        return Calibration()
    familiar = np.concatenate([part.familiar for part in judged])
    kinds = np.concatenate([part.kinds for part in judged])
    slope, offset = _fit_scope(familiar, kinds)
    return Calibration(_fit_sharpness([part.right for part in judged]), slope, offset)


def _deal(
    targets: Numbers, apart: npt.NDArray[np.bool_], number: int
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Which texts belong to labels not told of in this round, and which are tested in all."""
    random = np.random.default_rng(0)
    hands = random.permutation(len(apart)) % HANDS
    unknown = (hands[targets] == number) & ~apart[targets]
    shown = random.permutation(len(targets)) % HANDS
    return unknown, unknown | (shown == number)


def _judge(
    data: tuple[npt.NDArray[np.object_], Numbers, Matrix],
    unknown: npt.NDArray[np.bool_],
    tested: npt.NDArray[np.bool_],
    apart: npt.NDArray[np.bool_],
    settings: Settings,
) -> _Judged:
    """Train on what isn't tested and score what is."""
    texts, targets, vectors = data
    shown = ~tested
    known = np.unique(targets[shown])
    numbers = np.searchsorted(known, targets)
    model = Model.train(texts[shown].tolist(), numbers[shown], vectors[shown], settings)
    scores = model.score_all(texts[tested].tolist(), vectors[tested])
    kinds = np.where(unknown, 0, np.where(apart[targets], -1, 1)).astype(np.int8)[tested]
    return _judged(scores, numbers[tested], kinds, apart[known])


def _judged(
    scores: Matrix,
    numbers: Numbers,
    kinds: npt.NDArray[np.int8],
    apart: npt.NDArray[np.bool_],
    share: float = RIVAL_SHARE,
) -> _Judged:
    """Scores (texts, labels) beside what was right, as the calibration needs them."""
    inside = scores[kinds == 1]
    truth = inside[np.arange(len(inside)), numbers[kinds == 1]]
    right = np.hstack([truth[:, None], inside[:, ~apart]])
    return _Judged(familiarity(scores, apart, share), kinds, right)


def _fit_scope(familiar: Matrix, kinds: npt.NDArray[np.int8]) -> tuple[float, float]:
    """Slope and offset; in and out weigh alike, and out is shared among its kinds."""
    inside = kinds == 1
    if inside.all() or not inside.any():
        return 1.0, 0.0
    sizes = {kind: int((kinds == kind).sum()) for kind in (1, 0, -1)}
    outside = sum(sizes[kind] > 0 for kind in (0, -1))
    shares = {kind: (1 if kind == 1 else outside) * max(sizes[kind], 1) for kind in sizes}
    weights = len(kinds) / np.array([shares[int(kind)] for kind in kinds])
    model = LogisticRegression(C=100.0).fit(familiar[:, None], inside, sample_weight=weights)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def _fit_sharpness(parts: Sequence[Matrix]) -> float:
    """The factor under which the right labels are likeliest."""
    parts = [part for part in parts if len(part)]
    if not parts:
        return 1.0

    def surprise(exponent: float) -> float:
        """Negative log-likelihood of the right labels."""
        factor = float(np.exp(exponent))
        return float(
            sum((logsumexp(factor * p[:, 1:], axis=1) - factor * p[:, 0]).sum() for p in parts)
        )

    found = minimize_scalar(surprise, bounds=(np.log(0.2), np.log(5.0)), method="bounded")
    return float(np.exp(found.x))
