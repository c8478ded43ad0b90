"""Runs the Rasa server: `python -m askmyo.running.rasa_server` with the options of `rasa run`.

Rasa 3.6 checks each result of the action server against a JSON schema, and each time it first
checks that schema against the schema of schemas. A profile showed four tenths of a turn's
processor time there (docs/benchmarks.md). Here the validator is made once. Rasa also opens a
connection for each call to the action server; here one is kept for some seconds.
"""

from __future__ import annotations

import sys
from typing import Any

import aiohttp
from jsonschema import (  # type: ignore[import-untyped]
    Draft202012Validator,
    ValidationError,
)
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import EndpointConfig

_KEPT_SECONDS = 2
"""Shorter than the 5 s after which the action server hangs up, so that no call meets a closed
connection."""


def check_results_once() -> None:
    """Makes the validator of action results now, for all turns."""
    validator = Draft202012Validator(RemoteAction.action_response_format_spec())

    def validate(action: RemoteAction, result: dict[str, Any]) -> bool:
        """As Rasa's own.

        Raises:
            ValidationError: if the action server's answer has another shape.
        """
        fault = next(validator.iter_errors(result), None)
        if fault is None:
            return True
        # Not the result itself: it may hold the patient's words.
        raise ValidationError(f"The action server's result at {fault.json_path} has a wrong shape.")

    RemoteAction._validate_action_result = validate


class KeptSession:
    """Stands in for the session that Rasa opens and closes around each call."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session

    async def __aenter__(self) -> aiohttp.ClientSession:
        return self.session

    async def __aexit__(self, *_: object) -> None:
        """Leaves the session open."""


def keep_connections() -> None:
    """Lets the calls to one endpoint share connections."""
    opened: dict[int, KeptSession] = {}
    fresh = EndpointConfig.session

    def session(endpoint: EndpointConfig) -> Any:
        if endpoint.basic_auth:
            return fresh(endpoint)
        kept = opened.get(id(endpoint))
        if kept is None or kept.session.closed:
            kept = opened[id(endpoint)] = KeptSession(
                aiohttp.ClientSession(
                    headers=endpoint.headers,
                    connector=aiohttp.TCPConnector(keepalive_timeout=_KEPT_SECONDS),
                    cookie_jar=aiohttp.DummyCookieJar(),
                )
            )
        return kept

    EndpointConfig.session = session


def main() -> None:
    """Starts the server."""
    from rasa.__main__ import main as rasa  # noqa: PLC0415 (reads sys.argv when it runs)

    check_results_once()
    keep_connections()
    sys.argv = ["rasa", "run", *sys.argv[1:]]
    rasa()


if __name__ == "__main__":
    main()
