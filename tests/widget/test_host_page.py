"""The widget in other people's pages: a strict CSP, a hostile style sheet, one line."""

from __future__ import annotations

import statistics
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.widget.patient import Patient
from tests.widget.stub_server import Stub
from tests.widget.test_states import close_targets, small_targets, violations

NewPage = Callable[..., Page]

READY_MS = 150
HOSTILE_STYLES = """
* { all: unset !important; color: yellow !important; background: yellow !important;
    font-size: 5px !important; letter-spacing: 2em !important; text-transform: uppercase !important;
    display: none !important; pointer-events: none !important; }
html, body, ask-myo { display: block !important; }
html { font-size: 3px !important; line-height: 0 !important; word-spacing: 3em !important; }
body { transform: rotate(1deg) !important; overflow: hidden !important; }
body { visibility: hidden !important; }
ask-myo { opacity: 0 !important; visibility: hidden !important; position: absolute !important;
    left: -9999px !important; width: 1px !important; height: 1px !important; }
button, a, p, div, ul, textarea { display: none !important; }
"""
HOST = """<!doctype html><html lang="en"><head><title>A site</title>
<link rel="stylesheet" href="/host.css"></head>
<body><h1>A site</h1><p><input id="field" aria-label="Search this site"></p>{line}</body></html>"""


def serve(host: Stub, server: str, line: str, *, extra: str = "", styles: str = "") -> str:
    """A page on another origin whose policy allows nothing but our script and our calls."""
    host.page = HOST.format(line=line.replace("https://HOST", server))
    host.styles = styles
    host.page_policy = (
        f"default-src 'none'; style-src 'self'; script-src {server}; "
        f"connect-src {server}; base-uri 'none'; form-action 'none'{extra}"
    )
    return f"{host.url}/host"


FALLBACK = '<a href="https://HOST/answers">Questions and answers about IBM</a>'
LINES = {
    "script and element": '<script src="https://HOST/widget/ask-myo.js" defer></script>'
    f'<ask-myo server="https://HOST">{FALLBACK}</ask-myo>',
    "script alone": '<script src="https://HOST/widget/ask-myo.js" defer></script>',
    "script without defer": '<script src="https://HOST/widget/ask-myo.js"></script>',
    "module": '<script type="module" src="https://HOST/widget/ask-myo.js" defer></script>'
    f'<ask-myo server="https://HOST">{FALLBACK}</ask-myo>',
    "module alone": '<script type="module" src="https://HOST/widget/ask-myo.js"></script>',
    "twice": '<script src="https://HOST/widget/ask-myo.js" defer></script>' * 2,
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_one_line_under_a_strict_policy(
    new_page: NewPage, host: Stub, stub: Stub, line: str
) -> None:
    patient = Patient(new_page())
    patient.page.goto(serve(host, stub.url, line))
    patient.open()
    patient.ask("Can I lift weights?")
    patient.sees("Light to moderate weights are safe")
    expect(patient.widget).to_have_count(1)
    assert patient.page.context.cookies() == []


def test_under_trusted_types(new_page: NewPage, host: Stub, stub: Stub) -> None:
    extra = "; require-trusted-types-for 'script'; trusted-types lit-html"
    patient = Patient(new_page())
    patient.page.goto(serve(host, stub.url, LINES["script alone"], extra=extra))
    patient.open()
    patient.ask("Can I lift weights?")
    patient.sees("Light to moderate weights are safe")


def test_printing_and_saving_under_a_strict_policy(
    new_page: NewPage, host: Stub, stub: Stub
) -> None:
    patient = Patient(new_page(init="window.print = () => { window.printed = true; };"))
    patient.page.goto(serve(host, stub.url, LINES["script alone"]))
    patient.open()
    patient.ask("Can I lift weights?")
    patient.sees("Light to moderate weights are safe")
    patient.press("Tools")
    patient.press("Take to my doctor")
    patient.press("Print")
    assert patient.page.evaluate("window.printed")
    with patient.page.expect_download() as download:
        patient.press("Save as a file")
    assert download.value.suggested_filename == "my-questions-about-ibm.html"


def test_settings_of_the_script_tag(new_page: NewPage, host: Stub, stub: Stub) -> None:
    line = (
        '<script src="https://HOST/widget/ask-myo.js" defer data-mode="inline" '
        'data-title="Ask our assistant" data-country="AU" data-lang="en-AU"></script>'
    )
    patient = Patient(new_page())
    patient.page.goto(serve(host, stub.url, line))
    patient.sees("I am not a doctor")
    expect(patient.widget.get_by_role("heading", name="Ask our assistant")).to_be_visible()
    assert stub.shelf.sessions == [{"lang": "en-AU", "country": "AU"}]
    assert patient.page.evaluate("document.querySelector('ask-myo').hasAttribute('title')") is False


def test_a_hostile_style_sheet(new_page: NewPage, host: Stub, stub: Stub) -> None:
    patient = Patient(new_page())
    patient.page.goto(serve(host, stub.url, LINES["script and element"], styles=HOSTILE_STYLES))
    patient.open()
    patient.ask("Can I lift weights?")
    patient.sees("Light to moderate weights are safe")
    card = patient.inside(
        "(({fontSize, letterSpacing, textTransform, color, wordSpacing, visibility}) =>"
        " [fontSize, letterSpacing, textTransform, color, wordSpacing, visibility])"
        "(getComputedStyle(root.querySelector('.card .text p')))"
    )
    assert card == ["18px", "normal", "none", "rgb(22, 38, 43)", "0px", "visible"]
    panel = patient.inside("root.querySelector('.panel').getBoundingClientRect().toJSON()")
    assert panel["right"] <= 1280
    assert panel["bottom"] <= 860
    assert small_targets(patient) == []
    assert close_targets(patient) == []
    assert violations(patient) == []


def test_without_the_script_a_link_remains(new_page: NewPage, host: Stub, stub: Stub) -> None:
    line = LINES["script and element"].replace("/widget/ask-myo.js", "/missing/file.js")
    page = new_page(quiet=False)
    page.goto(serve(host, stub.url, line))
    link = page.get_by_role("link", name="Questions and answers about IBM")
    expect(link).to_be_visible()
    expect(link).to_have_attribute("href", f"{stub.url}/answers")


def test_nothing_is_asked_of_the_server_before_the_panel_is_opened(
    new_page: NewPage, host: Stub, stub: Stub
) -> None:
    patient = Patient(new_page())
    patient.page.goto(serve(host, stub.url, LINES["script alone"]))
    expect(patient.button("Ask about IBM")).to_be_visible()
    assert [path for _, path, _ in stub.requests] == ["/widget/ask-myo.js"]


def test_hidden_switches_the_assistant_off(new_page: NewPage, host: Stub, stub: Stub) -> None:
    line = LINES["script and element"].replace("<ask-myo", '<ask-myo hidden mode="inline"')
    page = new_page()
    page.goto(serve(host, stub.url, line))
    page.evaluate("customElements.whenDefined('ask-myo')")
    page.wait_for_timeout(300)
    assert stub.shelf.sessions == []
    assert page.locator(".ask-myo-announcer").count() == 0
    page.evaluate("document.querySelector('ask-myo').hidden = false")
    Patient(page).sees("I am not a doctor")


@pytest.mark.alone
def test_ready_in_time(new_page: NewPage, host: Stub, stub: Stub) -> None:
    url = serve(host, stub.url, LINES["script alone"])
    taken = []
    for _ in range(5):
        page = new_page(
            init="addEventListener('ask-myo-ready', () => { window.ready = performance.now(); });"
        )
        page.goto(url)
        page.wait_for_function("window.ready")
        taken.append(
            page.evaluate(
                "window.ready - performance.getEntriesByType('resource')"
                ".find((one) => one.name.endsWith('ask-myo.js')).responseEnd"
            )
        )
    print(f"script to ready: {statistics.median(taken):.0f} ms (of {taken})")
    assert statistics.median(taken) < READY_MS


def test_events_name_what_happened_and_never_what_was_asked(
    new_page: NewPage, host: Stub, stub: Stub
) -> None:
    names = ["ready", "open", "close", "sent", "reply", "error", "deleted"]
    init = f"""window.events = [];
        for (const name of {names}) addEventListener(`ask-myo-${{name}}`,
            (event) => window.events.push([name, event.detail]));"""
    patient = Patient(new_page(init=init, quiet=False))
    patient.page.goto(serve(host, stub.url, LINES["script alone"]))
    patient.open()
    patient.ask("Can I lift weights?")
    patient.sees("Light to moderate weights are safe")
    stub.faults.status, stub.faults.times = 503, 1
    patient.ask("weights")
    patient.sees("Not sent.")
    patient.press("Tools")
    patient.press("Delete this conversation")
    patient.press("Yes, delete it")
    patient.sees("The conversation is deleted.")
    patient.press("Close")
    assert patient.page.evaluate("window.events") == [
        ["ready", {}],
        ["open", {}],
        ["sent", {}],
        ["reply", {"kind": "answer", "answer": "exercise/heavy_weights"}],
        ["sent", {}],
        ["error", {"code": "stub_503", "status": 503}],
        ["deleted", {}],
        ["close", {}],
    ]


def test_demo_page_asks_its_questions(new_page: NewPage, stub: Stub) -> None:
    patient = Patient(new_page())
    patient.page.goto(stub.url)
    patient.page.get_by_role("link", name="Is exercise safe for people with IBM?").click()
    patient.sees("Light to moderate weights are safe")
    assert stub.shelf.said() == ["Is exercise safe for people with IBM?"]
