"""Danger first: what to do, whom to call, why. A question in the same message follows."""

from actions.base import DANGER, ReplyAction, Said, Turn
from askmyo.answerbook import Book
from askmyo.answerbook.envelope import answer, red_flag


class ActionRedFlag(ReplyAction):
    """The reply to an emergency, an urgent sign or a crisis."""

    def name(self) -> str:
        return "action_red_flag"

    def say(self, turn: Turn, book: Book) -> Said:
        """The warning; after it at most one answer, where one was asked for."""
        named = turn.flag.get("kind") or turn.label.split("/")[0]
        kind = named if named in DANGER else "emergency"
        sign = turn.flag.get("sign", "any")
        also = "crisis" if turn.flag.get("also") == "crisis" else None
        warning = red_flag(book, kind, sign, turn.country_named or turn.country, also)
        asked = turn.answers[:1]
        replies = [warning, *(answer(book, one) for one in asked)]
        return Said(replies, answers=asked, options=(), country=turn.country_named)
