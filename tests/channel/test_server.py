"""What holds for every address: origins, headers, errors, health, the switch, the logs."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from rasa.utils.endpoints import EndpointConfig

from .harness import Bot, Server, serving

FRIEND = "https://www.example.org"


@pytest.fixture
def friendly(tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path, origins=(FRIEND,)) as server:
        yield server


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost:1"])
def test_a_foreign_page_is_refused_before_anything_happens(friendly: Server, origin: str) -> None:
    token = friendly.start()
    for method, path in (("POST", "messages"), ("POST", "sessions"), ("DELETE", "session")):
        body = {"id": "m1", "text": "One"}
        answer = friendly.call(method, path, token, json=body, headers={"Origin": origin})
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "origin")
    assert friendly.bot.heard == []


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "sessions"),
        ("POST", "messages"),
        ("GET", "messages"),
        ("POST", "feedback"),
        ("DELETE", "session"),
        ("GET", "health"),
    ],
)
def test_a_foreign_page_may_read_why_it_is_refused_and_nothing_else(
    friendly: Server, origin: str, method: str, path: str
) -> None:
    headers = {"Origin": origin, "Access-Control-Request-Method": method}
    preflight = friendly.call("OPTIONS", path, headers=headers)
    # Its browser must get as far as the refusal.
    assert (preflight.status_code, preflight.content) == (204, b"")
    assert preflight.headers["access-control-allow-origin"] == "*"
    answer = friendly.call(method, path, friendly.start(), headers={"Origin": origin})
    assert answer.status_code == 403
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    assert set(answer.json()) == {"error"}
    assert "ASKMYO_ORIGINS" in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "messages", {"text": "x" * 200_000}, 413),
        ("POST", "messages", ["no object"], 401),
        ("PUT", "messages", {}, 405),
        ("GET", "nothing", None, 404),
    ],
)
def test_an_early_refusal_can_be_read_by_an_allowed_page(
    friendly: Server, method: str, path: str, body: object, status: int
) -> None:
    answer = friendly.call(method, path, json=body, headers={"Origin": FRIEND})
    assert answer.status_code == status
    assert answer.headers["access-control-allow-origin"] == FRIEND
    assert answer.json()["error"]["message"]


def test_too_many_calls_can_be_read_by_the_page(tmp_path: Path) -> None:
    with serving(tmp_path, origins=(FRIEND,), sessions_per_minute=1) as server:
        for _ in range(6):
            answer = server.call("POST", "sessions", json={}, headers={"Origin": FRIEND})
        assert answer.status_code == 429
        assert answer.headers["access-control-allow-origin"] == FRIEND
        assert answer.headers["access-control-expose-headers"] == "Retry-After"


def test_an_allowed_page_may_call_and_read(friendly: Server) -> None:
    headers = {
        "Origin": FRIEND,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    preflight = friendly.call("OPTIONS", "messages", headers=headers)
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == FRIEND
    assert "Authorization" in preflight.headers["access-control-allow-headers"]
    assert "DELETE" in preflight.headers["access-control-allow-methods"]
    for status, token in ((200, friendly.start()), (401, "bad")):
        answer = friendly.call("GET", "messages", token, headers={"Origin": FRIEND})
        assert answer.status_code == status
        assert answer.headers["access-control-allow-origin"] == FRIEND
        assert "access-control-allow-credentials" not in answer.headers
        assert "Origin" in answer.headers["vary"]


def test_our_own_pages_may_always_call(friendly: Server) -> None:
    answer = friendly.call("POST", "sessions", json={}, headers={"Origin": friendly.url})
    assert answer.status_code == 200


def test_the_proxy_names_our_host_and_not_a_line_above_its_own(tmp_path: Path) -> None:
    with serving(tmp_path, origins=(FRIEND,), trusted_proxies=1) as server:
        for origin, status in (("https://evil.example", 403), ("https://bot.example", 200)):
            lines = [
                ("X-Forwarded-Host", "evil.example"),
                ("X-Forwarded-Host", "bot.example"),
                ("Origin", origin),
            ]
            answer = server.client.post("/webhooks/widget/sessions", json={}, headers=lines)
            assert answer.status_code == status


def test_plain_text_from_anywhere_is_not_processed(friendly: Server) -> None:
    answer = friendly.call(
        "POST",
        "messages",
        friendly.start(),
        content='{"id": "m1", "text": "One"}',
        headers={"Content-Type": "text/plain"},
    )
    assert answer.status_code == 415
    assert friendly.bot.heard == []


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/webhooks/widget/health", 503),
        ("POST", "/webhooks/widget/sessions", 200),
        ("GET", "/webhooks/widget/messages", 401),
        ("PUT", "/webhooks/widget/messages", 405),
        ("GET", "/nothing/here", 404),
        ("GET", "/answers/", 404),
        ("GET", "/model", 404),
        ("POST", "/model/parse", 404),
        ("GET", "/webhooks/rest/", 200),
    ],
)
def test_every_response_is_guarded(server: Server, method: str, path: str, status: int) -> None:
    answer = server.client.request(method, path)
    assert answer.status_code == status
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert "microphone=(self)" in answer.headers["permissions-policy"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["referrer-policy"]
    if answer.headers["content-type"] == "application/json" and status >= 400:
        assert answer.json()["error"]["message"]


def test_a_huge_body_is_refused_in_words(server: Server) -> None:
    answer = server.call("POST", "messages", server.start(), json={"text": "x" * 200_000})
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_long")


class Actions(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/health" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


def test_health_follows_model_and_action_server(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("askmyo.channel.health._FRESH", 0)
    actions = HTTPServer(("127.0.0.1", 0), Actions)
    Thread(target=actions.serve_forever, daemon=True).start()
    bot = Bot(tmp_path)
    bot.action_endpoint = EndpointConfig(f"http://127.0.0.1:{actions.server_port}/webhook")
    with serving(tmp_path, bot) as server:
        assert server.call("GET", "health").json() == {"status": "ok", "chat": "on"}
        bot.ready = False
        down = server.call("GET", "health")
        assert down.status_code == 503
        assert "model" in down.json()["error"]["reasons"][0]
        bot.ready = True
        actions.shutdown()
        actions.server_close()
        down = server.call("GET", "health")
        assert down.status_code == 503
        assert "action server" in down.json()["error"]["message"]


def test_without_an_agent_there_is_no_health(server: Server) -> None:
    del server.app.ctx.agent
    assert server.call("GET", "health").status_code == 503
    assert server.say(server.start(), "One", "m1").status_code == 503


def test_switched_off_points_on_and_can_be_switched_on_again(server: Server) -> None:
    token = server.start()
    server.say(token, "One", "m1")
    switch = server.bot.database.parent / "build" / "chat-off"
    switch.parent.mkdir()
    switch.touch()
    for answer in (
        server.say(token, "Two", "m2"),
        server.call("POST", "sessions", json={}),
        server.rest(message="Two"),
        server.call("GET", "messages", token),
    ):
        error = answer.json()["error"]
        assert (answer.status_code, error["code"]) == (503, "chat_off")
        assert error["answers"] == "/answers/"
        assert "emergency" in error["notice"]["text"]
        assert answer.headers["retry-after"]
    assert server.call("DELETE", "session", token).status_code == 204
    switch.unlink()
    assert server.call("POST", "sessions", json={}).status_code == 200
    assert len(server.bot.heard) == 1


@pytest.mark.parametrize("fault", ["mood", "save"])
def test_no_words_of_a_patient_in_the_logs(
    server: Server, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    caplog.set_level(logging.INFO)
    token = server.start()
    if fault == "mood":
        server.bot.mood = "broken"
    else:
        with server.bot.sql.engine.begin() as connection:
            connection.exec_driver_sql("alter table events add column more text not null")
    server.say(token, "My zebra is weak", "m1")
    server.rest(message="My zebra is weak")
    assert caplog.records
    assert "zebra" not in caplog.text
    assert server.bot.heard[0].sender_id not in caplog.text


def test_an_exception_is_logged_by_type_and_place(caplog: pytest.LogCaptureFixture) -> None:
    try:
        try:
            raise ValueError("My zebra is weak")
        except ValueError as error:
            raise RuntimeError("about zebras") from error
    except RuntimeError:
        logging.getLogger("rasa.core.processor").exception("Action '%s' failed", "x")
    assert "zebra" not in caplog.text
    assert "Action 'x' failed" in caplog.text
    assert "RuntimeError at" in caplog.text
    assert "ValueError at" in caplog.text
