"""Screen readers, keyboards, voices: what is announced, where focus is, what moves."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE
from tests.widget.patient import Patient
from tests.widget.stub_server import Stub

Visit = Callable[..., Patient]

LISTEN = """
window.announced = [];
new MutationObserver((changes) => {
    for (const { target } of changes) {
        const region = (target.nodeType === 1 ? target : target.parentElement);
        if (region?.matches('.ask-myo-announcer') && region.textContent)
            window.announced.push([region.getAttribute('aria-live'), region.textContent]);
    }
}).observe(document, { subtree: true, childList: true, characterData: true });
"""


def test_each_reply_is_announced_once(visit: Visit) -> None:
    patient = visit(init=LISTEN)
    patient.page.evaluate("window.announced.length = 0")
    patient.ask("Can I lift weights?")
    patient.sees("Light to moderate weights are safe")
    patient.page.wait_for_timeout(300)
    announced = patient.page.evaluate("window.announced")
    assert len(announced) == 1
    assert announced[0][0] == "polite"
    assert announced[0][1].count("Light to moderate weights are safe") == 1
    assert announced[0][1].endswith("2 suggested questions follow.")
    expect(patient.log).to_have_attribute("aria-live", "off")


def test_a_greeting_is_announced_to_whoever_opened_the_panel(visit: Visit) -> None:
    patient = visit(init=LISTEN)
    [[urgency, text]] = patient.page.evaluate("window.announced")
    assert urgency == "polite"
    assert "I am not a doctor" in text


def test_a_greeting_nobody_asked_for_is_not_announced(visit: Visit, stub: Stub) -> None:
    patient = visit(f"{stub.url}/inline", opened=False, init=LISTEN)
    patient.sees("I am not a doctor")
    patient.page.wait_for_timeout(300)
    assert patient.page.evaluate("window.announced") == []
    patient.ask("weather")
    patient.page.wait_for_timeout(300)
    assert len(patient.page.evaluate("window.announced")) == 1


def test_an_outage_nobody_asked_about_is_not_announced(visit: Visit, stub: Stub) -> None:
    stub.faults.status = 503
    patient = visit(f"{stub.url}/inline", opened=False, init=LISTEN, quiet=False)
    patient.sees("can’t be reached")
    patient.page.wait_for_timeout(300)
    assert patient.page.evaluate("window.announced") == []
    patient.press("Try again")
    patient.page.wait_for_timeout(300)
    [[_, text]] = patient.page.evaluate("window.announced")
    assert text.startswith("The assistant can’t be reached just now.")


def test_an_emergency_interrupts_with_its_numbers_first(visit: Visit) -> None:
    patient = visit(init=LISTEN)
    patient.page.evaluate("window.announced.length = 0")
    patient.ask("I am choking")
    patient.sees("Call your emergency number now")
    [[urgency, text]] = patient.page.evaluate("window.announced")
    assert urgency == "assertive"
    assert text.startswith("Emergency. Call your emergency number now. Emergency services, US")


def test_the_same_words_are_announced_again(visit: Visit) -> None:
    patient = visit(init=LISTEN)
    patient.page.evaluate("window.announced.length = 0")
    for _ in range(2):
        patient.ask("weather")
        patient.page.wait_for_timeout(200)
    assert len(patient.page.evaluate("window.announced")) == 2


def test_the_announcer_is_heard_and_not_seen(visit: Visit) -> None:
    patient = visit()
    region = patient.page.locator(".ask-myo-announcer").first
    box = region.bounding_box()
    assert box
    assert (box["width"], box["height"]) == (1, 1)
    assert region.evaluate("(one) => one.getRootNode() === document")


def test_a_reply_never_takes_focus(visit: Visit, stub: Stub) -> None:
    patient = visit(f"{stub.url}/inline", opened=False)
    patient.sees("I am not a doctor")
    stub.faults.delay = 0.3
    patient.ask("Can I lift weights?")
    patient.page.get_by_role("button", name="Copy the line").focus()
    patient.sees("Light to moderate weights are safe")
    assert patient.focused() == "copy"


def test_a_reply_leaves_focus_in_the_record(visit: Visit, stub: Stub) -> None:
    patient = visit()
    patient.ask("Can I lift weights?")
    patient.sees("Light to moderate weights are safe")
    stub.faults.delay = 1
    patient.ask("Is a pool good?")
    patient.press("Tools")
    patient.press("Take to my doctor")
    link = patient.widget.locator(".record").get_by_role("link").first
    link.focus()
    expect(patient.widget.locator(".record section")).to_have_count(2)
    expect(link).to_be_focused()


def test_opening_by_attribute_takes_no_focus(visit: Visit) -> None:
    patient = visit(opened=False)
    patient.page.evaluate("document.querySelector('ask-myo').setAttribute('open', '')")
    patient.sees("I am not a doctor")
    assert patient.page.evaluate("document.activeElement === document.body")


def test_focus_goes_in_and_comes_back(visit: Visit) -> None:
    patient = visit()
    assert patient.focused() == "panel"
    patient.press("Tools")
    assert patient.focused() == "pane"
    patient.page.keyboard.press("Escape")
    assert patient.focused() == "tools"
    patient.press("Close")
    assert patient.focused() == "launcher"


def test_focus_stays_with_the_words_that_are_sent_again(visit: Visit, stub: Stub) -> None:
    patient = visit(quiet=False)
    stub.faults.status, stub.faults.times = 503, 1
    patient.ask("Can I lift weights?")
    patient.button("Try again").focus()
    patient.page.keyboard.press("Enter")
    patient.sees("Light to moderate weights are safe")
    assert patient.inside("root.activeElement.className") == "said"


def test_a_panel_that_would_hide_the_focused_control_steps_back(visit: Visit) -> None:
    patient = visit(viewport=PHONE)
    patient.page.get_by_role("link", name="How is IBM diagnosed?").focus()
    expect(patient.log).to_have_count(0)
    assert patient.focused() == "How is IBM diagnosed?"
    patient.open()


def test_the_launcher_makes_room_for_the_focused_control(visit: Visit) -> None:
    patient = visit(opened=False)
    patient.page.evaluate(
        """() => {
            const link = document.querySelector('nav a');
            Object.assign(link.style, { position: 'fixed', right: '20px', bottom: '20px' });
            link.focus();
        }"""
    )
    patient.page.wait_for_timeout(100)
    box = patient.widget.locator(".launcher").bounding_box()
    assert box
    assert box["x"] < 100


def test_every_control_is_called_by_the_words_it_shows(visit: Visit) -> None:
    patient = visit()
    patient.ask("Can I lift weights?")
    patient.sees("Light to moderate weights are safe")
    for control in patient.widget.locator("button, a").all():
        if not control.is_visible():
            continue
        shown = control.evaluate(
            "(one) => [...one.childNodes]"
            ".filter((node) => node.nodeType !== 8 && !node.classList?.contains('hidden'))"
            ".map((node) => node.textContent).join(' ').trim().replace(/\\s+/g, ' ')"
        )
        assert shown
        role = "button" if control.evaluate("(one) => one.localName") == "button" else "link"
        named = re.compile(f"^{re.escape(shown)}")
        expect(patient.widget.get_by_role(role, name=named).first).to_be_visible()


def test_nothing_moves_for_those_who_want_no_motion(visit: Visit) -> None:
    init = """window.scrolled = [];
        const scroll = Element.prototype.scrollTo;
        Element.prototype.scrollTo = function (options) {
            window.scrolled.push(options.behavior);
            scroll.call(this, options);
        };"""
    patient = visit(init=init, reduced_motion="reduce")
    patient.ask("Can I lift weights?")
    patient.sees("Light to moderate weights are safe")
    patient.page.wait_for_timeout(100)
    assert patient.page.evaluate("window.scrolled") == ["auto"]
    assert patient.inside("root.getAnimations().length") == 0


def test_a_reply_is_shown_from_its_beginning(visit: Visit) -> None:
    patient = visit(viewport=PHONE, reduced_motion="reduce")
    patient.ask("Can I lift weights?")
    patient.sees("Light to moderate weights are safe")
    patient.page.wait_for_timeout(200)
    below = patient.inside(
        "root.querySelector('[data-kind=answer]').getBoundingClientRect().top"
        " - root.querySelector('.log').getBoundingClientRect().top"
    )
    assert 0 <= below < 40


def test_the_largest_text_on_the_smallest_phone_leaves_room_to_read(visit: Visit) -> None:
    patient = visit(viewport={"width": 320, "height": 640}, reduced_motion="reduce")
    patient.press("Tools")
    for _ in range(4):
        patient.press("Larger text")
    patient.press("Back to the conversation")
    patient.ask("I am choking")
    patient.sees("Call your emergency number now")
    patient.page.wait_for_timeout(200)
    top, head = patient.inside(
        "[root.querySelector('.alert').getBoundingClientRect().top,"
        " root.querySelector('.header').getBoundingClientRect().bottom]"
    )
    assert head < 0.2 * 640
    assert head <= top < head + 40


@pytest.mark.parametrize("size", [125, 150, 175, 200])
def test_text_grows_to_twice_its_size_and_stays_so(visit: Visit, size: int) -> None:
    patient = visit()
    patient.press("Tools")
    for _ in range((size - 100) // 25):
        patient.press("Larger text")
    patient.page.reload()
    patient.open()
    shown = patient.inside("getComputedStyle(root.querySelector('.card p')).fontSize")
    assert float(shown.removesuffix("px")) >= 15
    base = patient.inside("getComputedStyle(root.querySelector('.text p')).fontSize")
    assert float(base.removesuffix("px")) == pytest.approx(18 * size / 100)


def test_a_larger_browser_text_size_is_kept(visit: Visit) -> None:
    patient = visit()
    patient.page.evaluate("document.documentElement.style.fontSize = '24px'")
    base = patient.inside("getComputedStyle(root.querySelector('.text p')).fontSize")
    assert base == "27px"
