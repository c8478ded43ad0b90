"""`python -m bench`: measures ours beside the stock pipeline and writes docs/benchmarks.md."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import warnings
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psutil

from askmyo.nlu.encoder import SentenceEncoder
from askmyo.nlu.encoder_build import ensure_encoder
from askmyo.running.project import BUILD, ROOT
from bench import projects, public, speed, stages, training, understanding
from bench.held_out import read_questions
from bench.page import write_page

PARTS = ("training", "questions", "public", "speed", "stages")
STAGES_TURNS = 60


def main() -> int:
    """Runs the parts asked for. Results are kept, so that the page shows the last of each part."""
    arguments = _arguments()
    warnings.filterwarnings("ignore")
    os.environ["PYTHONWARNINGS"] = "ignore"
    size = _size_name(arguments)
    folder = BUILD.resolve() / "bench" / size
    file = folder / "results.json"
    results = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    results |= {"size": size, "machine": machine()}
    parts = [part for part in arguments.only or PARTS if not _skipped(part, arguments)]
    for part in parts:
        print(f"== {part}", file=sys.stderr, flush=True)
        results[part] = _measure(part)(folder, arguments)
        file.write_text(json.dumps(results, indent=1), encoding="utf-8")
    page = arguments.output or (ROOT / "docs" if size == "full" else folder) / "benchmarks.md"
    write_page(page, results)
    print(f"Wrote {page}")
    return 0


def machine() -> str:
    """The machine in general words: what the figures depend on, and nothing that names it."""
    cores, load = os.cpu_count(), os.getloadavg()[0]
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{cores} cores ({platform.machine()}), {memory:.0f} GB, {platform.system()}, "
        f"load {load:.1f} when the run began."
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measure Ask Myo beside the stock Rasa pipeline."
    )
    parser.add_argument("--only", nargs="+", choices=PARTS, help="run these parts only")
    parser.add_argument("--quick", action="store_true", help="a small subset, to try the bench")
    parser.add_argument("--examples", type=int, help="a smaller run: so many examples an answer")
    parser.add_argument("--epochs", type=int, help="a smaller run: epochs of the stock pipeline")
    parser.add_argument(
        "--skip-training", action="store_true", help="use the models of the last run"
    )
    data = os.environ.get("BENCH_DATA")
    # Absolute, since asking a bot changes the working folder (readers.py).
    parser.add_argument("--data", type=_absolute, default=data or None, help="public sets")
    parser.add_argument("--output", type=_absolute, help="where to write the page")
    return parser.parse_args()


def _absolute(path: str) -> Path:
    return Path(path).resolve()


def _size(arguments: argparse.Namespace) -> projects.Size:
    if arguments.quick:
        return projects.QUICK
    return projects.Size(examples=arguments.examples, epochs=arguments.epochs or 100)


def _size_name(arguments: argparse.Namespace) -> str:
    """`full` or what was left out; the results of each size are kept apart."""
    size = _size(arguments)
    if size == projects.QUICK:
        return "quick"
    if size == projects.FULL:
        return "full"
    return f"{size.examples or 'all'}-examples-{size.epochs}-epochs"


def _skipped(part: str, arguments: argparse.Namespace) -> bool:
    if part == "training":
        return bool(arguments.skip_training)
    if part == "public" and not arguments.data:
        print("No public sets: BENCH_DATA names no folder with hint3/ and clinc150/.")
        return True
    return False


def _measure(part: str) -> Callable[[Path, argparse.Namespace], Any]:
    return {
        "training": _train,
        "questions": lambda folder, _: understanding.measure(folder),
        "public": _public,
        "speed": _speed,
        "stages": _stages,
    }[part]


def _train(folder: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    projects.write_projects(folder, _size(arguments))
    return {bot: asdict(one) for bot, one in training.train_all(folder).items()}


def _public(folder: Path, arguments: argparse.Namespace) -> list[dict[str, Any]]:
    encoder = SentenceEncoder(ensure_encoder(BUILD / "encoder"), threads=2)
    return [asdict(row) for row in public.measure(arguments.data, encoder)]


def _speed(folder: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    return speed.measure(folder, speed.QUICK if arguments.quick else speed.FULL)


def _stages(folder: Path, arguments: argparse.Namespace) -> dict[str, dict[str, float]]:
    turns = 12 if arguments.quick else STAGES_TURNS
    return stages.measure(folder, [one.text for one in read_questions(folder)[::7]][:turns])


if __name__ == "__main__":
    sys.exit(main())
