"""Runs the Rasa server: `python -m askmyo.running.rasa_server` with the options of `rasa run`.

`mend` takes work out of Rasa 3.6 that each turn repeats without need; docs/benchmarks.md has the
figures. Rasa checks each result of the action server against a JSON schema, and first that schema
against the schema of schemas: here the validator is made once. It opens a connection for each
call to the action server: here one is kept for some seconds. It sends the whole conversation with
each call: here the last turn, so that a long conversation costs no more than a short one. It walks
through all kinds of events for each event it reads: here they are listed once.
"""

from __future__ import annotations

import sys
from typing import Any

import aiohttp
from jsonschema import (  # type: ignore[import-untyped]
    Draft202012Validator,
    ValidationError,
)
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.shared.utils.common import all_subclasses
from rasa.utils.endpoints import EndpointConfig

from askmyo.running.graph import run_in_order

_KEPT_SECONDS = 2
"""Shorter than the 5 s after which the action server hangs up, so that no call meets a closed
connection."""


def mend() -> None:
    """All that makes a turn cheaper; what a turn does stays the same."""
    check_results_once()
    keep_connections()
    send_last_turn()
    name_events_once()
    run_in_order()


def check_results_once() -> None:
    """Makes the validator of action results now, for all turns."""
    validator = Draft202012Validator(RemoteAction.action_response_format_spec())

    def validate(action: RemoteAction, result: dict[str, Any]) -> bool:
        """As Rasa's own.

        Raises:
            ValidationError: if the action server's answer has another shape.
        """
        if _plain(result):
            return True
        fault = next(validator.iter_errors(result), None)
        if fault is None:
            return True
        # Not the result itself: it may hold the patient's words.
        raise ValidationError(f"The action server's result at {fault.json_path} has a wrong shape.")

    RemoteAction._validate_action_result = validate


def _plain(result: Any) -> bool:
    """Whether the result is of replies and slots alone, whose shape shows at a glance; as ours
    are. The schema tries each event as each of 23 kinds."""
    if not isinstance(result, dict):
        return False
    events, replies = result.get("events", []), result.get("responses", [])
    return (
        isinstance(events, list)
        and isinstance(replies, list)
        and all(isinstance(reply, dict) for reply in replies)
        and all(_is_slot(event) for event in events)
    )


def _is_slot(event: Any) -> bool:
    return (
        isinstance(event, dict)
        and event.get("event") == "slot"
        and isinstance(event.get("name"), str)
        and "value" in event
        and event.get("timestamp") is None
        and event.get("metadata") is None
    )


class KeptSession:
    """Stands in for the session that Rasa opens and closes around each call."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session

    async def __aenter__(self) -> aiohttp.ClientSession:
        return self.session

    async def __aexit__(self, *_: object) -> None:
        """Leaves the session open."""


def keep_connections() -> None:
    """Lets the calls to one endpoint share connections."""
    opened: dict[int, KeptSession] = {}
    fresh = EndpointConfig.session

    def session(endpoint: EndpointConfig) -> Any:
        if endpoint.basic_auth:
            return fresh(endpoint)
        kept = opened.get(id(endpoint))
        if kept is None or kept.session.closed:
            kept = opened[id(endpoint)] = KeptSession(
                aiohttp.ClientSession(
                    headers=endpoint.headers,
                    connector=aiohttp.TCPConnector(keepalive_timeout=_KEPT_SECONDS),
                    cookie_jar=aiohttp.DummyCookieJar(),
                )
            )
        return kept

    EndpointConfig.session = session


class LastTurn:
    """Stands in for the tracker of a conversation when it is put into words."""

    def __init__(self, tracker: DialogueStateTracker) -> None:
        self.sender_id = tracker.sender_id
        self._tracker = tracker

    def current_state(self, _: EventVerbosity) -> dict[str, Any]:
        """All that the tracker knows, with the events of the last turn."""
        state = self._tracker.current_state(EventVerbosity.NONE)
        return {**state, "events": [one.as_dict() for one in self._events()]}

    def _events(self) -> list[Event]:
        """What came since the last message, it too; and the last thing the bot said before, by
        which our actions know that it is not the first turn."""
        taken: list[Event] = []
        heard = False
        for event in reversed(self._tracker.events):
            if not heard or isinstance(event, BotUttered):
                taken.append(event)
            if heard and isinstance(event, BotUttered):
                break
            heard = heard or isinstance(event, UserUttered)
        return taken[::-1]


def send_last_turn() -> None:
    """Sends the action server of a conversation what our actions read."""
    fresh = RemoteAction._action_call_format

    def call(action: RemoteAction, tracker: DialogueStateTracker, domain: Any) -> Any:
        return fresh(action, LastTurn(tracker), domain)

    RemoteAction._action_call_format = call


def name_events_once() -> None:
    """Lists the kinds of events by name."""
    # Of two with one name, Rasa takes the first.
    kinds = {kind.type_name: kind for kind in reversed(all_subclasses(Event))}
    fresh = Event.resolve_by_type

    def resolve(type_name: str, default: Any = None) -> Any:
        return kinds.get(type_name) or fresh(type_name, default)

    Event.resolve_by_type = staticmethod(resolve)


def main() -> None:
    """Starts the server."""
    from rasa.__main__ import main as rasa  # noqa: PLC0415 (reads sys.argv when it runs)

    mend()
    sys.argv = ["rasa", "run", *sys.argv[1:]]
    rasa()


if __name__ == "__main__":
    main()
