"""Replies where there was nothing to understand."""

from actions.base import ReplyAction, Said, Turn
from askmyo.answerbook import Book
from askmyo.answerbook.envelope import prepared


class ActionUnclear(ReplyAction):
    """An empty message, or one that no rule knows."""

    def name(self) -> str:
        return "action_unclear"

    def say(self, turn: Turn, book: Book) -> Said:
        """A plain request to ask in words."""
        return Said([prepared(book, "out_of_scope/unclear")])
