"""The testers' channel."""

from __future__ import annotations

import pytest

from askmyo.channel.tokens import PREFIX

from .harness import Server


def test_same_json_as_rasas_own(server: Server) -> None:
    answer = server.rest(sender="tester", message="Is it inherited?").json()
    assert answer == [
        {
            "recipient_id": "tester",
            "text": "You said: Is it inherited?\n\nBe well.",
            "custom": {"kind": "answer", "text": "Is it inherited?"},
        }
    ]
    assert server.bot.heard[0].sender_id == "tester"
    assert server.client.get("/webhooks/rest/").json() == {"status": "ok"}


@pytest.mark.parametrize("sender", [{}, {"sender": None}, {"sender": ""}])
def test_without_a_sender_nobody_shares_a_conversation(server: Server, sender: dict) -> None:
    first, second = (server.rest(message="Hello", **sender).json() for _ in range(2))
    assert first[0]["recipient_id"] != second[0]["recipient_id"]
    assert "default" not in {one.sender_id for one in server.bot.heard}


def test_stream_is_ignored(server: Server) -> None:
    body = {"message": "Hello"}
    answer = server.client.post("/webhooks/rest/webhook?stream=true", json=body)
    assert len(answer.json()) == 1


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "no_text"),
        ({"message": None}, 400, "no_text"),
        ({"message": 5}, 400, "no_text"),
        ({"message": ["Hello"]}, 400, "no_text"),
        ([], 400, "no_object"),
        ({"message": "x" * 1_001}, 413, "too_long"),
        ({"message": "Hello", "sender": {}}, 400, "bad_sender"),
        ({"message": "Hello", "sender": PREFIX + "x"}, 400, "bad_sender"),
        ({"message": "Hello", "sender": "x" * 201}, 400, "bad_sender"),
    ],
)
def test_a_wrong_body_is_refused(server: Server, body: object, status: int, code: str) -> None:
    answer = server.client.post("/webhooks/rest/webhook", json=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert server.bot.heard == []


def test_exactly_a_thousand_letters_pass(server: Server) -> None:
    assert server.rest(message="\U0001f600" * 1_000).status_code == 200


@pytest.mark.parametrize("kind", ["text/plain", "", "application/x-www-form-urlencoded", "json"])
def test_only_json_is_processed(server: Server, kind: str) -> None:
    answer = server.client.post(
        "/webhooks/rest/webhook", content='{"message": "Hello"}', headers={"Content-Type": kind}
    )
    assert answer.status_code == 415
    assert server.bot.heard == []


def test_a_slash_does_not_command_the_bot(server: Server) -> None:
    server.rest(message="/restart")
    assert server.bot.heard[0].text == "restart"
