"""Anything may be sent; only what makes sense passes."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rasa.core.channels.channel import UserMessage

from askmyo.channel.bodies import MAX_LETTERS, defused, read_id, read_object, read_text
from askmyo.channel.errors import ChannelError

JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def request(body: bytes, content_type: str | None = "application/json") -> Any:
    return SimpleNamespace(body=body, headers={"content-type": content_type})


def attempt(read: Callable[[], Any]) -> tuple[Any, ChannelError | None]:
    """What was read, or how it was refused."""
    try:
        return read(), None
    except ChannelError as error:
        return None, error


@given(st.binary(max_size=200))
def test_any_bytes_are_an_object_or_a_400(body: bytes) -> None:
    value, refusal = attempt(lambda: read_object(request(body)))
    assert isinstance(value, dict) if refusal is None else refusal.status == 400


@given(JSON)
def test_any_json_is_a_text_or_a_400_or_a_413(value: Any) -> None:
    body = read_object(request(json.dumps({"text": value}).encode()))
    text, refusal = attempt(lambda: read_text(body, "text"))
    if not isinstance(value, str):
        assert refusal is not None
        assert refusal.status == 400
    elif len(value) > MAX_LETTERS:
        assert refusal is not None
        assert refusal.status == 413
    else:
        assert isinstance(text, str)


def test_deep_nesting_is_a_400() -> None:
    with pytest.raises(ChannelError) as caught:
        read_object(request(b"[" * 60_000))
    assert caught.value.status == 400


@given(
    st.text(st.characters(exclude_categories=[]), max_size=50), st.text("/ \t\u2003", max_size=6)
)
def test_no_text_can_command_rasa(text: str, start: str) -> None:
    safe = defused(start + text)
    assert not (UserMessage(safe).text or "").startswith("/")
    safe.encode()  # raises on half a letter
    assert defused(safe) == safe


@given(st.text(st.characters(categories=["L", "N"]), max_size=50))
def test_plain_words_are_left_alone(text: str) -> None:
    assert defused(text) == text


@pytest.mark.parametrize(
    ("content_type", "passes"),
    [
        ("application/json", True),
        ("Application/JSON; charset=UTF-8", True),
        ('application/json;charset="utf-8"', True),
        ("application/json; charset=utf-16", False),
        ("application/jsonx", False),
        ("text/plain", False),
        ("text/plain; application/json", False),
        ("", False),
        (None, False),
    ],
)
def test_only_json_by_its_type(content_type: str | None, passes: bool) -> None:
    if passes:
        assert read_object(request(b"{}", content_type)) == {}
        return
    with pytest.raises(ChannelError) as caught:
        read_object(request(b"{}", content_type))
    assert caught.value.status == 415


@given(st.none() | st.integers() | st.text())
def test_an_id_is_short_and_plain(value: Any) -> None:
    read, refusal = attempt(lambda: read_id({"id": value}))
    if refusal is None:
        assert read == value
        assert 1 <= len(value) <= 64
        assert value.isascii()
    else:
        assert refusal.status == 400
        assert "'id'" in refusal.message


def test_too_long_says_how_much() -> None:
    with pytest.raises(ChannelError) as caught:
        read_text({"text": "x" * 5_000}, "text")
    assert "5,000" in caught.value.message
    assert "1,000" in caught.value.message
