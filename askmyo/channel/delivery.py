"""Hands a message to Rasa and comes back with replies, whatever happens in between."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from rasa.core.channels.channel import UserMessage

from askmyo.answerbook.envelope import Reply
from askmyo.channel.collector import ReplyCollector
from askmyo.channel.errors import busy
from askmyo.channel.replies import tells_of_failure
from askmyo.channel.settings import Settings

logger = logging.getLogger(__name__)

Handler = Callable[[UserMessage], Awaitable[Any]]


@dataclass(frozen=True)
class Message:
    """One message on its way to Rasa."""

    sender: str
    text: str
    channel: str
    id: str | None = None
    metadata: dict[str, Any] | None = None


@dataclass(frozen=True)
class Delivered:
    """The replies of one turn. `failed` says that it may be tried again under the same id."""

    replies: list[Reply] = field(default_factory=list)
    failed: bool = False


class Delivery:
    """Gives Rasa one message after the other, a bounded number at a time."""

    def __init__(self, handler: Handler, settings: Settings, error_reply: Reply) -> None:
        self._handler = handler
        self._settings = settings
        self._error = error_reply
        self._turns = asyncio.Semaphore(settings.turns_at_once)

    async def deliver(self, message: Message) -> Delivered:
        """One turn. Never without a reply: silence becomes the `error` reply.

        Raises:
            ChannelError: 503 if too many others are waiting.
        """
        # The clock of a turn starts when it does: a crowd must not make each turn fail.
        try:
            await asyncio.wait_for(self._turns.acquire(), self._settings.wait_seconds)
        except asyncio.TimeoutError:
            raise busy() from None
        try:
            return await self._turn(message)
        finally:
            self._turns.release()

    async def _turn(self, message: Message) -> Delivered:
        collector = ReplyCollector()
        problem = await self._run(_user_message(message, collector))
        replies = [_reply(one) for one in collector.messages]
        if not problem and not replies:
            problem = "no reply"  # Rasa has logged why: the action server is down, most likely
        if not problem and not tells_of_failure(replies):
            return Delivered(replies)
        if not problem:
            logger.error("A turn failed (an action said so); the patient got its error reply.")
            return Delivered(replies, failed=True)
        # No text of the patient's here, and no conversation id.
        logger.error("A turn failed (%s); the patient got an error reply.", problem)
        return Delivered([*replies, self._error], failed=True)

    async def _run(self, message: UserMessage) -> str:
        """Runs the turn; returns what went wrong, or nothing."""
        limit = self._settings.turn_seconds
        try:
            # When time is up Rasa's turn is canceled and leaves no trace in the tracker store,
            # so a repeat starts afresh and the conversation's lock is free.
            await asyncio.wait_for(self._handler(message), limit)
        except asyncio.TimeoutError:
            return f"not done after {limit:g} s"
        except Exception as error:
            # The name only: the words of an exception may hold the patient's.
            return f"{type(error).__module__}.{type(error).__name__}"
        return ""


def _user_message(message: Message, collector: ReplyCollector) -> UserMessage:
    return UserMessage(
        message.text,
        collector,
        message.sender,
        input_channel=message.channel,
        message_id=message.id,
        metadata=message.metadata,
    )


def _reply(collected: dict[str, Any]) -> Reply:
    parts = {name: value for name, value in collected.items() if name != "recipient_id"}
    return {"text": "", "custom": {}, **parts}
