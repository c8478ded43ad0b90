"""Tells what this assistant is and is not."""

from actions.prepared import PreparedAction


class ActionHelp(PreparedAction):
    """An automated assistant, not a doctor."""

    intent = "help"
