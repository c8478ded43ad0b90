"""Trains each bot as its makers do, and measures what it takes: stock Rasa one part after the
other, ours side by side and with our settings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from askmyo.nlu.encoder_build import ensure_encoder
from askmyo.running.project import BUILD
from askmyo.running.training import rasa_environment, training_environment
from bench.projects import BOTS, OURS

RECORD = "training.json"


@dataclass(frozen=True)
class Training:
    """What one training took, in seconds (`wall`, `cpu`) and megabytes (`peak`)."""

    wall: float
    cpu: float
    peak: float
    load: float
    """Load of the machine when it began: processes that wanted a core."""


def model_of(folder: Path, bot: str) -> Path:
    """Where a bot's model is kept."""
    return folder / f"{bot}.tar.gz"


def train_all(folder: Path) -> dict[str, Training]:
    """Trains both, one after the other, with the encoder already built."""
    ensure_encoder(BUILD / "encoder")
    done = {}
    for bot in BOTS:
        print(f"Training {bot} ...", file=sys.stderr, flush=True)
        done[bot] = _train(folder, bot)
        print(f"  {done[bot].wall:.0f} s, {done[bot].cpu:.0f} s of CPU", file=sys.stderr)
    content = {bot: asdict(training) for bot, training in done.items()}
    (folder / RECORD).write_text(json.dumps(content, indent=1), encoding="utf-8")
    return done


def recorded(folder: Path) -> dict[str, Training]:
    """What the last training of these models took."""
    content = json.loads((folder / RECORD).read_text("utf-8"))
    return {bot: Training(**figures) for bot, figures in content.items()}


def _train(folder: Path, bot: str) -> Training:
    how = "main" if bot == OURS else "train"
    code = f"import sys; from askmyo.running.train_rasa import {how}; {how}(*sys.argv[1:])"
    command = [sys.executable, "-c", code, bot, str(folder.resolve())]
    log = folder / f"training_{bot}.log"
    load, start = os.getloadavg()[0], time.perf_counter()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder / bot,
            env=training_environment() if bot == OURS else rasa_environment(),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        # Unlike `Popen.wait`, this tells what the process used.
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode or not model_of(folder, bot).is_file():
        tail = "\n".join(log.read_text("utf-8", "replace").splitlines()[-20:])
        raise RuntimeError(f"Training {bot} failed; {log} ends with:\n{tail}")
    return Training(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, load)
