"""Ranks all answers, and everything else a message can be, with calibrated confidence."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from askmyo.nlu.encoder_tuning import held_back
from askmyo.nlu.illnesses import Illnesses
from askmyo.nlu.keys import CANONICAL, PARTS, RANKINGS, TERMS, VECTORS
from askmyo.nlu.labels import label_of, teaches_danger
from askmyo.nlu.memory import ExactMemory
from askmyo.nlu.ranked import NEAR, Ranked
from askmyo.nlu.ranker import Ranker

OUT_OF_SCOPE = "out_of_scope"
_RANKED = 8  # how many of the likeliest labels travel on
_SUREST = 0.99  # no guess is surer: more is for examples known word for word


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class AnswerClassifier(IntentClassifier, GraphComponent):
    """One linear model for all labels; the topic is the first half of the likeliest one."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        ranker: Ranker | None = None,
        memory: ExactMemory | None = None,
        illnesses: Illnesses | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._ranker = ranker
        self._memory = memory or ExactMemory({})
        self._illnesses = illnesses or Illnesses({})

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """No settings: what can be tuned is tuned in the ranker, by measurement."""
        return {}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AnswerClassifier:
        """An untrained classifier."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> AnswerClassifier:
        """The classifier as it was trained."""
        with model_storage.read_from(resource) as folder:
            learned = (Ranker.load(folder), ExactMemory.load(folder), Illnesses.load(folder))
        return cls(config, model_storage, resource, *learned)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the labels from canonical texts and their vectors."""
        examples = [one for one in training_data.intent_examples if not teaches_danger(one)]
        texts = [one.get(CANONICAL) for one in examples]
        labels = [label_of(one) for one in examples]
        vectors = np.vstack([one.get(VECTORS) for one in examples])
        apart = {label for label in labels if label.startswith(OUT_OF_SCOPE)}
        unseen = [held_back(text) for text in texts]
        self._ranker = Ranker().fit(texts, labels, vectors, out_of_scope=apart, unseen=unseen)
        self._memory = ExactMemory.of(texts, labels)
        self._illnesses = Illnesses.of([one.get(TERMS, []) for one in examples], labels)
        with self._model_storage.write_to(self._resource) as folder:
            self._ranker.save(folder)
            self._memory.save(folder)
            self._illnesses.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Leaves rankings, and what Rasa and its reports expect of a classifier."""
        for message in messages:
            terms = message.get(TERMS, [])
            rankings = [self._illnesses.judge(one, terms) for one in self._rankings(message)]
            message.set(RANKINGS, rankings)
            _tell_rasa(message, rankings[0])
        return messages

    def _rankings(self, message: Message) -> list[Ranked]:
        parts = message.get(PARTS, [])
        whole = {
            "canonical": message.get(CANONICAL) or "",
            "question": any(part["question"] for part in parts),
        }
        texts = [whole, *(parts if len(parts) > 1 else [])]
        vectors = message.get(VECTORS)
        return [self._rank(one, vector) for one, vector in zip(texts, vectors, strict=True)]

    def _rank(self, part: dict[str, Any], vector: Any) -> Ranked:
        if self._ranker is None:
            raise RuntimeError("The answer classifier is not trained yet: train the model first.")
        text = part["canonical"]
        judged = self._ranker.judge(text, vector)
        known = self._memory.label_for(text)
        labels = [(label, min(share, _SUREST)) for label, share in judged.ranking[:_RANKED]]
        in_scope = judged.in_scope
        if known:
            # A question word for word as an editor wrote it needs no guessing.
            labels = [(known, 1.0), *((one, 0.0) for one, _ in labels if one != known)]
            in_scope = 1.0
        outside = judged.nearest_outside or NEAR
        return Ranked(text, part["question"], labels, in_scope, outside)


def _tell_rasa(message: Message, ranked: Ranked) -> None:
    """Sets the intent, its ranking and the response selector's property.

    `rasa test nlu` reads these; the turn's judge may change the intent afterwards.
    """
    topics: dict[str, float] = {}
    for label, confidence in ranked.labels:
        topic = label.split("/")[0]
        topics[topic] = topics.get(topic, 0.0) + confidence
    ranking = [
        {"name": topic, "confidence": round(min(confidence, 1.0), 4)}
        for topic, confidence in sorted(topics.items(), key=lambda pair: -pair[1])
    ]
    message.set(INTENT, ranking[0], add_to_output=True)
    message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
    best = {"intent_response_key": ranked.top, "confidence": round(ranked.confidence, 4)}
    selector = {
        "all_retrieval_intents": [ranking[0]["name"]],
        ranking[0]["name"]: {"response": best, "ranking": [best]},
    }
    message.set("response_selector", selector, add_to_output=True)
