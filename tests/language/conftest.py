"""The pipeline as the assistant builds it, from a small vocabulary, once for all tests."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from spacy.language import Language

from askmyo.language import build_pipeline
from askmyo.language.spelling import words_of

DATA = Path(__file__).with_name("data")


def table(name: str) -> Any:
    """One table of cases."""
    path = DATA / f"{name}.yml"
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


def vocabulary() -> set[str]:
    """The words of some patients' questions."""
    return words_of((DATA / "questions.txt").read_text(encoding="utf-8").splitlines())


@pytest.fixture(scope="session")
def nlp() -> Language:
    return build_pipeline(vocabulary())
