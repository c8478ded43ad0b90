"""What the Rasa server's calls to the action server must keep doing once mended."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import aiohttp
import pytest
from aiohttp import web
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.shared.utils.common import all_subclasses
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from askmyo.running.rasa_server import (
    check_results_once,
    keep_connections,
    name_events_once,
    send_last_turn,
)


@pytest.fixture(autouse=True)
def _mended(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The mends, taken back after each test."""
    for owner, name in (
        (RemoteAction, "_validate_action_result"),
        (RemoteAction, "_action_call_format"),
        (EndpointConfig, "session"),
    ):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    monkeypatch.setattr(Event, "resolve_by_type", staticmethod(Event.resolve_by_type))
    check_results_once()
    keep_connections()
    send_last_turn()
    name_events_once()
    return


@pytest.mark.parametrize(
    "event",
    [{"event": "slot", "timestamp": None, "name": "a", "value": 1}, {"event": "restart"}],
)
def test_a_result_of_the_right_shape_passes(event: object) -> None:
    result = {"events": [event], "responses": [{"text": "x"}]}
    assert RemoteAction("action_answer", None)._validate_action_result(result)


@pytest.mark.parametrize(
    "result",
    [
        {"events": "secret"},
        {"events": [{"event": "slot", "name": 1, "value": "secret"}]},
        {"events": [{"event": "slot", "name": "secret"}]},
        {"events": [{"event": "slot", "name": "a", "value": 1, "timestamp": "secret"}]},
        {"responses": ["secret"]},
        [],
    ],
)
def test_another_shape_is_refused_without_quoting_it(result: object) -> None:
    with pytest.raises(ValidationError) as caught:
        RemoteAction("action_answer", None)._validate_action_result(result)
    assert "secret" not in caught.value.message


def test_every_kind_of_event_is_found_by_its_name() -> None:
    kinds = all_subclasses(Event)
    assert Event.resolve_by_type("slot") is SlotSet
    for kind in kinds:
        first = next(one for one in kinds if one.type_name == kind.type_name)
        assert Event.resolve_by_type(kind.type_name) is first
    assert Event.resolve_by_type("topic") is None
    with pytest.raises(ValueError, match="Unknown event name"):
        Event.resolve_by_type("nonsense")


def a_turn(text: str) -> list[Event]:
    replies = [BotUttered(f"{text} One."), BotUttered(f"{text} Two.")]
    return [UserUttered(text), ActionExecuted("action_answer"), *replies]


@pytest.mark.parametrize(
    ("before", "sent"),
    [
        ([], ["Now?"]),
        ([ActionExecuted("action_listen")], ["Now?"]),
        ([*a_turn("First."), *a_turn("Second.")], ["Second. Two.", "Now?"]),
    ],
)
def test_the_action_server_gets_the_last_turn(before: list[Event], sent: list[str]) -> None:
    tracker = DialogueStateTracker.from_events("mine", [*before, UserUttered("Now?")])
    call = RemoteAction("action_answer", None)._action_call_format(tracker, Domain.empty())
    words = [one.get("text") or one.get("name") for one in call["tracker"].pop("events")]
    assert words == sent
    whole = tracker.current_state(EventVerbosity.ALL)
    del whole["events"]
    assert call["tracker"] == whole
    assert call["sender_id"] == "mine"


def test_calls_share_a_connection_and_errors_still_show() -> None:
    seen: list[object] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append(request.transport)
        status = 500 if request.path == "/bad" else 200
        return web.json_response({"n": len(seen)}, status=status)

    async def talk() -> list[object]:
        app = web.Application()
        app.router.add_post("/{name}", answer)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        endpoint = EndpointConfig(f"http://127.0.0.1:{port}/good")
        try:
            found = [await endpoint.request(json={}), await endpoint.request(json={})]
            with pytest.raises(ClientResponseError):
                await EndpointConfig(f"http://127.0.0.1:{port}/bad").request(json={})
            return found
        finally:
            session: aiohttp.ClientSession = endpoint.session().session
            await session.close()
            await runner.cleanup()

    assert asyncio.run(talk()) == [{"n": 1}, {"n": 2}]
    assert seen[0] is seen[1]
