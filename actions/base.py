"""What all actions share: reading the turn, one reply at least, and no silence on a fault."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from askmyo.answerbook import Book, load
from askmyo.answerbook.envelope import NOTICE, Reply, prepared

logger = logging.getLogger(__name__)

ANSWERS = Path(__file__).resolve().parent.parent / "answers"


@lru_cache(maxsize=1)
def book() -> Book:
    """The answer set, read once when the server starts."""
    return load(ANSWERS)


@dataclass(frozen=True)
class Turn:
    """What the pipeline made of the message, and the little the dialogue remembers.

    `label` is what the message is, such as `smalltalk/greet`; `answers` and `options` are
    answer ids to serve or to offer; `flag` is `{"kind", "sign"}` for a sign of danger.
    """

    label: str
    answers: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    flag: dict[str, str] = field(default_factory=dict)
    choice: int | None = None
    country_named: str | None = None
    last_answers: tuple[str, ...] = ()
    last_options: tuple[str, ...] = ()
    country: str | None = None
    first: bool = False


@dataclass(frozen=True)
class Said:
    """What an action says, and what the dialogue should remember of it.

    `answers` and `options` replace what was remembered, unless None.
    """

    replies: Sequence[Reply]
    answers: Sequence[str] | None = None
    options: Sequence[str] | None = None
    country: str | None = None


def read_turn(tracker: Tracker) -> Turn:
    """The turn as the pipeline left it in the latest message.

    A message such as `/help` reaches the action without it: then only the intent is known.
    """
    message = tracker.latest_message or {}
    turn = message.get("turn") or {}
    intent = (message.get("intent") or {}).get("name") or ""
    return Turn(
        label=turn.get("label") or intent,
        answers=tuple(turn.get("answers") or ()),
        options=tuple(turn.get("options") or ()),
        flag=turn.get("flag") or {},
        choice=turn.get("choice"),
        country_named=turn.get("country"),
        last_answers=tuple(tracker.get_slot("last_answers") or ()),
        last_options=tuple(tracker.get_slot("last_options") or ()),
        # The page that holds the widget may name a country; what the patient said goes first.
        country=tracker.get_slot("country") or (message.get("metadata") or {}).get("country"),
        first=not any(event.get("event") == "bot" for event in tracker.events),
    )


class ReplyAction(Action, ABC):
    """An action that replies. Subclasses say what; this class sees to it that it is said."""

    @abstractmethod
    def say(self, turn: Turn, book: Book) -> Said:
        """What to reply to this turn, from the answer set alone."""

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[EventType]:
        """Replies. A fault becomes an `error` reply and a log line without patient text."""
        try:
            turn = read_turn(tracker)
            said = self.say(turn, book())
            if not said.replies:
                said = Said([prepared(book(), "out_of_scope/unclear")])
            replies = with_notice(said.replies, book()) if turn.first else said.replies
        except Exception:
            logger.exception("%s failed; the patient got an error reply", self.name())
            said, replies = Said([]), [prepared(book(), "error/any")]
        for reply in replies:
            dispatcher.utter_message(text=reply["text"], json_message=reply["custom"])
        return remember(said)


def remember(said: Said) -> list[EventType]:
    """The slots to set, only those that change."""
    slots = {
        "last_answers": said.answers,
        "last_options": said.options,
        "country": said.country,
    }
    return [
        SlotSet(name, list(value) if isinstance(value, (list, tuple)) else value)
        for name, value in slots.items()
        if value is not None
    ]


def with_notice(replies: Sequence[Reply], book: Book) -> list[Reply]:
    """The first reply of a conversation says that this is an automated assistant.

    A red flag comes before everything, so there the notice follows the reply's own text.
    """
    first, *rest = replies
    notice = book.replies[NOTICE].text
    danger = first["custom"]["kind"] in ("emergency", "urgent", "crisis")
    parts = [first["text"], notice] if danger else [notice, first["text"]]
    noticed = {"text": "\n\n".join(parts), "custom": {**first["custom"], "notice": notice}}
    return [noticed, *rest]
