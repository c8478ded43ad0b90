"""'Take to my doctor': on paper and as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.widget.patient import Patient
from tests.widget.stub_replies import HOSTILE
from tests.widget.stub_server import ROOT, Stub

Visit = Callable[..., Patient]

HOLD_PRINT = "window.print = () => { window.printed = true; };"
PARTS = (
    "My questions about inclusion body myositis (IBM)",
    "I asked: Can I lift weights?",
    "Light to moderate weights are safe",
    "How sure: expert opinion",
    "Reviewed: November 20, 2026, by our editors, not by a clinician",
    "Exercise and inclusion body myositis, An invented muscle charity, 2019",
    "https://example.org/exercise",
    "Ask your doctor or physical therapist",
)


def at_the_record(
    visit: Visit, question: str = "Can I lift weights?", init: str = HOLD_PRINT
) -> Patient:
    patient = visit(init=init)
    patient.ask(question)
    patient.log.locator("[data-kind=answer]").wait_for()
    patient.press("Tools")
    patient.press("Take to my doctor")
    patient.sees("My questions about")
    return patient


def test_the_file_holds_everything_and_opens_alone(visit: Visit, tmp_path: Path) -> None:
    patient = at_the_record(visit)
    with patient.page.expect_download() as download:
        patient.press("Save as a file")
    patient.sees("The file is in your downloads.")
    file = tmp_path / "record.html"
    download.value.save_as(file)
    page = patient.page.context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    page.screenshot(path=ROOT / "screenshots" / "file.png", full_page=True)
    text = page.inner_text("body")
    assert [part for part in PARTS if part not in text] == []
    assert asked == [file.as_uri()]


def test_the_file_draws_hostile_words_as_text(visit: Visit, tmp_path: Path) -> None:
    patient = at_the_record(visit, f"hostile {HOSTILE}")
    with patient.page.expect_download() as download:
        patient.press("Save as a file")
    file = tmp_path / "record.html"
    download.value.save_as(file)
    page = patient.page.context.new_page()
    page.goto(file.as_uri())
    assert HOSTILE in page.inner_text("body")
    assert page.evaluate("window.hacked") is None
    assert page.locator("img, script").count() == 0


def test_paper_holds_the_record_and_nothing_of_the_page(visit: Visit) -> None:
    patient = at_the_record(visit)
    patient.press("Print")
    page = patient.page
    assert page.evaluate("window.printed")
    assert not page.locator("#ask-myo-paper").is_visible()
    page.emulate_media(media="print")
    assert page.locator("#ask-myo-paper").is_visible()
    assert not page.locator("h1", has_text="Living with").is_visible()
    assert not page.locator("ask-myo .panel").is_visible()
    text = page.locator("#ask-myo-paper article").inner_text()
    assert [part for part in PARTS if part not in text] == []
    page.screenshot(path=ROOT / "screenshots" / "paper.png", full_page=True)
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#ask-myo-paper").count() == 0
    assert page.evaluate("document.adoptedStyleSheets.length") == 0


def test_a_browser_that_cannot_print_says_so(visit: Visit) -> None:
    patient = at_the_record(visit, init="window.print = undefined;")
    patient.press("Print")
    patient.sees("Printing doesn’t work here. Press ‘Save as a file’ instead.")
    assert patient.page.locator("#ask-myo-paper").count() == 0


def test_printing_the_host_page_leaves_the_floating_widget_out(visit: Visit, stub: Stub) -> None:
    patient = visit(opened=False)
    patient.page.emulate_media(media="print")
    assert not patient.widget.locator(".launcher").is_visible()
