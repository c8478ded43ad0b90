"""What the channel asks of Rasa's tracker store beyond what Rasa does: find, show, delete, purge.

Rasa's store has no way to delete, and reads on the event loop. Here its tables are read and
changed in a thread of their own.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore

logger = logging.getLogger(__name__)

_PATIENCE = 2.0  # seconds
_VOTES_KEPT = timedelta(days=365)

Event = dict[str, Any]

_tables = sa.MetaData()
# A vote has no text and no conversation id; `voter` only keeps one person from voting twice.
_votes = sa.Table(
    "askmyo_votes",
    _tables,
    sa.Column("voter", sa.String(64), primary_key=True),
    sa.Column("answer", sa.String(120), primary_key=True),
    sa.Column("helpful", sa.Boolean, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
)


class UnfitStoreError(Exception):
    """The tracker store can't delete conversations. The operator sees it at the start."""


class Store:
    """The conversations as Rasa keeps them, and the votes beside them."""

    def __init__(self, tracker_store: Any) -> None:
        self._fallbacks, self._sql = _unwrap(tracker_store)
        self._events = self._sql.SQLEvent.__table__
        self._engine = self._sql.engine
        # SQLAlchemy's errors quote the values of a failed statement, and Rasa logs them.
        self._engine.hide_parameters = True
        self._anchor = _tune(self._engine)
        _tables.create_all(self._engine)

    def close(self) -> None:
        """Lets go of the database."""
        if self._anchor is not None:
            self._anchor.close()
        self._engine.dispose()

    async def events(self, sender: str) -> list[Event]:
        """All events of a conversation, from first to last."""
        return await asyncio.to_thread(self._read, sender)

    async def delete(self, sender: str) -> None:
        """Deletes all that is stored of a conversation, votes included."""
        await asyncio.to_thread(self._delete, sender)

    async def purge(self, older_than_seconds: float) -> int:
        """Deletes the conversations whose last event is that old; returns how many.

        Votes go after a year. The log beside the database is emptied in any case.
        """
        before = time.time() - older_than_seconds
        return await asyncio.to_thread(self._purge, before)

    async def vote(self, sender: str, answer: str, helpful: bool) -> None:
        """Keeps whether an answer was helpful; a second vote replaces the first."""
        row = {"voter": _voter(sender), "answer": answer, "helpful": helpful, "day": date.today()}
        await asyncio.to_thread(self._vote, row)

    def _read(self, sender: str) -> list[Event]:
        columns = sa.select(self._events.c.data).where(self._events.c.sender_id == sender)
        with self._engine.begin() as connection:
            rows = connection.execute(columns.order_by(self._events.c.id)).scalars().all()
        return [json.loads(data) for data in rows]

    def _delete(self, sender: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(sa.delete(self._events).where(self._events.c.sender_id == sender))
            connection.execute(sa.delete(_votes).where(_votes.c.voter == _voter(sender)))
        for store in self._fallbacks():
            store.pop(sender, None)
        self._empty_log()

    def _purge(self, before: float) -> int:
        gone = self._purge_memory(before)
        last = sa.func.max(self._events.c.timestamp)
        old = sa.select(self._events.c.sender_id).group_by(self._events.c.sender_id)
        with self._engine.begin() as connection:
            senders = list(connection.execute(old.having(last < before)).scalars())
        # In small lots, so that no patient's turn waits long for the database.
        for start in range(0, len(senders), 100):
            lot = self._events.c.sender_id.in_(senders[start : start + 100])
            with self._engine.begin() as connection:
                connection.execute(sa.delete(self._events).where(lot))
        with self._engine.begin() as connection:
            connection.execute(sa.delete(_votes).where(_votes.c.day < date.today() - _VOTES_KEPT))
        self._empty_log()
        return len(gone.union(senders))

    def _purge_memory(self, before: float) -> set[str]:
        gone = set()
        for store in self._fallbacks():
            # A copy: Rasa may add a conversation meanwhile.
            for sender, kept in list(store.items()):
                last = max((one["timestamp"] for one in json.loads(kept)["events"]), default=0)
                # Rasa may also have replaced this one meanwhile: then it is not old.
                if last < before and store.get(sender) is kept:
                    store.pop(sender, None)
                    gone.add(sender)
        return gone

    def _empty_log(self) -> None:
        """The log beside the database still holds the deleted words: empties it, too."""
        if self._anchor is None:
            return
        give_up = time.monotonic() + _PATIENCE
        while not self._emptied():
            if time.monotonic() > give_up:
                # The words are deleted; what is left in the log goes with the next round.
                logger.warning("The database's log is in use and could not be emptied yet.")
                return
            time.sleep(0.05)

    def _emptied(self) -> bool:
        with self._engine.connect() as connection:
            row = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
        return not row[0]  # 1 while somebody reads or writes

    def _vote(self, row: dict[str, Any]) -> None:
        mine = sa.and_(_votes.c.voter == row["voter"], _votes.c.answer == row["answer"])
        with self._engine.begin() as connection:
            connection.execute(sa.delete(_votes).where(mine))
            connection.execute(sa.insert(_votes).values(**row))


def _tune(engine: Any) -> Any:
    """Makes SQLite forget thoroughly and write fast, for Rasa's connections, too.

    Returns a connection to be kept open, or None for other databases.
    """
    if engine.dialect.name != "sqlite":
        return None

    def prepare(connection: Any, _: Any) -> None:
        # Otherwise deleted words stay in the file until something overwrites them.
        connection.execute("PRAGMA secure_delete = ON").close()
        # With a write-ahead log this is safe against crashes, and Rasa, which writes on the
        # event loop, does not hold up everybody while the disk confirms each turn.
        connection.execute("PRAGMA synchronous = NORMAL").close()

    sa.event.listen(engine, "connect", prepare)
    # What was opened before is not prepared.
    engine.dispose()
    # Patients' words are for the server's own account only; its logs inherit this.
    Path(engine.url.database).chmod(0o600)
    # Rasa opens a connection for each turn; the last one to close would empty the log.
    anchor = engine.connect()
    anchor.exec_driver_sql("PRAGMA journal_mode = WAL").close()
    anchor.exec_driver_sql("SELECT count(*) FROM sqlite_master").close()
    return anchor


def _unwrap(tracker_store: Any) -> tuple[Callable[[], list[dict[str, Any]]], Any]:
    """The SQL store inside Rasa's wrappers, and a way to reach what they keep in memory."""
    wrappers = []
    inner = tracker_store
    while hasattr(inner, "_tracker_store"):
        wrappers.append(inner)
        inner = inner._tracker_store
    if not isinstance(inner, SQLTrackerStore):
        raise UnfitStoreError(
            f"endpoints.yml: tracker_store is a {type(inner).__name__}, from which the channel "
            f"can't delete conversations. Use 'type: SQL'."
        )

    def kept_in_memory() -> list[dict[str, Any]]:
        # When the database fails, Rasa's fail-safe wrapper keeps conversations in memory,
        # without an end.
        fallbacks: list[Any] = [getattr(one, "_fallback_tracker_store", None) for one in wrappers]
        return [one.store for one in fallbacks if hasattr(one, "store")]

    return kept_in_memory, inner


def _voter(sender: str) -> str:
    return hashlib.sha256(sender.encode()).hexdigest()
