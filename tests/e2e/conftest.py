"""The running bot as a patient meets it: in a browser, through the widget."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import NewPage, chromium, pages
from tests.conftest import Bot
from tests.widget.patient import Patient
from tests.widget.stub_server import Stub

Visit = Callable[..., Patient]

PATIENCE = 20_000  # milliseconds, for a turn of the real model on a busy machine
FRIEND = "https://www.example.org"


@pytest.fixture(scope="package")
def own_bot(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """A bot to break, which serves its own pages and one site of the allow-list."""
    settings = {"ASKMYO_ORIGINS": FRIEND}
    with Bot(tmp_path_factory.mktemp("faults"), model, settings=settings).running() as started:
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """A page of its own browser context. Anything the console calls an error fails the test."""
    with pages(browser, PATIENCE) as make:
        yield make


@pytest.fixture
def visit(new_page: NewPage) -> Visit:
    """A patient on a page with the widget."""

    def make(url: str, *, opened: bool = True, **options: object) -> Patient:
        patient = Patient(new_page(**options), PATIENCE)
        patient.page.goto(url)
        if opened:
            patient.open()
        return patient

    return make


@pytest.fixture
def host() -> Iterator[Stub]:
    """Another origin: the site that embeds the widget."""
    started = Stub()
    yield started
    started.stop()
