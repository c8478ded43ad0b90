"""A browser, a stub server, and a patient who uses the widget."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import NewPage, chromium, pages
from tests.widget.patient import Patient
from tests.widget.stub_server import Stub


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


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
def new_page(browser: Browser, stub: Stub) -> Iterator[NewPage]:
    """A page of its own browser context. Anything the console calls an error fails the test.

    It closes before the stub server stops: what is still on its way would be an error, too.
    """
    with pages(browser) as make:
        yield make


@pytest.fixture
def visit(new_page: NewPage, stub: Stub) -> Callable[..., Patient]:
    """A patient on the demo page, or on another page."""

    def make(url: str = "", *, opened: bool = True, **options: Any) -> Patient:
        patient = Patient(new_page(**options))
        patient.page.goto(url or stub.url)
        if opened:
            patient.open()
        return patient

    return make
