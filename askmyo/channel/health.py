"""Whether a patient who asks now would get an answer."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import aiohttp

_PATIENCE = 2.0  # seconds for the action server
_FRESH = 1.0  # seconds for which a finding is good: asking often must cost nothing


class Health:
    """Asks the model and the action server how they are."""

    def __init__(self) -> None:
        self._asked = float("-inf")
        self._found: list[str] = []
        self._asking = asyncio.Lock()

    async def reasons(self, agent: Any) -> list[str]:
        """Why no answer can be given; empty if all is well."""
        async with self._asking:
            if time.monotonic() - self._asked > _FRESH:
                self._found = await _reasons(agent)
                self._asked = time.monotonic()
            return self._found


def is_ready(agent: Any) -> bool:
    """Whether Rasa has loaded a model."""
    return agent is not None and bool(agent.is_ready())


async def _reasons(agent: Any) -> list[str]:
    if not is_ready(agent):
        return ["No model is loaded yet; see the Rasa server's log."]
    endpoint = agent.action_endpoint
    if endpoint is None or not endpoint.url:
        return ["endpoints.yml names no action_endpoint."]
    base = str(endpoint.url).rstrip("/")
    address = f"{base.removesuffix('/webhook')}/health"
    limit = aiohttp.ClientTimeout(total=_PATIENCE)
    try:
        async with aiohttp.ClientSession(timeout=limit) as session, session.get(address) as answer:
            if answer.status == 200:
                return []
            return [f"The action server answers with status {answer.status}."]
    except (aiohttp.ClientError, asyncio.TimeoutError, OSError):
        return ["The action server does not answer."]
