"""Nobody gets into a conversation without its token."""

from __future__ import annotations

import stat
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askmyo.channel.errors import ChannelError
from askmyo.channel.settings import SettingsError
from askmyo.channel.tokens import PREFIX, Session, Tokens, read_secret

from .harness import SECRET

TOKENS = Tokens(SECRET, 1)


def test_a_token_carries_its_session() -> None:
    session = Session.begin("GB", "en")
    token, _ = TOKENS.issue(session)
    assert TOKENS.read(f"Bearer {token}") == session
    assert TOKENS.read(f"bearer  {token} ") == session
    assert session.sender.startswith(PREFIX)


def test_no_two_sessions_are_alike() -> None:
    assert len({Session.begin().sender for _ in range(1_000)}) == 1_000


@given(st.text(max_size=80))
def test_no_made_up_header_passes(header: str) -> None:
    for value in (header, f"Bearer {header}"):
        with pytest.raises(ChannelError) as caught:
            TOKENS.read(value)
        assert caught.value.status == 401


@given(st.integers(min_value=0), st.characters(codec="ascii"))
def test_no_altered_token_opens_another_conversation(place: int, letter: str) -> None:
    session = Session.begin()
    token, _ = TOKENS.issue(session)
    at = place % len(token)
    # The last bits of a signature may be spelled in two ways: both mean the same.
    with suppress(ChannelError):
        assert TOKENS.read(f"Bearer {token[:at]}{letter}{token[at + 1 :]}") == session


def test_another_secret_does_not_pass() -> None:
    token, _ = Tokens("another secret altogether", 1).issue(Session.begin())
    with pytest.raises(ChannelError):
        TOKENS.read(f"Bearer {token}")


def test_a_token_runs_out() -> None:
    short = Tokens(SECRET, 1 / 3600)
    token, _ = short.issue(Session.begin())
    time.sleep(2.1)
    with pytest.raises(ChannelError) as caught:
        short.read(f"Bearer {token}")
    assert caught.value.code == "ended"


def test_a_clock_that_is_set_back_ends_no_conversation(monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session.begin()
    now = time.time()
    with monkeypatch.context() as patch:
        patch.setattr(time, "time", lambda: now + 300)
        token, _ = TOKENS.issue(session)
    assert TOKENS.read(f"Bearer {token}") == session


def test_the_secret_is_drawn_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "build" / "secret"
    with ThreadPoolExecutor(8) as pool:
        drawn = set(pool.map(lambda _: read_secret(path, {}), range(8)))
    assert len(drawn) == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    assert {read_secret(path, {})} == drawn
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["secret"]


def test_the_environment_has_the_first_word(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    assert read_secret(path, {"ASKMYO_SECRET": SECRET}) == SECRET
    assert not path.exists()
    with pytest.raises(SettingsError, match="ASKMYO_SECRET holds 5 characters"):
        read_secret(path, {"ASKMYO_SECRET": "short"})
