"""Writes the two projects that are compared: ours as it is, and a stock one of the same data.

The stock project is what a Rasa user makes of the same answers: the default pipeline and policies
of Rasa 3.6.21, one retrieval intent a topic, one response an answer, one rule an intent, and a
few stories. Both are trained from one snapshot of the training data, so that an edit made
meanwhile can't favor either.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from askmyo.answerbook import Book, load
from askmyo.answerbook.envelope import answer, prepared
from askmyo.running.project import ANSWERS, ROOT

OURS, STOCK = "ours", "stock"
BOTS = (OURS, STOCK)

HELD_OUT = "held_out.yml"
TALK_HELD_OUT = "conversation_held_out.yml"

_CONFIG = Path(__file__).with_name("stock_config.yml")
_COPIED = ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml")


@dataclass(frozen=True)
class Size:
    """How much of the data is used. None means all; `epochs` are the stock pipeline's."""

    answers_a_topic: int | None = None
    examples: int | None = None
    held_out: int | None = None
    epochs: int = 100


FULL = Size()
QUICK = Size(answers_a_topic=2, examples=8, held_out=2, epochs=2)


def write_projects(folder: Path, size: Size) -> None:
    """Writes `ours/`, `stock/` and the held-out questions under `folder`, from nothing."""
    shutil.rmtree(folder, ignore_errors=True)
    ours, stock = folder / OURS, folder / STOCK
    shutil.copytree(ROOT / "data", ours / "data")
    for name in _COPIED:
        shutil.copy(ROOT / name, ours / name)
    (ours / "build").mkdir()
    (ours / "build" / "encoder").symlink_to(ROOT / "build" / "encoder")
    kept = _shorten(ours / "data", size)
    held_out = _only(_read(ROOT / "tests" / "generated" / HELD_OUT), kept, size.held_out)
    _write(folder / HELD_OUT, held_out)
    shutil.copy(ROOT / "tests" / "data" / TALK_HELD_OUT, folder / TALK_HELD_OUT)
    _write_stock(stock, ours / "data", size)


def labels_of(data: Path) -> list[str]:
    """All labels (`topic/slug`) of the training data, in order."""
    return [entry["intent"] for file in _examples(data) for entry in _read(file)["nlu"]]


def _shorten(data: Path, size: Size) -> set[str]:
    """Leaves out what a small run has no time for. Returns the labels kept."""
    for file in _examples(data):
        content = _read(file)
        if size.answers_a_topic is not None and file.parent.name == "generated":
            content["nlu"] = content["nlu"][: size.answers_a_topic]
        labels = {entry["intent"] for entry in content["nlu"]}
        _write(file, _only(content, labels, size.examples))
    return set(labels_of(data))


def _only(content: Any, labels: set[str], most: int | None) -> Any:
    """The entries of these labels, each with `most` examples at most."""
    entries = [dict(entry) for entry in content["nlu"] if entry["intent"] in labels]
    for entry in entries:
        entry["examples"] = "".join(entry["examples"].splitlines(keepends=True)[:most])
    return {"version": "3.1", "nlu": entries}


def _write_stock(folder: Path, data: Path, size: Size) -> None:
    (folder / "data").mkdir(parents=True)
    for room in ("nlu", "generated"):
        (folder / "data" / room).mkdir()
        for file in data.glob(f"{room}/*.yml"):
            shutil.copy(file, folder / "data" / room / file.name)
    labels = labels_of(data)
    intents = list(dict.fromkeys(label.split("/")[0] for label in labels))
    _write(folder / "config.yml", _config(size.epochs))
    _write(folder / "domain.yml", _domain(intents, labels))
    _write(folder / "data" / "rules" / "rules.yml", _rules(intents))
    _write(folder / "data" / "rules" / "stories.yml", _stories(intents))
    _write(folder / "credentials.yml", {"rest": None})
    _write(folder / "endpoints.yml", {})


def _config(epochs: int) -> Any:
    """The default configuration, with other epochs where a small run asks for it."""
    config = _read(_CONFIG)
    for component in [*config["pipeline"], *config["policies"]]:
        if "epochs" in component:
            component["epochs"] = epochs
    return config


def _domain(intents: list[str], labels: list[str]) -> dict[str, Any]:
    book = load(ANSWERS)
    said: dict[str, Any] = {f"utter_{label}": [{"text": _text(book, label)}] for label in labels}
    said["utter_default"] = [{"text": prepared(book, "out_of_scope/unclear")["text"]}]
    return {
        "version": "3.1",
        "intents": intents,
        "actions": [f"utter_{intent}" for intent in intents],
        "responses": said,
        "session_config": {"session_expiration_time": 60, "carry_over_slots_to_new_session": True},
    }


def _text(book: Book, label: str) -> str:
    """What our own bot says for a label, as plain text."""
    if label in book.answers:
        return str(answer(book, label)["text"])
    named = (label, f"{label.split('/', maxsplit=1)[0]}/any", "out_of_scope/any")
    name = next(one for one in named if one in book.replies)
    return str(prepared(book, name)["text"])


def _rules(intents: list[str]) -> dict[str, Any]:
    rules = [{"rule": f"Reply to {one}", "steps": _turn(one)} for one in intents]
    steps = [{"intent": "nlu_fallback"}, {"action": "utter_default"}]
    return {"version": "3.1", "rules": [*rules, {"rule": "Not understood", "steps": steps}]}


def _stories(intents: list[str]) -> dict[str, Any]:
    """A greeting, two neighboring topics and thanks; one story a topic, as people talk."""
    topics = [one for one in intents if one not in ("smalltalk", "out_of_scope")]
    pairs = zip(topics, topics[1:] + topics[:1], strict=True)
    stories = [
        {
            "story": f"Talk about {one} and {other}",
            "steps": [
                step for name in ("smalltalk", one, other, "smalltalk") for step in _turn(name)
            ],
        }
        for one, other in pairs
    ]
    return {"version": "3.1", "stories": stories}


def _turn(intent: str) -> list[dict[str, str]]:
    return [{"intent": intent}, {"action": f"utter_{intent}"}]


def _examples(data: Path) -> Iterable[Path]:
    return sorted([*data.glob("generated/*.yml"), *data.glob("nlu/*.yml")])


def _read(file: Path) -> Any:
    return YAML(typ="safe").load(file.read_text("utf-8"))


def _write(file: Path, content: Any) -> None:
    yaml = YAML()
    yaml.width = 10_000
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8") as output:
        yaml.dump(content, output)
