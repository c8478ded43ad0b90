"""Rasa's door to the judge: sets the intent of the turn and leaves the turn for the actions."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from askmyo.language import is_gibberish, language_of
from askmyo.nlu.choices import choice_in
from askmyo.nlu.context import asks_outlook_for_one, in_context, simpler_than
from askmyo.nlu.countries import country_key
from askmyo.nlu.judge import Context, Limits, Turn, judge
from askmyo.nlu.keys import RANKINGS, TURN
from askmyo.nlu.ranked import Ranked

SPOKEN = ("es", "fr", "de", "it", "pt")
_SIGNS = re.compile(r"(?=.*[{}<>$%*=\\^~|])[\d\W_]*", re.DOTALL)
"""Signs of a program, and no word: what is left of them would be guessed at."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class TurnJudge(IntentClassifier, GraphComponent):
    """Judges the turn. Config: the fields of `Limits`."""

    def __init__(self, config: dict[str, Any]) -> None:
        limits = {name: config[name] for name in self.get_default_config() if name in config}
        self._limits = Limits(**limits)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The limits, each a calibrated probability."""
        return dict(vars(Limits()))

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TurnJudge:
        """A judge with the limits of config.yml."""
        return cls(config)

    def process(
        self, messages: list[Message], tracker: DialogueStateTracker | None = None
    ) -> list[Message]:
        """Judges each message in the light of what was said before."""
        context = _context(tracker)
        for message in messages:
            text = message.get(TEXT) or ""
            turn = _unreadable(text) or self._judged(message.get(RANKINGS), context)
            tell(message, turn, choice=choice_in(text), country=_country(message))
        return messages

    def _judged(self, rankings: list[Ranked], context: Context) -> Turn:
        text = rankings[0].text
        judged = judge(in_context(rankings, context), context, self._limits)
        return asks_outlook_for_one(text, context) or simpler_than(judged, text)


def tell(message: Message, turn: Turn, **more: Any) -> None:
    """Leaves the turn in the message, for the policy (the intent) and the actions (the rest)."""
    found = {
        "label": turn.label,
        "answers": list(turn.answers),
        "options": list(turn.options),
        "ranking": [[label, round(confidence, 3)] for label, confidence in turn.ranking],
        **{name: value for name, value in more.items() if value is not None},
    }
    message.set(TURN, found, add_to_output=True)
    confidence = turn.ranking[0][1] if turn.ranking else 1.0
    message.set(INTENT, {"name": turn.intent, "confidence": confidence}, add_to_output=True)


def _unreadable(text: str) -> Turn | None:
    """Another language, or no language at all."""
    if not text.strip():
        return Turn("out_of_scope/unclear")
    if (spoken := language_of(text)) in SPOKEN:
        return Turn(f"out_of_scope/other_language_{spoken}")
    return Turn("out_of_scope/gibberish") if _SIGNS.fullmatch(text) or is_gibberish(text) else None


def _context(tracker: DialogueStateTracker | None) -> Context:
    if tracker is None:
        return Context()
    slots = {name: tracker.slots.get(name) for name in ("last_answers", "last_options")}
    return Context(**{name: tuple(slot.value or ()) for name, slot in slots.items() if slot})


def _country(message: Message) -> str | None:
    """The country named in the message, as its key in `_emergency.yml`."""
    named = [one["value"] for one in message.get(ENTITIES, []) if one.get("entity") == "country"]
    return country_key(str(named[-1])) if named else None
