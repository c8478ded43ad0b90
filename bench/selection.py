"""Compares settings of the ranker without touching a test set.

HINT3 has no validation set, so its training sets are split six times: 30 % of the labels become
unknown (their texts count as out of scope), and 30 % of the other labels' texts are held out. The
figure is in-scope accuracy where 80 % of the unknown falls under the threshold. This is how
`askmyo.nlu.model.Settings` was chosen, together with CLINC150's validation set.

Run: BENCH_DATA=<folder with hint3/> python -m bench.selection nearest_weight 0 3 5
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from askmyo.nlu.calibration import familiarity
from askmyo.nlu.encoder import SentenceEncoder
from askmyo.nlu.encoder_build import ensure_encoder
from askmyo.nlu.model import Model, Settings
from bench.public import HINT3_RECALL, HINT3_SETS, Outcome, read_hint3

Mask = npt.NDArray[np.bool_]
Shares = npt.NDArray[np.float64]

REPEATS = 6
SHARE = 0.3


def split(labels: npt.NDArray[Any]) -> Iterator[tuple[Mask, Mask, Mask]]:
    """Which texts train, which are tested, and which of those are of unknown labels."""
    random = np.random.default_rng(0)
    names = np.unique(labels)
    for _ in range(REPEATS):
        chosen = random.permutation(names)[: max(1, int(SHARE * len(names)))]
        unknown = np.isin(labels, chosen)
        train = ~unknown & (random.random(len(labels)) >= SHARE)
        tested = ~train & (unknown | np.isin(labels, labels[train]))
        yield train, tested, unknown


def measure(folder: Path, name: str, settings: Settings, encoder: SentenceEncoder) -> Shares:
    """Accuracy without and with the threshold, mean over the splits of one training set."""
    data = read_hint3(folder, name, "train")
    texts, labels = np.array(data.texts, dtype=object), np.array(data.labels)
    vectors = encoder.encode(data.texts)
    figures = []
    for train, tested, unknown in split(labels):
        known, targets = np.unique(labels[train], return_inverse=True)
        model = Model.train(texts[train].tolist(), targets, vectors[train], settings)
        scores = model.score_all(texts[tested].tolist(), vectors[tested])
        right = known[scores.argmax(axis=1)] == labels[tested]
        score = familiarity(scores, np.zeros(len(known), dtype=bool))
        outcome = Outcome(right, ~unknown[tested], score)
        row = outcome.row(name, outcome.threshold(HINT3_RECALL), 0.0, 0.0)
        figures.append((row.accuracy, row.accepted))
    return np.asarray(np.mean(figures, axis=0))


def main() -> int:
    """Command line: a setting's name and the values to compare."""
    parser = argparse.ArgumentParser(description="Compare settings on HINT3's training sets.")
    parser.add_argument("setting", choices=sorted(vars(Settings())))
    parser.add_argument("values", nargs="+", type=float)
    parser.add_argument("--build", type=Path, default=Path("build"), help="build folder")
    arguments = parser.parse_args()
    folder = Path(os.environ.get("BENCH_DATA", "")) / "hint3"
    if not folder.is_dir():
        print("Give a folder with hint3/ in BENCH_DATA.")
        return 2
    encoder = SentenceEncoder(ensure_encoder(arguments.build), threads=2)
    kind = type(getattr(Settings(), arguments.setting))
    print(f"| {arguments.setting} | " + " | ".join(HINT3_SETS) + " | mean |")
    print("|---|" + "---|" * (len(HINT3_SETS) + 1))
    for value in arguments.values:
        settings = replace(Settings(), **{arguments.setting: kind(value)})
        rows = [measure(folder, name, settings, encoder) for name in HINT3_SETS]
        rows.append(np.mean(rows, axis=0))
        print(f"| {value:g} | " + " | ".join("{:.1%} / {:.1%}".format(*row) for row in rows) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
