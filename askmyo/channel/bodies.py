"""Reads what a caller sends. Nothing of it is trusted."""

from __future__ import annotations

import json
import re
from typing import Any

from sanic.request import Request

from askmyo.channel.errors import ChannelError, bad_request

MAX_LETTERS = 1_000
# 1,000 letters of the longest kind, escaped, with room for the other fields.
MAX_BYTES = 64 * 1024

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_JSON = re.compile(r"application/json(\s*;\s*charset=\"?utf-8\"?)?", re.IGNORECASE)
# Control characters carry no meaning here, and some databases refuse them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read_object(request: Request, *, optional: bool = False) -> dict[str, Any]:
    """The body as a JSON object; an absent one is empty if `optional`.

    Raises:
        ChannelError: 415 for any other content type, 400 for anything else.
    """
    content_type = (request.headers.get("content-type") or "").strip()
    body = request.body
    if optional and not body and not content_type:
        return {}
    # A page of any site may post text/plain without asking first. JSON it must ask for.
    if not _JSON.fullmatch(content_type):
        message = "Send the body as JSON, with the header 'Content-Type: application/json'."
        raise ChannelError(415, "not_json_type", message)
    if optional and not body:
        return {}
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise bad_request("not_json", "The body is not JSON. Send one JSON object.") from None
    if not isinstance(value, dict):
        raise bad_request("no_object", "The body must be a JSON object, such as {…}.")
    return value


def read_text(body: dict[str, Any], field: str) -> str:
    """What the patient typed, ready for Rasa.

    Raises:
        ChannelError: 400 if it is missing or no text, 413 if it is too long.
    """
    text = body.get(field)
    if not isinstance(text, str):
        raise bad_request("no_text", f"The field '{field}' must hold the text of the message.")
    if len(text) > MAX_LETTERS:
        raise too_long(len(text))
    return defused(text)


def too_long(letters: int | None = None) -> ChannelError:
    """413: the text must be shorter."""
    length = f"has {letters:,} characters" if letters else "is too long"
    message = f"Your question {length}. Please shorten it to {MAX_LETTERS:,}. Nothing is lost."
    return ChannelError(413, "too_long", message)


def defused(text: str) -> str:
    """The text without what Rasa would take for a command or could not store.

    Rasa reads a text that starts with '/' as the name of an intent and skips its whole NLU:
    '/help' would be obeyed, and a sign of danger after the slash would go unseen. It strips
    white space first, so any mixture of both must go.
    """
    # Half a character (a lone surrogate) can't be encoded, so it breaks whatever reads it.
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    plain = _CONTROL.sub(" ", whole)
    while plain != (shorter := plain.strip().lstrip("/")):
        plain = shorter
    return plain


def read_id(body: dict[str, Any]) -> str:
    """The caller's id of a message, by which a repeat is known.

    Raises:
        ChannelError: 400 if there is none or it has another shape.
    """
    value = body.get("id")
    if not isinstance(value, str) or not _ID.fullmatch(value):
        message = "The field 'id' must hold 1 to 64 letters, digits, '-' or '_': a fresh one for "
        raise bad_request("bad_id", message + "each message, the same one for a repeat.")
    return value


def read_code(body: dict[str, Any], field: str, shape: str) -> str | None:
    """A country or language code, or None.

    A code of another shape comes from a page's attribute: a slip there must not cost a
    patient the conversation, so it is left out.

    Raises:
        ChannelError: 400 if it is no text at all.
    """
    value = body.get(field)
    if value is None:
        return None
    if not isinstance(value, str):
        raise bad_request(f"bad_{field}", f"The field '{field}' must hold a code, or be left out.")
    return value if re.fullmatch(shape, value) else None
