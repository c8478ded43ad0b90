"""Whole conversations with the running bot, in a real browser: nothing stands in for anything."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import NewPage
from tests.conftest import Bot
from tests.e2e.conftest import PATIENCE, Visit
from tests.widget.patient import Patient
from tests.widget.stub_replies import HOSTILE
from tests.widget.stub_server import Stub
from tests.widget.test_conversation import tab_to
from tests.widget.test_host_page import LINES, serve

SPEECH = (Path(__file__).parents[1] / "widget" / "stub_speech.js").read_text()
EXERCISE = "Is exercise good for IBM?"
STEROIDS = "do steroids work"
CHOKING = "he is choking and can't breathe"
VAGUE = ("legs", "what about sleep", "the drug", "trial", "walking", "doctor test")
"""Each may mean several things. A model trained anew may come to understand one of them."""


def reply(patient: Patient, number: int) -> Locator:
    """The reply of that number, the greeting not counted, once it is there."""
    card = patient.log.locator(".card").nth(number)
    card.wait_for()
    return card


def question_of(card: Locator) -> str:
    return card.locator("h3").inner_text().split("\n")[-1]


def first_choice(card: Locator) -> str:
    """Presses the first of the buttons under a reply; returns its words."""
    button = card.locator(".suggestion").first
    words = button.inner_text()
    button.click()
    return words


def test_by_mouse(bot: Bot, visit: Visit) -> None:
    patient = visit(bot.url)
    patient.ask("is exercise good for me")
    card = reply(patient, 1)
    for part in (EXERCISE, "Sources", "How sure:", "not by a clinician", "general information"):
        expect(card).to_contain_text(part)
    expect(card.locator("a.source").first).to_have_attribute("href", "https://cureibm.org/")
    patient.press("More detail")
    assert question_of(reply(patient, 2)) == EXERCISE
    patient.press("Helpful")
    patient.sees("Thank you.")
    patient.ask(STEROIDS)
    assert "steroid" in question_of(reply(patient, 3)).lower()
    assert patient.cards() == ["smalltalk", "answer", "answer", "answer"]
    assert patient.said() == ["is exercise good for me", "more detail", STEROIDS]


def test_by_keyboard_alone(bot: Bot, visit: Visit) -> None:
    patient = visit(bot.url, opened=False)
    keys = patient.page.keyboard
    tab_to(patient, "launcher")
    keys.press("Enter")
    patient.sees("I am not a doctor")
    assert patient.focused() == "panel"
    tab_to(patient, "question")
    keys.type(EXERCISE)
    keys.press("Enter")
    reply(patient, 1)
    assert patient.focused() == "question"
    tab_to(patient, "More detail", back=True)
    keys.press("Space")
    reply(patient, 2)
    tab_to(patient, "Helpful")
    keys.press("Enter")
    patient.sees("Thank you.")
    tab_to(patient, "tools", back=True)
    keys.press("Enter")
    tab_to(patient, "Take to my doctor")
    keys.press("Enter")
    patient.sees("My questions about inclusion body myositis")
    keys.press("Escape")
    assert patient.focused() == "tools"
    keys.press("Escape")
    expect(patient.log).to_have_count(0)
    assert patient.focused() == "launcher"


def test_without_typing(bot: Bot, visit: Visit) -> None:
    patient = visit(bot.url, opened=False, init=SPEECH)
    patient.page.get_by_role("link", name="How is IBM diagnosed?").click()
    asked = first_choice(reply(patient, 1))
    assert question_of(reply(patient, 2)) == asked
    patient.press(EXERCISE)
    assert question_of(reply(patient, 3)) == EXERCISE
    patient.press("More detail")
    asked = first_choice(reply(patient, 4))
    assert question_of(reply(patient, 5)) == asked
    patient.press("Speak")
    patient.press("Allow and speak")
    for number, words in enumerate(VAGUE, start=6):
        patient.page.evaluate("(words) => window.heard.engines.at(-1).say(words)", words)
        patient.press("Send")
        if reply(patient, number).get_attribute("data-kind") == "clarify":
            break
        patient.press("Speak")
    expect(reply(patient, number)).to_contain_text("Which did you mean?")
    asked = first_choice(reply(patient, number))
    assert question_of(reply(patient, number + 1)) == asked


def test_a_reload_restores_the_conversation(bot: Bot, visit: Visit) -> None:
    patient = visit(bot.url)
    patient.ask(STEROIDS)
    patient.ask(EXERCISE)
    reply(patient, 2)
    patient.box.fill("half a thought")
    before = (patient.cards(), patient.said(), patient.log.locator("h3").all_inner_texts())
    patient.page.reload()
    patient.open()
    reply(patient, 2)
    after = (patient.cards(), patient.said(), patient.log.locator("h3").all_inner_texts())
    assert after == before
    assert patient.box.input_value() == "half a thought"
    patient.press("More detail")
    assert question_of(reply(patient, 3)) == EXERCISE


def on_disk(database: Path, words: str) -> tuple[int, bool]:
    """How many stored events hold the words, and whether any byte of the store does."""
    with sqlite3.connect(database) as connection:
        found = connection.execute("select count(*) from events where data like ?", [f"%{words}%"])
        count = found.fetchone()[0]
    connection.close()
    files = database.parent.glob("conversations.db*")
    return count, any(words.encode() in file.read_bytes() for file in files)


def test_delete_deletes_in_the_tracker_store_too(bot: Bot, visit: Visit) -> None:
    patient = visit(bot.url)
    secret = "okapi"
    patient.ask(f"my {secret} says steroids work, is that so")
    reply(patient, 1)
    assert on_disk(bot.database, secret) != (0, False)
    patient.press("Tools")
    patient.press("Delete this conversation")
    patient.press("Yes, delete it")
    patient.sees("The conversation is deleted.")
    assert on_disk(bot.database, secret) == (0, False)
    patient.sees("I am not a doctor")
    assert patient.said() == []
    patient.page.reload()
    patient.open()
    assert patient.said() == []


def numbers(card: Locator) -> list[str]:
    return [str(link.get_attribute("href")) for link in card.locator("a.number").all()]


def test_an_emergency_and_the_country(bot: Bot, visit: Visit) -> None:
    patient = visit(bot.url)
    patient.ask(CHOKING)
    card = reply(patient, 1)
    assert card.get_attribute("data-kind") == "emergency"
    assert {"tel:911", "tel:999", "tel:112", "tel:000", "tel:111"} <= set(numbers(card))
    # The numbers stand before any other words.
    assert card.locator(".number, .text").first.get_attribute("href") == numbers(card)[0]
    before = len(patient.cards())
    expect(card).to_contain_text("Where do you live?")
    card.get_by_role("button", name="I live in Ireland").click()
    told = reply(patient, before)
    assert numbers(told)[0] == "tel:112"
    patient.ask(CHOKING)
    again = reply(patient, before + 1)
    assert again.get_attribute("data-kind") == "emergency"
    assert numbers(again) == ["tel:112"]
    expect(again.get_by_role("button", name="I live in")).to_have_count(0)


def test_two_tabs_hold_two_conversations(bot: Bot, visit: Visit) -> None:
    first = visit(bot.url)
    page = first.page.context.new_page()
    page.goto(bot.url)
    second = Patient(page, PATIENCE)
    second.open()
    first.ask(EXERCISE)
    second.ask(STEROIDS)
    reply(first, 1)
    reply(second, 1)
    # Each goes on from its own last answer.
    first.press("More detail")
    assert question_of(reply(first, 2)) == EXERCISE
    for patient, said in ((first, [EXERCISE, "more detail"]), (second, [STEROIDS])):
        patient.page.reload()
        patient.open()
        reply(patient, len(said))
        assert patient.said() == said


def test_hostile_words_are_drawn_as_text(bot: Bot, visit: Visit) -> None:
    patient = visit(bot.url)
    patient.ask(HOSTILE)
    reply(patient, 1)
    for _ in range(2):
        assert patient.said() == [HOSTILE]
        assert patient.page.evaluate("window.hacked") is None
        assert patient.inside("root.querySelectorAll('img, script, iframe, style').length") == 0
        patient.page.reload()
        patient.open()
        reply(patient, 1)


@pytest.mark.parametrize("line", ["script and element", "script alone"])
def test_one_line_in_a_foreign_page_under_a_strict_policy(
    bot: Bot, new_page: NewPage, host: Stub, line: str
) -> None:
    patient = Patient(new_page(), PATIENCE)
    patient.page.goto(serve(host, bot.url, LINES[line]))
    patient.open()
    patient.ask(EXERCISE)
    assert question_of(reply(patient, 1)) == EXERCISE
    assert patient.page.context.cookies() == []
