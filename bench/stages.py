"""Where a turn's time goes: each step of one bot, timed inside the process that runs it.

The bot is run here, in this process, with its own action server beside it. Timers are put around
the parts of Rasa, so the sum is a little higher than in the running bot.
"""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from askmyo.running.rasa_server import mend
from askmyo.running.training import rasa_environment
from bench.bots import Bot
from bench.projects import BOTS, OURS
from bench.training import model_of

WARM_UP = 10


def measure(folder: Path, texts: list[str]) -> dict[str, dict[str, float]]:
    """Median seconds of each step of a turn, by bot; `turn` is the whole."""
    found = {}
    for name in BOTS:
        with Bot(folder, name) as bot:
            found[name] = asyncio.run(_steps(folder, bot, texts))
    return found


async def _steps(folder: Path, bot: Bot, texts: list[str]) -> dict[str, float]:
    os.environ.update({**rasa_environment(), "ACTIONS_PORT": str(bot.actions_port)})
    os.chdir(folder / bot.name)
    from rasa.core.agent import Agent
    from rasa.utils.endpoints import EndpointConfig
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)  # as the running bot: no debug lines
    mend()
    url = f"http://127.0.0.1:{bot.actions_port}/webhook"
    endpoint = EndpointConfig(url=url) if bot.name == OURS else None
    agent = Agent.load(model_of(folder, bot.name), action_endpoint=endpoint)
    turns: list[dict[str, float]] = []
    with _timers() as spent:
        for number, text in enumerate(texts):
            spent.clear()
            start = time.perf_counter()
            await agent.handle_text(text, sender_id=f"stages-{number // 5}")
            turns.append({**spent, "turn": time.perf_counter() - start})
    names = list(dict.fromkeys(name for turn in turns for name in turn))
    kept = turns[WARM_UP:] or turns
    return {name: float(np.median([turn.get(name, 0.0) for turn in kept])) for name in names}


@contextmanager
def _timers() -> Iterator[dict[str, float]]:
    """Adds up seconds by step while the context lasts."""
    from rasa.core.actions.action import RemoteAction
    from rasa.core.processor import MessageProcessor
    from rasa.engine.graph import GraphNode

    spent: dict[str, float] = defaultdict(float)
    with ExitStack() as stack:
        run = GraphNode.__call__

        def timed_node(node: Any, *inputs: Any) -> Any:
            start = time.perf_counter()
            try:
                return run(node, *inputs)
            finally:
                spent[_name(node)] += time.perf_counter() - start

        stack.enter_context(patch.object(GraphNode, "__call__", timed_node))
        for owner, method, name in (
            (RemoteAction, "run", "action server"),
            (MessageProcessor, "save_tracker", "tracker store"),
        ):
            timed = _timed(getattr(owner, method), spent, name)
            stack.enter_context(patch.object(owner, method, timed))
        yield spent


def _timed(call: Callable[..., Any], spent: dict[str, float], name: str) -> Callable[..., Any]:
    async def timed(*arguments: Any, **named: Any) -> Any:
        start = time.perf_counter()
        try:
            return await call(*arguments, **named)
        finally:
            spent[name] += time.perf_counter() - start

    return timed


def _name(node: Any) -> str:
    return str(node._component_class.__name__)
