"""One turn, and the same turn again."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from .harness import Bot, Server, serving, words


def kinds(response) -> list[str]:
    return [one["custom"]["kind"] for one in response.json()["messages"]]


def test_a_session_greets_and_a_message_is_answered_in_one_piece(server: Server) -> None:
    session = server.call("POST", "sessions", json={}).json()
    assert session["messages"][0]["custom"]["kind"] == "smalltalk"
    assert session["expires"].endswith("+00:00")
    answer = server.say(session["token"], "What causes IBM?", "m1")
    assert answer.status_code == 200
    assert answer.json()["id"] == "m1"
    assert words(answer) == "What causes IBM?"
    assert len(answer.json()["messages"]) == 1
    assert set(answer.json()["messages"][0]) == {"text", "custom"}


def test_a_session_may_start_without_a_body(server: Server) -> None:
    assert server.call("POST", "sessions").status_code == 200


def test_country_and_language_reach_the_bot_and_a_slip_in_them_costs_nothing(
    server: Server,
) -> None:
    server.say(server.start(country="gb", lang="en-GB"), "Hello", "m1")
    server.say(server.start(country="England", lang="?"), "Hello", "m1")
    assert [one.metadata for one in server.bot.heard] == [{"country": "GB", "lang": "en-GB"}, None]
    wrong = server.call("POST", "sessions", json={"country": 44})
    assert wrong.status_code == 400
    assert "country" in wrong.json()["error"]["message"]


def test_a_repeat_gets_the_same_replies_and_is_processed_once(server: Server) -> None:
    token = server.start()
    first = server.say(token, "One", "m1")
    assert server.say(token, "One", "m1").json() == first.json()
    assert words(server.say(token, "Two", "m2")) == "Two"
    assert len(server.bot.heard) == 2


def test_a_repeat_during_the_first_joins_it(server: Server) -> None:
    token = server.start()
    server.bot.pause = 0.5
    with ThreadPoolExecutor(5) as pool:
        answers = list(pool.map(lambda _: server.say(token, "One", "m1"), range(5)))
    assert {words(one) for one in answers} == {"One"}
    assert len(server.bot.heard) == 1


def test_a_repeat_after_a_restart_is_found_in_the_tracker_store(tmp_path: Path) -> None:
    with serving(tmp_path) as before:
        token = before.start()
        first = before.say(token, "One", "m1").json()
    with serving(tmp_path) as after:
        assert after.say(token, "One", "m1").json() == first
        assert after.bot.heard == []
        assert after.history(token)[0]["text"] == "One"


def test_the_same_id_in_another_conversation_is_another_message(server: Server) -> None:
    assert words(server.say(server.start(), "Mine", "m1")) == "Mine"
    assert words(server.say(server.start(), "Yours", "m1")) == "Yours"


def test_a_caller_who_hangs_up_finds_the_reply_later(server: Server) -> None:
    token = server.start()
    server.bot.pause = 0.4
    with pytest.raises(Exception, match="timed out"):
        server.call("POST", "messages", token, json={"id": "m1", "text": "One"}, timeout=0.1)
    assert words(server.say(token, "One", "m1")) == "One"
    assert len(server.bot.heard) == 1


@pytest.mark.parametrize("mood", ["silent", "broken", "slow", "sorry"])
def test_a_failed_turn_gives_one_error_reply_and_the_next_try_works(
    tmp_path: Path, mood: str
) -> None:
    with serving(tmp_path, turn_seconds=0.5) as server:
        token = server.start()
        server.bot.mood = mood
        failed = server.say(token, "One", "m1")
        assert failed.status_code == 200
        assert kinds(failed) == ["error"]
        assert [one["custom"]["kind"] for one in server.rest(message="One").json()] == ["error"]
        server.bot.mood = "well"
        assert kinds(server.say(token, "One", "m1")) == ["answer"]
        assert [line.get("id") for line in server.history(token)] == ["m1", None]


def test_an_actions_error_is_no_reply_to_a_repeat_after_a_restart(tmp_path: Path) -> None:
    with serving(tmp_path) as before:
        token = before.start()
        before.bot.mood = "sorry"
        assert kinds(before.say(token, "One", "m1")) == ["error"]
        assert [line["from"] for line in before.history(token)] == ["user", "bot"]
    with serving(tmp_path) as after:
        assert kinds(after.say(token, "One", "m1")) == ["answer"]
        assert [line["from"] for line in after.history(token)] == ["user", "bot"]


def test_history_gives_a_turn_without_a_reply_the_one_the_patient_saw(server: Server) -> None:
    token = server.start()
    server.bot.mood = "silent"
    server.say(token, "One", "m1")
    assert [line["from"] for line in server.history(token)] == ["user", "bot"]
    assert server.history(token)[1]["custom"]["kind"] == "error"


def test_history_restores_the_conversation(server: Server) -> None:
    token = server.start()
    assert server.history(token) == []
    replies = [server.say(token, text, f"m{text}").json()["messages"] for text in "12"]
    assert server.history(token) == [
        {"from": "user", "id": "m1", "text": "1"},
        {"from": "bot", **replies[0][0]},
        {"from": "user", "id": "m2", "text": "2"},
        {"from": "bot", **replies[1][0]},
    ]


def test_messages_of_one_conversation_take_turns(server: Server) -> None:
    token = server.start()
    server.bot.pause = 0.05
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda n: server.say(token, f"Q{n}", f"m{n}"), range(6)))
    assert [words(one) for one in answers] == [f"Q{n}" for n in range(6)]
    lines = server.history(token)
    assert [line["from"] for line in lines] == ["user", "bot"] * 6
    for said, got in zip(lines[::2], lines[1::2], strict=True):
        assert got["custom"]["text"] == said["text"]


def test_a_crowd_waits_its_turn_and_is_told_when_that_is_too_long(tmp_path: Path) -> None:
    with serving(tmp_path, turns_at_once=1, wait_seconds=0.3) as server:
        server.bot.pause = 0.6
        tokens = [server.start() for _ in range(2)]
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(lambda token: server.say(token, "One", "m1"), tokens))
        assert sorted(one.status_code for one in answers) == [200, 503]
        refused = max(answers, key=lambda one: one.status_code)
        assert refused.json()["error"]["code"] == "busy"
        assert "kept" in refused.json()["error"]["message"]
        assert int(refused.headers["Retry-After"]) > 0
        server.bot.pause = 0
        assert all(words(server.say(token, "One", "m1")) == "One" for token in tokens)


def test_without_a_model_the_words_are_kept(tmp_path: Path) -> None:
    bot = Bot(tmp_path)
    bot.ready = False
    with serving(tmp_path, bot) as server:
        answer = server.say(server.start(), "One", "m1")
        assert answer.status_code == 503
        assert answer.json()["error"]["code"] == "not_ready"


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("", ""),
        ("   ", ""),
        ("/greet", "greet"),
        (" / /\u2003//emergency{}", "emergency{}"),
        ("a/b", "a/b"),
        ("half \ud800 a letter", "half \ufffd a letter"),
        ("nul\x00", "nul"),
    ],
)
def test_what_was_typed_reaches_the_bot_defused(server: Server, typed: str, heard: str) -> None:
    # Half a letter can be sent only in escapes.
    escaped = "".join(f"\\u{ord(one):04x}" for one in typed)
    answer = server.client.post(
        "/webhooks/widget/messages",
        content=f'{{"id": "m1", "text": "{escaped}"}}',
        headers={
            "Content-Type": "application/json",
            "Authorization": f"Bearer {server.start()}",
        },
    )
    assert answer.status_code == 200
    assert server.bot.heard[0].text == heard


@pytest.mark.alone
def test_a_turn_costs_little(server: Server) -> None:
    token = server.start()
    server.say(token, "One", "m0")
    started = time.perf_counter()
    for number in range(20):
        assert server.say(token, "One", f"n{number}").status_code == 200
    assert (time.perf_counter() - started) / 20 < 0.25
