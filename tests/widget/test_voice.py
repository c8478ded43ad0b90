"""Speech in and out, with a stub engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.widget.patient import Patient
from tests.widget.stub_server import Stub

Visit = Callable[..., Patient]

SPEECH = (Path(__file__).parent / "stub_speech.js").read_text()
ENGINE = "window.heard.engines.at(-1)"


def test_speech_needs_consent_then_review_then_send(visit: Visit, stub: Stub) -> None:
    patient = visit(init=SPEECH)
    patient.press("Speak")
    patient.sees("send the sound to the company that makes the browser")
    patient.press("Not now")
    assert patient.page.evaluate("window.heard.engines.length") == 0
    patient.press("Speak")
    patient.press("Allow and speak")
    patient.sees("Listening.")
    patient.page.evaluate(f"{ENGINE}.say('Can I ', 'lift weights')")
    patient.press("Stop listening")
    patient.sees("Please check the words, then press Send.")
    assert patient.box.input_value() == "Can I lift weights"
    assert stub.shelf.said() == []
    patient.press("Send")
    patient.sees("Light to moderate weights are safe")
    patient.press("Speak")
    patient.sees("Listening.")


def test_speech_adds_to_what_was_typed(visit: Visit) -> None:
    patient = visit(init=SPEECH)
    patient.box.fill("Can I")
    patient.press("Speak")
    patient.press("Allow and speak")
    patient.page.evaluate(f"{ENGINE}.say('lift weights')")
    assert patient.box.input_value() == "Can I lift weights"


def test_words_that_come_as_ever_longer_guesses_are_written_once(visit: Visit) -> None:
    patient = visit(init=SPEECH)
    patient.press("Speak")
    patient.press("Allow and speak")
    for said in ("'Can'", "'Can', 'Can I'", "'Can', 'Can I', 'Can I lift'"):
        patient.page.evaluate(f"{ENGINE}.grow({said})")
    assert patient.box.input_value() == "Can I lift"


@pytest.mark.parametrize(
    ("failure", "notice"),
    [
        ("no-speech", "No words were heard. Nothing was sent."),
        ("not-allowed", "The microphone is switched off"),
        ("network", "Speech did not work just now."),
    ],
)
def test_silence_and_failures_send_nothing(
    visit: Visit, stub: Stub, failure: str, notice: str
) -> None:
    patient = visit(init=SPEECH)
    patient.press("Speak")
    patient.press("Allow and speak")
    patient.page.evaluate(f"{ENGINE}.fail('{failure}')")
    patient.sees(notice)
    assert stub.shelf.said() == []


def test_closing_stops_listening(visit: Visit) -> None:
    patient = visit(init=SPEECH)
    patient.press("Speak")
    patient.press("Allow and speak")
    patient.sees("Listening.")
    patient.press("Close")
    assert patient.page.evaluate(f"{ENGINE}.aborted")
    patient.button("Ask about IBM").click()
    expect(patient.button("Speak")).to_be_visible()


def test_read_aloud_uses_a_local_voice_of_the_language(visit: Visit) -> None:
    patient = visit(init=SPEECH)
    patient.ask("I am choking")
    patient.sees("Call your emergency number now")
    patient.press("Read aloud")
    spoken = patient.page.evaluate("window.heard.spoken.map((one) => [one.voice.name, one.text])")
    assert {voice for voice, _ in spoken} == {"Local"}
    assert [text for _, text in spoken][:2] == ["Emergency.", "Call your emergency number now."]
    patient.press("Stop reading")
    assert patient.page.evaluate("window.heard.canceled") == 1
    expect(patient.button("Read aloud")).to_be_visible()


def test_read_every_answer_aloud(visit: Visit) -> None:
    patient = visit(init=SPEECH)
    patient.press("Tools")
    patient.press("Read every answer aloud: off")
    patient.button("Read every answer aloud: on").wait_for()
    patient.press("Back to the conversation")
    patient.ask("Can I lift weights?")
    patient.sees("Stop reading")
    text = patient.page.evaluate("window.heard.spoken.map((one) => one.text).join(' ')")
    assert text.startswith("Is it safe to lift heavy weights?")
    patient.press("Close")
    assert patient.page.evaluate("window.heard.canceled") == 1


def test_only_remote_voices_means_no_reading_aloud(visit: Visit) -> None:
    remote = SPEECH + "window.speechSynthesis.voices.length = 1;"
    patient = visit(init=remote)
    patient.ask("Can I lift weights?")
    patient.sees("Light to moderate weights are safe")
    patient.misses("Read aloud")
    patient.press("Tools")
    patient.misses("Read every answer aloud")


def test_a_browser_without_speech_shows_no_speech_buttons(visit: Visit) -> None:
    patient = visit(
        init="delete window.SpeechRecognition; delete window.webkitSpeechRecognition;"
        "delete window.speechSynthesis;"
    )
    patient.ask("Can I lift weights?")
    patient.sees("Light to moderate weights are safe")
    expect(patient.widget.locator("#speak")).to_have_count(0)
