"""Turns of conversations: each message is processed once, one after the other."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from askmyo.answerbook.envelope import Reply
from askmyo.channel.delivery import Delivered
from askmyo.channel.tokens import ended

_MOST_CONVERSATIONS = 5_000
_MOST_IDS = 20
_KEPT_SECONDS = 3600
"""How long replies are kept for a repeat after a conversation's last message."""

Work = Callable[[], Awaitable[Delivered]]
Turn = asyncio.Future[list[Reply]]


@dataclass
class _Conversation:
    """The turns that run or ran lately, by message id, and who may run now."""

    turns: OrderedDict[str, Turn] = field(default_factory=OrderedDict)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    last: float = field(default_factory=time.monotonic)

    @property
    def idle(self) -> bool:
        return not self.lock.locked() and all(turn.done() for turn in self.turns.values())


class Conversations:
    """What this process knows of conversations beyond the tracker store. Bounded.

    Nothing a patient wrote is kept here, only replies.
    """

    def __init__(self, session_seconds: float) -> None:
        self._known: OrderedDict[str, _Conversation] = OrderedDict()
        self._ended: OrderedDict[str, float] = OrderedDict()
        self._session_seconds = session_seconds

    async def turn(self, sender: str, message_id: str, work: Work) -> list[Reply]:
        """The replies to one message. A repeat joins the first, done or still running.

        Raises:
            ChannelError: 401 if the conversation was deleted, or what `work` raises.
        """
        self.must_be_open(sender)
        conversation = self._conversation(sender)
        turn = conversation.turns.get(message_id)
        if turn is None:
            # A task of its own: a patient whose line breaks still finds the reply.
            turn = asyncio.ensure_future(self._run(sender, conversation, message_id, work))
            turn.add_done_callback(_retrieve)
            conversation.turns[message_id] = turn
        return await asyncio.shield(turn)

    async def end(self, sender: str, delete: Callable[[], Awaitable[None]]) -> None:
        """Deletes a conversation once its running turn is over; what waits is refused."""
        conversation = self._conversation(sender)
        already = sender in self._ended
        self._ended[sender] = time.monotonic()
        try:
            async with conversation.lock:
                await delete()
        except BaseException:
            if not already:
                self._ended.pop(sender, None)
            raise
        self._known.pop(sender, None)
        self.forget_old()

    def must_be_open(self, sender: str) -> None:
        """Lets a call pass unless the conversation was deleted.

        Raises:
            ChannelError: 401.
        """
        if sender in self._ended:
            raise ended()

    def forget_old(self) -> None:
        """Forgets replies nobody will ask for again, and deleted conversations whose token has
        run out by itself."""
        now = time.monotonic()
        while self._ended and next(iter(self._ended.values())) < now - self._session_seconds:
            self._ended.popitem(last=False)
        while self._known:
            oldest = next(iter(self._known.values()))
            if oldest.last > now - _KEPT_SECONDS or not oldest.idle:
                break
            self._known.popitem(last=False)

    async def _run(
        self, sender: str, conversation: _Conversation, message_id: str, work: Work
    ) -> list[Reply]:
        kept = False
        try:
            async with conversation.lock:
                # Deleted while this message waited: it must not bring the conversation back.
                self.must_be_open(sender)
                delivered = await work()
            kept = not delivered.failed
            return delivered.replies
        finally:
            # A turn that failed may be tried again under its id.
            if not kept:
                conversation.turns.pop(message_id, None)
            while len(conversation.turns) > _MOST_IDS:
                conversation.turns.popitem(last=False)

    def _conversation(self, sender: str) -> _Conversation:
        conversation = self._known.setdefault(sender, _Conversation())
        self._known.move_to_end(sender)
        conversation.last = time.monotonic()
        while len(self._known) > _MOST_CONVERSATIONS and next(iter(self._known.values())).idle:
            self._known.popitem(last=False)
        return conversation

    def __len__(self) -> int:
        return len(self._known)


def _retrieve(turn: Turn) -> None:
    """If nobody waits any more, asyncio would log the exception with all its words."""
    if not turn.cancelled():
        turn.exception()
