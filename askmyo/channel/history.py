"""Reads a conversation back from the events Rasa stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from askmyo.answerbook.envelope import Reply
from askmyo.channel.replies import tells_of_failure

Event = dict[str, Any]


@dataclass
class StoredTurn:
    """What a patient said and what came back."""

    id: str
    text: str
    replies: list[Reply] = field(default_factory=list)


def turns(events: Sequence[Event]) -> list[StoredTurn]:
    """The turns in order. An id that stands twice was tried again: the last try counts."""
    found: list[StoredTurn] = []
    for event in events:
        if event["event"] == "user" and event.get("text") is not None:
            found.append(StoredTurn(event.get("message_id") or "", event["text"]))
        elif event["event"] == "bot" and found:
            found[-1].replies.append(_reply(event))
    last_try = {turn.id: turn for turn in found}
    return [turn for turn in found if last_try[turn.id] is turn]


def replies_to(events: Sequence[Event], message_id: str) -> list[Reply]:
    """The replies this message got, or none if it is new, got none or failed."""
    replies = next((turn.replies for turn in turns(events) if turn.id == message_id), [])
    return [] if tells_of_failure(replies) else replies


def lines(events: Sequence[Event], error_reply: Reply) -> list[dict[str, Any]]:
    """The conversation as the widget draws it after a reload.

    A turn that failed has no stored reply: it gets the one the patient saw.
    """
    drawn: list[dict[str, Any]] = []
    for turn in turns(events):
        drawn.append({"from": "user", "id": turn.id, "text": turn.text})
        drawn += [{"from": "bot", **reply} for reply in turn.replies or [error_reply]]
    return drawn


def _reply(event: Event) -> Reply:
    custom = (event.get("data") or {}).get("custom") or {}
    return {"text": event.get("text") or "", "custom": custom}
