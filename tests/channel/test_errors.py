"""What a patient reads instead of a reply."""

from __future__ import annotations

from pathlib import Path

import pytest

from askmyo.answerbook import load
from askmyo.channel.errors import (
    IN_DANGER,
    ChannelError,
    busy,
    not_ready,
    store_failed,
    too_fast,
)

from .harness import Server


@pytest.mark.parametrize("error", [busy(), not_ready(), store_failed(), too_fast(7)])
def test_whoever_must_wait_is_told_what_to_do_in_danger(error: ChannelError) -> None:
    assert error.message.endswith(f" {IN_DANGER}")


def test_a_fault_nobody_foresaw_says_so_too(server: Server) -> None:
    class Broken:
        def is_ready(self) -> bool:
            raise RuntimeError("My zebra is weak")

    server.app.ctx.agent = Broken()
    answer = server.say(server.start(), "One", "m1")
    assert answer.status_code == 500
    assert answer.json()["error"]["message"].endswith(f" {IN_DANGER}")
    assert "zebra" not in answer.text


def test_the_words_are_those_of_the_answer_set() -> None:
    book = load(Path(__file__).parents[2] / "answers")
    assert IN_DANGER in book.replies["error/any"].text
