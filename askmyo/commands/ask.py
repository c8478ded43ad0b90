"""`askmyo ask`: one question to the running bot."""

from __future__ import annotations

import json
from typing import Any

import httpx
import typer

from askmyo.running.project import Ports, SetupError, own_address


def ask(
    question: str = typer.Argument(..., help="What to ask, in quotes."),
    as_json: bool = typer.Option(False, "--json", help="Print the replies as JSON."),
    sender: str = typer.Option("", help="Go on with the conversation of this name."),
) -> None:
    """Ask the running bot one question and print its reply."""
    replies = post(question, sender)
    if as_json:
        typer.echo(json.dumps(replies, indent=2, ensure_ascii=False))
        return
    for reply in replies:
        typer.echo(f"\n[{reply.get('custom', {}).get('kind', 'text')}]\n{reply.get('text', '')}")


def post(question: str, sender: str) -> list[dict[str, Any]]:
    """Sends the question to the REST channel and returns its messages.

    Raises:
        SetupError: if the bot does not run, or refuses the question.
    """
    port = Ports.from_environment().rasa
    address = f"http://{own_address()}:{port}/webhooks/rest/webhook"
    body = {"message": question, **({"sender": sender} if sender else {})}
    try:
        response = httpx.post(address, json=body, timeout=30)
    except httpx.HTTPError as error:
        raise SetupError(
            f"The bot does not answer at {address}: start it with 'make run'."
        ) from error
    content = response.json()
    if response.status_code != 200:
        message = content.get("error", {}).get("message", f"status {response.status_code}")
        raise SetupError(f"The bot refused the question: {message}")
    messages: list[dict[str, Any]] = content
    return messages
