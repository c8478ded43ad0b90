"""A trained red-flag detector for tests, without training the whole Rasa model.

It learns what the real one learns, from a spread of the bot's own examples in place of all of
them. It is kept in build/ and trained anew only when phrases, messages or code change.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from ruamel.yaml import YAML

from askmyo.answerbook import load
from askmyo.language import build_pipeline, read
from askmyo.nlu.encoder import SentenceEncoder
from askmyo.nlu.encoder_build import ensure_encoder
from askmyo.nlu.red_flag_detector import RedFlagDetector, labeled
from askmyo.nlu.red_flags import Flag, FlagClassifier, RedFlags
from askmyo.nlu.red_flags.classifier import NONE, Examples

ROOT = Path(__file__).resolve().parents[2]
HARMLESS = 4000


class Detector:
    """Reads a message as the pipeline does, then looks for danger."""

    def __init__(self) -> None:
        words = (ROOT / "data/generated/vocabulary.txt").read_text("utf-8").split()
        self.nlp = build_pipeline(words)
        self.encoder = SentenceEncoder(ensure_encoder(ROOT / "build/encoder"))
        self.flags = RedFlags(self._classifier())

    def find(self, message: str) -> Flag | None:
        """The flag of a message as typed."""
        texts = self.units(message)
        return self.flags.find(texts, list(self.encoder.encode(texts)), message)

    def units(self, message: str) -> list[str]:
        """The canonical message and, where it has several, its clauses."""
        reading = read(self.nlp, message)
        parts = [one.canonical for one in reading.sentences]
        return [reading.canonical, *(parts if len(parts) > 1 else [])]

    def _classifier(self) -> FlagClassifier:
        config = {**RedFlagDetector.get_default_config()}
        config["training"] = str(ROOT / config["training"])
        known = f"{RedFlagDetector.fingerprint_addon(config)}{HARMLESS}"
        folder = ROOT / "build/red_flags" / hashlib.sha256(known.encode()).hexdigest()[:16]
        if not (folder / "red_flags.npz").is_file():
            self._train(Path(config["training"])).save(folder)
        return FlagClassifier.load(folder)

    def _train(self, training: Path) -> FlagClassifier:
        by_phrase = RedFlags()
        texts, labels = labeled(training)
        examples = sorted(set(own_examples()))
        spread = examples[:: max(1, len(examples) // HARMLESS)]
        others = [text for text in spread if not by_phrase.find([text], [None], text)]
        learned = self._read(texts, labels)
        return FlagClassifier.train_among(learned, self._read(others, [NONE] * len(others)))

    def _read(self, texts: list[str], labels: list[str]) -> Examples:
        flags = RedFlags()
        canonical = [read(self.nlp, text).canonical for text in texts]
        vectors: Any = self.encoder.encode(canonical) if canonical else np.zeros((0, 384))
        return Examples([flags.plain(one) for one in canonical], labels, vectors)


def own_examples() -> Iterator[str]:
    """Every question and example of the answer set and of data/nlu."""
    for answer in load(ROOT / "answers").answers.values():
        yield from (answer.question, *answer.examples)
    for path in (ROOT / "data/nlu").glob("*.yml"):
        for intent in YAML(typ="safe").load(path.read_text("utf-8"))["nlu"]:
            lines = intent["examples"].splitlines()
            yield from (line[2:].strip() for line in lines if line.startswith("- "))


def suite(name: str) -> list[dict[str, str]]:
    """The messages of a suite of tests/safety."""
    path = ROOT / "tests/safety" / f"{name}.yml"
    messages: list[dict[str, str]] = YAML(typ="safe").load(path.read_text("utf-8"))
    return messages
