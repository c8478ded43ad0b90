"""Writes the report: one page that needs nothing beside it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from askmyo.answerbook import Book
from askmyo.report import charts, figures
from askmyo.report.outcomes import Outcome, Run
from askmyo.report.stories import Stories

COLORS = ("#2f7d5b", "#5f8f3f", "#b7791f", "#64748b", "#7c5cab", "#c2553d")
"""Of `outcomes.RESULTS`, in that order."""


@dataclass(frozen=True)
class Coverage:
    """One answer: how many wordings train it, how many test it, and how those fare."""

    answer: str
    question: str
    examples: int
    held_out: int
    right: int
    shown: int


def write_page(file: Path, run: Run, book: Book, stories: Stories, model: str) -> None:
    """Writes the page to `file`. `model` is the model's name, shown at the top."""
    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    environment.filters["percent"] = lambda share: f"{100 * share:.1f} %"
    environment.filters["short"] = lambda share: f"{share:.2f}"
    page = environment.get_template("page.html").render(**content(run, book, stories, model))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(page, encoding="utf-8")


def content(run: Run, book: Book, stories: Stories, model: str) -> dict[str, Any]:
    """Everything the template shows."""
    bins = figures.reliability(run.questions)
    decisions = figures.decisions(run.questions)
    total = len(run.questions) or 1
    parts = [(name, count / total) for name, count in decisions]
    bar = [(*part, color) for part, color in zip(parts, COLORS, strict=True)]
    return {
        "model": model,
        "when": datetime.now().strftime("%Y-%m-%d %H:%M"),
        "right": figures.share(one.right for one in run.questions),
        "shown": figures.share(one.shown for one in run.questions),
        "wrong": dict(parts)["answered wrong"],
        "questions": len(run.questions),
        "decisions": [(*row, color) for row, color in zip(decisions, COLORS, strict=True)],
        "bar": Markup(charts.stacked_bar(bar)),
        "topics": figures.by_topic(run.questions),
        "matrix": Markup(charts.confusion_matrix(*figures.confusions(run.questions))),
        "mixed_up": figures.mixed_up(run.questions),
        "bins": bins,
        "histogram": Markup(charts.histogram(bins)),
        "reliability": Markup(charts.reliability_curve(bins)),
        "calibration_error": figures.calibration_error(bins),
        "noise": figures.noise_rows(run),
        "sample": len(run.sample),
        "scopes": figures.scopes(run.talk),
        "signs": figures.signs(run.red_flags),
        "talk": figures.talk_rows(run.talk),
        "failures": failures(run.questions),
        "stories": stories,
        "coverage": coverage(run.questions, book),
        "answers": len(book.answers),
    }


def failures(outcomes: list[Outcome]) -> list[Outcome]:
    """Questions whose answer the patient does not see; the surest mistakes first."""
    order = {"answered wrong": 0, "taken for talk": 1, "asked back, missed": 2, "not covered": 3}
    missed = [one for one in outcomes if not one.shown]
    return sorted(missed, key=lambda one: (order[one.result], -one.confidence))


def coverage(outcomes: list[Outcome], book: Book) -> list[Coverage]:
    """Every answer with its wordings; those that fare worst first, untested ones before all."""
    right = Counter(one.expected for one in outcomes if one.right)
    shown = Counter(one.expected for one in outcomes if one.shown)
    tested = Counter(one.expected for one in outcomes)
    rows = [
        Coverage(name, entry.question, len(entry.examples), tested[name], right[name], shown[name])
        for name, entry in book.answers.items()
    ]
    return sorted(rows, key=lambda row: row.shown / row.held_out if row.held_out else -1)
