"""Which file the conversations are kept in."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.shared.core.domain import Domain

from askmyo.running.project import ROOT
from askmyo.running.training import rasa_environment
from tests.conftest import Bot


def opened(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]) -> str:
    """Opens the tracker store as Rasa does, and tells its file."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    endpoints = AvailableEndpoints.read_endpoints(str(ROOT / "endpoints.yml"))
    store = TrackerStore.create(endpoints.tracker_store, Domain.empty())
    sql: SQLTrackerStore = getattr(store, "_tracker_store", store)
    assert isinstance(sql, SQLTrackerStore)
    return str(sql.engine.url.database)


def test_a_test_bot_leaves_the_developers_conversations_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "a bot"
    folder.mkdir()
    bot = Bot(folder, Path("model.tar.gz"))
    assert opened(monkeypatch, bot.environment()) == str(folder / "conversations.db")
    assert (folder / "conversations.db").exists()


@pytest.mark.parametrize("named", [None, ""])
def test_by_default_they_lie_in_build(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, named: str | None
) -> None:
    monkeypatch.delenv("ASKMYO_DATABASE", raising=False)
    if named is not None:
        monkeypatch.setenv("ASKMYO_DATABASE", named)
    (tmp_path / "build").mkdir()
    monkeypatch.chdir(tmp_path)
    environment = {**rasa_environment(), "ACTIONS_PORT": "5055"}
    assert opened(monkeypatch, environment) == "build/conversations.db"
