"""Remembers the country, for the right emergency numbers."""

from actions.base import ReplyAction, Said, Turn
from askmyo.answerbook import Book
from askmyo.answerbook.envelope import country_set, prepared


class ActionCountry(ReplyAction):
    """Asked once, remembered, and changed by naming another one."""

    def name(self) -> str:
        return "action_country"

    def say(self, turn: Turn, book: Book) -> Said:
        """The numbers of that country."""
        if not turn.country_named:
            return Said([prepared(book, "country/unknown")])
        return Said([country_set(book, turn.country_named)], country=turn.country_named)
