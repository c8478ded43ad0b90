"""Rasa's door to red-flag detection: has the last word on every message."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from ruamel.yaml import YAML

from askmyo.language import build_pipeline, canonical
from askmyo.nlu.encoder import SentenceEncoder
from askmyo.nlu.encoder_build import ensure_encoder
from askmyo.nlu.judge import PERSONAL
from askmyo.nlu.keys import CANONICAL, PARTS, TURN, VECTORS
from askmyo.nlu.red_flags import Advice, Flag, FlagClassifier, RedFlags
from askmyo.nlu.red_flags.classifier import NONE, Examples, Matrix
from askmyo.nlu.red_flags.detect import HERE

LEFT_ALONE = frozenset({PERSONAL, "support", "country", "privacy", "feedback"})
WELL_JUDGED = frozenset({"out_of_scope/injection", "out_of_scope/abuse", "out_of_scope/gibberish"})
WELL_JUDGED |= {f"out_of_scope/other_language_{one}" for one in ("es", "fr", "de", "it", "pt")}
"""Turns in which no general answer is at risk of being taken for advice."""

CERTAIN = 0.999
"""A question word for word as an editor wrote it is answered as the editor meant."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class RedFlagDetector(IntentClassifier, GraphComponent):
    """Looks at every message for danger, whatever was said before. It keeps no state.

    Config: `training`, the file of labeled messages; `vocabulary` and `encoder` as for the
    language reader and the sentence featurizer, which it needs to read that file.
    """

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        classifier: FlagClassifier | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self.flags = RedFlags(classifier)
        self.advice = Advice()

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Where the training messages, the vocabulary and the encoder are."""
        return {
            "training": "data/red_flags/training.yml",
            "vocabulary": "data/generated/vocabulary.txt",
            "encoder": "build/encoder",
        }

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Rasa trains anew when the labeled messages or the phrases change."""
        files = [Path(config["training"]), *sorted(HERE.glob("*.*"))]
        content = b"".join(file.read_bytes() for file in files if file.is_file())
        return hashlib.sha256(content).hexdigest()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> RedFlagDetector:
        """An untrained detector."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> RedFlagDetector:
        """The detector as it was trained."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, FlagClassifier.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the labeled messages; every example of the bot's own data is no flag."""
        known = self._examples()
        by_phrase = RedFlags()
        harmless = [one for one in training_data.intent_examples if _harmless(by_phrase, one)]
        texts = [self.flags.plain(one.get(CANONICAL)) for one in harmless]
        vectors = np.vstack([one.get(VECTORS)[:1] for one in harmless])
        others = Examples(texts, [NONE] * len(texts), vectors)
        classifier = FlagClassifier.train_among(known, others)
        self.flags = RedFlags(classifier)
        with self._model_storage.write_to(self._resource) as folder:
            classifier.save(folder)
        return self._resource

    def _examples(self) -> Examples:
        """The labeled messages, read and encoded as a patient's message would be."""
        texts, labels = labeled(Path(self._config["training"]))
        nlp = build_pipeline(Path(self._config["vocabulary"]).read_text("utf-8").split())
        encoder = SentenceEncoder(ensure_encoder(Path(self._config["encoder"])))
        read = [canonical(nlp, text) for text in texts]
        return Examples([self.flags.plain(one) for one in read], labels, encoder.encode(read))

    def process(self, messages: list[Message]) -> list[Message]:
        """Flags each message that shows danger; leaves the others as they are."""
        for message in messages:
            flag = self.find(message)
            if flag:
                tell(message, flag)
            elif which := self.asked(message):
                decline(message, which)
        return messages

    def asked(self, message: Message) -> str | None:
        """The personal advice asked for, where the judge's turn would answer all the same."""
        turn = message.get(TURN) or {}
        label = str(turn.get("label") or "")
        ranking = turn.get("ranking") or [["", 0.0]]
        fine = label.split("/", maxsplit=1)[0] in LEFT_ALONE or label in WELL_JUDGED
        if fine or ranking[0][1] >= CERTAIN:
            return None
        return self.advice.asked(message.get(TEXT) or "", message.get(CANONICAL) or "")

    def find(self, message: Message) -> Flag | None:
        """The flag of a message, if any."""
        raw = message.get(TEXT) or ""
        parts = [part["canonical"] for part in message.get(PARTS) or []]
        texts = [message.get(CANONICAL) or raw, *(parts if len(parts) > 1 else [])]
        return self.flags.find(texts, _vectors(message, len(texts)), raw)


def labeled(path: Path) -> tuple[list[str], list[str]]:
    """The messages of a training file and their labels (`none` or `<kind>/<sign>`)."""
    by_label: dict[str, str] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    pairs = [
        (line.strip(), NONE if label.startswith(NONE) else label)
        for label, lines in by_label.items()
        for line in lines.strip().splitlines()
    ]
    return [text for text, _ in pairs], [label for _, label in pairs]


def _harmless(by_phrase: RedFlags, example: Message) -> bool:
    """Whether an example teaches what is no flag: not where a strong phrase flags it."""
    text = example.get(TEXT)
    return bool(text) and not by_phrase.find([example.get(CANONICAL)], [None], text)


def tell(message: Message, flag: Flag) -> None:
    """The intent becomes the kind; a sure answer may follow, nothing else is offered."""
    turn = {**(message.get(TURN) or {}), "label": f"{flag.kind}/{flag.sign}", "options": []}
    turn["answers"] = turn.get("answers") or []
    turn["flag"] = {"kind": flag.kind, "sign": flag.sign, "by": list(flag.by)}
    if flag.also:
        turn["flag"]["also"] = flag.also
    message.set(TURN, turn, add_to_output=True)
    message.set(INTENT, {"name": flag.kind, "confidence": 1.0}, add_to_output=True)


def decline(message: Message, which: str) -> None:
    """The turn becomes personal advice; what would have been answered is offered instead."""
    turn = dict(message.get(TURN) or {})
    nearest = [*(turn.get("answers") or []), *(turn.get("options") or [])]
    turn.update(label=f"{PERSONAL}/{which}", answers=[], options=list(dict.fromkeys(nearest))[:3])
    message.set(TURN, turn, add_to_output=True)
    message.set(INTENT, {"name": PERSONAL, "confidence": 1.0}, add_to_output=True)


def _vectors(message: Message, count: int) -> Sequence[Matrix | None]:
    """A vector for each text, or none at all where they don't fit."""
    vectors = message.get(VECTORS)
    if vectors is None or len(vectors) != count:
        return [None] * count
    return list(vectors)
