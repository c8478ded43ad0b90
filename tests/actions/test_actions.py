from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

import actions.base
from actions.base import book
from askmyo.answerbook import Book
from tests.actions.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
CURE, CAUSE = "treatment/cure", "causes/what_causes"


def domain() -> dict[str, Any]:
    found: dict[str, Any] = YAML(typ="safe").load((ROOT / "domain.yml").read_text())
    return found


def test_the_domain_names_every_action_and_no_other(registered: dict[str, Any]) -> None:
    assert sorted(domain()["actions"]) == sorted(registered)


def test_every_intent_has_one_rule() -> None:
    rules = YAML(typ="safe").load((ROOT / "data/rules/turns.yml").read_text())["rules"]
    assert sorted(rule["steps"][0]["intent"] for rule in rules) == sorted(domain()["intents"])
    assert {rule["steps"][1]["action"] for rule in rules} <= set(domain()["actions"])


@pytest.mark.parametrize("answer_id", sorted(book().answers))
def test_every_answer_is_served_in_the_shape_of_the_contract(run: Run, answer_id: str) -> None:
    turn = {"label": answer_id, "answers": [answer_id]}
    [message], slots = run("action_answer", turn)
    custom, entry = message["custom"], book().answers[answer_id]
    assert custom["kind"] == "answer"
    assert custom["answer"] == answer_id
    assert custom["text"] == entry.answer
    assert custom["more"] is bool(entry.more)
    assert custom["disclaimer"] == book().disclaimers[entry.disclaimer]
    for source in custom["sources"]:
        assert source.keys() == {"ref", "title", "publisher", "year", "url", "says"}
        assert source["publisher"] in message["text"]
    assert custom["disclaimer"] in message["text"]
    assert all(choice["message"] for choice in custom["suggestions"])
    assert slots["last_answers"] == [answer_id]


def test_two_answers_give_two_replies(run: Run) -> None:
    messages, slots = run("action_answer", {"label": CURE, "answers": [CURE, CAUSE]})
    assert [message["custom"]["answer"] for message in messages] == [CURE, CAUSE]
    assert slots["last_answers"] == [CURE, CAUSE]


def test_clarify_offers_full_questions_and_remembers_them(run: Run) -> None:
    [message], slots = run("action_clarify", {"label": "clarify/any", "options": [CURE, CAUSE]})
    assert message["custom"]["kind"] == "clarify"
    assert [choice["message"] for choice in message["custom"]["suggestions"]] == [
        book().answers[CURE].question,
        book().answers[CAUSE].question,
    ]
    assert slots["last_options"] == [CURE, CAUSE]


CHOICES = [(0, CURE), (1, CAUSE), (-1, CAUSE)]


@pytest.mark.parametrize(("choice", "answer"), CHOICES)
def test_a_choice_is_served(run: Run, choice: int, answer: str) -> None:
    turn = {"label": "follow_up/choose", "choice": choice}
    [message], slots = run("action_follow_up", turn, last_options=[CURE, CAUSE])
    assert message["custom"]["answer"] == answer
    assert slots["last_options"] == []


def test_a_choice_that_is_not_there_offers_the_options_again(run: Run) -> None:
    turn = {"label": "follow_up/choose", "choice": 2}
    [message], slots = run("action_follow_up", turn, last_options=[CURE, CAUSE])
    assert len(message["custom"]["suggestions"]) == 2
    assert slots["last_options"] == [CURE, CAUSE]


LAYERS = [
    ("follow_up/again", "answer"),
    ("follow_up/simpler", "short"),
    ("follow_up/sources", "sources"),
]


@pytest.mark.parametrize(("label", "layer"), LAYERS)
def test_a_follow_up_shows_a_layer_of_the_last_answer(run: Run, label: str, layer: str) -> None:
    [message], _ = run("action_follow_up", {"label": label}, last_answers=[CURE])
    assert (message["custom"]["answer"], message["custom"]["layer"]) == (CURE, layer)


def with_more(wanted: bool) -> str:
    return next(one.id for one in book().answers.values() if bool(one.more) is wanted)


def test_more_shows_the_longer_layer_where_there_is_one(run: Run) -> None:
    one = with_more(True)
    [message], _ = run("action_follow_up", {"label": "follow_up/more"}, last_answers=[one])
    assert message["custom"]["text"] == book().answers[one].more
    assert message["custom"]["more"] is False


def test_more_points_on_where_there_is_none(run: Run) -> None:
    one = with_more(False)
    [message], _ = run("action_follow_up", {"label": "follow_up/more"}, last_answers=[one])
    assert message["custom"]["kind"] == "help"
    assert message["custom"]["suggestions"]


def test_kindness_offers_first_what_may_have_been_asked(run: Run) -> None:
    [message], slots = run("action_support", {"label": "support/sad", "options": [CAUSE]})
    general = book().replies["support/sad"].suggestions
    assert slots["last_options"] == [CAUSE, *general]
    assert len(message["custom"]["suggestions"]) == 1 + len(general)
    [_], slots = run("action_support", {"label": "support/sad", "options": [general[1]]})
    assert slots["last_options"] == [general[1], general[0], *general[2:]]


def test_a_follow_up_on_nothing_says_so(run: Run) -> None:
    [message], _ = run("action_follow_up", {"label": "follow_up/more"})
    assert message["custom"]["kind"] == "help"


PREPARED = sorted(
    name
    for name in book().replies
    if name.split("/")[0]
    in ("smalltalk", "help", "privacy", "feedback", "support", "personal_advice", "out_of_scope")
)


@pytest.mark.parametrize("name", PREPARED)
def test_every_prepared_reply_is_served(run: Run, name: str) -> None:
    intent = name.split("/", maxsplit=1)[0]
    [message], _ = run(f"action_{intent}", {"label": name})
    assert message["custom"]["text"] == book().replies[name].text
    assert message["custom"]["kind"] == book().replies[name].kind


def test_a_message_without_a_turn_still_gets_a_reply(run: Run, registered: dict[str, Any]) -> None:
    for name in registered:
        messages, _ = run(name, None)
        assert messages, name


def test_a_fault_gives_an_error_reply_and_logs_no_patient_text(
    run: Run, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        try:
            raise KeyError("my zebra")
        except KeyError as error:
            raise ValueError("my zebra can't swallow") from error

    monkeypatch.setattr(actions.base, "read_turn", broken)
    with caplog.at_level(logging.ERROR):
        [message], slots = run("action_answer", {"label": CURE, "answers": [CURE]})
    assert message["custom"]["kind"] == "error"
    assert slots == {}
    assert "action_answer failed" in caplog.text
    assert "ValueError at " in caplog.text
    assert "<- KeyError at " in caplog.text
    assert "zebra" not in caplog.text
    assert not any("zebra" in str(vars(record)) for record in caplog.records)


def test_the_first_reply_says_that_it_is_automated(run: Run) -> None:
    turn = {"label": CURE, "answers": [CURE]}
    [first], _ = run("action_answer", turn, said=False)
    [later], _ = run("action_answer", turn)
    assert first["custom"]["notice"] in first["text"]
    assert "notice" not in later["custom"]


def countries(found: Book) -> list[str]:
    return [key for key in found.countries if key != "anywhere"]


@pytest.mark.parametrize("kind", ["emergency", "urgent", "crisis"])
@pytest.mark.parametrize("country", [None, *countries(book())])
def test_a_red_flag_says_whom_to_call(run: Run, kind: str, country: str | None) -> None:
    turn = {"label": f"{kind}/any", "flag": {"kind": kind, "sign": "any"}}
    messages, _ = run("action_red_flag", turn, country=country)
    custom = messages[0]["custom"]
    assert custom["kind"] == kind
    assert custom["heading"]
    assert custom["numbers"]
    assert all(line.get("tel") or line.get("url") for line in custom["numbers"])
    assert custom["numbers"][0]["label"] in messages[0]["text"]


def test_a_question_beside_a_red_flag_is_answered_after_it(run: Run) -> None:
    turn = {
        "label": "emergency/any",
        "flag": {"kind": "emergency", "sign": "any"},
        "answers": [CURE],
    }
    messages, _ = run("action_red_flag", turn)
    assert [message["custom"]["kind"] for message in messages] == ["emergency", "answer"]


def test_a_country_is_remembered_and_changed(run: Run) -> None:
    _, slots = run("action_country", {"label": "country/any", "country": "GB"})
    assert slots["country"] == "GB"
    [message], slots = run("action_country", {"label": "country/any", "country": "US"})
    assert slots["country"] == "US"
    # Many are asked where they live in an emergency: that number leads.
    assert message["custom"]["numbers"][0]["tel"] == "911"


def test_no_label_repeats_its_number(run: Run) -> None:
    [message], _ = run("action_red_flag", {"label": "emergency/any", "flag": {"kind": "emergency"}})
    numbers = message["custom"]["numbers"]
    assert [one for one in numbers if one["tel"] in one["label"]] == []
    assert message["custom"]["ask"].startswith("Where do you live?")
    assert all(one["message"].startswith("I live in") for one in message["custom"]["suggestions"])


def test_a_known_country_is_not_asked_for(run: Run) -> None:
    turn = {"label": "emergency/any", "flag": {"kind": "emergency"}, "country": "IE"}
    [message], _ = run("action_red_flag", turn)
    assert "ask" not in message["custom"]
