"""The quick tracker store keeps what Rasa's own keeps."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    Event,
    SessionStarted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from askmyo.channel.tracker_store import TurnStore

Open = Callable[[type[SQLTrackerStore]], SQLTrackerStore]
BOTH = pytest.mark.parametrize(
    ("writer", "reader"),
    [(TurnStore, SQLTrackerStore), (SQLTrackerStore, TurnStore), (TurnStore, TurnStore)],
)


@pytest.fixture
def opened(tmp_path: Path) -> Open:
    """Opens stores on one file."""
    return lambda kind: kind(Domain.empty(), db=str(tmp_path / "conversations.db"))


@pytest.fixture
def store(opened: Open) -> SQLTrackerStore:
    return opened(TurnStore)


def a_turn(text: str) -> list[Event]:
    return [
        UserUttered(text, {"name": "causes"}, [], {"intent": {"name": "causes"}}),
        ActionExecuted("action_answer", "RulePolicy", 1.0),
        BotUttered("Nobody knows.", {"custom": {"kind": "answer"}}),
        ActionExecuted("action_listen"),
    ]


def a_start() -> list[Event]:
    return [ActionExecuted("action_session_start"), SessionStarted()]


def converse(store: SQLTrackerStore, *turns: list[Event], sender: str = "mine") -> None:
    async def turn(events: list[Event]) -> None:
        tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
        for event in events:
            tracker.update(event)
        await store.save(tracker)

    for events in turns:
        asyncio.run(turn(events))


def rows(store: SQLTrackerStore) -> list[tuple[Any, ...]]:
    with store.engine.connect() as connection:
        found = connection.execute(sa.select(store.SQLEvent.__table__)).all()
    return [(*one[1:6], json.loads(one.data)) for one in found]


def read(store: SQLTrackerStore, sender: str = "mine") -> DialogueStateTracker:
    tracker = asyncio.run(store.retrieve(sender))
    assert tracker is not None
    return tracker


@BOTH
def test_rows_are_rasas(
    opened: Open, writer: type[SQLTrackerStore], reader: type[SQLTrackerStore]
) -> None:
    turns = [[*a_start(), *a_turn("Why?")], a_turn("And then?")]
    converse(opened(writer), *turns)
    events = [event for turn in turns for event in turn]
    assert [row[-1] for row in rows(opened(reader))] == [event.as_dict() for event in events]
    assert {row[3] for row in rows(opened(reader))} == {"causes", None}
    # Both read a session from `session_started` on, which comes second.
    assert list(read(opened(reader)).events) == events[1:]


@BOTH
def test_a_conversation_goes_on_from_one_to_the_other(
    opened: Open, writer: type[SQLTrackerStore], reader: type[SQLTrackerStore]
) -> None:
    converse(opened(writer), [*a_start(), *a_turn("Why?")])
    converse(opened(reader), a_turn("And then?"))
    texts = [event.text for event in read(opened(writer)).events if isinstance(event, UserUttered)]
    assert texts == ["Why?", "And then?"]


@pytest.mark.parametrize("kind", [TurnStore, SQLTrackerStore])
def test_a_new_session_leaves_the_last_one_behind(
    opened: Open, kind: type[SQLTrackerStore]
) -> None:
    store = opened(kind)
    converse(store, [*a_start(), *a_turn("Why?")])
    converse(store, [*a_start(), *a_turn("And then?")])
    assert len(rows(store)) == 12
    said = [event.text for event in read(store).events if isinstance(event, UserUttered)]
    assert said == ["And then?"]
    full = asyncio.run(store.retrieve_full_tracker("mine"))
    assert full is not None
    assert len(full.events) == 12


def test_nothing_is_stored_twice(store: SQLTrackerStore) -> None:
    converse(store, [*a_start(), *a_turn("Why?")])
    tracker = read(store)
    tracker.update(ActionExecuted("action_listen"))
    asyncio.run(store.save(tracker))
    asyncio.run(store.save(tracker))
    assert len(rows(store)) == 7


def test_what_it_did_not_read_is_stored_as_rasa_does(store: SQLTrackerStore) -> None:
    events = a_turn("Why?")
    for _ in range(2):
        asyncio.run(store.save(DialogueStateTracker.from_events("mine", events)))
    assert len(rows(store)) == len(events)


def test_what_is_deleted_during_a_turn_does_not_come_back(store: SQLTrackerStore) -> None:
    converse(store, [*a_start(), *a_turn("Why?")])
    tracker = read(store)
    with store.engine.begin() as connection:
        connection.execute(sa.delete(store.SQLEvent.__table__))
    for event in a_turn("And then?"):
        tracker.update(event)
    asyncio.run(store.save(tracker))
    assert "Why?" not in str(rows(store))
    assert len(rows(store)) == 4


def test_a_turn_reads_once_and_writes_once_over_a_connection_that_stays(
    store: SQLTrackerStore,
) -> None:
    converse(store, [*a_start(), *a_turn("Why?")])
    seen: list[str] = []
    sa.event.listen(store.engine, "connect", lambda *_: seen.append("CONNECT"))
    sa.event.listen(
        store.engine, "before_cursor_execute", lambda *call: seen.append(call[2].split()[0])
    )
    converse(store, a_turn("And then?"))
    assert seen == ["SELECT", "INSERT"]
