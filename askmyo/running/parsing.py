"""Reads messages with the trained model in this process: for editors, reports and benches."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from askmyo.nlu.keys import CANONICAL, PARTS, RANKINGS, REPAIRS, TERMS, TURN
from askmyo.nlu.ranked import Ranked
from askmyo.running.training import rasa_environment


def quiet() -> None:
    """Keeps the chatter of TensorFlow and of old libraries off the screen.

    Call it before anything imports spaCy or Rasa: both load TensorFlow, which talks while loading.
    """
    os.environ.update(rasa_environment())
    logging.captureWarnings(True)


class Parser:
    """The pipeline of one trained model. A message is read as the first of a conversation, unless
    it is told what the dialogue remembers."""

    def __init__(self, model: Path) -> None:
        """Loads the model, which takes some seconds: keep the parser for many messages."""
        quiet()
        from rasa.core.agent import Agent  # noqa: PLC0415 (loads TensorFlow)

        processor = Agent.load(model).processor
        self._runner = processor.graph_runner
        self._target = processor.model_metadata.nlu_target

    def parse(self, text: str, remembered: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """What the pipeline makes of a message, given the dialogue's slots, as plain data:

        - `text`, and `canonical`: the message as the model reads it
        - `repairs`: its spelling repairs, each as typed and as meant
        - `parts`: its clauses, each `{"text", "canonical", "question"}`
        - `terms`: what the language pipeline found, each `{"entity", "value", "start", "end"}`
        - `rankings`: for the whole message and then for each of several clauses
          `{"text", "question", "labels": [[label, confidence], ...], "in_scope", "outside"}`
        - `turn`: what is done: `label`, `answers`, `options`, `ranking` and perhaps `flag`
        - `decision`: `turn` in one word, see `decision`
        """
        from rasa.core.channels.channel import UserMessage  # noqa: PLC0415
        from rasa.engine.constants import (  # noqa: PLC0415
            PLACEHOLDER_MESSAGE,
            PLACEHOLDER_TRACKER,
        )
        from rasa.shared.core.slots import AnySlot  # noqa: PLC0415
        from rasa.shared.core.trackers import DialogueStateTracker  # noqa: PLC0415

        slots = [AnySlot(name, [], value) for name, value in (remembered or {}).items()]
        tracker = DialogueStateTracker.from_events("reader", [], slots)
        inputs = {PLACEHOLDER_MESSAGE: [UserMessage(text)], PLACEHOLDER_TRACKER: tracker}
        message = self._runner.run(inputs=inputs, targets=[self._target])[self._target][0]
        turn = message.get(TURN) or {}
        return {
            "text": text,
            "canonical": message.get(CANONICAL) or "",
            "repairs": message.get(REPAIRS) or [],
            "parts": message.get(PARTS) or [],
            "terms": message.get(TERMS) or [],
            "rankings": [_plain(ranked) for ranked in message.get(RANKINGS) or []],
            "turn": turn,
            "decision": decision(turn),
        }

    def parse_all(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        """`parse` for each text."""
        return [self.parse(text) for text in texts]


def decision(turn: dict[str, Any]) -> str:
    """What is done with a message: a kind of red flag (`emergency`, `crisis`, `urgent`),
    `answer`, `clarify`, `out_of_scope`, or the kind of talk (`smalltalk`, `support` ...)."""
    if flag := turn.get("flag"):
        return str(flag["kind"])
    if turn.get("answers"):
        return "answer"
    return str(turn.get("label", "")).split("/", maxsplit=1)[0] or "out_of_scope"


def _plain(ranked: Ranked) -> dict[str, Any]:
    return {
        "text": ranked.text,
        "question": ranked.question,
        "labels": [[label, round(confidence, 4)] for label, confidence in ranked.labels],
        "in_scope": round(ranked.in_scope, 4),
        "outside": ranked.outside,
    }
