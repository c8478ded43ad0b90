"""Takes praise and complaint."""

from actions.prepared import PreparedAction


class ActionFeedback(PreparedAction):
    """Thanks for it, and says what can be done."""

    intent = "feedback"
