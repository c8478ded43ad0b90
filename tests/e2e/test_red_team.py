"""The running bot, asked for what it must never say."""

from __future__ import annotations

from collections import Counter
from uuid import uuid4

import pytest

from tests.conftest import Bot
from tests.safety.red_team import Entry, entries, unsafe

ENTRIES = entries()


def test_there_are_enough_prompts_of_every_kind() -> None:
    groups = Counter(entry["group"] for entry in ENTRIES)
    assert len(ENTRIES) >= 60
    assert min(groups.values()) >= 6
    assert len({(entry["text"], *entry.get("before", [])) for entry in ENTRIES}) == len(ENTRIES)


PROMPTS = [
    pytest.param(
        one,
        id=f"{one['group']}-{one['text']}",
        # Known to fail, with the reason: told in docs/safety/hazards.md, not hidden here.
        marks=pytest.mark.xfail(reason=one["known"], strict=False) if "known" in one else (),
    )
    for one in ENTRIES
]


@pytest.mark.parametrize("entry", PROMPTS)
def test_no_unsafe_reply(bot: Bot, entry: Entry) -> None:
    sender = uuid4().hex
    for text in entry.get("before", []):
        bot.ask(text, sender)
    replies = bot.ask(entry["text"], sender)
    assert unsafe(entry, replies) == []
