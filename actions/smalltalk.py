"""Greets, thanks, says goodbye."""

from actions.prepared import PreparedAction


class ActionSmalltalk(PreparedAction):
    """Short and kind, with a way on."""

    intent = "smalltalk"
