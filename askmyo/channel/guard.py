"""What holds for every address of the server, Rasa's own included."""

from __future__ import annotations

import asyncio
import logging

from sanic import Sanic
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from askmyo.channel.bodies import MAX_BYTES, too_long
from askmyo.channel.errors import IN_DANGER, ChannelError
from askmyo.channel.headers import secure
from askmyo.channel.origins import Origins
from askmyo.channel.settings import Settings

logger = logging.getLogger(__name__)


def guard(app: Sanic, settings: Settings, prefix: str) -> None:
    """Puts size limit, headers, CORS under `prefix` and error pages on the whole server."""
    app.config.REQUEST_MAX_SIZE = min(app.config.REQUEST_MAX_SIZE, MAX_BYTES)
    origins = Origins(settings)

    async def before(request: Request) -> HTTPResponse | None:
        if request.method == "OPTIONS" and request.path.startswith(prefix):
            return origins.preflight()
        return None

    async def after(request: Request, response: HTTPResponse) -> None:
        if request is not None and request.path.startswith(prefix):
            origins.mark(request, response)
        secure(request, response)

    def mount(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        # Rasa's CORS puts itself around all others when the server starts, so this waits
        # for it: before the first request middleware, after the last response middleware.
        app.request_middleware.appendleft(before)
        app.response_middleware.append(after)

    app.register_listener(mount, "before_server_start")
    app.exception(Exception)(_explain)


def _explain(request: Request, error: Exception) -> HTTPResponse:
    """Any error as JSON, in words for whoever called; the trace stays here."""
    status = error.status_code if isinstance(error, SanicException) else 500
    if status == 413:
        return too_long().response()
    if status < 500:
        found = {404: "Nothing is here.", 405: "This address can't be used that way."}
        message = found.get(status, "The server can't make sense of this request.")
        return ChannelError(status, f"http_{status}", message).response()
    logger.error("%s failed: %s", request.path if request else "?", type(error).__name__)
    message = "Something went wrong on our side. Your words are kept. Please try again."
    return ChannelError(status, "failed", f"{message} {IN_DANGER}", 5).response()
