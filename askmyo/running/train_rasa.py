"""Trains with Rasa, in a process of its own: `python -m askmyo.running.train_rasa NAME FOLDER`."""

from __future__ import annotations

import sys
import warnings
from typing import Any

import dask.threaded
import rasa
import rasa.model_training
from rasa.engine.runner.dask import DaskGraphRunner


class SideBySide(DaskGraphRunner):  # type: ignore[misc]
    """Runs two nodes of the graph at once where neither waits for the other: ranking and dangers
    are learned from the same vectors, each mostly on one core."""

    def run(
        self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
    ) -> dict[str, Any]:
        """What the targets give, by name; as Rasa's own, which runs one node after the other.

        Raises:
            GraphComponentException: as Rasa does, where a component fails.
        """
        wanted = targets or self._graph_schema.target_names
        graph = self._build_dask_graph(self._graph_schema.minimal_graph_schema(wanted))
        self._add_inputs_to_graph(inputs, graph)
        return dict(dask.threaded.get(graph, wanted, num_workers=2))


def main(name: str, folder: str) -> None:
    """Trains as `train`, side by side."""
    # Rasa has no setting for the runner.
    rasa.model_training.DaskGraphRunner = SideBySide
    train(name, folder)


def train(name: str, folder: str) -> None:
    """Trains the project in this folder and stores `folder/name.tar.gz`."""
    # Rasa warns once an example that a retrieval intent has no response phrase. It has none on
    # purpose: answers come from the action server. Printing 20,000 warnings takes minutes.
    warnings.filterwarnings("ignore", message="Your training data contains an example")
    rasa.train(
        domain="domain.yml",
        config="config.yml",
        training_files=["data/nlu", "data/red_flags", "data/rules", "data/generated"],
        output=folder,
        # Our own fingerprint decides when to train; Rasa's cache does not see our code.
        force_training=True,
        fixed_model_name=name,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
