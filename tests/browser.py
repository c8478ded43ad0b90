"""Debian's Chromium, and pages in it that report every error of their console."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 860}

NewPage = Callable[..., Page]


@contextmanager
def chromium() -> Iterator[Browser]:
    """One browser. Playwright keeps an event loop running in it: end it before asyncio tests."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        yield launched
        launched.close()


@contextmanager
def pages(browser: Browser, patience: float = 5000) -> Iterator[NewPage]:
    """Makes pages, each in a browser context of its own that nothing outlives.

    Anything the console calls an error fails the test, unless the page is not `quiet`.
    """
    contexts = []
    troubles: list[str] = []

    def make(*, quiet: bool = True, init: str = "", **options: Any) -> Page:
        context = browser.new_context(**{"viewport": DESKTOP, **options})
        contexts.append(context)
        context.set_default_timeout(patience)
        if init:
            context.add_init_script(init)
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        if quiet:
            page.on(
                "console",
                lambda message: troubles.append(message.text) if message.type == "error" else None,
            )
        return page

    yield make
    for context in contexts:
        context.close()
    assert not troubles, troubles
