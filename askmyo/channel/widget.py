"""The widget's channel: `/webhooks/widget`, the pages around it, and what keeps both in order."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic

from askmyo.channel.calls import Calls
from askmyo.channel.delivery import Handler
from askmyo.channel.guard import guard
from askmyo.channel.logs import keep_words_out_of_logs
from askmyo.channel.pages import first_page, pages
from askmyo.channel.replies import Replies, load_replies
from askmyo.channel.settings import Settings
from askmyo.channel.store import Store
from askmyo.channel.tokens import Tokens, read_secret

logger = logging.getLogger(__name__)

_PURGE_EVERY = 3600  # seconds


class WidgetChannel(InputChannel):
    """How patients reach Rasa. Interface: `docs/reply-contract.md`."""

    def __init__(self, settings: Settings, replies: Replies, tokens: Tokens) -> None:
        self._settings = settings
        self._replies = replies
        self._tokens = tokens

    @classmethod
    def name(cls) -> str:
        """The channel's name in the tracker store and in its address."""
        return "widget"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WidgetChannel:
        """Reads settings, replies and secret; a fault in any stops the start."""
        settings = Settings.read(credentials)
        tokens = Tokens(read_secret(settings.secret_file), settings.session_hours)
        return cls(settings, load_replies(settings.root), tokens)

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """All addresses of the channel, and its upkeep."""
        keep_words_out_of_logs()
        calls = Calls(on_new_message, self._settings, self._replies, self._tokens)
        blueprint = _Widget("askmyo_widget", self._settings)
        calls.route(blueprint)
        keeper = _Keeper(calls, self._settings)
        blueprint.listener("after_server_start")(keeper.start)
        blueprint.listener("before_server_stop")(keeper.stop)
        return blueprint


class _Widget(Blueprint):
    """Brings along what lies outside its own prefix: the pages, and a guard on every response.

    Rasa gives a channel no application, only a prefix; this is where both meet.
    """

    def __init__(self, name: str, settings: Settings) -> None:
        super().__init__(name)
        # Sanic's blueprints accept no attributes of one's own but on `ctx`.
        self.ctx.settings = settings

    def register(self, app: Sanic, options: dict[str, Any]) -> None:
        """Mounts the channel on Rasa's server."""
        super().register(app, options)
        app.blueprint(pages(self.ctx.settings.root))
        # Rasa has taken '/' for its greeting, and Sanic gives an address to one handler only.
        app.register_middleware(first_page(self.ctx.settings.root), "request")
        guard(app, self.ctx.settings, options.get("url_prefix") or "")


class _Keeper:
    """Opens the store when the server starts, and purges it from then on."""

    def __init__(self, calls: Calls, settings: Settings) -> None:
        self._calls = calls
        self._seconds = settings.session_hours * 3600
        self._purging: asyncio.Task[None] | None = None

    async def start(self, app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        """Rasa has loaded its agent by now, or failed to."""
        agent = getattr(app.ctx, "agent", None)
        if agent is None:
            return
        self._calls.store = Store(agent.tracker_store)
        self._purging = loop.create_task(self._purge(self._calls.store))

    async def stop(self, app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        """Ends the upkeep with the server."""
        if self._purging:
            self._purging.cancel()
        if self._calls.store:
            self._calls.store.close()

    async def _purge(self, store: Store) -> None:
        while True:
            try:
                count = await store.purge(self._seconds)
                if count:
                    logger.info("Deleted %d old conversation(s).", count)
            except Exception as error:
                # It must go on: what can't be deleted now is deleted next time.
                logger.error("Old conversations could not be deleted: %s", type(error).__name__)
            self._calls.conversations.forget_old()
            await asyncio.sleep(_PURGE_EVERY)
