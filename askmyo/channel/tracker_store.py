"""Rasa's SQL tracker store, in less time: `endpoints.yml` names it.

Table and rows are Rasa's own. What differs is the way there: Rasa's store opens three connections
a turn, builds its queries anew, and counts what is stored before it saves.
"""

from __future__ import annotations

import json
from itertools import islice
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import Event, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker

_STORED = "askmyo_stored"
"""The attribute of a tracker that says how many of its events the database holds."""


class TurnStore(SQLTrackerStore):
    """Keeps conversations as Rasa's store does, with one read and one write a turn."""

    engine: Any

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        """Takes what Rasa's store takes."""
        super().__init__(*arguments, **settings)
        if self.engine.dialect.name == "sqlite":
            self._keep_connections()
        # SQLAlchemy's errors quote a statement's values, patients' words, and Rasa logs them.
        self.engine.hide_parameters = True
        events = self.SQLEvent.__table__
        self._insert = sa.insert(events)
        self._all = (
            sa.select(events.c.data)
            .where(events.c.sender_id == sa.bindparam("sender"))
            .order_by(events.c.id)
        )
        start = _last_start(events)
        self._latest = self._all.where(sa.or_(events.c.timestamp >= start, start.is_(None)))

    def _keep_connections(self) -> None:
        """SQLAlchemy opens a connection to an SQLite file for each use; here they are kept."""
        self.engine.dispose()
        self.engine = sa.create_engine(
            self.engine.url,
            poolclass=sa.pool.QueuePool,
            # One thread at a time has a connection, but not always the one that opened it.
            connect_args={"check_same_thread": False},
        )
        self.sessionmaker.configure(bind=self.engine)

    async def _retrieve(
        self, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> DialogueStateTracker | None:
        query = self._all if fetch_events_from_all_sessions else self._latest
        with self.engine.connect() as connection:
            stored = connection.execute(query, {"sender": sender_id}).scalars().all()
        if not stored:
            return None
        events = [json.loads(data) for data in stored]
        tracker = DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)
        _mark(tracker)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Adds the events that are new since the tracker was read.

        Rasa counts the stored ones instead: were some deleted meanwhile, it would store the
        conversation again, and were some added, it would leave out as many new ones.
        """
        await self.stream_events(tracker)
        known = getattr(tracker, _STORED, None)
        if known is None and tracker.events:
            await super().save(tracker)
        elif tracker.events:
            rows = [_row(tracker.sender_id, one) for one in islice(tracker.events, known, None)]
            if rows:
                with self.engine.begin() as connection:
                    connection.execute(self._insert, rows)
        _mark(tracker)


def _mark(tracker: DialogueStateTracker) -> None:
    """Notes that all events so far are in the database."""
    setattr(tracker, _STORED, len(tracker.events))


def _last_start(events: Any) -> Any:
    """When the latest session of a conversation began."""
    other = events.alias()
    return (
        sa.select(sa.func.max(other.c.timestamp))
        .where(other.c.sender_id == sa.bindparam("sender"))
        .where(other.c.type_name == SessionStarted.type_name)
        .scalar_subquery()
    )


def _row(sender: str, event: Event) -> dict[str, Any]:
    data = event.as_dict()
    return {
        "sender_id": sender,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }
