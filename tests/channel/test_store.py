"""What is deleted is gone from everywhere."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from askmyo.channel.store import Store

from .harness import Bot

DAY = 86_400


@pytest.fixture
def bot(tmp_path: Path) -> Bot:
    bot = Bot(tmp_path)
    # Whoever finds the database in use is told at once, instead of after five seconds.
    sa.event.listen(
        bot.sql.engine, "connect", lambda one, _: one.execute("PRAGMA busy_timeout = 0").close()
    )
    return bot


@pytest.fixture
def store(bot: Bot) -> Iterator[Store]:
    store = Store(bot.tracker_store)
    yield store
    store.close()


def said(sender: str) -> DialogueStateTracker:
    return DialogueStateTracker.from_events(sender, [UserUttered("My zebra is weak")])


def log(bot: Bot) -> Path:
    return bot.database.with_name("conversations.db-wal")


def test_what_rasa_kept_in_memory_goes_with_its_time(bot: Bot, store: Store) -> None:
    memory = bot.tracker_store.fallback_tracker_store
    for sender in ("old", "young"):
        asyncio.run(memory.save(said(sender)))
    events = json.loads(memory.store["old"])
    for event in events["events"]:
        event["timestamp"] -= 2 * DAY
    memory.store["old"] = json.dumps(events)
    assert asyncio.run(store.purge(DAY)) == 1
    assert set(memory.store) == {"young"}


def test_every_round_empties_the_log(bot: Bot, store: Store) -> None:
    asyncio.run(bot.sql.save(said("young")))
    assert log(bot).stat().st_size > 0
    assert asyncio.run(store.purge(DAY)) == 0
    assert log(bot).stat().st_size == 0


def test_a_log_in_use_is_emptied_as_soon_as_it_is_free(bot: Bot, store: Store) -> None:
    asyncio.run(bot.sql.save(said("mine")))
    reader = sqlite3.connect(bot.database, isolation_level=None, check_same_thread=False)
    reader.execute("begin")
    reader.execute("select count(*) from events").fetchone()
    free = threading.Timer(0.4, reader.execute, ["rollback"])
    free.start()
    asyncio.run(store.delete("mine"))
    assert log(bot).stat().st_size == 0
    free.join()
    reader.close()


def test_votes_go_after_a_year(bot: Bot, store: Store) -> None:
    asyncio.run(store.vote("mine", "causes/what_causes", helpful=True))
    asyncio.run(store.vote("mine", "treatment/cure", helpful=False))
    with sqlite3.connect(bot.database) as connection:
        connection.execute(
            "update askmyo_votes set day = date('now', '-366 days') where answer like 'causes/%'"
        )
    asyncio.run(store.purge(DAY))
    with sqlite3.connect(bot.database) as connection:
        left = connection.execute("select answer from askmyo_votes").fetchall()
    assert left == [("treatment/cure",)]
