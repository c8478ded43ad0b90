"""Many people at once."""

from __future__ import annotations

import asyncio
import time

import aiohttp
import pytest

from .harness import Server

PEOPLE = 200


async def talk(client: aiohttp.ClientSession, url: str, number: int) -> list[list[str]]:
    """Two questions, each sent twice; returns what the replies are about."""
    async with client.post(f"{url}/sessions", json={}) as answer:
        headers = {"Authorization": f"Bearer {(await answer.json())['token']}"}
    heard = []
    for message_id in ("m1", "m2", "m1", "m2"):
        body = {"id": message_id, "text": f"{number}-{message_id}"}
        async with client.post(f"{url}/messages", json=body, headers=headers) as answer:
            assert answer.status == 200, await answer.text()
            replies = (await answer.json())["messages"]
            heard.append([one["custom"]["text"] for one in replies])
    return heard


@pytest.mark.alone
def test_200_conversations_at_once_none_mixed_lost_or_doubled(server: Server) -> None:
    async def everybody() -> list[list[list[str]]]:
        connector = aiohttp.TCPConnector(limit=PEOPLE)
        async with aiohttp.ClientSession(connector=connector) as client:
            url = f"{server.url}/webhooks/widget"
            return await asyncio.gather(*(talk(client, url, n) for n in range(PEOPLE)))

    started = time.perf_counter()
    heard = asyncio.run(everybody())
    print(f"{PEOPLE * 5 / (time.perf_counter() - started):.0f} calls a second")
    assert heard == [[[f"{n}-m1"], [f"{n}-m2"]] * 2 for n in range(PEOPLE)]
    assert len(server.bot.heard) == 2 * PEOPLE
    assert len({one.sender_id for one in server.bot.heard}) == PEOPLE
