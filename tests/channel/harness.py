"""Rasa's real server around our channels, with a bot in place of the model.

The bot keeps Rasa's manners: it takes the conversation's lock, stores what was said in Rasa's
tracker store, and swallows the fault of an action, so that nothing comes back.
"""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.run import configure_app
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.utils.endpoints import EndpointConfig
from sanic import Sanic

from askmyo.channel.replies import Replies
from askmyo.channel.rest import RestChannel
from askmyo.channel.settings import Settings
from askmyo.channel.tokens import Tokens
from askmyo.channel.tracker_store import TurnStore
from askmyo.channel.widget import WidgetChannel

SECRET = "a secret for tests only"
ANSWER = "exercise/is_it_good"


def reply(kind: str, text: str) -> dict[str, Any]:
    return {"text": text, "custom": {"kind": kind, "text": text}}


REPLIES = Replies(
    welcome=reply("smalltalk", "Hello."),
    notice=reply("smalltalk", "In an emergency, call your emergency number."),
    error=reply("error", "Something failed on our side."),
    answers={ANSWER},
)


class Bot:
    """Answers 'You said: ...'. `mood` makes it fail in the ways Rasa does."""

    def __init__(self, folder: Path) -> None:
        self.database = folder / "conversations.db"
        self.sql = TurnStore(Domain.empty(), db=str(self.database))
        self.tracker_store = FailSafeTrackerStore(self.sql)
        self.lock_store = InMemoryLockStore()
        self.action_endpoint = EndpointConfig("http://127.0.0.1:9/webhook")
        self.mood = "well"
        self.pause = 0.0
        self.ready = True
        self.heard: list[UserMessage] = []

    def is_ready(self) -> bool:
        return self.ready

    async def handle_message(self, message: UserMessage) -> None:
        async with self.lock_store.lock(message.sender_id):
            self.heard.append(message)
            tracker = await self.tracker_store.get_or_create_tracker(message.sender_id)
            said = UserUttered(
                message.text, message_id=message.message_id, metadata=message.metadata
            )
            tracker.update(said)
            await asyncio.sleep(60 if self.mood == "slow" else self.pause)
            if self.mood == "broken":
                raise RuntimeError(f"could not read '{message.text}'")
            if self.mood in ("well", "sorry"):
                await self._say(tracker, message)
            await self.tracker_store.save(tracker)

    async def _say(self, tracker: Any, message: UserMessage) -> None:
        text = f"You said: {message.text}\n\nBe well."
        kind = "error" if self.mood == "sorry" else "answer"
        uttered = BotUttered(text, {"custom": {"kind": kind, "text": message.text}})
        tracker.update(uttered)
        await message.output_channel.send_response(message.sender_id, uttered.message())


class Server:
    """A running server and ways to call it."""

    def __init__(self, port: int, bot: Bot, app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.bot = bot
        self.app = app
        self.loop = loop
        self.client = httpx.Client(base_url=self.url, timeout=30)

    def call(self, method: str, path: str, token: str = "", **more: Any) -> httpx.Response:
        headers = {**more.pop("headers", {})}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return self.client.request(method, f"/webhooks/widget/{path}", headers=headers, **more)

    def start(self, **body: Any) -> str:
        return str(self.call("POST", "sessions", json=body).json()["token"])

    def say(self, token: str, text: str, message_id: str) -> httpx.Response:
        return self.call("POST", "messages", token, json={"id": message_id, "text": text})

    def rest(self, **body: Any) -> httpx.Response:
        return self.client.post("/webhooks/rest/webhook", json=body)

    def history(self, token: str) -> list[dict[str, Any]]:
        return list(self.call("GET", "messages", token).json()["messages"])


@contextmanager
def serving(
    folder: Path, bot: Bot | None = None, rest: RestChannel | None = None, **settings: Any
) -> Iterator[Server]:
    """Runs the server in a thread until the block ends."""
    chosen = replace(Settings(root=folder), **settings)
    bot = bot or Bot(folder)
    widget = WidgetChannel(chosen, REPLIES, Tokens(SECRET, chosen.session_hours))
    Sanic._app_registry.clear()
    # Sanic rewrites its own methods when it starts, outside of tests once for the process.
    Sanic.test_mode = True
    app = configure_app([rest or RestChannel(chosen, REPLIES), widget], enable_api=False)
    app.ctx.agent = bot
    loop = asyncio.new_event_loop()
    holder: dict[str, Any] = {}
    started = threading.Event()

    async def start() -> None:
        listening = socket.create_server(("127.0.0.1", 0), backlog=512)
        server = await app.create_server(
            sock=listening, return_asyncio_server=True, access_log=False
        )
        await server.startup()
        await server.before_start()
        await server.after_start()
        holder.update(server=server, port=listening.getsockname()[1])
        started.set()

    def run() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(start())
        loop.run_forever()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert started.wait(20), "the server did not start"
    server = Server(holder["port"], bot, app, loop)
    try:
        yield server
    finally:
        server.client.close()
        asyncio.run_coroutine_threadsafe(_stop(holder["server"]), loop).result(20)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(20)


async def _stop(server: Any) -> None:
    await server.before_stop()
    server.server.close()
    for connection in list(server.connections):
        connection.close_if_idle()
    await server.after_stop()


def words(response: httpx.Response) -> str:
    """What the bot took a message for, from its reply."""
    match = re.match(r"You said: (.*)\n\nBe well\.", response.json()["messages"][0]["text"], re.S)
    assert match, response.text
    return match.group(1)
