"""Weak and trembling hands: presses that come twice, and presses that hit what has just moved."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator

from tests.widget.patient import Patient
from tests.widget.stub_server import Stub

Visit = Callable[..., Patient]

HEAVY = "Is it safe to lift heavy weights?"


def press_twice(patient: Patient, button: Locator, pause: float = 80) -> None:
    """Two presses at one place, whatever stands there by then."""
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    patient.page.mouse.click(x, y)
    patient.page.wait_for_timeout(pause)
    patient.page.mouse.click(x, y)


def test_a_question_pressed_twice_is_asked_once(visit: Visit, stub: Stub) -> None:
    patient = visit()
    stub.faults.delay = 0.3
    press_twice(patient, patient.button(HEAVY))
    patient.sees("Light to moderate weights are safe")
    patient.page.wait_for_timeout(400)
    assert stub.shelf.said() == [HEAVY]
    assert patient.cards() == ["help", "answer"]


def test_send_pressed_twice_sends_once_and_says_nothing(visit: Visit, stub: Stub) -> None:
    patient = visit()
    patient.box.fill("Can I lift weights?")
    press_twice(patient, patient.button("Send"))
    patient.sees("Light to moderate weights are safe")
    patient.misses("Type or speak a question")
    assert stub.shelf.said() == ["Can I lift weights?"]


def test_a_question_of_the_page_pressed_twice_is_asked_once(visit: Visit, stub: Stub) -> None:
    patient = visit(opened=False)
    patient.page.evaluate(
        "for (const _ of [1, 2]) document.querySelector('ask-myo').ask('Can I lift weights?')"
    )
    patient.sees("Light to moderate weights are safe")
    assert stub.shelf.said() == ["Can I lift weights?"]


def test_the_second_press_does_not_hit_what_has_come_in_its_place(visit: Visit, stub: Stub) -> None:
    patient = visit()
    patient.press("Tools")
    patient.page.wait_for_timeout(600)
    # The worst that could stand there: the button that deletes.
    patient.inside(
        "root.adoptedStyleSheets.push(new CSSStyleSheet()) && root.adoptedStyleSheets.at(-1)"
        ".replaceSync('#pane .row .main { position: fixed; inset: 0; width: 100vw; }')"
    )
    press_twice(patient, patient.button("Delete this conversation"))
    patient.sees("can’t be brought back")
    patient.page.wait_for_timeout(600)
    assert len(stub.shelf.conversations) == 1
    patient.press("Yes, delete it")
    patient.sees("The conversation is deleted.")


def test_the_same_button_can_be_pressed_quickly(visit: Visit) -> None:
    patient = visit()
    patient.press("Tools")
    patient.press("Larger text")
    patient.press("Larger text")
    patient.sees("Text size: 150 %")


def test_delete_pressed_twice_deletes_once(visit: Visit, stub: Stub) -> None:
    patient = visit()
    patient.press("Tools")
    patient.press("Delete this conversation")
    patient.page.wait_for_timeout(600)
    stub.faults.delay = 0.2
    press_twice(patient, patient.button("Yes, delete it"))
    patient.sees("The conversation is deleted.")
    assert stub.calls("/webhooks/widget/session") == 1
    patient.sees("I am not a doctor")
    assert len(stub.shelf.sessions) == 2
