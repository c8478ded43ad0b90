"""Rasa's door to the sentence encoder: one vector for the message, one for each clause."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

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

from askmyo.nlu.encoder import SentenceEncoder
from askmyo.nlu.encoder_build import ensure_encoder
from askmyo.nlu.keys import CANONICAL, PARTS, VECTORS


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """Encodes canonical text. Config: `encoder`, the folder the encoder is built in."""

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)
        self._folder = ensure_encoder(Path(config["encoder"]))
        # One thread a query: the other cores serve other patients.
        # One text at a time: clauses padded to the length of the whole message cost more.
        self._encoder = SentenceEncoder(self._folder, batch_size=1)

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
        """A featurizer over the encoder on this machine."""
        return cls(config, execution_context.node_name)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Encodes all examples at once, the whole message only: an example is one question."""
        examples = [message for message in training_data.training_examples if message.get(TEXT)]
        encoder = SentenceEncoder(self._folder, threads=os.cpu_count() or 1, cache_size=0)
        vectors = encoder.encode([message.get(CANONICAL) for message in examples])
        for message, vector in zip(examples, vectors, strict=True):
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
