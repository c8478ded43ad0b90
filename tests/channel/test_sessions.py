"""Whose conversation it is, and how it ends."""

from __future__ import annotations

import sqlite3
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from .harness import ANSWER, Server, serving


def stored(server: Server) -> bytes:
    """All bytes on disk, also those of the log beside the database."""
    return b"".join(one.read_bytes() for one in server.bot.database.parent.glob("conv*.db*"))


def rows(server: Server) -> int:
    with sqlite3.connect(server.bot.database) as database:
        return int(database.execute("select count(*) from events").fetchone()[0])


@pytest.mark.parametrize(
    "token",
    ["", "x", "a.b.c", "ü", "x" * 2_000],
    ids=["none", "short", "dotted", "umlaut", "long"],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "messages"), ("GET", "messages"), ("POST", "feedback"), ("DELETE", "session")],
)
def test_without_a_good_token_nothing_is_told(
    server: Server, token: str, method: str, path: str
) -> None:
    headers = {"Authorization": f"Bearer {token}".encode()} if token else {}
    answer = server.call(method, path, headers=headers, json={"id": "m1", "text": "One"})
    assert answer.status_code == 401
    assert answer.json()["error"]["message"]
    assert server.bot.heard == []


def test_a_sender_in_the_body_changes_nothing(server: Server) -> None:
    mine, yours = server.start(sender="same"), server.start(sender="same")
    server.say(mine, "My secret", "m1")
    body = {"id": "m1", "text": "Hello", "sender": server.bot.heard[0].sender_id}
    server.call("POST", "messages", yours, json=body)
    assert len({one.sender_id for one in server.bot.heard}) == 2
    assert "secret" not in str(server.history(yours))


def test_a_session_ends_after_its_time(tmp_path: Path) -> None:
    with serving(tmp_path, session_hours=1 / 3600) as server:
        token = server.start()
        assert server.say(token, "One", "m1").status_code == 200
        time.sleep(2.1)
        answer = server.say(token, "Two", "m2")
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "ended")


def test_a_session_that_ended_can_still_be_deleted(tmp_path: Path) -> None:
    with serving(tmp_path, session_hours=1 / 3600) as server:
        token = server.start()
        server.say(token, "My zebra is weak", "m1")
        time.sleep(2.1)
        assert server.call("GET", "messages", token).status_code == 401
        assert rows(server) > 0
        assert server.call("DELETE", "session", token).status_code == 204
        assert rows(server) == 0
        forged = token[:-4] + "AAAA"
        answer = server.call("DELETE", "session", forged)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, "bad_token")


def test_delete_really_deletes(server: Server) -> None:
    token, other = server.start(), server.start()
    server.say(token, "My zebra is weak", "m1")
    server.say(other, "Stay", "m1")
    server.call("POST", "feedback", token, json={"answer": ANSWER, "helpful": True})
    assert b"zebra" in stored(server)
    answer = server.call("DELETE", "session", token)
    assert (answer.status_code, answer.content) == (204, b"")
    assert b"zebra" not in stored(server)
    with sqlite3.connect(server.bot.database) as database:
        assert database.execute("select count(*) from askmyo_votes").fetchone() == (0,)
    assert server.say(token, "Again", "m1").status_code == 401
    assert server.call("GET", "messages", token).status_code == 401
    assert server.call("DELETE", "session", token).status_code == 401
    assert len(server.history(other)) == 2


def test_only_the_servers_own_account_can_read_conversations(server: Server) -> None:
    server.say(server.start(), "One", "m1")
    kept = list(server.bot.database.parent.glob("conversations.db*"))
    assert len(kept) == 3  # the database, its log, and the index of that
    assert {stat.S_IMODE(one.stat().st_mode) for one in kept} == {0o600}


def test_delete_during_a_turn_leaves_nothing_behind(server: Server) -> None:
    token = server.start()
    server.bot.pause = 0.4
    with ThreadPoolExecutor(3) as pool:
        turns = [pool.submit(server.say, token, f"Q{n}", f"m{n}") for n in range(2)]
        time.sleep(0.2)
        assert server.call("DELETE", "session", token).status_code == 204
        assert sorted(one.result().status_code for one in turns) == [200, 401]
    assert rows(server) == 0


def test_delete_reaches_what_rasa_kept_in_memory(server: Server) -> None:
    token = server.start()
    save = server.bot.sql.save

    async def fail(tracker: object) -> None:
        raise OSError("disk full")

    server.bot.sql.save = fail
    server.say(token, "One", "m1")
    server.bot.sql.save = save
    assert server.bot.tracker_store.fallback_tracker_store.store
    server.call("DELETE", "session", token)
    assert not server.bot.tracker_store.fallback_tracker_store.store


def test_a_delete_that_failed_is_not_said_to_have_worked(server: Server) -> None:
    token = server.start()
    server.say(token, "One", "m1")
    database = sqlite3.connect(server.bot.database)
    database.execute("alter table events rename to gone")
    assert server.call("DELETE", "session", token).status_code == 503
    database.execute("alter table gone rename to events")
    database.close()
    assert len(server.history(token)) == 2
    assert server.call("DELETE", "session", token).status_code == 204


def test_old_conversations_are_purged_when_the_server_starts(tmp_path: Path) -> None:
    with serving(tmp_path) as before:
        old, young = before.start(), before.start()
        before.say(old, "Old zebra", "m1")
        before.say(young, "Young lion", "m1")
        with sqlite3.connect(before.bot.database) as database:
            database.execute(
                "update events set timestamp = timestamp - 90000 where sender_id = ?",
                (before.bot.heard[0].sender_id,),
            )
    with serving(tmp_path) as after:
        deadline = time.monotonic() + 5
        while after.history(old) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert after.history(old) == []
        assert len(after.history(young)) == 2
        assert b"zebra" not in stored(after)


def test_feedback_is_kept_without_text_or_conversation(server: Server) -> None:
    token = server.start()
    for helpful in (True, True, False):
        body = {"answer": ANSWER, "helpful": helpful}
        assert server.call("POST", "feedback", token, json=body).json() == {"ok": True}
    server.say(token, "One", "m1")
    with sqlite3.connect(server.bot.database) as database:
        kept = database.execute("select * from askmyo_votes").fetchall()
    assert [one[1:3] for one in kept] == [(ANSWER, 0)]
    assert server.bot.heard[0].sender_id not in str(kept)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"answer": "no/such", "helpful": True}, "answer"),
        ({"answer": 5, "helpful": True}, "answer"),
        ({"helpful": True}, "answer"),
        ({"answer": ANSWER, "helpful": "yes"}, "helpful"),
        ({"answer": ANSWER}, "helpful"),
    ],
)
def test_wrong_feedback_names_the_field(server: Server, body: dict, field: str) -> None:
    answer = server.call("POST", "feedback", server.start(), json=body)
    assert answer.status_code == 400
    assert f"'{field}'" in answer.json()["error"]["message"]
