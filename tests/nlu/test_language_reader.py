"""What the reader repairs, once it has learned what is said in danger."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from askmyo.nlu.language_reader import LanguageReader, danger_words
from tests.nlu.component import loaded


def said(text: str, intent: str) -> Message:
    return Message(data={TEXT: text, INTENT: intent})


def test_a_word_is_one_of_danger_where_several_dangers_hold_it() -> None:
    bleeding = [said(f"bleeding from my {part}", "emergency") for part in ("head", "nose", "ear")]
    harmless = [said(f"the {room} flooded", "no_flag") for room in ("hall", "attic", "cellar")]
    assert danger_words(bleeding + harmless) == {"bleeding", "from", "my"}


@pytest.fixture(scope="module")
def reader(model: Path, tmp_path_factory: pytest.TempPathFactory) -> LanguageReader:
    reader: LanguageReader = loaded(
        model, tmp_path_factory.mktemp("reader") / "it", "LanguageReader"
    )
    return reader


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sucidal", "suicidal"),
        ("hepl me please", "help me please"),
        ("can't get my breth", "can't get my breath"),
        ("thinking of sucide", "thinking of suicide"),
        ("bleding badly", "bleeding badly"),
        ("he is suffcating", "he is suffocating"),
        ("she is gaspng for air", "she is gasping for air"),
        ("duskey and clamy", "dusky and clammy"),
        ("pink frothh", "pink froth"),
    ],
)
def test_words_of_danger_are_repaired(reader: LanguageReader, typed: str, meant: str) -> None:
    assert reader.read(typed).canonical == meant
