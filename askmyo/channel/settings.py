"""What an operator may set for the channel: in `credentials.yml`, or from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]

# Somebody who tries the one line of HTML on their own machine serves the page from here.
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_OFF = (False, "off", "false", "no", "0")
_ON = (True, "on", "true", "yes", "1", "")


class SettingsError(Exception):
    """A setting can't be used. The message, shown to the operator when the server starts,
    names the setting and how to mend it."""


@dataclass(frozen=True)
class Settings:
    """The channel's settings. Each may stand in `credentials.yml`; those marked with an
    environment variable are overridden by it.

    origins: web origins whose pages may hold the widget (`ASKMYO_ORIGINS`, space-separated);
        None, the default for development, means pages on this machine. '*' allows every page.
    trusted_proxies: how many reverse proxies stand in front (`ASKMYO_TRUSTED_PROXIES`).
    chat: False answers every message with a notice (`ASKMYO_CHAT=off`).
    session_hours: a conversation ends that long after it began, and is deleted that long
        after its last message.
    turn_seconds: how long Rasa may take for one turn.
    wait_seconds: how long a message may wait for its turn while the server is busy.
    turns_at_once: how many turns may run at the same time.
    conversation_per_minute, address_per_minute, sessions_per_minute: rate limits on the
        messages of one conversation, the calls from one address, its new conversations. An
        address may make five minutes' worth at once.
    """

    origins: tuple[str, ...] | None = None
    trusted_proxies: int = 0
    chat: bool = True
    session_hours: float = 24
    turn_seconds: float = 10
    wait_seconds: float = 15
    turns_at_once: int = 16
    conversation_per_minute: int = 30
    address_per_minute: int = 300
    sessions_per_minute: int = 60
    root: Path = ROOT

    @classmethod
    def read(
        cls, credentials: Mapping[str, Any] | None, environment: Mapping[str, str] = os.environ
    ) -> Settings:
        """Reads the settings.

        Raises:
            SettingsError: if one is unknown or can't be used.
        """
        raw = dict(credentials or {})
        known = {one.name for one in fields(cls)} - {"root"}
        unknown = sorted(set(raw) - known)
        if unknown:
            raise SettingsError(
                f"credentials.yml: '{unknown[0]}' is no setting of this channel. "
                f"Take it out, or use one of: {', '.join(sorted(known))}."
            )
        for name in ("origins", "trusted_proxies", "chat"):
            value = environment.get(f"ASKMYO_{name.upper()}")
            if value:
                raw[name] = value
        values: dict[str, Any] = {
            name: _number(name, raw[name]) for name in raw.keys() & _NUMBERS.keys()
        }
        if raw.get("origins") is not None:
            values["origins"] = _origins(raw["origins"])
        if "chat" in raw:
            values["chat"] = _switch("chat", raw["chat"])
        return cls(**values)

    @property
    def secret_file(self) -> Path:
        """Where the generated secret is kept if `ASKMYO_SECRET` is not set."""
        return self.root / "build" / "secret"

    @property
    def chat_is_off(self) -> bool:
        """Asked on each call: the file `build/chat-off` switches off without a restart."""
        return not self.chat or (self.root / "build" / "chat-off").exists()

    def allows_origin(self, origin: str) -> bool:
        """Whether a page of this web origin may hold the widget."""
        if self.origins is None:
            return origin.startswith(("http://", "https://")) and _host(origin) in _LOOPBACK
        return "*" in self.origins or origin.lower() in self.origins


Reach = Literal["nobody", "machine", "everybody"]


def rest_reach(settings: Settings, environment: Mapping[str, str] = os.environ) -> Reach:
    """Whom the testers' channel answers: it asks for no token, so only this machine, and only
    where nobody else can reach the server, unless `ASKMYO_REST` says on or off.

    Raises:
        SettingsError: if `ASKMYO_REST` is neither.
    """
    word = environment.get("ASKMYO_REST")
    if word:
        return "everybody" if _switch("ASKMYO_REST", word) else "nobody"
    # Behind a proxy a server is open to the world, whatever it listens on. So is Rasa's own
    # command where no HOST is set.
    alone = not settings.trusted_proxies and _is_loopback(environment.get("HOST", ""))
    return "machine" if alone else "nobody"


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


# The least that makes sense for each number.
_NUMBERS: dict[str, float] = {
    "trusted_proxies": 0,
    "session_hours": 0.01,
    "turn_seconds": 0.01,
    "wait_seconds": 0.01,
    "turns_at_once": 1,
    "conversation_per_minute": 1,
    "address_per_minute": 1,
    "sessions_per_minute": 1,
}
_FRACTIONS = ("session_hours", "turn_seconds", "wait_seconds")


def _number(name: str, value: Any) -> float | int:
    convert = float if name in _FRACTIONS else int
    try:
        if isinstance(value, bool):
            raise ValueError
        number = convert(value)
    except (TypeError, ValueError):
        number = -1
    if not _NUMBERS[name] <= number < float("inf"):
        kind = "a number" if name in _FRACTIONS else "a whole number"
        raise SettingsError(f"{name} is '{value}': it must be {kind}, {_NUMBERS[name]} or more.")
    return number


def _switch(name: str, value: Any) -> bool:
    word = value.strip().lower() if isinstance(value, str) else value
    if word in _OFF:
        return False
    if word in _ON:
        return True
    raise SettingsError(f"{name} is '{value}': it must be on or off.")


def _origins(value: Any) -> tuple[str, ...]:
    listed = value.split() if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        raise SettingsError("origins must be a list such as ['https://www.example.org'].")
    return tuple(_origin(one.strip()) for one in listed)


def _origin(text: str) -> str:
    if text == "*":
        return text
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/"):
        raise SettingsError(
            f"origins: '{text}' is no web origin. Write scheme, host and port only, "
            f"such as 'https://www.example.org'."
        )
    return f"{parts.scheme}://{parts.netloc}".lower()


def _host(origin: str) -> str:
    netloc = urlsplit(origin).netloc
    return netloc[: netloc.index("]") + 1] if "]" in netloc else netloc.split(":")[0]
