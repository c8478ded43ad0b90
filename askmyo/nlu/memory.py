"""Knows the examples by heart: a button sends a full question, and must always find its answer."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

_FILE = "memory.json"


class ExactMemory:
    """Maps canonical texts to labels, without case, marks and spare spaces."""

    def __init__(self, labels: dict[str, str]) -> None:
        self._labels = labels

    @classmethod
    def of(cls, texts: Sequence[str], labels: Sequence[str]) -> ExactMemory:
        """Remembers each text that stands for one label only."""
        known: dict[str, str] = {}
        torn = set()
        for text, label in zip(texts, labels, strict=True):
            key = _key(text)
            if known.setdefault(key, label) != label:
                torn.add(key)
        return cls({key: label for key, label in known.items() if key and key not in torn})

    def label_for(self, text: str) -> str | None:
        """The label of a text known word for word, else None."""
        return self._labels.get(_key(text))

    def save(self, folder: Path) -> None:
        """Writes it beside the model."""
        (folder / _FILE).write_text(json.dumps(self._labels), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> ExactMemory:
        """Reads what `save` wrote."""
        return cls(json.loads((folder / _FILE).read_text("utf-8")))


def _key(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", text.lower()).split())
