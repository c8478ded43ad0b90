"""Measures the ranker on public intent benchmarks, and prints a table.

HINT3 v1 (Arora et al. 2020) has real users' questions to three live bots, CLINC150 OOS+ (Larson
et al. 2019) crowd-sourced ones. The ranker's settings come from HINT3's training sets and
CLINC150's validation set (`bench/selection.py`), not from the test sets. As in the
published figures, the threshold is read off the test set's own curve, where the wanted share of
out-of-scope texts falls under it. CLINC150 is also shown at a threshold from its validation set.

Run: BENCH_DATA=<folder with hint3/ and clinc150/> python -m bench.public
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from askmyo.nlu.encoder import SentenceEncoder
from askmyo.nlu.encoder_build import ensure_encoder
from askmyo.nlu.ranker import Ranker

HINT3_SETS = ("curekart", "powerplay11", "sofmattress")
HINT3_OUT = "NO_NODES_DETECTED"
HINT3_RECALL = 0.80
CLINC_OUT = "oos"
CLINC_RECALL = 0.84


class Labeled(NamedTuple):
    """Texts with their labels."""

    texts: list[str]
    labels: list[str]


@dataclass(frozen=True)
class Row:
    """One line of the table; accuracy and recall are shares, training is in seconds."""

    name: str
    accuracy: float
    """In scope, with no threshold."""
    accepted: float
    """In scope, right and above the threshold."""
    recall: float
    """Out of scope, under the same threshold."""
    target: float
    training: float


@dataclass(frozen=True)
class Outcome:
    """What a ranker made of a test set: arrays of one entry a text."""

    right: npt.NDArray[np.bool_]
    in_scope: npt.NDArray[np.bool_]
    score: npt.NDArray[np.floating[Any]]

    def threshold(self, recall: float) -> float:
        """The lowest threshold that at least this share of out-of-scope texts doesn't pass."""
        scores = np.sort(self.score[~self.in_scope])
        return float(scores[int(np.ceil(recall * len(scores))) - 1])

    def row(self, name: str, threshold: float, target: float, training: float) -> Row:
        """Both figures at one threshold; a text passes when it scores above it."""
        passed = self.score > threshold
        return Row(
            name,
            accuracy=float(self.right[self.in_scope].mean()),
            accepted=float((self.right & passed)[self.in_scope].mean()),
            recall=float(1 - passed[~self.in_scope].mean()),
            target=target,
            training=training,
        )


def read_hint3(folder: Path, name: str, split: str) -> Labeled:
    """One split ('train' or 'test') of one bot's set."""
    with (folder / split / f"{name}_{split}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return Labeled([row["sentence"] for row in rows], [row["label"] for row in rows])


def read_clinc(file: Path, split: str) -> Labeled:
    """One split ('train', 'val' or 'test') with its out-of-scope texts."""
    content = json.loads(file.read_text(encoding="utf-8"))
    rows = [*content[split], *content[f"oos_{split}"]]
    return Labeled([text for text, _ in rows], [label for _, label in rows])


def train(encoder: SentenceEncoder, data: Labeled, out: str) -> tuple[Ranker, float]:
    """A ranker with the default settings, and the seconds it took once vectors were there."""
    vectors = encoder.encode(data.texts)
    start = time.perf_counter()
    ranker = Ranker().fit(data.texts, data.labels, vectors, out_of_scope=[out])
    return ranker, time.perf_counter() - start


def judge(encoder: SentenceEncoder, ranker: Ranker, data: Labeled, out: str) -> Outcome:
    """Judge every text by itself, as the assistant does."""
    vectors = encoder.encode(data.texts)
    judged = [ranker.judge(text, vector) for text, vector in zip(data.texts, vectors, strict=True)]
    best = np.array([judgement.ranking[0][0] for judgement in judged])
    labels = np.array(data.labels)
    score = np.array([judgement.in_scope for judgement in judged])
    return Outcome(right=best == labels, in_scope=labels != out, score=score)


def measure(folder: Path, encoder: SentenceEncoder) -> Iterator[Row]:
    """A row for each set under `folder`, as soon as it is known."""
    targets = dict(zip(HINT3_SETS, (0.70, 0.52, 0.64), strict=True))
    for name, target in targets.items():
        data = read_hint3(folder / "hint3", name, "train")
        ranker, seconds = train(encoder, data, HINT3_OUT)
        test = read_hint3(folder / "hint3", name, "test")
        outcome = judge(encoder, ranker, test, HINT3_OUT)
        threshold = outcome.threshold(HINT3_RECALL)
        yield outcome.row(f"HINT3 {name}", threshold, target, seconds)
    file = folder / "clinc150" / "data_oos_plus.json"
    ranker, seconds = train(encoder, read_clinc(file, "train"), CLINC_OUT)
    outcome = judge(encoder, ranker, read_clinc(file, "test"), CLINC_OUT)
    yield outcome.row("CLINC150 OOS+", outcome.threshold(CLINC_RECALL), 0.95, seconds)
    validation = judge(encoder, ranker, read_clinc(file, "val"), CLINC_OUT)
    name = "CLINC150 OOS+, validation's threshold"
    yield outcome.row(name, validation.threshold(CLINC_RECALL), 0.95, seconds)


def table(rows: list[Row]) -> str:
    """The rows as a Markdown table, in percent."""
    lines = [
        "| set | in scope, no threshold | in scope at threshold | target "
        "| out-of-scope recall | training, s |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows:
        figures = (row.accuracy, row.accepted, row.target, row.recall)
        cells = " | ".join(f"{100 * figure:.1f}" for figure in figures)
        lines.append(f"| {row.name} | {cells} | {row.training:.1f} |")
    return "\n".join(lines)


def main() -> int:
    """Command line: the data folder as argument or in BENCH_DATA."""
    parser = argparse.ArgumentParser(description="Measure the ranker on public benchmarks.")
    parser.add_argument("data", nargs="?", default=os.environ.get("BENCH_DATA"))
    parser.add_argument("--build", type=Path, default=Path("build"), help="build folder")
    arguments = parser.parse_args()
    folder = Path(arguments.data) if arguments.data else None
    if folder is None or not (folder / "hint3").is_dir() or not (folder / "clinc150").is_dir():
        print("Give a folder with hint3/ and clinc150/, as argument or in BENCH_DATA.")
        return 2
    encoder = SentenceEncoder(ensure_encoder(arguments.build), threads=2)
    rows = []
    for row in measure(folder, encoder):
        print(f"{row.name}: {100 * row.accepted:.1f} in scope", file=sys.stderr, flush=True)
        rows.append(row)
    print(table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
