"""Writes docs/benchmarks.md from the results."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bench import plots
from bench.projects import BOTS, OURS, STOCK

SHOWN_THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)


def write_page(file: Path, results: dict[str, Any]) -> None:
    """Writes the page and, in a folder of its name beside it, its plots."""
    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(  # noqa: S701 (Markdown, not HTML)
        loader=loader, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["percent"] = lambda share: f"{100 * share:.1f}"
    environment.filters["ms"] = lambda seconds: f"{1000 * seconds:.1f}"
    drawn = plots.draw(file.with_suffix(""), results)
    page = environment.get_template("page.md").render(**content(results), plots=drawn)
    file.write_text(page, encoding="utf-8")


def content(results: dict[str, Any]) -> dict[str, Any]:
    """Everything the template shows; None for a part that was not run."""
    found = {name: results.get(name) for name in ("training", "questions", "public", "stages")}
    return {
        **found,
        "machine": results["machine"],
        "size": results["size"],
        "bots": BOTS,
        "thresholds": SHOWN_THRESHOLDS,
        "targets": targets(results),
        "speed": _speed(results.get("speed")),
    }


def targets(results: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """What, target, measured, and whether it holds."""
    rows = [*_understanding_targets(results.get("questions")), *_public(results.get("public"))]
    if results.get("speed"):
        rows += _resource_targets(results)
    return [(name, wanted, said, "yes" if held else "**no**") for name, wanted, said, held in rows]


Target = tuple[str, str, str, bool]


def _understanding_targets(questions: dict[str, Any] | None) -> list[Target]:
    if not questions:
        return []
    ours = questions[OURS]
    clean, noisy, own = ours["noise_0"], ours["noise_10"], ours["own"]
    loss = clean["top1"] - noisy["top1"]
    least = [
        ("held-out questions ranked first", 0.95, clean["top1"]),
        ("right answer given or offered", 0.98, clean["shown"]),
        ("near out of scope refused, same threshold", 0.85, own["near"]),
        ("far out of scope refused, same threshold", 0.97, own["far"]),
    ]
    rows = [(name, f"≥ {w:.0%}", f"{got:.1%}", got >= w) for name, w, got in least]
    lost = ("ranked first, lost at 10 % slips", "≤ 4 points", f"{100 * loss:.1f}", loss <= 0.04)
    return [*rows, lost]


def _public(rows: list[dict[str, Any]] | None) -> list[Target]:
    return [
        (
            f"{row['name']}, in scope at recall {row['recall']:.2f}",
            f"≥ {row['target']:.0%}",
            f"{row['accepted']:.1%}",
            row["accepted"] >= row["target"],
        )
        for row in rows or []
    ]


def _resource_targets(results: dict[str, Any]) -> list[Target]:
    ratios = plots.resources(results)
    most = {"p50 of a turn": 0.40, "p99 of a turn": 0.5, "memory": 0.65, "training, time": 0.25}
    rows = [
        (f"{name}, ours to stock", f"≤ {limit}", f"{ratio:.2f}", ratio <= limit)
        for name, limit in most.items()
        if (ratio := ratios[name]) is not None
    ]
    more = 1 / (ratios["time a turn, 16 clients"] or 1)
    rows.append(
        ("turns per second, 16 clients, ours to stock", "≥ 2.5", f"{more:.2f}", more >= 2.5)
    )
    return rows


def _speed(speed: dict[str, Any] | None) -> list[tuple[str, str, str, str]] | None:
    """Rows: what, ours, stock, ratio. Times are in milliseconds, memory in megabytes."""
    if not speed:
        return None
    ours, stock = speed[OURS], speed[STOCK]
    rows: list[tuple[str, float, float]] = []
    for percentile in (50, 95, 99):
        own, other = (float(np.percentile(bot["latencies"], percentile)) for bot in (ours, stock))
        rows.append((f"a REST turn, p{percentile}, ms", 1000 * own, 1000 * other))
    rows.append(("CPU of a turn, ms", 1000 * ours["cpu_a_turn"], 1000 * stock["cpu_a_turn"]))
    own, other = (float(np.median(bot["rates"])) for bot in (ours, stock))
    rows.append(("turns per second, 16 clients", own, other))
    for key, name in (
        ("pss", "memory, PSS, MB"),
        ("rss", "memory, RSS, MB"),
        ("start", "start, s"),
    ):
        rows.append((name, ours[key], stock[key]))
    return [(name, f"{a:.1f}", f"{b:.1f}", f"{a / b:.2f}") for name, a, b in rows]
