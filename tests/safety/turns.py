"""A turn of the bot in this process: the trained model, the rules, the real actions."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

import actions
from askmyo.channel.bodies import defused
from askmyo.running.parsing import Parser
from tests.safety.texts import ROOT, raw

SLOTS = ("last_answers", "last_options", "country")


@lru_cache(maxsize=1)
def registered() -> dict[str, Any]:
    """Every action the server would register, by name."""
    executor = ActionExecutor()
    executor.register_package(actions)
    return {name: run.__self__ for name, run in executor.actions.items()}


@lru_cache(maxsize=1)
def action_of() -> dict[str, str]:
    """The action of each intent, by the rules the policy follows."""
    rules = raw(ROOT / "data/rules/turns.yml")["rules"]
    return {rule["steps"][0]["intent"]: rule["steps"][1]["action"] for rule in rules}


@dataclass
class Conversation:
    """What the dialogue remembers, what has been said, and what became of the last message."""

    slots: dict[str, Any] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    turn: dict[str, Any] = field(default_factory=dict)
    action: str = ""

    def act(self, name: str, message: dict[str, Any]) -> list[dict[str, Any]]:
        """Runs an action on the latest message; keeps the slots it sets."""
        tracker = Tracker("sender", self.slots, message, self.events, False, None, {}, "listen")
        dispatcher = CollectingDispatcher()
        for event in registered()[name].run(dispatcher, tracker, {}):
            self.slots[event["name"]] = event["value"]
        self.events = [*self.events, {"event": "bot"}]
        return [{"text": one["text"], "custom": one["custom"]} for one in dispatcher.messages]

    def say(self, parser: Parser, text: str) -> list[dict[str, Any]]:
        """One turn, as the channel, the pipeline, the rules and the actions would make it."""
        read = defused(text)
        self.turn = parser.parse(read, self.slots)["turn"]
        intent = str(self.turn["label"]).split("/", maxsplit=1)[0]
        self.action = action_of()[intent]
        message = {"text": read, "intent": {"name": intent}, "turn": self.turn, "metadata": {}}
        return self.act(self.action, message)
