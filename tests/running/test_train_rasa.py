"""What does not wait for each other is trained at once."""

from __future__ import annotations

from pathlib import Path
from threading import Barrier
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.storage.local_model_storage import LocalModelStorage

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
