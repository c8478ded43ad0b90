"""Settings are refused by name, with the mend."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore
from rasa.shared.core.domain import Domain

from askmyo.channel.rest import RestChannel
from askmyo.channel.settings import Settings, SettingsError
from askmyo.channel.store import Store, UnfitStoreError
from askmyo.channel.widget import WidgetChannel


@pytest.mark.parametrize(
    ("credentials", "words"),
    [
        ({"orgins": []}, "'orgins' is no setting"),
        ({"root": "x"}, "'root' is no setting"),
        ({"origins": 5}, "origins must be a list"),
        ({"origins": ["example.org"]}, "'example.org' is no web origin"),
        ({"origins": ["https://example.org/page"]}, "is no web origin"),
        ({"trusted_proxies": -1}, "trusted_proxies is '-1'"),
        ({"trusted_proxies": True}, "trusted_proxies is 'True'"),
        ({"session_hours": "a day"}, "session_hours is 'a day'"),
        ({"turn_seconds": 0}, "turn_seconds is '0'"),
        ({"turn_seconds": float("nan")}, "turn_seconds is 'nan'"),
        ({"chat": "maybe"}, "chat is 'maybe': it must be on or off"),
    ],
)
def test_a_wrong_setting_is_named(credentials: dict[str, Any], words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        Settings.read(credentials, {})


def test_the_environment_overrides_the_file() -> None:
    environment = {
        "ASKMYO_ORIGINS": "https://A.org https://b.org:8443",
        "ASKMYO_TRUSTED_PROXIES": "1",
        "ASKMYO_CHAT": "off",
    }
    settings = Settings.read({"origins": ["https://c.org"], "chat": True}, environment)
    assert settings.origins == ("https://a.org", "https://b.org:8443")
    assert settings.trusted_proxies == 1
    assert settings.chat_is_off


def test_yaml_reads_off_as_false() -> None:
    assert Settings.read({"chat": False}, {}).chat_is_off
    assert Settings.read({"chat": "OFF"}, {}).chat_is_off


def test_a_file_switches_off_without_a_restart(tmp_path: Path) -> None:
    settings = Settings(root=tmp_path)
    assert not settings.chat_is_off
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "chat-off").touch()
    assert settings.chat_is_off


@pytest.mark.parametrize(
    ("origins", "origin", "allowed"),
    [
        (None, "http://localhost:8080", True),
        (None, "http://127.0.0.1", True),
        (None, "http://[::1]:3000", True),
        (None, "https://localhost.evil.org", False),
        (None, "https://example.org", False),
        (None, "null", False),
        ((), "http://localhost", False),
        (("https://a.org",), "https://a.org", True),
        (("https://a.org",), "https://a.org:8443", False),
        (("https://a.org",), "http://a.org", False),
        (("https://a.org",), "https://a.org.evil.org", False),
        (("*",), "https://anything.example", True),
    ],
)
def test_the_allow_list(origins: tuple[str, ...] | None, origin: str, allowed: bool) -> None:
    assert Settings(origins=origins).allows_origin(origin) is allowed


def test_both_channels_start_from_credentials() -> None:
    assert RestChannel.from_credentials(None).name() == "rest"
    assert WidgetChannel.from_credentials({"session_hours": 2}).name() == "widget"


def test_a_store_that_cannot_delete_is_refused() -> None:
    with pytest.raises(UnfitStoreError, match="Use 'type: SQL'"):
        Store(FailSafeTrackerStore(InMemoryTrackerStore(Domain.empty())))
