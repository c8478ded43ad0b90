"""Plain characters and their places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askmyo.language.cleaning import LONGEST, clean


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain text", "plain text"),
        ("“curly” ‘quotes’", "\"curly\" 'quotes'"),
        ("one<br>two", "one two"),
        ("a &amp; b", "a & b"),
        ("zero\u200bwidth", "zerowidth"),
        ("tab\there", "tab here"),
        ("line\r\nbreak", "line\n\nbreak"),
        ("5 < 6 and 7 > 6", "5 < 6 and 7 > 6"),
        ("well…", "well..."),
        ("ﬁst", "fist"),
        ("<script>", " "),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text).text == cleaned


@given(st.text(max_size=300))
def test_every_character_has_its_place(text: str) -> None:
    cleaned = clean(text)
    for place in range(len(cleaned.text)):
        start, end = cleaned.original(place, place + 1)
        assert 0 <= start < end <= len(text)


def test_very_long_text_is_cut() -> None:
    assert len(clean("x" * (LONGEST + 5)).text) == LONGEST
