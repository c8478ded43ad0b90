"""Where things lie, and the few settings a person may change from outside."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ANSWERS = ROOT / "answers"
BUILD = ROOT / "build"
MODELS = ROOT / "models"


def digest(*patterns: str) -> str:
    """64 hex digits over the names and contents of all files that match, under the project."""
    paths = {path for pattern in patterns for path in ROOT.glob(pattern)}
    found = hashlib.sha256()
    for path in sorted(paths):
        if path.is_file() and "__pycache__" not in path.parts:
            found.update(str(path.relative_to(ROOT)).encode())
            found.update(path.read_bytes())
    return found.hexdigest()


class SetupError(Exception):
    """Something on this machine stands in the way. The message, shown to the person at the
    terminal, says what and how to mend it."""


@dataclass(frozen=True)
class Ports:
    """The two TCP ports: the Rasa server's, open to the site, and the action server's."""

    rasa: int
    actions: int

    @classmethod
    def from_environment(cls) -> Ports:
        """Reads `PORT` (default 5005) and `ACTIONS_PORT` (default 5055).

        Raises:
            SetupError: if one is no port number, or both are the same.
        """
        ports = cls(_port("PORT", 5005), _port("ACTIONS_PORT", 5055))
        if ports.rasa == ports.actions:
            raise SetupError(f"PORT and ACTIONS_PORT are both {ports.rasa}: give them two numbers.")
        return ports


def host() -> str:
    """The address the Rasa server listens on: `HOST`, by default this machine alone."""
    return os.environ.get("HOST") or "127.0.0.1"


def own_address() -> str:
    """Where this machine itself reaches the Rasa server."""
    # 0.0.0.0 means all addresses of this machine; it is none to call.
    return "127.0.0.1" if host() == "0.0.0.0" else host()  # noqa: S104 (compared, not bound)


def _port(name: str, default: int) -> int:
    value = os.environ.get(name) or str(default)
    if not value.isdigit() or not 0 < int(value) < 65536:
        raise SetupError(f"{name} is '{value}': it must be a number from 1 to 65535.")
    return int(value)
