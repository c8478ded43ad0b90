"""Both bots behind one door: a message goes in, what the bot would do comes out."""

from __future__ import annotations

import os
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from askmyo.nlu.judge import Context, Limits, judge
from askmyo.nlu.ranked import Ranked
from askmyo.running.parsing import Parser
from askmyo.running.training import rasa_environment
from bench.projects import OURS
from bench.training import model_of

OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True)
class Read:
    """What a bot makes of a message. `said` are the labels whose text it would say; `offered`
    the answers it would ask back about; neither where it says that this isn't covered."""

    ranking: tuple[str, ...]
    said: tuple[str, ...]
    offered: tuple[str, ...]

    def gives(self, label: str) -> bool:
        """Whether the reply is the text of this label."""
        return label in self.said

    def shows(self, label: str) -> bool:
        """Whether the label's text, or its question among others, is in the reply."""
        return label in self.said or label in self.offered

    @property
    def refuses(self) -> bool:
        """Whether it says that it doesn't cover this, or can't help with it."""
        return not self.offered and not any(_is_answer(label) for label in self.said)


class Reader(Protocol):
    """Reads messages, each as the first of a conversation."""

    threshold: float
    """The threshold the bot ships with."""

    def parse(self, text: str) -> Any:
        """What the pipeline makes of a message, to be judged later."""

    def judge(self, parsed: Any, threshold: float) -> Read:
        """What the bot would do at this threshold of its confidence."""


def reader(folder: Path, bot: str) -> Reader:
    """The reader for one of the two trained bots."""
    model = model_of(folder, bot)
    os.chdir(folder / bot)  # our configuration names the encoder relative to its project
    return OurReader(model) if bot == OURS else StockReader(model)


class OurReader:
    """Reads as our pipeline does; the threshold is the judge's `scope`."""

    threshold = Limits().scope

    def __init__(self, model: Path) -> None:
        self._parser = Parser(model)

    def parse(self, text: str) -> dict[str, Any]:
        """As `Parser.parse`."""
        return self._parser.parse(text)

    def judge(self, parsed: dict[str, Any], threshold: float) -> Read:
        """Judges again, unless something other than the judge had its say."""
        turn = parsed["turn"]
        ranking = tuple(label for label, _ in turn["ranking"])
        if threshold == self.threshold or turn.get("flag") or not ranking:
            said = tuple(turn["answers"]) or (turn["label"],)
            asks = turn["label"].startswith("clarify")
            return Read(ranking, said, tuple(turn["options"]) if asks else ())
        ranked = [
            Ranked(**{**one, "labels": [tuple(pair) for pair in one["labels"]]})
            for one in parsed["rankings"]
        ]
        again = judge(ranked, Context(), Limits(scope=threshold))
        asks = again.label.startswith("clarify")
        return Read(ranking, again.answers or (again.label,), again.options if asks else ())


class StockReader:
    """Reads as the stock pipeline does; the threshold is the FallbackClassifier's.

    Rasa says what the response selector likes best, whatever the intent, unless the intent is
    unsure.
    """

    threshold = 0.3
    ambiguity = 0.1

    def __init__(self, model: Path) -> None:
        os.environ.update(rasa_environment())
        warnings.filterwarnings("ignore")
        from rasa.core.agent import Agent

        processor = Agent.load(model).processor
        self._runner = processor.graph_runner
        self._target = processor.model_metadata.nlu_target

    def parse(self, text: str) -> dict[str, Any]:
        """Intents with confidence, and the selector's labels."""
        from rasa.core.channels.channel import UserMessage
        from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
        from rasa.shared.core.trackers import DialogueStateTracker

        tracker = DialogueStateTracker.from_events("reader", [])
        inputs = {PLACEHOLDER_MESSAGE: [UserMessage(text)], PLACEHOLDER_TRACKER: tracker}
        message = self._runner.run(inputs=inputs, targets=[self._target])[self._target][0]
        intents = [one for one in message.get("intent_ranking") if one["name"] != "nlu_fallback"]
        selected = message.get("response_selector")["default"]["ranking"]
        return {
            "intents": [(one["name"], one["confidence"]) for one in intents],
            "responses": [(one["intent_response_key"], one["confidence"]) for one in selected],
        }

    def judge(self, parsed: dict[str, Any], threshold: float) -> Read:
        """The fallback, the out-of-scope intent, or the selector's first label."""
        (intent, first), (_, second) = parsed["intents"][:2]
        ranking = tuple(label for label, _ in parsed["responses"])
        unsure = first < threshold or first - second < self.ambiguity
        if unsure:
            return Read(ranking, (OUT_OF_SCOPE,), ())
        if intent == OUT_OF_SCOPE and not ranking[0].startswith(OUT_OF_SCOPE):
            # Rasa would say the selector's answer even so; counted in the stock bot's favor.
            return Read(ranking, (OUT_OF_SCOPE,), ())
        return Read(ranking, ranking[:1], ())


def _is_answer(label: str) -> bool:
    from askmyo.nlu.judge import is_answer

    return is_answer(label)
