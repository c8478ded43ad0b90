"""Times both bots while they run side by side: turns one by one, and from many clients at once."""

from __future__ import annotations

import itertools
import os
import random
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from askmyo.nlu.ranked import NEAR
from bench.bots import Bot, Client
from bench.held_out import labeled, read_questions, read_talk
from bench.projects import BOTS

TURNS_A_CONVERSATION = 5
CLIENTS = 16


@dataclass(frozen=True)
class Amount:
    """How much is measured: turns one by one, and bursts of turns from all clients."""

    turns: int
    warm_up: int
    bursts: int
    burst_turns: int


FULL = Amount(turns=600, warm_up=30, bursts=4, burst_turns=256)
QUICK = Amount(turns=20, warm_up=3, bursts=1, burst_turns=32)


def measure(folder: Path, amount: Amount) -> dict[str, Any]:
    """Start time, memory, latencies (seconds), turns per second and CPU a turn of each bot."""
    with ExitStack() as stack:
        # One after the other, so that each has the machine to itself while it starts.
        bots = [stack.enter_context(Bot(folder, name)) for name in BOTS]
        texts = itertools.cycle(_texts(folder))
        latencies = _one_by_one(bots, texts, amount)
        rates = _together(bots, texts, amount)
        return {
            bot.name: {
                "start": bot.start_seconds,
                **bot.memory(),
                "latencies": latencies[bot.name]["wall"],
                "cpu_a_turn": latencies[bot.name]["cpu"],
                "rates": rates[bot.name],
            }
            for bot in bots
        } | {"load": os.getloadavg()[0]}


def _texts(folder: Path) -> list[str]:
    """Held-out questions and some out of scope, in a fixed random order, none twice."""
    asked = read_questions(folder)
    talk = read_talk(folder)
    texts = [one.text for one in (*asked, *labeled(talk, NEAR))]
    random.Random(4).shuffle(texts)  # noqa: S311 (not for secrets)
    return list(dict.fromkeys(texts))


def _one_by_one(bots: list[Bot], texts: Iterator[str], amount: Amount) -> dict[str, Any]:
    """The same question to each bot in turn; who is first changes every time."""
    clients = {bot.name: Client(bot.port) for bot in bots}
    for number in range(amount.warm_up):
        text = next(texts)
        for client in clients.values():
            client.turn(f"warm-{number}", text)
    before = {bot.name: bot.cpu_seconds() for bot in bots}
    taken: dict[str, list[float]] = {bot.name: [] for bot in bots}
    for number in range(amount.turns):
        text, sender = next(texts), f"one-{number // TURNS_A_CONVERSATION}"
        for bot in bots if number % 2 else reversed(bots):
            taken[bot.name].append(clients[bot.name].turn(sender, text))
    return {
        bot.name: {
            "wall": taken[bot.name],
            "cpu": (bot.cpu_seconds() - before[bot.name]) / amount.turns,
        }
        for bot in bots
    }


def _together(bots: list[Bot], texts: Iterator[str], amount: Amount) -> dict[str, list[float]]:
    """Turns per second in each burst; bursts of the two bots alternate, with the same texts."""
    rates: dict[str, list[float]] = {bot.name: [] for bot in bots}
    for burst in range(amount.bursts):
        asked = [next(texts) for _ in range(amount.burst_turns)]
        for bot in bots if burst % 2 else reversed(bots):
            rates[bot.name].append(_burst(bot, asked, burst))
    return rates


def _burst(bot: Bot, texts: list[str], burst: int) -> float:
    def converse(number: int) -> None:
        client = Client(bot.port)
        for turn, text in enumerate(texts[number::CLIENTS]):
            client.turn(f"many-{burst}-{number}-{turn // TURNS_A_CONVERSATION}", text)

    start = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(converse, range(CLIENTS)))
    return len(texts) / (time.perf_counter() - start)
