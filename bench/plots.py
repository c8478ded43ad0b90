"""Draws the plots of docs/benchmarks.md as SVG, the same bytes for the same figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib import pyplot as plt

from bench.projects import BOTS, OURS, STOCK

mpl.use("svg")

COLORS = {OURS: "#2f7d5b", STOCK: "#c2703d"}
NAMES = {OURS: "Ask Myo", STOCK: "stock Rasa"}
STYLE = {
    "svg.hashsalt": "bench",
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#e3e7eb",
    "axes.axisbelow": True,
    "figure.figsize": (7.5, 3.6),
    "figure.autolayout": True,
}


def draw(folder: Path, results: dict[str, Any]) -> list[str]:
    """Draws what there are results for, into `folder`. Returns the files' names."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {
        "accuracy": ("questions", _accuracy),
        "scope": ("questions", _scope),
        "latency": ("speed", _latency),
        "resources": ("speed", _resources),
    }
    drawn = []
    with plt.rc_context(STYLE):
        for name, (part, plot) in wanted.items():
            if part not in results:
                continue
            figure, axes = plt.subplots()
            plot(axes, results)
            figure.savefig(folder / f"{name}.svg", metadata={"Date": None})
            plt.close(figure)
            drawn.append(f"{name}.svg")
    return drawn


def _accuracy(axes: Any, results: dict[str, Any]) -> None:
    """Bars: ranked first, and answered or offered, by noise."""
    kinds = [("top1", "ranked first"), ("shown", "answered or offered")]
    noises = (0, 5, 10)
    places = np.arange(len(noises) * len(kinds))
    for number, bot in enumerate(BOTS):
        found = results["questions"][bot]
        shares = [100 * found[f"noise_{noise}"][kind] for kind, _ in kinds for noise in noises]
        bars = axes.bar(
            places + 0.4 * number - 0.2, shares, 0.38, color=COLORS[bot], label=NAMES[bot]
        )
        axes.bar_label(bars, fmt="%.0f", fontsize=8)
    axes.set_xticks(places)
    axes.set_xticklabels(
        [f"{name}\n{noise} % slips" for _, name in kinds for noise in noises], fontsize=8
    )
    axes.set_ylabel("held-out questions, %")
    axes.set_ylim(0, 118)
    axes.legend(ncol=2, frameon=False, loc="upper right")


def _scope(axes: Any, results: dict[str, Any]) -> None:
    """Curves over the threshold: right or offered in scope against refused out of scope."""
    for bot in BOTS:
        found = results["questions"][bot]
        for kind, line in (("near", "-"), ("far", "--")):
            points = [(100 * row[kind], 100 * row["shown"]) for row in found["curve"]]
            label = f"{NAMES[bot]}, {kind}"
            axes.plot(*zip(*points, strict=True), line, color=COLORS[bot], label=label)
            own = found["own"]
            axes.plot(100 * own[kind], 100 * own["shown"], "o", color=COLORS[bot])
    axes.set_xlabel("out-of-scope messages refused, %")
    axes.set_ylabel("in scope answered or offered, %")
    axes.legend(frameon=False, fontsize=9)


def _latency(axes: Any, results: dict[str, Any]) -> None:
    """Share of turns done within a time."""
    for bot in BOTS:
        taken = 1000 * np.sort(results["speed"][bot]["latencies"])
        axes.plot(
            taken,
            100 * np.arange(1, len(taken) + 1) / len(taken),
            color=COLORS[bot],
            label=NAMES[bot],
        )
    axes.set_xscale("log")
    axes.set_xlabel("a turn over REST, ms (this machine, this run)")
    axes.set_ylabel("turns done, %")
    axes.legend(frameon=False)


def _resources(axes: Any, results: dict[str, Any]) -> None:
    """Ours as a share of stock's; each line a resource."""
    ratios = resources(results)
    known = {name: ratio for name, ratio in ratios.items() if ratio is not None}
    bars = axes.barh([*known][::-1], [*known.values()][::-1], color=COLORS[OURS])
    axes.bar_label(bars, fmt="%.2f", padding=4)
    axes.axvline(1, color=COLORS[STOCK], linestyle="--")
    axes.set_xlabel("ours, as a share of stock Rasa's (dashed); less is better")
    axes.set_xlim(0, max(1.15, *(1.15 * ratio for ratio in known.values())))


def resources(results: dict[str, Any]) -> dict[str, float | None]:
    """What ours takes for one of stock's: turns, memory, start, training."""
    ours, stock = (results["speed"][bot] for bot in BOTS)
    ratios: dict[str, float | None] = {}
    for name, percentile in (("p50 of a turn", 50), ("p99 of a turn", 99)):
        ratios[name] = float(
            np.percentile(ours["latencies"], percentile)
            / np.percentile(stock["latencies"], percentile)
        )
    ratios["time a turn, 16 clients"] = float(np.median(stock["rates"]) / np.median(ours["rates"]))
    ratios["memory"] = ours["pss"] / stock["pss"]
    ratios["start"] = ours["start"] / stock["start"]
    training = results.get("training")
    for kind in ("wall", "cpu"):
        name = f"training, {'time' if kind == 'wall' else 'CPU'}"
        ratios[name] = training[OURS][kind] / training[STOCK][kind] if training else None
    return ratios
