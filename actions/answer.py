"""Serves the answers the pipeline was sure of."""

from actions.base import ReplyAction, Said, Turn
from askmyo.answerbook import Book
from askmyo.answerbook.envelope import answer, suggested


class ActionAnswer(ReplyAction):
    """One answer, or two where two questions were asked."""

    def name(self) -> str:
        return "action_answer"

    def say(self, turn: Turn, book: Book) -> Said:
        """The answers, in the order they were asked for; the last one's suggestions can be
        picked by number."""
        replies = [answer(book, one, others=turn.options) for one in turn.answers]
        offered = suggested(book, turn.answers[-1], turn.options) if turn.answers else ()
        return Said(replies, answers=turn.answers, options=offered)
