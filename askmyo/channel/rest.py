"""Rasa's REST channel for testers, without its traps."""

from __future__ import annotations

import asyncio
import secrets
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from askmyo.channel.bodies import read_object, read_text
from askmyo.channel.delivery import Delivery, Handler, Message
from askmyo.channel.errors import ChannelError, bad_request
from askmyo.channel.replies import Replies, load_replies
from askmyo.channel.settings import Reach, Settings, rest_reach
from askmyo.channel.switch import must_be_on
from askmyo.channel.tokens import PREFIX

_PASSED_ON = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")


class RestChannel(InputChannel):
    """`POST /webhooks/rest/webhook` with `{"sender", "message"}`; a list of replies comes back.

    Unlike Rasa's own: no conversation that strangers share, no `stream` (it hangs on an
    exception), no empty list. `reach` says whom it answers; it refuses everybody else.
    """

    def __init__(self, settings: Settings, replies: Replies, *, reach: Reach = "everybody") -> None:
        self._settings = settings
        self._replies = replies
        self._reach = reach

    @classmethod
    def name(cls) -> str:
        """The channel's name in the tracker store and in its address."""
        return "rest"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> RestChannel:
        """Reads settings and replies; a fault in either stops the start."""
        settings = Settings.read(credentials)
        replies = load_replies(settings.root)
        return cls(settings, replies, reach=rest_reach(settings))

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The two addresses of the channel."""
        blueprint = Blueprint("askmyo_rest")
        delivery = Delivery(on_new_message, self._settings, self._replies.error)

        @blueprint.get("/")
        async def health(request: Request) -> HTTPResponse:
            return json({"status": "ok"})

        @blueprint.post("/webhook")
        async def webhook(request: Request) -> HTTPResponse:
            try:
                return json(await self._turn(request, delivery))
            except ChannelError as error:
                return error.response()

        return blueprint

    async def _turn(self, request: Request, delivery: Delivery) -> list[dict[str, Any]]:
        if self._reach == "nobody" or (self._reach == "machine" and _passed_on(request)):
            raise _closed()
        must_be_on(self._settings, self._replies)
        body = read_object(request)
        text = read_text(body, "message")
        sender = _sender(body)
        turn = asyncio.ensure_future(delivery.deliver(Message(sender, text, self.name())))
        # A caller who hangs up must not cut a turn in half.
        delivered = await asyncio.shield(turn)
        return [{"recipient_id": sender, **reply} for reply in delivered.replies]


def _passed_on(request: Request) -> bool:
    """Whether a proxy passed the call on, whose settings nobody told us: a stranger's, maybe."""
    return any(name in request.headers for name in _PASSED_ON)


def _closed() -> ChannelError:
    message = (
        "The testers' channel is closed here, because others than this machine could reach it. "
        "To open it for a test: HOST=127.0.0.1, or ASKMYO_REST=on."
    )
    return ChannelError(403, "testers_only", message)


def _sender(body: dict[str, Any]) -> str:
    """The tester's own name for the conversation, or a fresh one."""
    sender = body.get("sender")
    if sender is None or sender == "":
        return f"rest-{secrets.token_urlsafe(12)}"
    if not isinstance(sender, (str, int)) or isinstance(sender, bool) or len(str(sender)) > 200:
        message = "The field 'sender' must hold a name of up to 200 characters, or be left out."
        raise bad_request("bad_sender", message)
    if str(sender).startswith(PREFIX):
        message = f"A 'sender' that starts with '{PREFIX}' is a patient's: choose another."
        raise bad_request("bad_sender", message)
    return str(sender)
