"""Rasa's door to the sentence encoder: one vector for the message, one for each clause."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from askmyo.language.slips import with_slips
from askmyo.nlu.encoder import UPPER_FILE, Batch, SentenceEncoder
from askmyo.nlu.encoder_build import ensure_encoder, load_weights, save_small
from askmyo.nlu.encoder_graph import build_upper
from askmyo.nlu.encoder_tuning import Numbers, held_back, tune
from askmyo.nlu.keys import CANONICAL, PARTS, VECTORS
from askmyo.nlu.labels import NO_FLAG, label_of, shows_danger, teaches_danger


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """Encodes canonical text. Config: `encoder`, the folder the encoder is built in.

    Training tunes the encoder's upper half to the labels, which is what the model keeps.
    """

    def __init__(
        self,
        config: dict[str, Any],
        name: str,
        model_storage: ModelStorage,
        resource: Resource,
        upper: Path | None = None,
    ) -> None:
        super().__init__(name, config)
        self._folder = ensure_encoder(Path(config["encoder"]))
        self._model_storage = model_storage
        self._resource = resource
        # One thread a query: the other cores serve other patients.
        # One text at a time: clauses padded to the length of the whole message cost more.
        self._encoder = SentenceEncoder(self._folder, upper=upper, batch_size=1)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Where the encoder is built."""
        return {**DenseFeaturizer.get_default_config(), "encoder": "build/encoder"}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing to validate beyond what `ensure_encoder` says itself."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        """A featurizer over the encoder as released."""
        return cls(config, execution_context.node_name, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SentenceFeaturizer:
        """A featurizer over the encoder as it was tuned."""
        with model_storage.read_from(resource) as folder:
            upper = folder / UPPER_FILE
            return cls(config, execution_context.node_name, model_storage, resource, upper)

    def train(self, training_data: TrainingData) -> Resource:
        """Tunes the encoder to the labels of the examples, and encodes them with the result.

        The vectors stay in the examples, so that `process_training_data`, which Rasa calls next,
        needn't run the lower half over all of them a second time.
        """
        examples = [one for one in training_data.intent_examples if one.get(TEXT)]
        # Texts of like length share a batch; within a length, chance decides, not the label.
        examples = [
            examples[place] for place in np.random.default_rng(0).permutation(len(examples))
        ]
        texts = [one.get(CANONICAL) for one in examples]
        taught = [
            place for place, one in enumerate(examples) if place % LEARNED == 0 or shows_danger(one)
        ]
        untaught = sorted(set(range(len(examples))) - set(taught))
        spoiled = range(0, len(examples), SLIPPED)
        encoder = self._for_many(None)
        learned = _halfway(encoder, [texts[place] for place in taught], taught)
        slipped = _halfway(encoder, [with_slips(texts[place], SLIPS) for place in spoiled], spoiled)
        rest = _halfway(encoder, [texts[place] for place in untaught], untaught)
        upper = build_upper(tune(load_weights(), learned + slipped, tasks(examples)))
        with self._model_storage.write_to(self._resource) as folder:
            save_small(upper, folder / UPPER_FILE)
            tuned = self._for_many(folder / UPPER_FILE)
        for batch in learned + rest:
            for row, vector in zip(batch.rows, tuned.finish(batch), strict=True):
                examples[row].set(VECTORS, vector[None, :])
        return self._resource

    def _for_many(self, upper: Path | None) -> SentenceEncoder:
        threads = os.cpu_count() or 1
        return SentenceEncoder(
            self._folder, threads, upper=upper, batch_size=TOGETHER, cache_size=0
        )

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Encodes the examples that have no vector yet: the whole message, it is one question."""
        examples = [one for one in training_data.training_examples if one.get(TEXT)]
        left = [one for one in examples if one.get(VECTORS) is None]
        vectors = self._encoder.encode([one.get(CANONICAL) for one in left])
        for message, vector in zip(left, vectors, strict=True):
            message.set(VECTORS, vector[None, :])
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Encodes the message and, where it has several, its clauses, in one batch."""
        for message in messages:
            parts = [part["canonical"] for part in message.get(PARTS, [])]
            texts = [message.get(CANONICAL) or "", *(parts if len(parts) > 1 else [])]
            vectors = self._encoder.encode(texts)
            message.set(VECTORS, vectors)
            alias = self._config[FEATURIZER_CLASS_ALIAS]
            message.add_features(Features(vectors[:1], FEATURE_TYPE_SENTENCE, TEXT, alias))
        return messages


TOGETHER = 64
"""So many texts are learned from in one step. With half of that a step costs two thirds as much."""

SLIPS = 0.07
"""Share of letters spoiled in what the encoder learns beside the texts as they are: weak fingers
slip, and repair leaves some of it."""

LEARNED = 2
"""One text in so many is learned as it is, and each that shows a danger: all would teach a little
more, and take minutes."""

SLIPPED = 6
"""One text in so many is learned with slips, too."""


def _halfway(encoder: SentenceEncoder, texts: Sequence[str], places: Sequence[int]) -> list[Batch]:
    """Some texts halfway through the network, numbered by their places among all."""
    return [batch.numbered(places) for batch in encoder.states(texts)]


def tasks(examples: Sequence[Message]) -> list[Numbers]:
    """What the encoder shall learn to tell apart: answers, and signs of danger.

    One array each, with a label number an example; -1 where the task has nothing to say.
    """
    danger, labels = [teaches_danger(one) for one in examples], [label_of(one) for one in examples]
    kept = [not held_back(one.get(CANONICAL)) for one in examples]
    signs = [NO_FLAG if label.startswith(NO_FLAG) else label for label in labels]
    return [
        _numbered(labels, [keep and not one for keep, one in zip(kept, danger, strict=True)]),
        _numbered(signs, [keep and one for keep, one in zip(kept, danger, strict=True)]),
    ]


def _numbered(labels: Sequence[str], used: Sequence[bool]) -> Numbers:
    names = sorted({label for label, use in zip(labels, used, strict=True) if use})
    numbers = {name: number for number, name in enumerate(names)}
    pairs = zip(labels, used, strict=True)
    return np.array([numbers[label] if use else -1 for label, use in pairs], dtype=np.intp)
