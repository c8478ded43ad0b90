"""Switching the chat off, and what patients get then."""

from __future__ import annotations

from askmyo.channel.errors import IN_DANGER, ChannelError
from askmyo.channel.replies import Replies
from askmyo.channel.settings import Settings


def must_be_on(settings: Settings, replies: Replies) -> None:
    """Lets a call pass while the chat is on.

    Raises:
        ChannelError: 503 with where to read on and what to do in an emergency.
    """
    if not settings.chat_is_off:
        return
    message = (
        "The chat is switched off for now. Your words are kept. You can read all questions "
        f"and answers at /answers/. {IN_DANGER}"
    )
    raise ChannelError(503, "chat_off", message, 600, answers="/answers/", notice=replies.notice)
