"""What each address under `/webhooks/widget` does."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json
from sqlalchemy.exc import SQLAlchemyError

from askmyo.channel.bodies import read_code, read_id, read_object, read_text
from askmyo.channel.conversations import Conversations
from askmyo.channel.delivery import Delivered, Delivery, Handler, Message
from askmyo.channel.errors import ChannelError, bad_request, not_ready, store_failed
from askmyo.channel.health import Health, is_ready
from askmyo.channel.history import lines, replies_to
from askmyo.channel.limits import Limiter, caller
from askmyo.channel.origins import Origins
from askmyo.channel.replies import Replies
from askmyo.channel.settings import Settings
from askmyo.channel.store import Store
from askmyo.channel.switch import must_be_on
from askmyo.channel.tokens import Session, Tokens

logger = logging.getLogger(__name__)

Call = Callable[[Request], Awaitable[HTTPResponse]]


class Calls:
    """The calls of the widget. `store` is set once Rasa has opened its tracker store."""

    def __init__(
        self, handler: Handler, settings: Settings, replies: Replies, tokens: Tokens
    ) -> None:
        self.store: Store | None = None
        self.conversations = Conversations(settings.session_hours * 3600)
        self._settings = settings
        self._replies = replies
        self._tokens = tokens
        self._delivery = Delivery(handler, settings, replies.error)
        self._health = Health()
        self._origins = Origins(settings)
        self._of_conversation = Limiter(settings.conversation_per_minute)
        # A whole clinic may share one address, so what is rare there may still come at once.
        self._of_address = Limiter(settings.address_per_minute, minutes=5)
        self._sessions = Limiter(settings.sessions_per_minute, minutes=5)

    def route(self, blueprint: Blueprint) -> None:
        """Gives each call its address."""
        for method, path, call in (
            ("POST", "/sessions", self.start),
            ("POST", "/messages", self.say),
            ("GET", "/messages", self.history),
            ("POST", "/feedback", self.feedback),
            ("DELETE", "/session", self.delete),
            ("GET", "/health", self.health),
        ):
            name = f"{call.__name__}_call"
            blueprint.add_route(self._guarded(call), path, methods=[method], name=name)

    async def start(self, request: Request) -> HTTPResponse:
        """Starts a conversation: a token, and the greeting. Nothing is stored yet."""
        must_be_on(self._settings, self._replies)
        body = read_object(request, optional=True)
        self._sessions.take(self._caller(request))
        country = read_code(body, "country", "[A-Za-z]{2}")
        lang = read_code(body, "lang", "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
        token, ends = self._tokens.issue(Session.begin(country and country.upper(), lang))
        return json({"token": token, "expires": ends, "messages": [self._replies.welcome]})

    async def say(self, request: Request) -> HTTPResponse:
        """One turn. A repeated id gets the same replies and is processed once."""
        must_be_on(self._settings, self._replies)
        session = self._session(request)
        body = read_object(request)
        message_id = read_id(body)
        text = read_text(body, "text")
        self._of_conversation.take(session.sender)
        store = self._ready_store(request)

        async def work() -> Delivered:
            # After a restart only the tracker store knows what was already answered.
            stored = replies_to(await store.events(session.sender), message_id)
            if stored:
                return Delivered(stored)
            return await self._delivery.deliver(_message(session, message_id, text))

        replies = await self.conversations.turn(session.sender, message_id, work)
        return json({"id": message_id, "messages": replies})

    async def history(self, request: Request) -> HTTPResponse:
        """The conversation so far, for a reload."""
        must_be_on(self._settings, self._replies)
        session = self._session(request)
        events = await self._ready_store(request).events(session.sender)
        return json({"messages": lines(events, self._replies.error)})

    async def feedback(self, request: Request) -> HTTPResponse:
        """Whether an answer was helpful."""
        session = self._session(request)
        body = read_object(request)
        answer, helpful = body.get("answer"), body.get("helpful")
        if not isinstance(answer, str) or answer not in self._replies.answers:
            raise bad_request("no_answer", "The field 'answer' must hold the id of an answer.")
        if not isinstance(helpful, bool):
            raise bad_request("no_vote", "The field 'helpful' must be true or false.")
        self._of_conversation.take(session.sender)
        await self._ready_store(request).vote(session.sender, answer, helpful)
        return json({"ok": True})

    async def delete(self, request: Request) -> HTTPResponse:
        """Deletes the conversation, wherever it is kept, also while the chat is off."""
        # What a token began may outlast it, and whoever holds it may always have it deleted.
        session = self._session(request, even_ended=True)
        store = self._ready_store(request)
        agent = request.app.ctx.agent

        async def delete() -> None:
            # Rasa's own lock, too: another process may hold a turn of this conversation.
            async with agent.lock_store.lock(session.sender):
                await store.delete(session.sender)

        await self.conversations.end(session.sender, delete)
        self._of_conversation.forget(session.sender)
        return empty()

    async def health(self, request: Request) -> HTTPResponse:
        """200 if a patient would get an answer now, else 503 with the reasons."""
        reasons = await self._health.reasons(getattr(request.app.ctx, "agent", None))
        if not reasons and self.store is None:
            reasons = ["The tracker store is not open yet."]
        if reasons:
            raise ChannelError(503, "not_ready", " ".join(reasons), 5, reasons=reasons)
        return json({"status": "ok", "chat": "off" if self._settings.chat_is_off else "on"})

    def _guarded(self, call: Call) -> Call:
        @wraps(call)
        async def guarded(request: Request) -> HTTPResponse:
            try:
                self._origins.check(request)
                # A monitor may ask for the health as often as it likes: the finding is kept.
                if call.__name__ != "health":
                    self._of_address.take(self._caller(request))
                return await call(request)
            except ChannelError as error:
                return error.response()
            except SQLAlchemyError as error:
                logger.error("%s: the tracker store failed: %s", request.path, type(error).__name__)
                return store_failed().response()

        return guarded

    def _caller(self, request: Request) -> str:
        return caller(request, self._settings.trusted_proxies)

    def _session(self, request: Request, even_ended: bool = False) -> Session:
        session = self._tokens.read(request.headers.get("authorization"), even_ended)
        self.conversations.must_be_open(session.sender)
        return session

    def _ready_store(self, request: Request) -> Store:
        if self.store is None or not is_ready(getattr(request.app.ctx, "agent", None)):
            raise not_ready()
        return self.store


def _message(session: Session, message_id: str, text: str) -> Message:
    known: dict[str, Any] = {"country": session.country, "lang": session.lang}
    metadata = {name: value for name, value in known.items() if value}
    return Message(session.sender, text, "widget", message_id, metadata or None)
