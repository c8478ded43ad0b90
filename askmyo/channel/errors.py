"""What goes wrong between a page and the channel, in words a person can act on."""

from __future__ import annotations

import math
from typing import Any

from sanic.response import HTTPResponse, json

# Whoever is kept waiting may be in danger: the same words as in `error/any` of the answer set.
IN_DANGER = "In an emergency, don't wait for me: call your emergency number."


class ChannelError(Exception):
    """A call that gets no reply. The widget shows `message` to the patient."""

    def __init__(
        self, status: int, code: str, message: str, retry_after: float = 0, **more: Any
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.retry_after = retry_after
        self.more = more

    def response(self) -> HTTPResponse:
        """The error as JSON, with `Retry-After` where waiting helps."""
        headers = {"Retry-After": str(math.ceil(self.retry_after))} if self.retry_after else {}
        body = {"error": {"code": self.code, "message": self.message, **self.more}}
        return json(body, status=self.status, headers=headers)


def bad_request(code: str, message: str) -> ChannelError:
    """400: the caller must change what it sends."""
    return ChannelError(400, code, message)


def busy(seconds: float = 5) -> ChannelError:
    """503: too many turns are waiting."""
    message = "The assistant is very busy. Your words are kept. Please try again in a moment."
    return ChannelError(503, "busy", f"{message} {IN_DANGER}", seconds)


def not_ready() -> ChannelError:
    """503: Rasa has no model yet."""
    message = "The assistant is starting. Your words are kept. Please try again in a minute."
    return ChannelError(503, "not_ready", f"{message} {IN_DANGER}", 10)


def store_failed() -> ChannelError:
    """503: conversations can't be read, written or deleted just now."""
    message = "That did not work on our side. Your words are kept. Please try again in a moment."
    return ChannelError(503, "store_failed", f"{message} {IN_DANGER}", 5)


def too_fast(seconds: float) -> ChannelError:
    """429: a limit is reached."""
    wait = max(1, math.ceil(seconds))
    message = f"That was a lot in a short time. Please wait {wait} seconds, then try again."
    return ChannelError(429, "too_fast", f"{message} {IN_DANGER}", wait)
