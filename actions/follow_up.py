"""Goes on from what was just said: more, again, simpler, where from, the second one."""

from actions.base import ReplyAction, Said, Turn
from askmyo.answerbook import Book
from askmyo.answerbook.envelope import answer, prepared, sources

# What a follow-up shows of the answer it stands on.
_LAYERS = {
    "follow_up/more": "more",
    "follow_up/why": "more",
    "follow_up/again": "answer",
    "follow_up/simpler": "short",
}


class ActionFollowUp(ReplyAction):
    """Says again, in another layer, what the last turn said; or takes a choice."""

    def name(self) -> str:
        return "action_follow_up"

    def say(self, turn: Turn, book: Book) -> Said:
        """The last answer in the layer asked for, or the option chosen."""
        if turn.label == "follow_up/choose":
            return self._chosen(turn, book)
        if turn.label == "follow_up/no" and (turn.last_options or turn.last_answers):
            return Said([prepared(book, "follow_up/no")], options=())
        if turn.label == "follow_up/yes" and len(turn.last_options) == 1:
            return self._serve(turn.last_options[0], book)
        if not turn.last_answers:
            return Said([prepared(book, "follow_up/nothing_yet")])
        if turn.label == "follow_up/sources":
            return Said([sources(book, one) for one in turn.last_answers])
        return self._again(turn, book)

    def _again(self, turn: Turn, book: Book) -> Said:
        """The last answers in another layer; where none has more to say, that is said once."""
        layer = _LAYERS.get(turn.label, "answer")
        shown = [one for one in turn.last_answers if layer != "more" or book.answers[one].more]
        if not shown:
            related = book.answers[turn.last_answers[0]].see_also
            return Said([prepared(book, "follow_up/no_more", related)])
        return Said([answer(book, one, layer) for one in shown])

    def _chosen(self, turn: Turn, book: Book) -> Said:
        options = turn.last_options
        if turn.choice is None or not options:
            return Said([prepared(book, "follow_up/nothing_yet")])
        place = turn.choice if turn.choice >= 0 else len(options) + turn.choice
        if not 0 <= place < len(options):
            return Said([prepared(book, "follow_up/which", options)], options=options)
        return self._serve(options[place], book)

    def _serve(self, one: str, book: Book) -> Said:
        return Said([answer(book, one)], answers=[one], options=())
