"""Asks both trained bots the same held-out questions, clean and with slips, and counts."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import binomtest

from askmyo.language.slips import with_slips
from askmyo.nlu.ranked import FAR, NEAR
from askmyo.report.questions import Asked
from bench.held_out import labeled, read_questions, read_talk
from bench.projects import BOTS, OURS, STOCK
from bench.readers import Read, Reader, reader

NOISE = (0.0, 0.05, 0.10)
THRESHOLDS = tuple(round(0.05 * step, 2) for step in range(1, 20))


def measure(folder: Path) -> dict[str, Any]:
    """All counts, as shares from 0 to 1, by bot; and the paired comparison of the two."""
    asked, talk = read_questions(folder), read_talk(folder)
    found: dict[str, Any] = {"questions": len(asked), "talk": len(talk)}
    for name in ("near", "far"):
        found[name] = len(labeled(talk, f"out_of_scope/{name}"))
    right = {}
    for bot in BOTS:
        print(f"Asking {bot} {len(NOISE) * len(asked) + len(talk)} messages ...", file=sys.stderr)
        found[bot], right[bot] = _measure(reader(folder, bot), asked, talk)
    found["paired"] = _paired(right[OURS], right[STOCK])
    return found


def _measure(bot: Reader, asked: list[Asked], talk: list[Asked]) -> tuple[dict[str, Any], Any]:
    start = time.perf_counter()
    parsed = {noise: [bot.parse(with_slips(one.text, noise)) for one in asked] for noise in NOISE}
    seconds = (time.perf_counter() - start) / (len(NOISE) * len(asked))
    labels = [one.label for one in asked]
    figures: dict[str, Any] = {"threshold": bot.threshold, "parse_seconds": seconds}
    for noise in NOISE:
        reads = [bot.judge(one, bot.threshold) for one in parsed[noise]]
        figures[f"noise_{100 * noise:.0f}"] = in_scope(reads, labels)
    away = {
        name: [bot.parse(one.text) for one in labeled(talk, label)]
        for name, label in (("near", NEAR), ("far", FAR))
    }
    own = bot.threshold
    figures["own"] = _at(bot, own, parsed[0.0], labels, away)
    figures["curve"] = [_at(bot, value, parsed[0.0], labels, away) for value in THRESHOLDS]
    reads = [bot.judge(bot.parse(one.text), own) for one in talk]
    figures["talk"] = share(
        read.said[0].split("/")[0] == one.label.split("/")[0]
        for read, one in zip(reads, talk, strict=True)
    )
    first = [bot.judge(one, own) for one in parsed[0.0]]
    return figures, [
        read.ranking[:1] == (label,) for read, label in zip(first, labels, strict=True)
    ]


def in_scope(reads: Sequence[Read], labels: Sequence[str]) -> dict[str, float]:
    """What became of questions that have an answer: each figure a share of them all."""
    pairs = list(zip(reads, labels, strict=True))
    return {
        "top1": share(read.ranking[:1] == (label,) for read, label in pairs),
        "top3": share(label in read.ranking[:3] for read, label in pairs),
        "answered": share(read.gives(label) for read, label in pairs),
        "shown": share(read.shows(label) for read, label in pairs),
        "wrong": share(not read.refuses and not read.shows(label) for read, label in pairs),
        "refused": share(read.refuses for read, _ in pairs),
    }


def share(happened: Iterable[bool]) -> float:
    """How many of these are so, from 0 to 1; 0 of none."""
    every = list(happened)
    return sum(every) / len(every) if every else 0.0


def _at(
    bot: Reader, threshold: float, parsed: list[Any], labels: list[str], away: dict[str, list[Any]]
) -> dict[str, float]:
    """In scope and out of scope at one threshold."""
    figures = in_scope([bot.judge(one, threshold) for one in parsed], labels)
    for name, messages in away.items():
        reads = [bot.judge(one, threshold) for one in messages]
        figures[name] = share(read.refuses for read in reads)
        figures[f"{name}_offered"] = share(bool(read.offered) for read in reads)
    return {"threshold": threshold, **figures}


def _paired(ours: Sequence[bool], stock: Sequence[bool]) -> dict[str, float]:
    """Questions that only one bot ranks right, and how likely such a gap is by chance."""
    one, other = np.array(ours), np.array(stock)
    only_ours, only_stock = int((one & ~other).sum()), int((~one & other).sum())
    differing = only_ours + only_stock
    chance = binomtest(only_ours, differing).pvalue if differing else 1.0
    return {
        "both": int((one & other).sum()),
        "only_ours": only_ours,
        "only_stock": only_stock,
        "neither": int((~one & ~other).sum()),
        "p": float(chance),
    }
