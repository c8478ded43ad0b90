"""Rasa's graph gives the same without dask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import Mock

import pytest
from rasa.engine.exceptions import GraphComponentException, GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner

from askmyo.running.graph import run_in_order

ran: list[str] = []


class Step(GraphComponent):
    """Notes that it ran, and says with what."""

    def __init__(self, name: str) -> None:
        self.name = name

    @classmethod
    def create(cls, config: dict[str, Any], *_: Any, **__: Any) -> Step:
        return cls(config["name"])

    def process(self, **given: Any) -> str:
        ran.append(self.name)
        if self.name == "broken":
            raise ValueError("no")
        return f"{self.name}({', '.join(given[one] for one in sorted(given))})"


def runner(**needs: tuple[str, ...]) -> DaskGraphRunner:
    """A graph of steps; each takes the results of those it needs."""
    nodes = {
        name: SchemaNode(
            needs={f"from_{one}": one for one in needed},
            uses=Step,
            constructor_name="create",
            fn="process",
            config={"name": name},
            eager=True,
        )
        for name, needed in needs.items()
    }
    schema = GraphSchema(nodes)
    return DaskGraphRunner(schema, Mock(), ExecutionContext(schema))


@pytest.fixture(params=["rasa's", "ours"], autouse=True)
def _both(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test holds for Rasa's way and for ours."""
    monkeypatch.setattr(DaskGraphRunner, "run", DaskGraphRunner.run)
    if request.param == "ours":
        run_in_order()
    ran.clear()
    return


def diamond() -> DaskGraphRunner:
    return runner(
        last=("left", "right"),
        left=("first",),
        right=("first",),
        first=("input",),
        aside=("input",),
    )


def test_each_runs_once_after_what_it_needs() -> None:
    found = diamond().run({"input": "x"}, ["last"])
    assert found == {"last": "last(left(first(x)), right(first(x)))"}
    assert (ran[0], set(ran[1:3]), ran[3:]) == ("first", {"left", "right"}, ["last"])


def test_the_same_graph_runs_again_with_other_input_and_targets() -> None:
    graph = diamond()
    graph.run({"input": "x"}, ["last"])
    assert graph.run({"input": "y"}, ["aside"]) == {"aside": "aside(y)"}
    assert graph.run({"input": "z"}, ["left", "aside"]) == {
        "left": "left(first(z))",
        "aside": "aside(z)",
    }


@pytest.mark.parametrize(
    ("run", "error"),
    [
        (
            lambda: runner(broken=("input",)).run({"input": "x"}, ["broken"]),
            GraphComponentException,
        ),
        (lambda: runner(first=("input",)).run({}, ["first"]), GraphRunError),
    ],
)
def test_faults_come_out_as_rasas(run: Callable[[], Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        run()
