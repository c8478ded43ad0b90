"""What all actions share: reading the turn, one reply at least, and no silence on a fault."""

from __future__ import annotations

import logging
import traceback
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

DANGER = ("emergency", "urgent", "crisis")
"""The kinds of reply that come before everything."""

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


def read_turn(tracker: Tracker, book: Book) -> Turn:
    """The turn as the pipeline left it in the latest message.

    A message such as `/help` reaches the action without it: then only the intent is known. What
    the answer set doesn't hold, such as an answer that was taken out since, is left aside: no
    other text can come out, and a warning can't fail for it.
    """
    message = tracker.latest_message or {}
    turn = _mapping(message.get("turn"))
    # The page that holds the widget may name a country; what the patient said goes first.
    home = tracker.get_slot("country") or _mapping(message.get("metadata")).get("country")
    choice = turn.get("choice")
    return Turn(
        label=str(turn.get("label") or _mapping(message.get("intent")).get("name") or ""),
        answers=_known(turn.get("answers"), book),
        options=_known(turn.get("options"), book),
        flag={name: str(value) for name, value in _mapping(turn.get("flag")).items()},
        choice=choice if isinstance(choice, int) else None,
        country_named=_country(turn.get("country"), book),
        last_answers=_known(tracker.get_slot("last_answers"), book),
        last_options=_offered(tracker.get_slot("last_options"), book),
        country=_country(home, book),
        # The Rasa server sends the last turn's events and the bot's last words before it.
        first=not any(event.get("event") == "bot" for event in tracker.events),
    )


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _known(ids: Any, book: Book) -> tuple[str, ...]:
    """Those that the answer set holds, in their order."""
    listed = ids if isinstance(ids, (list, tuple)) else ()
    return tuple(one for one in listed if isinstance(one, str) and one in book.answers)


def _offered(ids: Any, book: Book) -> tuple[str, ...]:
    """The choices last offered; none where one is gone, or 'the second one' would be another."""
    known = _known(ids, book)
    return known if known and len(known) == len(ids) else ()


def _country(key: Any, book: Book) -> str | None:
    return key if isinstance(key, str) and key in book.countries else None


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
            turn = read_turn(tracker, book())
            said = self.say(turn, book())
            if not said.replies:
                said = Said([prepared(book(), "out_of_scope/unclear")])
            replies = with_notice(said.replies, book()) if turn.first else said.replies
        except Exception as error:
            fault = _where(error)
            logger.error("%s failed; the patient got an error reply [%s]", self.name(), fault)
            said, replies = Said([]), [prepared(book(), "error/any")]
        for reply in replies:
            dispatcher.utter_message(text=reply["text"], json_message=reply["custom"])
        return remember(said)


def _where(error: BaseException | None) -> str:
    """Types and places of an exception and of those that led to it, without their words: these
    may quote the patient."""
    found: list[str] = []
    while error is not None and len(found) < 5:
        frames = traceback.extract_tb(error.__traceback__)
        place = f" at {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
        found.append(f"{type(error).__name__}{place}")
        error = error.__cause__ or error.__context__
    return " <- ".join(found)


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
    danger = first["custom"]["kind"] in DANGER
    parts = [first["text"], notice] if danger else [notice, first["text"]]
    noticed = {"text": "\n\n".join(parts), "custom": {**first["custom"], "notice": notice}}
    return [noticed, *rest]
