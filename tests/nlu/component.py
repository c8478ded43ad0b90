"""One component of a trained model, on its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.local_model_storage import LocalModelStorage


def loaded(model: Path, folder: Path, name: str) -> Any:
    """The component whose class is called `name`, as the running bot loads it.

    `folder` is where the model is unpacked; it must outlive the component.
    """
    folder.mkdir()
    storage, metadata = LocalModelStorage.from_model_archive(folder, model)
    schema = metadata.predict_schema
    node = next(node for node in schema.nodes.values() if node.uses.__name__ == name)
    context = ExecutionContext(schema, metadata.model_id, node_name=name)
    config = {**node.uses.get_default_config(), **node.config}
    return node.uses.load(config, storage, node.resource, context)
