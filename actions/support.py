"""Kindness where there is distress without danger."""

from actions.prepared import PreparedAction


class ActionSupport(PreparedAction):
    """A kind word, people to talk to, and answers that may help."""

    intent = "support"
