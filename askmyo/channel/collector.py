"""Collects the replies of one turn."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel

_PARTS = ("text", "image", "buttons", "attachment", "custom")


class ReplyCollector(CollectingOutputChannel):
    """Keeps each reply in one piece.

    Rasa's own collector cuts a text at its blank lines and parts it from its `custom`: a
    disclaimer could come loose from its answer.
    """

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Takes one reply, unless there is nothing in it."""
        parts = {name: message[name] for name in _PARTS if message.get(name)}
        if parts:
            self.messages.append({"recipient_id": recipient_id, **parts})
