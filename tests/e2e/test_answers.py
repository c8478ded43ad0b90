"""What a patient gets from the running bot, over HTTP."""

from __future__ import annotations

from uuid import uuid4

import httpx
import pytest

from tests.conftest import Bot

ASKED = [
    ("What causes IBM?", "causes/what_causes"),
    ("is it inherited", "causes/inherited"),
    ("first signs?", "symptoms/first_signs"),
    ("which muscles get weak", "symptoms/which_muscles"),
    ("do steroids work", "treatment/steroids"),
    ("is there a cure", "treatment/cure"),
    ("can I lift weights", "exercise/heavy_weights"),
    ("is swimming any good", "exercise/warm_pool"),
    ("should i worry that exercise makes it worse", "exercise/makes_it_worse"),
    ("my husband keeps falling", "symptoms/falls"),
]


@pytest.mark.parametrize(("text", "answer"), ASKED)
def test_a_question_gets_its_cited_answer(bot: Bot, text: str, answer: str) -> None:
    [reply] = bot.ask(text)
    custom = reply["custom"]
    assert (custom["kind"], custom["answer"]) == ("answer", answer)
    assert custom["sources"]
    assert custom["disclaimer"] in reply["text"]
    assert custom["sources"][0]["publisher"] in reply["text"]
    assert custom["reviewed"]


@pytest.mark.parametrize("text", ["what is the weather", "asdf", "", "   ", "🙂", "/", "/crisis"])
def test_anything_else_gets_a_reply_of_another_kind(bot: Bot, text: str) -> None:
    replies = bot.ask(text)
    assert replies
    assert all(reply["custom"]["kind"] != "answer" and reply["text"] for reply in replies)


def test_five_thousand_letters_get_a_clear_error(bot: Bot) -> None:
    body = {"sender": "long", "message": "a" * 5000}
    response = httpx.post(f"{bot.url}/webhooks/rest/webhook", json=body, timeout=30)
    assert response.status_code == 413
    assert "1,000" in response.json()["error"]["message"]


def test_the_first_reply_says_that_it_is_automated(bot: Bot) -> None:
    sender = uuid4().hex
    assert "automated" in bot.ask("what causes ibm", sender)[0]["custom"]["notice"]
    assert "notice" not in bot.ask("is it inherited", sender)[0]["custom"]


def test_two_questions_get_two_answers(bot: Bot) -> None:
    replies = bot.ask("Do steroids help? And can I go swimming?")
    assert [reply["custom"]["answer"] for reply in replies] == [
        "treatment/steroids",
        "exercise/warm_pool",
    ]


FOLLOW_UPS = [
    ("tell me more", "more"),
    ("say that again", "answer"),
    ("where is that from?", "sources"),
    ("can you say that more simply", "short"),
]


@pytest.mark.parametrize(("text", "layer"), FOLLOW_UPS)
def test_a_follow_up_stands_on_the_last_answer(bot: Bot, text: str, layer: str) -> None:
    sender = uuid4().hex
    [first] = bot.ask("does ivig help", sender)
    assert first["custom"]["more"]
    [reply] = bot.ask(text, sender)
    assert reply["custom"]["answer"] == first["custom"]["answer"]
    assert reply["custom"]["layer"] == layer


def test_a_follow_up_without_anything_before_says_so(bot: Bot) -> None:
    [reply] = bot.ask("tell me more")
    assert reply["custom"]["kind"] == "help"


def test_every_suggestion_leads_to_its_answer(bot: Bot) -> None:
    [reply] = bot.ask("What causes IBM?")
    for choice in reply["custom"]["suggestions"]:
        [next_reply] = bot.ask(choice["message"])
        assert next_reply["custom"]["question"] == choice["title"]
