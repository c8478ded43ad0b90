"""What does not wait for each other is trained at once."""

from __future__ import annotations

from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
import rasa
import rasa.model_training
from rasa.engine.exceptions import GraphComponentException
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage

from askmyo.running import train_rasa
from askmyo.running.train_rasa import SideBySide

BOTH = Barrier(2)


class Waits(GraphComponent):
    """Is done once another one runs beside it."""

    @classmethod
    def create(cls, **_: Any) -> Waits:
        return cls()

    def run(self) -> str:
        BOTH.wait(30)
        return "met"


def test_two_nodes_run_side_by_side(tmp_path: Path) -> None:
    node = SchemaNode(needs={}, uses=Waits, constructor_name="create", fn="run", config={})
    schema = GraphSchema({"one": node, "two": node})
    runner = SideBySide.create(schema, LocalModelStorage(tmp_path), ExecutionContext(schema, "id"))
    assert runner.run(targets=["one", "two"]) == {"one": "met", "two": "met"}


class Fails(GraphComponent):
    """Goes wrong."""

    @classmethod
    def create(cls, **_: Any) -> Fails:
        return cls()

    def run(self) -> None:
        raise RuntimeError("No.")


def test_a_failure_is_told_as_rasa_tells_it(tmp_path: Path) -> None:
    node = SchemaNode(needs={}, uses=Fails, constructor_name="create", fn="run", config={})
    schema = GraphSchema({"one": node})
    runner = SideBySide.create(schema, LocalModelStorage(tmp_path), ExecutionContext(schema, "id"))
    with pytest.raises(GraphComponentException, match="node one"):
        runner.run(targets=["one"])


def test_a_training_of_ours_runs_side_by_side(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rasa.model_training, "DaskGraphRunner", DaskGraphRunner)
    used = []
    monkeypatch.setattr(rasa, "train", lambda **_: used.append(model_training_runner()))
    train_rasa.train("model", "folder")
    train_rasa.main("model", "folder")
    assert used == [DaskGraphRunner, SideBySide]


def model_training_runner() -> Any:
    """The runner that Rasa would train with."""
    return rasa.model_training.DaskGraphRunner
