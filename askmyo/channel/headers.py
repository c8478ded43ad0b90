"""Headers that every response carries, so that a browser does nothing we did not mean."""

from __future__ import annotations

from sanic.request import Request
from sanic.response import HTTPResponse

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    # Dictation needs the microphone; nothing needs the rest.
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
}

# Data is no page: nothing in it may load or be framed.
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"

PAGE_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        # Other sites hold the widget, not our pages: an overlaid frame could steal presses.
        "frame-ancestors 'self'",
    ]
)


def listed(request: Request, name: str) -> list[str]:
    """The entries of a list header, from all its lines.

    Some proxies add a line of their own below the one the caller wrote.
    """
    lines: list[str] = request.headers.getall(name, [])
    return [entry.strip() for entry in ",".join(lines).split(",")] if lines else []


def secure(request: Request, response: HTTPResponse) -> None:
    """Adds what is missing; a handler may have said something more fitting."""
    for name, value in _ALWAYS.items():
        response.headers.setdefault(name, value)
    is_page = (response.content_type or "").startswith("text/html")
    response.headers.setdefault("Content-Security-Policy", PAGE_POLICY if is_page else DATA_POLICY)
    # Replies are about somebody's health: no cache on the way may keep them.
    response.headers.setdefault("Cache-Control", "no-store")
