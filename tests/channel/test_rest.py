"""The testers' channel."""

from __future__ import annotations

from pathlib import Path

import pytest

from askmyo.channel.rest import RestChannel
from askmyo.channel.settings import SettingsError
from askmyo.channel.tokens import PREFIX

from .harness import Server, serving

PATH = "/webhooks/rest/webhook"


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


@pytest.mark.parametrize(
    ("environment", "status"),
    [
        ({"HOST": "127.0.0.1"}, 200),
        ({"HOST": "127.0.0.2"}, 200),
        ({"HOST": "localhost"}, 200),
        ({"HOST": "0.0.0.0"}, 403),  # noqa: S104
        ({"HOST": "192.168.1.5"}, 403),
        ({"HOST": "localhost.example.org"}, 403),
        ({}, 403),
        ({"HOST": "127.0.0.1", "ASKMYO_TRUSTED_PROXIES": "1"}, 403),
        ({"HOST": "0.0.0.0", "ASKMYO_REST": "on"}, 200),  # noqa: S104
        ({"HOST": "127.0.0.1", "ASKMYO_REST": "off"}, 403),
    ],
)
def test_it_answers_only_where_no_stranger_can_reach_it(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
    status: int,
) -> None:
    for name in ("HOST", "ASKMYO_TRUSTED_PROXIES", "ASKMYO_REST"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with serving(tmp_path, rest=RestChannel.from_credentials(None)) as server:
        answer = server.rest(message="Hello")
        assert answer.status_code == status
        if status == 403:
            assert answer.json()["error"]["code"] == "testers_only"
            assert "ASKMYO_REST=on" in answer.json()["error"]["message"]
        assert len(server.bot.heard) == (status == 200)
        assert server.call("POST", "sessions", json={}).status_code == 200


@pytest.mark.parametrize("name", ["Forwarded", "Via", "X-Forwarded-For", "x-real-ip"])
def test_a_proxy_nobody_told_us_of_does_not_open_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("HOST", "127.0.0.1")
    monkeypatch.delenv("ASKMYO_REST", raising=False)
    body, headers = {"message": "Hello"}, {name: "192.0.2.7"}
    with serving(tmp_path, rest=RestChannel.from_credentials(None)) as server:
        assert server.client.post(PATH, json=body).status_code == 200
        assert server.client.post(PATH, json=body, headers=headers).status_code == 403
    monkeypatch.setenv("ASKMYO_REST", "on")
    with serving(tmp_path, rest=RestChannel.from_credentials(None)) as server:
        assert server.client.post(PATH, json=body, headers=headers).status_code == 200


def test_a_switch_that_is_neither_on_nor_off_stops_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ASKMYO_REST", "perhaps")
    with pytest.raises(SettingsError, match="ASKMYO_REST is 'perhaps'"):
        RestChannel.from_credentials(None)
