"""`askmyo report`: the testers' page."""

from __future__ import annotations

import time
from pathlib import Path

import typer

from askmyo.running.project import ANSWERS, BUILD

PAGE = BUILD / "report.html"
HELD_OUT_RUN = BUILD / "held_out.json"


def report(
    output: Path = typer.Option(PAGE, "--output", help="Where to write the page."),
) -> None:
    """Ask the model every held-out message and write what came of it, as one HTML page."""
    from askmyo.answerbook import load  # noqa: PLC0415 (the command line starts faster without)
    from askmyo.report.outcomes import run, write_run  # noqa: PLC0415
    from askmyo.report.page import write_page  # noqa: PLC0415
    from askmyo.report.stories import read_stories  # noqa: PLC0415
    from askmyo.running.parsing import Parser  # noqa: PLC0415 (loads TensorFlow)
    from askmyo.running.training import ensure_model  # noqa: PLC0415

    model = ensure_model()
    parser = Parser(model)
    started = time.monotonic()
    typer.echo("Asking the model every held-out message ...")
    done = run(parser)
    write_run(done.questions, HELD_OUT_RUN)
    write_page(output, done, load(ANSWERS), read_stories(), model.name.split(".")[0])
    shown = sum(one.shown for one in done.questions) / max(1, len(done.questions))
    typer.echo(
        f"{len(done.questions)} questions in {time.monotonic() - started:.0f} s: the right answer "
        f"given or offered for {100 * shown:.1f} %. Open {output}"
    )
