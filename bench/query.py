"""Times one question on its own: its sentence vector, and its ranking.

Run: BENCH_DATA=<folder with clinc150/> python -m bench.query
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from askmyo.nlu.encoder import SentenceEncoder
from askmyo.nlu.encoder_build import ensure_encoder
from bench.public import CLINC_OUT, Labeled, read_clinc, train

TEXTS = 7000
"""Training texts of the timed ranker, about as many as our own answers have."""

ASKED = 500


def line(name: str, call: Callable[[int], object]) -> str:
    """Call once for each question and tell median and 95th percentile, in milliseconds."""
    times = []
    for number in range(ASKED):
        start = time.perf_counter()
        call(number)
        times.append(1000 * (time.perf_counter() - start))
    return "| {} | {:.2f} | {:.2f} |".format(name, *np.percentile(times, [50, 95]))


def main() -> int:
    """Command line: the data folder comes in BENCH_DATA."""
    parser = argparse.ArgumentParser(description="Time one question on its own.")
    parser.add_argument("--build", type=Path, default=Path("build"), help="build folder")
    arguments = parser.parse_args()
    file = Path(os.environ.get("BENCH_DATA", "")) / "clinc150" / "data_oos_plus.json"
    if not file.is_file():
        print("Give a folder with clinc150/ in BENCH_DATA.")
        return 2
    folder = ensure_encoder(arguments.build)
    rows = read_clinc(file, "train")
    step = len(rows.texts) // TEXTS
    data = Labeled(rows.texts[::step][:TEXTS], rows.labels[::step][:TEXTS])
    ranker, seconds = train(SentenceEncoder(folder, threads=2), data, CLINC_OUT)
    texts = read_clinc(file, "test").texts[:ASKED]
    encoder = SentenceEncoder(folder)
    print(
        f"Ranker trained in {seconds:.1f} s: {len(data.texts)} texts, {len(ranker.labels)} labels."
    )
    print("| one question | p50, ms | p95, ms |\n|---|---|---|")
    print(line("sentence vector, new", lambda number: encoder.encode([texts[number]])))
    print(line("sentence vector, asked before", lambda number: encoder.encode([texts[number]])))
    vectors = encoder.encode(texts)
    print(line("ranking", lambda number: ranker.judge(texts[number], vectors[number])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
