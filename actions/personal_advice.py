"""Declines what only a clinician can say."""

from actions.prepared import PreparedAction


class ActionPersonalAdvice(PreparedAction):
    """Why not, who can, and the nearest general answers."""

    intent = "personal_advice"
