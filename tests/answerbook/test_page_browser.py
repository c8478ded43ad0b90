"""The static page in a real browser, under the server's own policy."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from askmyo.answerbook import load
from askmyo.answerbook.page import build
from askmyo.channel.headers import PAGE_POLICY
from tests.browser import PHONE, chromium

REAL = Path(__file__).resolve().parents[2] / "answers"
NARROW = {"width": 320, "height": 640}
PAGES = ("index.html", "treatment.html#ivig", "daily_life.html", "organisations.html")
Open = Callable[..., Page]


class Handler(SimpleHTTPRequestHandler):
    """Serves files as the channel does: with the policy that forbids inline code."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", PAGE_POLICY)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    build(load(REAL), folder)
    (folder / "favicon.ico").touch()
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Open]:
    """Opens a page of the site. Any error in the console fails the test."""
    contexts, troubles = [], []

    def make(path: str, **options: Any) -> Page:
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.on("console", lambda one: troubles.append(one.text) if one.type == "error" else None)
        page.on("request", lambda one: troubles.append(one.url) if site not in one.url else None)
        page.goto(site + path)
        return page

    yield make
    for context in contexts:
        context.close()
    assert troubles == []


def search(page: Page, words: str) -> list[str]:
    page.get_by_label("Words to look for").fill(words)
    return page.locator(".group li:visible").all_inner_texts()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(visit: Open, path: str, scheme: str) -> None:
    found = Axe().run(visit(path, viewport=PHONE, color_scheme=scheme))
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("path", PAGES)
def test_a_narrow_phone_scrolls_one_way_only(visit: Open, path: str) -> None:
    page = visit(path, viewport=NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("path", PAGES)
def test_every_target_is_large(visit: Open, path: str) -> None:
    page = visit(path, viewport=PHONE)
    small = page.eval_on_selector_all(
        "a:not(.skip), button, input, summary",
        """(all) => all.map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
            .filter(([, box]) => box.height < 48 || box.width < 24)
            .map(([text, box]) => `${text}: ${box.width} x ${box.height}`)""",
    )
    assert small == []


def test_text_is_large(visit: Open) -> None:
    page = visit("treatment.html")
    sizes = page.eval_on_selector_all(
        "main p, main dd, main li, main a, summary",
        "(all) => all.map((one) => parseFloat(getComputedStyle(one).fontSize))",
    )
    assert min(sizes) >= 18


def test_everything_can_be_read_without_scripts(visit: Open) -> None:
    page = visit("index.html", java_script_enabled=False)
    expect(page.locator("#page-search")).to_be_hidden()
    assert page.locator(".questions a:visible").count() > 200
    page.get_by_role("link", name="Treatment").first.click()
    summary = page.locator("summary").first
    summary.click()
    expect(page.locator("details[open] p").first).to_be_visible()


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("weights", "Is it safe to lift heavy weights?"),
        ("  WEIGHTS? ", "Is it safe to lift heavy weights?"),
        ("what about wieghts", "Is it safe to lift heavy weights?"),
        ("swalowing", "Why do I have trouble swallowing? What is dysphagia?"),
        ("anaesthesia", "What should I know before surgery or anesthesia?"),
    ],
)
def test_the_search_finds(visit: Open, words: str, question: str) -> None:
    found = search(visit("index.html"), words)
    assert question in found
    assert len(found) < 20


def test_the_search_says_what_it_did(visit: Open) -> None:
    page = visit("index.html")
    status, everything = page.get_by_role("status"), page.locator(".group li").count()
    assert len(search(page, "wheelchair")) < 10
    expect(status).to_contain_text("found.")
    expect(page.get_by_role("heading", name="Topics")).to_be_hidden()
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="Questions found")).to_be_focused()
    assert len(search(page, "zzzz")) == everything
    expect(status).to_contain_text("No question found")
    assert len(search(page, "wheelchair zzzz")) < 10
    expect(status).to_contain_text("No question has all of these words")
    page.get_by_role("button", name="Clear").click()
    expect(status).to_have_text(f"All {everything} questions are listed below, by topic.")
    expect(page.get_by_label("Words to look for")).to_be_focused()
    assert page.locator(".group li:visible").count() == everything


def test_a_search_can_be_linked(visit: Open) -> None:
    page = visit("index.html?q=wheelchair")
    expect(page.get_by_role("status")).to_contain_text("found.")


def test_the_keyboard_gets_past_the_top(visit: Open) -> None:
    page = visit("treatment.html")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the main part")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False])
def test_paper_shows_more_detail_and_addresses(visit: Open, scripts: bool) -> None:
    page = visit("treatment.html", java_script_enabled=scripts)
    page.emulate_media(media="print")
    expect(page.locator("details p").first).to_be_visible()
    expect(page.locator(".contents").first).to_be_hidden()
    address = page.locator(".sources a").first
    shown = address.evaluate("(one) => getComputedStyle(one, '::after').content")
    assert "http" in shown
    expect(page.get_by_text("In an emergency, call")).to_be_visible()


def test_printing_opens_and_closes_the_details(visit: Open) -> None:
    page = visit("treatment.html")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0
