"""Runs an action on a tracker as the action server would, without the server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

import actions

Run = Callable[..., tuple[list[dict[str, Any]], dict[str, Any]]]


@pytest.fixture(scope="session")
def registered() -> dict[str, Callable[..., Any]]:
    """Every action the server would register, by name."""
    executor = ActionExecutor()
    executor.register_package(actions)
    found: dict[str, Callable[..., Any]] = executor.actions
    return found


@pytest.fixture
def run(registered: dict[str, Callable[..., Any]]) -> Run:
    """Runs an action by name and returns its messages and the slots it sets."""

    def _run(
        name: str, turn: dict[str, Any] | None, *, said: bool = True, **slots: Any
    ) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        tracker = tracker_for(turn, said=said, **slots)
        dispatcher = CollectingDispatcher()
        owner: Action = registered[name].__self__  # type: ignore[attr-defined]
        events = owner.run(dispatcher, tracker, {})
        return dispatcher.messages, {event["name"]: event["value"] for event in events}

    return _run


def tracker_for(turn: dict[str, Any] | None, *, said: bool = True, **slots: Any) -> Tracker:
    """A tracker whose latest message the pipeline has judged to be `turn`.

    `said` tells whether the bot has spoken before in this conversation.
    """
    label = (turn or {}).get("label", "help")
    message = {"text": "x", "intent": {"name": label.split("/")[0]}}
    if turn is not None:
        message["turn"] = turn
    events = [{"event": "bot"}] if said else []
    return Tracker("sender", slots, message, events, False, None, {}, "action_listen")
