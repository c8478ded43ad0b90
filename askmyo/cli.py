"""The one command line: `askmyo`. Each command is a thin door to a room of the library."""

from __future__ import annotations

import sys

import typer

from askmyo.answerbook import AnswerbookError
from askmyo.commands import answers, ask, report
from askmyo.running.project import SetupError

app = typer.Typer(
    help="Ask Myo: curated, cited answers on inclusion body myositis.",
    pretty_exceptions_enable=False,
)
app.add_typer(answers.app, name="answers")


@app.command()
def train() -> None:
    """Build what is missing or out of date: training data, encoder, model, static pages."""
    from askmyo.running.training import ensure_model  # noqa: PLC0415 (loads TensorFlow)

    typer.echo(f"Model ready: {ensure_model().name}")


@app.command()
def serve() -> None:
    """Start the bot: train if needed, run both servers, say where to open it. Ctrl-C stops it."""
    from askmyo.running import processes, training  # noqa: PLC0415 (loads TensorFlow)

    # Before minutes of training, not after them.
    processes.check_ports()
    sys.exit(processes.serve(training.ensure_model()))


app.command(name="ask")(ask.ask)
app.command(name="report")(report.report)


def main() -> None:
    """Runs the command line. What a person can mend is said in words, without a traceback."""
    try:
        app()
    except (AnswerbookError, SetupError) as error:
        typer.echo(f"Error: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
