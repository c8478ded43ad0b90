"""Trains with Rasa, in a process of its own: `python -m askmyo.running.train_rasa NAME FOLDER`."""

from __future__ import annotations

import sys
import warnings

import rasa


def main(name: str, folder: str) -> None:
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
