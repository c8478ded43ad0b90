"""Asks which of two or three questions was meant."""

from actions.base import ReplyAction, Said, Turn
from askmyo.answerbook import Book
from askmyo.answerbook.envelope import prepared


class ActionClarify(ReplyAction):
    """Offers full questions, never bare topics: a press or a number picks one."""

    def name(self) -> str:
        return "action_clarify"

    def say(self, turn: Turn, book: Book) -> Said:
        """The likely questions as choices; without any there is nothing to choose from."""
        if not turn.options:
            return Said([prepared(book, "out_of_scope/unclear")])
        return Said([prepared(book, "clarify/any", turn.options)], options=turn.options)
