"""The held-out questions that both bots are asked."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ruamel.yaml import YAML

from bench.projects import HELD_OUT, TALK_HELD_OUT

NEAR, FAR = "out_of_scope/near", "out_of_scope/far"


class Asked(NamedTuple):
    """A message and the label it should get: an answer's id, or a kind of talk."""

    text: str
    label: str


def read_questions(folder: Path) -> list[Asked]:
    """Questions that an answer of ours is for, by other hands than the training examples."""
    content = YAML(typ="safe").load((folder / HELD_OUT).read_text("utf-8"))
    return [
        Asked(line.removeprefix("- ").strip(), entry["intent"])
        for entry in content["nlu"]
        for line in entry["examples"].splitlines()
        if line.strip()
    ]


def read_talk(folder: Path) -> list[Asked]:
    """Messages that are no question on IBM; among them those out of scope, near and far."""
    content = YAML(typ="safe").load((folder / TALK_HELD_OUT).read_text("utf-8"))
    return [Asked(text, label) for label, texts in content.items() for text in texts]


def out_of_scope(talk: list[Asked], label: str) -> list[Asked]:
    """Those near, or those far."""
    return [asked for asked in talk if asked.label == label]
