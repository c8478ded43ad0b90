"""A whole conversation: by mouse, by keyboard alone, and without typing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.widget.patient import Patient
from tests.widget.stub_server import Stub

Visit = Callable[..., Patient]

IRELAND = {"label": "Emergency services (Ireland)", "tel": "112"}


def test_by_mouse(visit: Visit, stub: Stub) -> None:
    patient = visit()
    patient.ask("Can I lift weights?")
    patient.sees("Light to moderate weights are safe")
    for part in (
        "You asked about",
        "Where sources differ",
        "Exercise and inclusion body myositis",
        "An invented muscle charity, 2019",
        "expert opinion",
        "November 20, 2026, by our editors, not by a clinician",
        "Ask your doctor or physical therapist",
    ):
        patient.sees(part)
    patient.press("More detail")
    patient.sees("In a trial of seven people")
    patient.press("Helpful")
    patient.sees("Thank you.")
    assert stub.shelf.feedback == [{"answer": "exercise/heavy_weights", "helpful": True}]
    assert stub.shelf.said() == ["Can I lift weights?", "more detail"]


def test_by_keyboard_alone(visit: Visit, stub: Stub) -> None:
    patient = visit(opened=False)
    keys = patient.page.keyboard
    for _ in range(30):
        keys.press("Tab")
        if patient.focused() == "launcher":
            break
    keys.press("Enter")
    patient.sees("I am not a doctor")
    assert patient.focused() == "panel"
    tab_to(patient, "question")
    keys.type("Can I lift weights?")
    keys.press("Enter")
    patient.sees("Light to moderate weights are safe")
    assert patient.focused() == "question"
    keys.press("Shift+Enter")
    keys.type("second line")
    assert patient.box.input_value() == "\nsecond line"
    tab_to(patient, "More detail", back=True)
    keys.press("Space")
    patient.sees("In a trial of seven people")
    assert patient.focused().startswith("More detail")
    keys.press("Escape")
    expect(patient.log).to_have_count(0)
    assert patient.focused() == "launcher"


def test_the_keyboard_passes_a_long_conversation_by(visit: Visit, stub: Stub) -> None:
    patient = visit()
    for _ in range(3):
        patient.ask("Can I lift weights?")
    patient.log.locator("[data-kind=answer]").nth(2).wait_for()
    patient.page.reload()
    patient.open()
    patient.log.locator("[data-kind=answer]").nth(2).wait_for()
    skip = patient.button("Go to your question")
    expect(skip).to_have_css("opacity", "0")
    patient.page.keyboard.press("Tab")
    assert patient.focused() == "skip"
    expect(skip).to_have_css("opacity", "1")
    patient.page.keyboard.press("Enter")
    assert patient.focused() == "question"
    patient.press("Tools")
    expect(skip).to_have_count(0)


def test_without_typing(visit: Visit, stub: Stub) -> None:
    patient = visit()
    patient.press("Is it safe to lift heavy weights?")
    patient.sees("Light to moderate weights are safe")
    patient.press("Is exercise in a pool good for me?")
    patient.log.locator("[data-kind=answer]").nth(1).wait_for()
    patient.press("Tools")
    patient.press("Take to my doctor")
    patient.sees("My questions about inclusion body myositis")
    patient.press("Back to the conversation")
    patient.press("Tools")
    patient.press("Delete this conversation")
    patient.press("Yes, delete it")
    patient.sees("I am not a doctor")
    assert patient.said() == []
    assert stub.shelf.said() == []


def test_a_suggestion_shows_its_title_and_sends_its_message(visit: Visit, stub: Stub) -> None:
    patient = visit()
    patient.press("What can I ask?")
    patient.log.locator(".said").wait_for()
    assert patient.said() == ["help"]


def test_two_answers_in_one_turn_are_two_cards(visit: Visit) -> None:
    patient = visit()
    patient.ask("two things")
    patient.log.locator("[data-kind=answer]").nth(1).wait_for()
    assert patient.cards() == ["help", "answer", "answer"]


def test_more_detail_is_offered_for_the_last_answer_only(visit: Visit) -> None:
    patient = visit()
    patient.ask("weights")
    expect(patient.button("More detail")).to_be_visible()
    patient.ask("pool")
    patient.press("Ask this again")
    patient.log.locator("[data-kind=answer]").nth(2).wait_for()
    assert patient.said()[-1] == "Is it safe to lift heavy weights?"


@pytest.mark.parametrize(
    ("words", "tag", "number", "href"),
    [
        ("choking", "Emergency", "Call 911", "tel:911"),
        ("end it all", "You are not alone", "Call 116 123", "tel:116123"),
    ],
)
def test_help_lines_come_first(visit: Visit, words: str, tag: str, number: str, href: str) -> None:
    patient = visit()
    patient.ask(words)
    card = patient.log.locator(".alert")
    expect(card.get_by_text(tag, exact=True)).to_be_visible()
    expect(card.get_by_role("link", name=number)).to_have_attribute("href", href)
    assert card.locator(".number, .text").first.get_attribute("class") == "number"


def test_an_urgent_sign_says_why_before_whom_to_call(visit: Visit) -> None:
    patient = visit()
    patient.ask("dark urine")
    card = patient.log.locator(".alert")
    expect(card.get_by_text("Urgent", exact=True)).to_be_visible()
    assert card.locator(".number, .text").first.get_attribute("class") == "text"
    expect(card.get_by_role("link", name="Call 111")).to_have_attribute("href", "tel:111")


def test_a_help_line_without_a_number_is_a_link(visit: Visit) -> None:
    patient = visit()
    patient.ask("end it all")
    link = patient.log.get_by_role("link", name="Open Find a Helpline")
    expect(link).to_have_attribute("href", "https://findahelpline.com/")


def test_a_malformed_reply_still_shows_its_words(visit: Visit) -> None:
    patient = visit()
    patient.ask("malformed")
    patient.sees("Only words.")


def test_larger_text_keeps_the_last_turn_in_view(visit: Visit) -> None:
    patient = visit()
    for words in ("weights", "pool", "two things"):
        patient.ask(words)
    cards = patient.log.locator("[data-kind=answer]")
    cards.nth(3).wait_for()
    patient.press("Tools")
    for _ in range(4):
        patient.press("Larger text")
    patient.press("Back to the conversation")
    # The first of its replies: a warning comes before an answer.
    expect(cards.nth(2).locator("h3")).to_be_in_viewport()


def test_words_say_what_numbers_are_unless_there_is_danger(visit: Visit, stub: Stub) -> None:
    stub.reply_to = lambda _: [
        {"text": "", "custom": {"kind": "help", "text": "These are:", "numbers": [IRELAND]}}
    ]
    patient = visit()
    patient.ask("I live in Ireland")
    card = patient.log.locator("[data-kind=help]").nth(1)
    assert card.locator(".number, .text").first.get_attribute("class") == "text"


def test_an_empty_or_long_question_is_not_sent(visit: Visit, stub: Stub) -> None:
    patient = visit()
    patient.ask("   ")
    patient.sees("Type or speak a question")
    patient.ask("a" * 1001)
    patient.sees("has 1001 characters")
    assert patient.box.input_value() == "a" * 1001
    assert stub.shelf.said() == []


def tab_to(patient: Patient, name: str, *, back: bool = False) -> None:
    for _ in range(40):
        patient.page.keyboard.press("Shift+Tab" if back else "Tab")
        if patient.focused().startswith(name):
            return
    pytest.fail(f"Tab never reached {name!r}")
