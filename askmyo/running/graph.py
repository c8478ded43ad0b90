"""Runs Rasa's graph of components in an order found once.

Rasa finds the needed part of the graph anew in each run, hands it to dask, which sorts it anew,
and writes all of it into a log line that goes nowhere. A turn runs the graph three times.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphNode, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner

_plans: WeakKeyDictionary[DaskGraphRunner, dict[tuple[str, ...], list[_Step]]] = WeakKeyDictionary()


@dataclass(frozen=True)
class _Step:
    """One component, and whose results it takes."""

    name: str
    node: GraphNode
    needs: tuple[str, ...]


def run_in_order() -> None:
    """From now on graphs run without dask."""
    DaskGraphRunner.run = _run


def _run(
    runner: DaskGraphRunner,
    inputs: dict[str, Any] | None = None,
    targets: list[str] | None = None,
) -> dict[str, Any]:
    """As Rasa's own: the results of `targets`, by name.

    Raises:
        GraphRunError: as Rasa does, for a RuntimeError of a component.
    """
    wanted = tuple(targets or runner._graph_schema.target_names)
    plans = _plans.setdefault(runner, {})
    if wanted not in plans:
        plans[wanted] = _plan(runner, wanted)
    results: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
    try:
        for step in plans[wanted]:
            # A node takes the bare name of what nobody provided, and complains.
            results[step.name] = step.node(*(results.get(one, one) for one in step.needs))
    except RuntimeError as error:
        raise GraphRunError("Error running runner.") from error
    return dict(results[name] for name in wanted)


def _plan(runner: DaskGraphRunner, wanted: Sequence[str]) -> list[_Step]:
    """All that `wanted` rests on, each after what it needs itself."""
    schema: GraphSchema = runner._graph_schema
    steps: dict[str, _Step] = {}

    def add(name: str) -> None:
        if name in steps or name not in schema.nodes:  # the inputs of a run are no nodes
            return
        needs = tuple(schema.nodes[name].needs.values())
        for one in needs:
            add(one)
        steps[name] = _Step(name, runner._instantiated_nodes[name], needs)

    for name in wanted:
        add(name)
    return list(steps.values())
