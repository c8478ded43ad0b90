"""The messages that the model is tested with. None of them ever trains."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML

from askmyo.running.project import ROOT

QUESTIONS = ROOT / "tests" / "generated" / "held_out.yml"
TALK = ROOT / "tests" / "data" / "conversation_held_out.yml"
RED_FLAGS = tuple(
    ROOT / "tests" / "safety" / f"red_flags_{part}.yml" for part in ("dev", "held_out")
)


class Asked(NamedTuple):
    """A message and the label it should get: an answer's id, a kind of talk, or a kind of
    red flag with its sign (`none/<group>` for a look-alike)."""

    text: str
    label: str


def read_questions(file: Path = QUESTIONS) -> list[Asked]:
    """Held-out questions that an answer is for."""
    return [
        Asked(line.removeprefix("- ").strip(), entry["intent"])
        for entry in _read(file)["nlu"]
        for line in entry["examples"].splitlines()
        if line.strip()
    ]


def read_talk(file: Path = TALK) -> list[Asked]:
    """Held-out messages that are no question on IBM, those out of scope among them."""
    return [Asked(text, label) for label, texts in _read(file).items() for text in texts]


def read_red_flags() -> list[Asked]:
    """Messages that show danger, and look-alikes that don't: both halves of the suite."""
    rows = [row for file in RED_FLAGS if file.exists() for row in _read(file)]
    return [
        Asked(row["text"], f"{row['kind']}/{row.get('sign') or row.get('group')}") for row in rows
    ]


def _read(file: Path) -> Any:
    return YAML(typ="safe").load(file.read_text("utf-8"))
