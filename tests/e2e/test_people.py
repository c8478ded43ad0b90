"""Many people talk to the real bot at once: nobody gets another's reply, or none, or two."""

from __future__ import annotations

import asyncio

import httpx

from tests.conftest import Bot

QUESTIONS = {
    "What causes IBM?": "causes/what_causes",
    "is it inherited": "causes/inherited",
    "do steroids work": "treatment/steroids",
    "is there a cure": "treatment/cure",
    "is swimming any good": "exercise/warm_pool",
}
PEOPLE = 20


async def talk(client: httpx.AsyncClient, number: int) -> list[list[str]]:
    """All the questions, each person starting with another one, and 'where is that from?'
    after each; returns which answers came back to which."""
    session = (await client.post("/webhooks/widget/sessions", json={})).json()
    headers = {"Authorization": f"Bearer {session['token']}"}
    asked = list(QUESTIONS)
    heard = []
    for turn in range(len(asked)):
        question = asked[(number + turn) % len(asked)]
        for part, text in enumerate((question, "where is that from?")):
            body = {"id": f"m{turn}-{part}", "text": text}
            reply = await client.post("/webhooks/widget/messages", json=body, headers=headers)
            assert reply.status_code == 200, reply.text
            heard.append([one["custom"].get("answer", "") for one in reply.json()["messages"]])
    return heard


def expected(number: int) -> list[list[str]]:
    answers = list(QUESTIONS.values())
    own = (answers[(number + turn) % len(answers)] for turn in range(len(answers)))
    return [[answer] for answer in own for _ in range(2)]


def test_twenty_people_at_once_none_mixed_lost_or_doubled(bot: Bot) -> None:
    async def everybody() -> list[list[list[str]]]:
        async with httpx.AsyncClient(base_url=bot.url, timeout=60) as client:
            return await asyncio.gather(*(talk(client, number) for number in range(PEOPLE)))

    heard = asyncio.run(everybody())
    for number, replies in enumerate(heard):
        assert replies == expected(number)
