"""Serves the answers the pipeline was sure of."""

from actions.base import ReplyAction, Said, Turn
from askmyo.answerbook import Book
from askmyo.answerbook.envelope import answer


class ActionAnswer(ReplyAction):
    """One answer, or two where two questions were asked."""

    def name(self) -> str:
        return "action_answer"

    def say(self, turn: Turn, book: Book) -> Said:
        """The answers, in the order they were asked for."""
        replies = [answer(book, one) for one in turn.answers]
        return Said(replies, answers=turn.answers, options=())
