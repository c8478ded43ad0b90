"""Which pages may call the channel, and the headers that tell their browsers so (CORS)."""

from __future__ import annotations

from urllib.parse import urlsplit

from sanic.request import Request
from sanic.response import HTTPResponse

from askmyo.channel.errors import ChannelError
from askmyo.channel.headers import listed
from askmyo.channel.settings import Settings

_ALLOWED = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Max-Age": "600",
}


class Origins:
    """The allow-list. CORS alone protects nothing: a call from elsewhere is refused, too.

    A page that is not on the list may read that refusal and nothing else. If it could not, its
    browser would report a broken connection, and nobody there could know what to mend.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def check(self, request: Request) -> None:
        """Lets a call pass that comes from an allowed page, or from no page at all.

        Raises:
            ChannelError: 403.
        """
        origin = request.headers.get("origin")
        if origin is not None and not self._allows(request, origin):
            message = (
                "This site is not on the assistant's list yet. Its owner can ask the people who "
                "run the assistant to add it, in the setting ASKMYO_ORIGINS."
            )
            raise ChannelError(403, "origin", message)

    def preflight(self) -> HTTPResponse:
        """The answer to a browser that asks before it calls.

        Every page may call: `check` refuses the call itself, in words. A browser whose first
        question is refused never makes the call, and hides the reason from its page.
        """
        return HTTPResponse(status=204, headers=_ALLOWED)

    def mark(self, request: Request, response: HTTPResponse) -> None:
        """Tells the browser whether the page may read the answer."""
        # Rasa mounts its own CORS on every address; here only the allow-list speaks.
        for name in [one for one in response.headers if one.lower() in _RASAS]:
            del response.headers[name]
        response.headers["Vary"] = "Origin"
        origin = request.headers.get("origin")
        if origin is None:
            return
        if self._allows(request, origin):
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = "Retry-After"
        elif response.status >= 400 or request.method == "OPTIONS":
            # A refusal holds nothing of anybody's: every page may read it.
            response.headers["Access-Control-Allow-Origin"] = "*"

    def _allows(self, request: Request, origin: str) -> bool:
        if self._settings.allows_origin(origin):
            return True
        host = request.headers.get("host", "")
        if self._settings.trusted_proxies:
            host = [host, *listed(request, "x-forwarded-host")][-1]
        parts = urlsplit(origin)
        return parts.scheme in ("http", "https") and bool(host) and parts.netloc == host


_RASAS = (
    "access-control-allow-origin",
    "access-control-allow-credentials",
    "access-control-expose-headers",
)
