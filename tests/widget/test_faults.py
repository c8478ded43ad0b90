"""What goes wrong on the way: nothing typed is lost, nothing is answered twice."""

from __future__ import annotations

import json
from collections.abc import Callable

from playwright.sync_api import expect

from tests.widget.patient import Patient
from tests.widget.stub_replies import HOSTILE, reply_to
from tests.widget.stub_server import Stub

Visit = Callable[..., Patient]


def test_a_server_that_stops_and_starts_again_loses_nothing(visit: Visit, stub: Stub) -> None:
    patient = visit(quiet=False)
    patient.ask("Can I lift weights?")
    patient.sees("Light to moderate weights are safe")
    stub.stop()
    patient.ask("Is a pool good?")
    patient.sees("Not sent.")
    patient.sees("Your words are kept.")
    again = stub.restarted()
    try:
        patient.press("Try again")
        patient.log.locator("[data-kind=answer]").nth(1).wait_for()
        patient.misses("Not sent.")
        assert again.shelf.said() == ["Can I lift weights?", "Is a pool good?"]
        assert patient.said() == ["Can I lift weights?", "Is a pool good?"]
    finally:
        again.stop()


def test_a_reply_lost_on_the_way_is_fetched_and_not_doubled(visit: Visit, stub: Stub) -> None:
    patient = visit(quiet=False)
    # Twice, because Chromium sends a request again by itself when a kept connection breaks.
    stub.faults.drop_replies = 2
    patient.ask("Can I lift weights?")
    patient.press("Try again")
    patient.sees("Light to moderate weights are safe")
    assert len(stub.shelf.processed) == 1
    assert patient.cards() == ["help", "answer"]
    assert patient.said() == ["Can I lift weights?"]


def test_a_reload_restores_the_conversation(visit: Visit, stub: Stub) -> None:
    patient = visit()
    patient.ask("Can I lift weights?")
    patient.sees("Light to moderate weights are safe")
    patient.ask("which exercise")
    patient.sees("Which did you mean?")
    patient.box.fill("half a thought")
    before = (patient.cards(), patient.said())
    patient.page.reload()
    patient.open()
    patient.sees("Which did you mean?")
    assert (patient.cards(), patient.said()) == before
    assert patient.box.input_value() == "half a thought"
    assert len(stub.shelf.sessions) == 1


def test_a_reload_keeps_what_could_not_be_sent(visit: Visit, stub: Stub) -> None:
    patient = visit(quiet=False)
    stub.faults.status = 503
    patient.ask("Can I lift weights?")
    patient.sees("The assistant is busy. Your words are kept.")
    stub.faults.status = 0
    patient.page.reload()
    patient.open()
    patient.sees("Not sent.")
    patient.press("Try again")
    patient.sees("Light to moderate weights are safe")
    assert stub.shelf.said() == ["Can I lift weights?"]


def test_a_reload_while_an_answer_is_on_its_way_doubles_nothing(visit: Visit, stub: Stub) -> None:
    patient = visit(quiet=False)
    stub.faults.delay = 0.6
    patient.ask("Can I lift weights?")
    patient.sees("Looking for an answer.")
    patient.page.reload()
    patient.open()
    patient.log.locator("[data-kind=answer], .problem").first.wait_for()
    if patient.log.get_by_text("Not sent.").count():
        patient.press("Try again")
    patient.sees("Light to moderate weights are safe")
    assert len(stub.shelf.processed) == 1
    assert patient.said() == ["Can I lift weights?"]


def test_an_expired_session_is_renewed_quietly(visit: Visit, stub: Stub) -> None:
    patient = visit(quiet=False)
    patient.ask("Can I lift weights?")
    patient.sees("Light to moderate weights are safe")
    stub.shelf.conversations.clear()
    patient.ask("Is a pool good?")
    patient.log.locator("[data-kind=answer]").nth(1).wait_for()
    assert patient.cards() == ["help", "answer", "answer"]
    assert len(stub.shelf.sessions) == 2


def test_what_an_expired_token_began_is_deleted(visit: Visit, stub: Stub) -> None:
    patient = visit(quiet=False)
    patient.ask("Can I lift weights?")
    patient.sees("Light to moderate weights are safe")
    stub.shelf.expired.update(stub.shelf.conversations)
    patient.ask("Is a pool good?")
    patient.log.locator("[data-kind=answer]").nth(1).wait_for()
    assert patient.said() == ["Can I lift weights?", "Is a pool good?"]
    assert stub.shelf.said() == ["Is a pool good?"]
    patient.press("Tools")
    patient.press("Delete this conversation")
    patient.press("Yes, delete it")
    patient.sees("The conversation is deleted.")
    assert stub.shelf.said() == []


def test_a_page_that_comes_back_shows_what_became_of_the_conversation(
    visit: Visit, stub: Stub
) -> None:
    patient = visit(quiet=False)
    patient.ask("Can I lift weights?")
    patient.sees("Light to moderate weights are safe")
    # On another page of the site, in the same tab, it was deleted. Playwright's Chromium keeps no
    # left pages, so the browser's word that this one was kept is spoken here.
    stub.shelf.conversations.clear()
    patient.page.evaluate("sessionStorage.clear()")
    patient.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    patient.misses("Light to moderate weights are safe")
    patient.sees("I am not a doctor")
    assert patient.said() == []


def test_a_reload_after_the_conversation_ended_says_so(visit: Visit, stub: Stub) -> None:
    patient = visit(quiet=False)
    stub.shelf.conversations.clear()
    patient.page.reload()
    patient.open()
    patient.sees("Your earlier conversation has ended")


def test_too_many_questions(visit: Visit, stub: Stub) -> None:
    patient = visit(quiet=False)
    stub.faults.status, stub.faults.times = 429, 1
    patient.ask("Can I lift weights?")
    patient.sees("Please wait 7 seconds, then try again.")
    patient.press("Try again")
    patient.sees("Light to moderate weights are safe")


def test_words_that_were_not_sent_can_be_changed(visit: Visit, stub: Stub) -> None:
    patient = visit(quiet=False)
    stub.faults.status, stub.faults.times = 413, 1
    patient.ask("Can I lift weights?")
    patient.press("Change my words")
    assert patient.box.input_value() == "Can I lift weights?"
    expect(patient.box).to_be_focused()
    assert patient.said() == []


def test_a_server_that_is_down_leaves_a_link_to_the_answers(visit: Visit, stub: Stub) -> None:
    patient = visit(quiet=False, opened=False)
    stub.faults.status = 503
    patient.press("Ask about IBM")
    patient.sees("can’t be reached")
    link = patient.widget.get_by_role("link", name="Read all questions and answers").first
    expect(link).to_have_attribute("href", f"{stub.url}/answers")
    patient.ask("Can I lift weights?")
    patient.sees("Not sent.")
    stub.faults.status = 0
    patient.press("Try again")
    patient.sees("I am not a doctor")
    patient.sees("Light to moderate weights are safe")


def test_a_slow_server_keeps_the_order(visit: Visit, stub: Stub) -> None:
    patient = visit()
    stub.faults.delay = 0.4
    patient.ask("Can I lift weights?")
    patient.sees("Looking for an answer.")
    patient.ask("Is a pool good?")
    patient.log.locator("[data-kind=answer]").nth(1).wait_for()
    assert stub.shelf.said() == ["Can I lift weights?", "Is a pool good?"]
    order = patient.log.locator(".said .text, .card h3").all_inner_texts()
    assert order[0] == "Can I lift weights?"
    assert order[2] == "Is a pool good?"


def test_an_empty_reply_is_a_failure_not_silence(visit: Visit, stub: Stub) -> None:
    patient = visit()
    stub.reply_to = lambda _: []
    patient.ask("Can I lift weights?")
    patient.sees("Something went wrong on our side.")


def failed_once(patient: Patient, stub: Stub) -> None:
    """The server's first reply is an error; the next try works."""
    answers = iter(["fails", "weights"])
    stub.reply_to = lambda _: reply_to(next(answers))
    patient.ask("Can I lift weights?")
    patient.sees("Something failed on our side.")


def test_an_error_on_the_servers_side_can_be_tried_again(visit: Visit, stub: Stub) -> None:
    patient = visit()
    failed_once(patient, stub)
    patient.press("Try again")
    patient.sees("Light to moderate weights are safe")
    assert patient.cards() == ["help", "answer"]
    assert patient.said() == stub.shelf.said() == ["Can I lift weights?"]
    assert len({message_id for _, message_id in stub.shelf.processed}) == 1


def test_a_reload_keeps_what_failed_on_the_servers_side(visit: Visit, stub: Stub) -> None:
    patient = visit()
    failed_once(patient, stub)
    patient.page.reload()
    patient.open()
    patient.sees("Not sent.")
    patient.press("Try again")
    patient.sees("Light to moderate weights are safe")
    patient.page.reload()
    patient.open()
    patient.sees("Light to moderate weights are safe")
    assert patient.said() == stub.shelf.said() == ["Can I lift weights?"]
    assert len({message_id for _, message_id in stub.shelf.processed}) == 1


def test_two_tabs_hold_two_conversations(visit: Visit, stub: Stub) -> None:
    first = visit()
    page = first.page.context.new_page()
    page.goto(stub.url)
    second = Patient(page)
    second.open()
    first.ask("Can I lift weights?")
    second.ask("Is a pool good?")
    first.sees("Light to moderate weights are safe")
    second.sees("Light to moderate weights are safe")
    assert first.said() == ["Can I lift weights?"]
    assert second.said() == ["Is a pool good?"]
    assert len(stub.shelf.sessions) == 2


def test_delete_deletes_on_the_server_too(visit: Visit, stub: Stub) -> None:
    patient = visit(quiet=False)
    patient.ask("Can I lift weights?")
    patient.sees("Light to moderate weights are safe")
    stub.faults.status, stub.faults.times = 503, 1
    patient.press("Tools")
    patient.press("Delete this conversation")
    patient.press("Yes, delete it")
    patient.sees("Not deleted.")
    assert stub.shelf.said() == ["Can I lift weights?"]
    patient.press("Yes, delete it")
    patient.sees("The conversation is deleted.")
    assert stub.shelf.said() == []
    kept = json.dumps(patient.page.evaluate("({...sessionStorage})"))
    assert "lift weights" not in kept


def test_hostile_words_are_drawn_as_text(visit: Visit, stub: Stub) -> None:
    patient = visit()
    patient.ask(f"hostile {HOSTILE}")
    patient.log.locator("[data-kind=answer]").wait_for()
    patient.page.wait_for_timeout(200)
    assert patient.said() == [f"hostile {HOSTILE}"]
    assert patient.page.evaluate("window.hacked") is None
    assert patient.inside("root.querySelectorAll('img, script, iframe, style').length") == 0
    hrefs = patient.inside("[...root.querySelectorAll('a')].map((link) => link.href)")
    assert [href for href in hrefs if not href.startswith(("https:", "mailto:", "tel:"))] == []
    patient.page.reload()
    patient.open()
    patient.press("Tools")
    patient.press("Take to my doctor")
    patient.sees("My questions about")
    assert patient.page.evaluate("window.hacked") is None
    assert patient.inside("root.querySelectorAll('img, script, iframe, style').length") == 0
