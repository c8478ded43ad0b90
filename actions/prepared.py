"""Actions that serve a prepared reply, chosen by what the message is."""

from __future__ import annotations

from abc import abstractmethod

from actions.base import ReplyAction, Said, Turn
from askmyo.answerbook import Book
from askmyo.answerbook.envelope import prepared

OFFERED = 4
"""Questions offered beside a reply: more would be too much to read."""


class PreparedAction(ReplyAction):
    """Serves `_replies.yml`'s entry for the turn. Beside it, what the message may have asked is
    offered first, then what that entry suggests."""

    @property
    @abstractmethod
    def intent(self) -> str:
        """The intent this action serves, such as `smalltalk`."""

    def name(self) -> str:
        return f"action_{self.intent}"

    def say(self, turn: Turn, book: Book) -> Said:
        """The words for this very turn, or the general ones of the intent."""
        own = turn.label in book.replies and turn.label.split("/")[0] == self.intent
        name = turn.label if own else f"{self.intent}/any"
        offered = list(dict.fromkeys([*turn.options, *book.replies[name].suggestions]))[:OFFERED]
        return Said([prepared(book, name, offered)], options=offered)
