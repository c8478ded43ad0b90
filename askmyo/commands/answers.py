"""`askmyo answers`: what editors do with the answer set."""

from __future__ import annotations

from pathlib import Path

import typer

from askmyo.answerbook import Finding, load, read
from askmyo.answerbook.confusions import confused, read_run
from askmyo.answerbook.dates import due_on
from askmyo.answerbook.duplicates import near_doubles
from askmyo.answerbook.page import build as build_page
from askmyo.answerbook.render import build as render
from askmyo.answerbook.render import stale
from askmyo.answerbook.rules import check as check_rules
from askmyo.answerbook.scaffold import new_answer
from askmyo.running.derived import PAGES
from askmyo.running.project import ANSWERS, BUILD, ROOT

HELD_OUT_RUN = BUILD / "held_out.json"  # written by `askmyo report`

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
    findings += check_rules(book)
    findings += [*near_doubles(book), *confused(book, read_run(HELD_OUT_RUN))]
    if not _errors(findings):
        findings += stale(book, ROOT)
    _report(findings)
    errors = len(_errors(findings))
    typer.echo(
        f"{len(book.answers)} answers, {errors} to mend, {len(findings) - errors} to look at."
    )
    raise typer.Exit(1 if errors else 0)


@app.command()
def build() -> None:
    """Render the training data from the answer set. `make run` does this too."""
    touched = render(load(ANSWERS), ROOT)
    typer.echo("\n".join(map(str, touched)) if touched else "Nothing changed.")


@app.command()
def page() -> None:
    """Build the static page of all questions and answers. `make run` does this too."""
    touched = build_page(load(ANSWERS), PAGES)
    typer.echo(f"{len(touched)} files changed. Open {PAGES.relative_to(ROOT) / 'index.html'}")


@app.command(name="try")
def try_question(question: str = typer.Argument(..., help="What to ask, in quotes.")) -> None:
    """Show how the bot reads a question, which answers it may mean, and what the bot does."""
    from askmyo.running.parsing import Parser, quiet  # noqa: PLC0415

    quiet()
    from askmyo.running.explaining import explain, nearest  # noqa: PLC0415 (loads spaCy)
    from askmyo.running.training import ensure_model  # noqa: PLC0415

    book = load(ANSWERS)
    parsed = Parser(ensure_model()).parse(question)
    typer.echo("\n".join(explain(book, parsed, nearest(book, parsed))))


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


def _errors(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.level == "error"]


def _report(findings: list[Finding]) -> None:
    """The warnings first: what must be mended stands last, where the eye is."""
    for finding in sorted(findings, key=lambda finding: finding.level == "error"):
        mark = "" if finding.level == "error" else "(worth a look) "
        typer.echo(f"{mark}{finding}")
