"""The pipeline as the assistant builds it, from a small vocabulary, once for all tests."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from spacy.language import Language

from askmyo.language import build_pipeline
from askmyo.language.spelling import words_of

DATA = Path(__file__).with_name("data")
ROOT = Path(__file__).parents[2]


def table(name: str) -> Any:
    """One table of cases."""
    path = DATA / f"{name}.yml"
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


def vocabulary() -> set[str]:
    """The words of some patients' questions."""
    return words_of((DATA / "questions.txt").read_text(encoding="utf-8").splitlines())


def repository_words() -> list[str]:
    """The words of the whole answer set."""
    return (ROOT / "data/generated/vocabulary.txt").read_text(encoding="utf-8").split()


def examples() -> tuple[list[str], list[str]]:
    """Training examples to learn word pairs from, and some others to measure with."""
    files = sorted((*ROOT.glob("data/generated/*.yml"), *ROOT.glob("data/nlu/*.yml")))
    lines = (line for each in files for line in each.read_text(encoding="utf-8").splitlines())
    texts = [line.strip()[2:] for line in lines if line.startswith("    - ")]
    measured = set(texts[::10])
    return [text for text in texts if text not in measured], sorted(measured)[::8]


@pytest.fixture(scope="session")
def nlp() -> Language:
    return build_pipeline(vocabulary())
