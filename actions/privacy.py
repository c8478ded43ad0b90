"""Tells what is stored, and how to delete it."""

from actions.prepared import PreparedAction


class ActionPrivacy(PreparedAction):
    """Plain words on data."""

    intent = "privacy"
