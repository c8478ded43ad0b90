"""What a patient sees in the browser when a process of the bot stops or a site is refused."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser import NewPage
from tests.conftest import Bot
from tests.e2e.conftest import PATIENCE, Visit
from tests.e2e.test_browser import EXERCISE, STEROIDS, question_of, reply
from tests.widget.patient import Patient
from tests.widget.stub_server import Stub
from tests.widget.test_host_page import LINES, serve


def test_the_action_server_stops_and_nothing_is_lost_or_doubled(own_bot: Bot, visit: Visit) -> None:
    patient = visit(own_bot.url)
    patient.ask(EXERCISE)
    reply(patient, 1)
    own_bot.stop("actions")
    try:
        patient.ask(STEROIDS)
        assert reply(patient, 2).get_attribute("data-kind") == "error"
    finally:
        own_bot.start("actions")
        own_bot.wait()
    patient.press("Try again")
    expect(patient.log.locator("[data-kind=error]")).to_have_count(0, timeout=PATIENCE)
    assert "steroid" in question_of(reply(patient, 2)).lower()
    for _ in range(2):
        assert patient.said() == [EXERCISE, STEROIDS]
        assert patient.cards() == ["smalltalk", "answer", "answer"]
        patient.page.reload()
        patient.open()
        reply(patient, 2)


def test_the_rasa_server_restarts_and_the_conversation_goes_on(own_bot: Bot, visit: Visit) -> None:
    patient = visit(own_bot.url, quiet=False)
    patient.ask(EXERCISE)
    reply(patient, 1)
    own_bot.stop("rasa")
    try:
        patient.ask("more detail")
        patient.sees("Not sent.")
        patient.sees("Your words are kept.")
    finally:
        own_bot.start("rasa")
        own_bot.wait()
    patient.press("Try again")
    # It still knows what 'more' is about.
    assert question_of(reply(patient, 2)) == EXERCISE
    patient.misses("Not sent.")
    patient.page.reload()
    patient.open()
    reply(patient, 2)
    assert patient.said() == [EXERCISE, "more detail"]
    assert patient.cards() == ["smalltalk", "answer", "answer"]


def test_a_site_that_is_not_allowed_reads_why(own_bot: Bot, new_page: NewPage, host: Stub) -> None:
    # The console reports the refused call.
    patient = Patient(new_page(quiet=False), PATIENCE)
    patient.page.goto(serve(host, own_bot.url, LINES["script and element"]))
    patient.press("Ask about IBM")
    patient.sees("The assistant isn’t allowed on this website.")
    patient.sees("ASKMYO_ORIGINS")
    expect(patient.button("Try again")).to_have_count(0)
    link = patient.widget.get_by_role("link", name="Questions and answers about IBM")
    expect(link).to_have_attribute("href", f"{own_bot.url}/answers")
