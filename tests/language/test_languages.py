"""Which language a message is in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askmyo.language import language_of
from tests.language.conftest import DATA, table


@pytest.mark.parametrize(("text", "language"), table("languages").items())
def test_language(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_no_english_question_is_taken_for_foreign() -> None:
    for question in (DATA / "questions.txt").read_text(encoding="utf-8").splitlines():
        assert language_of(question) is None, question


@given(st.text(max_size=200))
def test_any_text_can_be_tried(text: str) -> None:
    assert language_of(text) in {None, "es", "fr", "de", "it", "pt"}
