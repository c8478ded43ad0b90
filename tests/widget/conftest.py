"""A browser, a stub server, and a patient who uses the widget."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.widget.patient import Patient
from tests.widget.stub_server import Stub

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 860}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        yield launched
        launched.close()


@pytest.fixture
def stub() -> Iterator[Stub]:
    started = Stub()
    yield started
    started.stop()


@pytest.fixture
def host() -> Iterator[Stub]:
    """Another origin: the site that embeds the widget."""
    started = Stub()
    yield started
    started.stop()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """A page of its own browser context. Anything the console calls an error fails the test."""
    contexts = []
    troubles: list[str] = []

    def make(*, quiet: bool = True, init: str = "", **options: Any) -> Page:
        context = browser.new_context(**{"viewport": DESKTOP, **options})
        contexts.append(context)
        context.set_default_timeout(5000)
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
    assert troubles == []


@pytest.fixture
def visit(new_page: Callable[..., Page], stub: Stub) -> Callable[..., Patient]:
    """A patient on the demo page, or on another page."""

    def make(url: str = "", *, opened: bool = True, **options: Any) -> Patient:
        patient = Patient(new_page(**options))
        patient.page.goto(url or stub.url)
        if opened:
            patient.open()
        return patient

    return make
