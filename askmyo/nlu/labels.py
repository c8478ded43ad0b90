"""What a training example teaches."""

from __future__ import annotations

from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY
from rasa.shared.nlu.training_data.message import Message

NO_FLAG = "no_flag"
DANGER = frozenset({"emergency", "crisis", "urgent", NO_FLAG})
"""Intents whose examples teach the red-flag detector; the ranking doesn't learn them."""


def label_of(message: Message) -> str:
    """`topic/slug` where the example has both, otherwise the intent."""
    return str(message.get(INTENT_RESPONSE_KEY) or message.get(INTENT))


def teaches_danger(message: Message) -> bool:
    """Whether an example shows a danger or its look-alike."""
    return message.get(INTENT) in DANGER


def shows_danger(message: Message) -> bool:
    """Whether an example shows a danger, rather than what only looks like one."""
    return teaches_danger(message) and message.get(INTENT) != NO_FLAG
