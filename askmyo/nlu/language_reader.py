"""Reads the message with our spaCy pipeline: canonical text, clauses, terms, repairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import spacy
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from askmyo.language import Reading, build_pipeline, read, read_many
from askmyo.language.spelling import trusted_words, words_of
from askmyo.language.wordlist import FREQUENT, english
from askmyo.nlu.keys import CANONICAL, PARTS, REPAIRS, TERMS
from askmyo.nlu.labels import shows_danger
from askmyo.nlu.red_flags.detect import sign_words

PIPELINE = "spacy"
SAID_OFTEN = 3
"""A word that so many examples of danger hold is one that spelling repair may aim at."""
SELDOM = 2.0
"""Zipf value from which on a word of signs.yml is no slip: some stand there as people type them."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class LanguageReader(Tokenizer):
    """Tokenizes as Rasa expects, and leaves the reading in the message.

    Config: `vocabulary`, the file of words that spelling repair may aim at, one a line.
    """

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        nlp: spacy.Language | None = None,
    ) -> None:
        super().__init__(config)
        self._vocabulary = Path(config["vocabulary"])
        self._model_storage = model_storage
        self._resource = resource
        self._nlp = nlp

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Rasa's tokenizer settings, unused here, and where the vocabulary lies."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "vocabulary": "data/generated/vocabulary.txt",
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LanguageReader:
        """An untrained reader."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LanguageReader:
        """The reader as it was trained."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, spacy.load(folder / PIPELINE))

    def train(self, training_data: TrainingData) -> Resource:
        """Builds the pipeline for the words of the answer set and of danger, and what is asked in
        the examples, and keeps it with the model."""
        examples = [one for one in training_data.training_examples if one.get(TEXT)]
        # Rare words of danger are right ('dusky'); a slip that many make ('breth') is not.
        known = {word for word in sign_words() if english().zipf(word) >= SELDOM}
        named = known.union(self._vocabulary.read_text("utf-8").split())
        vocabulary = trusted_words(danger_words(examples), named, doubted=FREQUENT)
        self._nlp = build_pipeline(sorted(vocabulary), (one.get(TEXT) for one in examples))
        with self._model_storage.write_to(self._resource) as folder:
            self._nlp.to_disk(folder / PIPELINE)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Reads every example: only what is learned from."""
        examples = [each for each in training_data.training_examples if each.get(TEXT)]
        readings = read_many(self._built(), [each.get(TEXT) for each in examples])
        for message, reading in zip(examples, readings, strict=True):
            _set(message, reading)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Leaves tokens, canonical text, clauses and entities in each message."""
        for message in messages:
            reading = self.read(message.get(TEXT) or "")
            _set(message, reading)
            message.set(PARTS, _parts(reading))
            message.set(REPAIRS, list(reading.repairs))
            message.set(
                ENTITIES, message.get(ENTITIES, []) + message.get(TERMS), add_to_output=True
            )
            message.set(TOKENS_NAMES[TEXT], self.tokenize(message, TEXT))
        return messages

    def read(self, text: str) -> Reading:
        """The reading of one text."""
        return read(self._built(), text)

    def _built(self) -> spacy.Language:
        if self._nlp is None:
            raise RuntimeError("The language pipeline is not built yet: train the model first.")
        return self._nlp

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Rasa's tokens: the runs between spaces, which nothing of ours builds on."""
        text: str = message.get(attribute)
        tokens: list[Token] = self._convert_words_to_tokens(text.split(), text)
        return tokens


def danger_words(examples: Iterable[Message]) -> set[str]:
    """What is often said in danger, which the answers needn't name: where 'suicidal' is no word to
    aim at, 'sucidal' becomes 'social'."""
    said = Counter(
        word for one in examples if shows_danger(one) for word in words_of([one.get(TEXT)])
    )
    return {word for word, times in said.items() if times >= SAID_OFTEN}


def _set(message: Message, reading: Reading) -> None:
    message.set(CANONICAL, reading.canonical)
    message.set(TERMS, _entities(reading))


def _parts(reading: Reading) -> list[dict[str, Any]]:
    return [
        {"text": one.text, "canonical": one.canonical, "question": one.question}
        for one in reading.sentences
    ]


def _entities(reading: Reading) -> list[dict[str, Any]]:
    return [
        {
            "entity": term.kind,
            "value": term.id,
            "start": term.start,
            "end": term.end,
            "extractor": "LanguageReader",
        }
        for term in reading.terms
    ]
