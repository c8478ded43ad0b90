"""`askmyo answers`: what editors do with the answer set."""

from __future__ import annotations

from pathlib import Path

import typer

from askmyo.answerbook import Finding, load, read
from askmyo.answerbook.dates import due_on
from askmyo.answerbook.render import build as render
from askmyo.answerbook.render import stale
from askmyo.answerbook.rules import check as check_rules
from askmyo.answerbook.scaffold import new_answer
from askmyo.running.project import ANSWERS, ROOT

app = typer.Typer(help="Write, check and build the answer set.")


@app.command()
def new(answer_id: str = typer.Argument(..., help="topic/slug, such as exercise/tai_chi")) -> None:
    """Write a file for a new answer, full of TODO for you to replace."""
    path = new_answer(answer_id, ANSWERS)
    typer.echo(f"Wrote {path.relative_to(ROOT)}. Replace every TODO, then: askmyo answers check")


@app.command()
def check() -> None:
    """Check the whole answer set and list everything there is to mend."""
    book, findings = read(ANSWERS)
    findings = findings + check_rules(book)
    if not findings:
        findings = stale(book, ROOT)
    _report(findings)
    errors = [finding for finding in findings if finding.level == "error"]
    typer.echo(f"{len(book.answers)} answers, {len(errors)} to mend.")
    raise typer.Exit(1 if errors else 0)


@app.command()
def build() -> None:
    """Render the training data from the answer set. `make run` does this too."""
    touched = render(load(ANSWERS), ROOT)
    typer.echo("\n".join(map(str, touched)) if touched else "Nothing changed.")


@app.command()
def due(days: int = typer.Option(90, help="Look this many days ahead.")) -> None:
    """List the answers whose review falls due, the soonest first."""
    import datetime as dt  # noqa: PLC0415 (only here)

    book = load(ANSWERS)
    until = dt.date.today() + dt.timedelta(days=days)
    dated = sorted((due_on(answer, book), answer.id) for answer in book.answers.values())
    soon = [(date, name) for date, name in dated if date <= until]
    for date, name in soon:
        typer.echo(f"{date}  {Path('answers') / name}.yml")
    typer.echo(f"{len(soon)} of {len(dated)} answers fall due by {until}.")


def _report(findings: list[Finding]) -> None:
    for finding in findings:
        mark = "" if finding.level == "error" else "(worth a look) "
        typer.echo(f"{mark}{finding}")
