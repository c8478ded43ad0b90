"""Every state in every look: axe, target sizes, no sideways scrolling, and a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import DESKTOP, PHONE
from tests.widget.patient import Patient
from tests.widget.stub_server import ROOT, Stub

Visit = Callable[..., Patient]

SCREENSHOTS = Path(ROOT) / "screenshots"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SPEECH = (Path(__file__).parent / "stub_speech.js").read_text()

PLAIN = {"color_scheme": "light", "forced_colors": "none"}
LOOKS: dict[str, tuple[dict[str, int], dict[str, Any], int]] = {
    "desktop": (DESKTOP, PLAIN, 100),
    "phone": (PHONE, PLAIN, 100),
    "narrow": ({"width": 320, "height": 640}, PLAIN, 100),
    "large-text": (PHONE, PLAIN, 200),
    "dark": (PHONE, {**PLAIN, "color_scheme": "dark"}, 100),
    "forced-colors": (PHONE, {**PLAIN, "forced_colors": "active"}, 100),
}
"""Window, what the device asks for, text size in percent."""


def closed(patient: Patient, stub: Stub) -> None:
    patient.press("Close")


def opened(patient: Patient, stub: Stub) -> None:
    pass


def answer(patient: Patient, stub: Stub) -> None:
    patient.ask("Can I lift weights?")
    patient.sees("Light to moderate weights are safe")
    patient.press("Helpful")
    patient.sees("Thank you.")


def clarify(patient: Patient, stub: Stub) -> None:
    patient.ask("which exercise")
    patient.sees("Which did you mean?")


def emergency(patient: Patient, stub: Stub) -> None:
    patient.ask("I am choking")
    patient.sees("Call your emergency number now")


def urgent(patient: Patient, stub: Stub) -> None:
    patient.ask("dark urine")
    patient.sees("Call your doctor today")


def crisis(patient: Patient, stub: Stub) -> None:
    patient.ask("I want to end it")
    patient.sees("Talk to somebody now")


def refused(patient: Patient, stub: Stub) -> None:
    stub.faults.status = 503
    patient.ask("Can I lift weights?")
    patient.sees("The assistant is busy")


def failed(patient: Patient, stub: Stub) -> None:
    patient.ask("this fails")
    patient.sees("Something failed on our side.")


def offline(patient: Patient, stub: Stub) -> None:
    patient.page.context.set_offline(True)
    patient.ask("Can I lift weights?")
    patient.sees("Not sent.")


def not_started(patient: Patient, stub: Stub) -> None:
    stub.faults.status = 503
    patient.page.evaluate("sessionStorage.clear()")
    patient.page.reload()
    patient.press("Ask about IBM")
    patient.sees("can’t be reached")


def listening(patient: Patient, stub: Stub) -> None:
    patient.press("Speak")
    patient.press("Allow and speak")
    patient.sees("Listening.")


def consent(patient: Patient, stub: Stub) -> None:
    patient.press("Speak")
    patient.sees("Before you speak")


def tools(patient: Patient, stub: Stub) -> None:
    patient.press("Tools")
    patient.sees("Text size")


def delete(patient: Patient, stub: Stub) -> None:
    patient.press("Tools")
    patient.press("Delete this conversation")
    patient.sees("can’t be brought back")


def record(patient: Patient, stub: Stub) -> None:
    patient.ask("Can I lift weights?")
    patient.sees("Light to moderate weights are safe")
    patient.ask("I am choking")
    patient.sees("Call your emergency number now")
    patient.press("Tools")
    patient.press("Take to my doctor")
    patient.sees("My questions about")


def inline(patient: Patient, stub: Stub) -> None:
    patient.page.goto(f"{stub.url}/inline")
    patient.sees("I am not a doctor")


STATES = [
    closed, opened, answer, clarify, emergency, urgent, crisis, refused, failed, offline,
    not_started, listening, consent, tools, delete, record, inline,
]  # fmt: skip


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_state(visit: Visit, stub: Stub, state: Callable[[Patient, Stub], None]) -> None:
    # The console reports the failed requests of the failure states.
    patient = visit(quiet=False, init=SPEECH)
    state(patient, stub)
    found = {look: findings(patient, state.__name__, look) for look in LOOKS}
    assert {look: faults for look, faults in found.items() if faults} == {}


def findings(patient: Patient, state: str, look: str) -> list[str]:
    page = patient.page
    viewport, media, size = LOOKS[look]
    page.set_viewport_size(viewport)
    page.emulate_media(**media)
    # The buttons that do this are tested elsewhere; here every state must bear the outcome.
    patient.inside(
        "(root.querySelector('.root').className = "
        f"root.querySelector('.root').className.replace(/size-\\d+/, 'size-{size}'))"
    )
    page.wait_for_timeout(50)
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{state}-{look}.png")
    fits = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    return [
        *violations(patient),
        *small_targets(patient),
        *close_targets(patient),
        *sideways(patient),
        *([] if fits else ["The page scrolls sideways."]),
        *doubly_scrolled(patient),
    ]


def violations(patient: Patient) -> list[str]:
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = Axe().run(patient.page, options=options).response["violations"]
    return [
        f"{one['id']}: {node['html']} {node['failureSummary']}"
        for one in found
        for node in one["nodes"]
    ]


TARGETS = """
    [...root.querySelectorAll('button, a[href], textarea'), ...element.querySelectorAll('a[href]')]
        .filter((target) => target.checkVisibility())
        .map((target) => ({
            words: target.innerText || target.id,
            room: target.closest('.log, .composer, .header, .pane')?.className || '',
            box: target.getBoundingClientRect().toJSON(),
        }))
"""


def small_targets(patient: Patient) -> list[str]:
    return [
        f"{one['words']}: {one['box']['width']} by {one['box']['height']}"
        for one in patient.inside(TARGETS)
        if one["box"]["width"] < 48 or one["box"]["height"] < 48
    ]


def close_targets(patient: Patient) -> list[str]:
    """Pairs with less than 8 px between them. What scrolls is compared with its like only."""
    found = []
    targets = patient.inside(TARGETS)
    for at, one in enumerate(targets):
        for other in targets[at + 1 :]:
            a, b = one["box"], other["box"]
            across = max(a["left"] - b["right"], b["left"] - a["right"])
            down = max(a["top"] - b["bottom"], b["top"] - a["bottom"])
            if one["room"] == other["room"] and max(across, down) < 7.99:
                found.append(f"{one['words']} / {other['words']}: {max(across, down)}")
    return found


def doubly_scrolled(patient: Patient) -> list[str]:
    """Never one scrolling part inside another."""
    return patient.inside(
        "[...root.querySelectorAll('.panel, .chat')].flatMap((panel) => {"
        " const scrolls = (one) => one.scrollHeight > one.clientHeight + 1;"
        " return [...panel.querySelectorAll('.log, .pane')].filter((one) => scrolls(panel)"
        " && scrolls(one) && getComputedStyle(one).overflowY !== 'visible').map(() =>"
        " `panel ${panel.scrollHeight} in ${panel.clientHeight}`); })"
    )


def sideways(patient: Patient) -> list[str]:
    return patient.inside(
        "[...root.querySelectorAll('.root *')]"
        ".filter((one) => one.scrollWidth > one.clientWidth + 1"
        " && getComputedStyle(one).overflowX !== 'visible' && !one.classList.contains('hidden'))"
        ".map((one) => one.className)"
    )
