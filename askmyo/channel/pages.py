"""The pages around the widget: the demo, the script itself, the questions and answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from html import escape
from pathlib import Path

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, html, json, redirect

from askmyo.channel.files import Files

# A changed page is seen at once, and an unchanged one costs no transfer.
_ASK_FIRST = "no-cache"
_FIVE_MINUTES = "public, max-age=300"
# The script is loaded by pages of other sites, also with an integrity hash.
_FOR_ALL_SITES = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def pages(root: Path) -> Blueprint:
    """The addresses outside the channel's prefix. `root` is the project's folder."""
    blueprint = Blueprint("askmyo_pages", strict_slashes=True)
    demo = Files(root / "widget" / "pages")
    script = Files(root / "widget" / "dist")
    answers = Files(root / "build" / "answers")
    _demo_routes(blueprint, demo)
    _script_routes(blueprint, script)
    _answer_routes(blueprint, answers)
    return blueprint


def first_page(root: Path) -> Callable[[Request], Awaitable[HTTPResponse | None]]:
    """Request middleware that answers `GET /` with the demo page."""
    demo = Files(root / "widget" / "pages")

    async def first(request: Request) -> HTTPResponse | None:
        if request.path != "/" or request.method not in ("GET", "HEAD"):
            return None
        return _page(request, demo, "index.html")

    return first


def _demo_routes(blueprint: Blueprint, demo: Files) -> None:
    async def inline(request: Request) -> HTTPResponse:
        return _page(request, demo, "inline.html")

    async def other(request: Request, path: str = "") -> HTTPResponse:
        return _page(request, demo, path)

    async def icon(request: Request) -> HTTPResponse:
        # Browsers ask for it unasked; a 404 would stand in every console.
        found = demo.find("favicon.ico")
        return demo.response(request, found, _FIVE_MINUTES) if found else HTTPResponse(status=204)

    _get(blueprint, "/inline", inline, "inline")
    _get(blueprint, "/pages/", other, "pages")
    _get(blueprint, "/pages/<path:path>", other, "page")
    _get(blueprint, "/favicon.ico", icon, "icon")


def _script_routes(blueprint: Blueprint, script: Files) -> None:
    async def integrity(request: Request) -> HTTPResponse:
        if script.find("ask-myo.js") is None:
            return _missing(
                "The widget is not built. In the folder widget, run: npm ci && npm run build"
            )
        found = {"ask-myo.js": script.integrity("ask-myo.js")}
        return json(found, headers={**_FOR_ALL_SITES, "Cache-Control": _ASK_FIRST})

    async def file(request: Request, path: str) -> HTTPResponse:
        found = script.find(path)
        if found is None:
            return _missing("There is no such file of the widget.")
        response = script.response(request, found, _FIVE_MINUTES)
        response.headers.update(_FOR_ALL_SITES)
        return response

    _get(blueprint, "/widget/integrity.json", integrity, "integrity")
    _get(blueprint, "/widget/<path:path>", file, "script")


def _answer_routes(blueprint: Blueprint, answers: Files) -> None:
    async def slash(request: Request) -> HTTPResponse:
        return redirect("/answers/", status=308)

    async def answer(request: Request, path: str = "") -> HTTPResponse:
        if not answers.exists:
            return _missing("The page of questions and answers is not built yet.")
        return _page(request, answers, path)

    _get(blueprint, "/answers", slash, "answers_slash")
    _get(blueprint, "/answers/", answer, "answers")
    _get(blueprint, "/answers/<path:path>", answer, "answer")


def _get(blueprint: Blueprint, address: str, handler: object, name: str) -> None:
    blueprint.add_route(handler, address, methods=["GET", "HEAD"], name=name)


def _page(request: Request, files: Files, address: str) -> HTTPResponse:
    found = files.find(address)
    if found is None:
        return _missing("There is no page at this address.")
    if found.name == "index.html" and address and not address.endswith(("/", ".html")):
        # Without the slash the page's own links would lead astray.
        return redirect(f"{request.path}/", status=308)
    return files.response(request, found, _ASK_FIRST)


def _missing(message: str) -> HTTPResponse:
    """A page a person can read, and a way on."""
    return html(
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>Not found - Ask Myo</title><h1>Not found</h1><p>{escape(message)}</p>"
        '<p><a href="/">To the first page</a></p></html>',
        status=404,
    )
