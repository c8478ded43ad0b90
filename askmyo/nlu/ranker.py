"""Ranks all answers for a text, and says how sure it is of that.

`Ranker` is the whole of it to the outside: it learns from texts with labels and sentence vectors,
and gives calibrated probabilities. The scores are in `model`, what they mean in `calibration`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from askmyo.nlu.calibration import Calibration, calibrate, calibrate_by, familiarity
from askmyo.nlu.model import Matrix, Model, Numbers, Settings

RANKER_FILE = "ranker.json"


@dataclass(frozen=True)
class Judgement:
    """What the ranker makes of one text."""

    ranking: list[tuple[str, float]]
    """Every label in scope, likeliest first, with its probability given that one is meant."""
    in_scope: float
    """Probability that any of them is meant, where in and out of scope are equally common."""
    nearest_outside: str | None = None
    """The likeliest label out of scope, where there are any: near or far."""


class Ranker:
    """Learns labels from texts and ranks them for a new text. Judging is thread-safe."""

    def __init__(self, settings: Settings | None = None) -> None:
        """A ranker that knows nothing yet: `fit` it, or use `load`."""
        self.settings = settings or Settings()
        self.labels: list[str] = []
        self.out_of_scope: list[str] = []
        self.calibration = Calibration()
        self._model: Model | None = None

    def fit(
        self,
        texts: Sequence[str],
        labels: Sequence[str],
        vectors: Matrix,
        *,
        out_of_scope: Collection[str] = (),
        unseen: Sequence[bool] | None = None,
    ) -> Ranker:
        """Learn from texts, their labels and their sentence vectors (texts, 384).

        Labels named in `out_of_scope` are learned but never ranked: they lower `in_scope`.
        Where the vectors were tuned to the labels, `unseen` says which texts that was not shown:
        they calibrate, and nothing else is learned from them.
        Raises ValueError where the lengths differ or fewer than two labels are in scope.
        """
        if not len(texts) == len(labels) == len(vectors):
            sizes = f"{len(texts)} texts, {len(labels)} labels, {len(vectors)} vectors"
            raise ValueError(f"Every text needs one label and one vector; got {sizes}.")
        self.labels = sorted(set(labels))
        self.out_of_scope = sorted(set(out_of_scope) & set(labels))
        if len(self.labels) - len(self.out_of_scope) < 2:
            raise ValueError("A ranker needs examples of at least two labels in scope.")
        numbers = {label: number for number, label in enumerate(self.labels)}
        targets = np.array([numbers[label] for label in labels], dtype=np.intp)
        self._find_apart()
        if unseen is None:
            self.calibration = calibrate(texts, targets, vectors, self._apart, self.settings)
            self._model = Model.train(texts, targets, vectors, self.settings)
        else:
            self._fit_apart(np.asarray(texts, object), targets, vectors, np.array(unseen, np.bool_))
        return self

    def _fit_apart(
        self,
        texts: npt.NDArray[np.object_],
        targets: Numbers,
        vectors: Matrix,
        unseen: npt.NDArray[np.bool_],
    ) -> None:
        """Learn from what the tuning was shown, calibrate by the rest."""
        # A label that would not be learned at all comes back to training.
        shown = ~unseen | ~np.isin(targets, targets[~unseen])
        model = Model.train(texts[shown].tolist(), targets[shown], vectors[shown], self.settings)
        rest = (texts[~shown].tolist(), targets[~shown], vectors[~shown])
        self.calibration = calibrate_by(model, *rest, self._apart)
        self._model = model

    def judge(self, text: str, vector: Matrix) -> Judgement:
        """Rank the labels for a text, given its sentence vector (384,).

        Raises RuntimeError before `fit` or `load`.
        """
        if self._model is None:
            raise RuntimeError("This ranker hasn't learned anything yet: call fit or load.")
        scores = self._model.score(text, np.asarray(vector, dtype=np.float32).reshape(-1))
        inside = np.flatnonzero(~self._apart)
        shares = self.calibration.shares(scores[inside])
        order = np.argsort(-shares, kind="stable")
        names = [self.labels[number] for number in inside[order].tolist()]
        ranking = list(zip(names, shares[order].tolist(), strict=True))
        familiar = familiarity(scores, self._apart, self.calibration.rival)
        in_scope = float(self.calibration.in_scope(familiar))
        return Judgement(ranking, in_scope, self._outside(scores))

    def _outside(self, scores: Matrix) -> str | None:
        outside = np.flatnonzero(self._apart)
        return self.labels[outside[np.argmax(scores[outside])]] if len(outside) else None

    def rank(self, text: str, vector: Matrix) -> list[tuple[str, float]]:
        """Only the ranking of `judge`."""
        return self.judge(text, vector).ranking

    def save(self, folder: Path) -> None:
        """Write what was learned to `folder` as JSON and NumPy arrays; nothing is pickled.

        Raises RuntimeError before `fit` or `load`.
        """
        if self._model is None:
            raise RuntimeError("This ranker hasn't learned anything yet: call fit or load.")
        folder.mkdir(parents=True, exist_ok=True)
        self._model.save(folder)
        content = {
            "labels": self.labels,
            "out_of_scope": self.out_of_scope,
            "settings": asdict(self.settings),
            "calibration": asdict(self.calibration),
        }
        text = json.dumps(content, ensure_ascii=False, indent=1)
        (folder / RANKER_FILE).write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Ranker:
        """Read what `save` wrote; raises FileNotFoundError where there is nothing."""
        content = json.loads((folder / RANKER_FILE).read_text(encoding="utf-8"))
        ranker = cls(Settings(**content["settings"]))
        ranker.labels, ranker.out_of_scope = content["labels"], content["out_of_scope"]
        ranker.calibration = Calibration(**content["calibration"])
        ranker._find_apart()
        ranker._model = Model.load(folder, ranker.settings)
        return ranker

    def _find_apart(self) -> None:
        """Remember which labels are out of scope, by number."""
        apart = set(self.out_of_scope)
        self._apart = np.array([label in apart for label in self.labels], dtype=np.bool_)
