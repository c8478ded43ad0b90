"""A tiny answer set in a folder, for tests to break."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

Write = Callable[..., Path]

SHARED: dict[str, Any] = {
    "_topics.yml": {
        "exercise": {"title": "Exercise", "review_months": 36},
        "treatment": {"title": "Treatment", "review_months": 12},
    },
    "_sources.yml": {
        "page-2019": {
            "title": "A page",
            "publisher": "A clinic",
            "date": "2019-04-02",
            "url": "https://example.org/page",
        }
    },
    "_disclaimers.yml": {"general": "This is general information."},
    "_glossary.yml": {"terms": ["inclusion body myositis"]},
    "_facts.yml": {"F001": "pools are warm"},
    "_not_covered.yml": {"F001": "Not needed here."},
    "_replies.yml": {"smalltalk/greet": {"kind": "smalltalk", "text": "Hello."}},
    "_emergency.yml": {"anywhere": {"title": "Another country", "emergency": []}},
}


def fields(slug: str) -> dict[str, Any]:
    """A sound answer; its examples carry the slug, so that two answers share none."""
    return {
        "question": f"Is the {slug} pool good?",
        "examples": [f"{slug} example {number}" for number in range(15)],
        "held_out": [f"{slug} question {number}" for number in range(5)],
        "answer": "Yes, a warm pool can help. " * 6,
        "evidence": "expert opinion",
        "sources": [{"ref": "page-2019", "says": "Pools help."}],
        "disclaimer": "general",
        "see_also": [],
        "covers": [],
        "reviewed": dt.date.today(),
        "review": "editorial",
    }


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """The folder of a sound set with two answers, exercise/warm and treatment/cold."""
    root = tmp_path / "answers"
    for name, content in SHARED.items():
        dump(root / name, content)
    dump(root / "exercise" / "warm.yml", fields("warm"))
    dump(root / "treatment" / "cold.yml", fields("cold"))
    return root


@pytest.fixture
def change(answers: Path) -> Write:
    """Changes fields of exercise/warm; a field set to None is taken out."""

    def _change(**changes: Any) -> Path:
        content = {**fields("warm"), **changes}
        content = {key: value for key, value in content.items() if value is not None}
        dump(answers / "exercise" / "warm.yml", content)
        return answers

    return _change


def dump(path: Path, content: object) -> None:
    """Writes YAML, making the folder where needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        YAML(typ="safe").dump(content, file)
