"""What is remembered of conversations is let go of in time."""

from __future__ import annotations

import asyncio

import pytest

from askmyo.channel import conversations
from askmyo.channel.conversations import Conversations
from askmyo.channel.delivery import Delivered


async def replied() -> Delivered:
    return Delivered([{"text": "Hello", "custom": {"kind": "smalltalk"}}], failed=False)


def test_replies_are_forgotten_an_hour_after_the_last_message(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 1_000.0
    monkeypatch.setattr(conversations.time, "monotonic", lambda: now)

    async def live() -> list[int]:
        nonlocal now
        known = Conversations(session_seconds=86_400)
        await known.turn("old", "m1", replied)
        now += 3_000
        await known.turn("young", "m1", replied)
        known.forget_old()
        both = len(known)
        now += 700
        known.forget_old()
        one = len(known)
        await known.turn("young", "m2", replied)
        now += 3_000
        known.forget_old()
        return [both, one, len(known)]

    assert asyncio.run(live()) == [2, 1, 1]


def test_a_turn_that_runs_is_never_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000.0
    monkeypatch.setattr(conversations.time, "monotonic", lambda: now)

    async def live() -> int:
        nonlocal now
        known, go = Conversations(session_seconds=86_400), asyncio.Event()

        async def slow() -> Delivered:
            await go.wait()
            return await replied()

        turn = asyncio.ensure_future(known.turn("slow", "m1", slow))
        await asyncio.sleep(0)
        now += 10_000
        known.forget_old()
        kept = len(known)
        go.set()
        await turn
        return kept

    assert asyncio.run(live()) == 1
