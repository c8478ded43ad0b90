"""Starts the action server. Its port is private: only the Rasa server on this machine calls it."""

from __future__ import annotations

import os

import actions
from actions.base import book
from askmyo.running.project import Ports


def main() -> None:
    """Reads the answer set first: a fault in it must stop the start, not a patient's turn."""
    book()
    # rasa_sdk listens on all addresses unless told otherwise.
    os.environ.setdefault("SANIC_HOST", "127.0.0.1")
    from rasa_sdk.endpoint import run  # noqa: PLC0415 (reads SANIC_HOST when it runs)

    run(actions.__name__, port=Ports.from_environment().actions)


if __name__ == "__main__":
    main()
