"""Keys hit at random, and words that only look so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askmyo.language import is_gibberish
from tests.language.conftest import DATA, table

CASES = table("gibberish")


@pytest.mark.parametrize("text", CASES["gibberish"])
def test_gibberish(text: str) -> None:
    assert is_gibberish(text)


@pytest.mark.parametrize("text", CASES["sense"])
def test_sense(text: str) -> None:
    assert not is_gibberish(text)


def test_no_question_is_gibberish() -> None:
    for question in (DATA / "questions.txt").read_text(encoding="utf-8").splitlines():
        assert not is_gibberish(question), question


@given(st.text(max_size=200))
def test_any_text_can_be_tried(text: str) -> None:
    assert is_gibberish(text) in {True, False}
