"""Says plainly that a question is not covered."""

from actions.prepared import PreparedAction


class ActionOutOfScope(PreparedAction):
    """Near: where to look. Far: what can be asked here."""

    intent = "out_of_scope"
