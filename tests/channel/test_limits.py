"""Too much, too fast."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from sanic.compat import Header

from askmyo.channel.errors import ChannelError
from askmyo.channel.limits import Limiter, caller

from .harness import serving


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_minutes_worth_at_once_then_one_by_one() -> None:
    clock = Clock()
    limiter = Limiter(6, clock=clock)
    for _ in range(6):
        limiter.take("a")
    with pytest.raises(ChannelError) as caught:
        limiter.take("a")
    assert caught.value.status == 429
    assert caught.value.retry_after == 10
    limiter.take("b")
    clock.now = 10
    limiter.take("a")
    with pytest.raises(ChannelError):
        limiter.take("a")
    clock.now = 1_000
    for _ in range(6):
        limiter.take("a")


def test_memory_is_bounded() -> None:
    limiter = Limiter(6, most_keys=100)
    for number in range(1_000):
        limiter.take(str(number))
    assert len(limiter) == 100


@pytest.mark.parametrize(
    ("forwarded", "proxies", "expected"),
    [
        ("", 0, "10.0.0.1"),
        ("1.1.1.1", 0, "10.0.0.1"),
        ("1.1.1.1", 1, "1.1.1.1"),
        ("6.6.6.6, 1.1.1.1", 1, "1.1.1.1"),
        ("6.6.6.6, 1.1.1.1, 2.2.2.2", 2, "1.1.1.1"),
        ("1.1.1.1", 2, "10.0.0.1"),
        ("nonsense", 1, "10.0.0.1"),
        ("", 1, "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", 1, "2001:db8:1:2::/64"),
        ("::ffff:1.2.3.4", 1, "1.2.3.4"),
        ("1.2.3.4:5678", 1, "1.2.3.4"),
        ("[2001:db8:1:2::5]:443", 1, "2001:db8:1:2::/64"),
        ("[::ffff:1.2.3.4]", 1, "1.2.3.4"),
    ],
)
def test_only_trusted_proxies_say_where_a_call_comes_from(
    forwarded: str, proxies: int, expected: str
) -> None:
    headers = Header({"x-forwarded-for": forwarded} if forwarded else {})
    assert caller(SimpleNamespace(ip="10.0.0.1", headers=headers), proxies) == expected


def test_a_line_the_caller_wrote_above_the_proxys_does_not_count() -> None:
    lines = Header([("X-Forwarded-For", "6.6.6.6"), ("X-Forwarded-For", "1.1.1.1")])
    assert caller(SimpleNamespace(ip="10.0.0.1", headers=lines), 1) == "1.1.1.1"


def test_a_socket_for_both_kinds_of_addresses_does_not_make_them_one() -> None:
    direct = SimpleNamespace(ip="::ffff:1.2.3.4", headers=Header())
    assert caller(direct, 0) == "1.2.3.4"


def test_a_conversation_is_limited_and_told_when_to_go_on(tmp_path: Path) -> None:
    with serving(tmp_path, conversation_per_minute=3) as server:
        token, other = server.start(), server.start()
        answers = [server.say(token, "One", f"m{n}") for n in range(4)]
        assert [one.status_code for one in answers] == [200, 200, 200, 429]
        assert 1 <= int(answers[-1].headers["Retry-After"]) <= 20
        assert "wait" in answers[-1].json()["error"]["message"]
        assert server.say(other, "One", "m1").status_code == 200
        assert len(server.bot.heard) == 4


def test_an_address_is_limited_and_a_false_one_does_not_help(tmp_path: Path) -> None:
    with serving(tmp_path, sessions_per_minute=1, address_per_minute=2) as server:
        sessions = [
            server.call(
                "POST", "sessions", json={}, headers={"X-Forwarded-For": f"1.1.1.{n}"}
            ).status_code
            for n in range(6)
        ]
        assert sessions == [200] * 5 + [429]
        calls = [server.call("GET", "messages").status_code for _ in range(5)]
        assert calls == [401] * 4 + [429]


def test_behind_a_proxy_each_address_has_its_own_limit(tmp_path: Path) -> None:
    with serving(tmp_path, sessions_per_minute=1, trusted_proxies=1) as server:
        for number in range(8):
            headers = {"X-Forwarded-For": f"6.6.6.6, 1.1.1.{number}"}
            assert server.call("POST", "sessions", json={}, headers=headers).status_code == 200
