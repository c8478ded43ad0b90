"""Trains the model, once for each state of what it is made from."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from askmyo.nlu.encoder_build import ensure_encoder
from askmyo.running.derived import ensure_derived
from askmyo.running.project import BUILD, MODELS, ROOT, SetupError, digest

# Everything the trained model depends on. A file changed here means a new model.
INGREDIENTS = (
    "config.yml",
    "domain.yml",
    "requirements.lock",
    "requirements-encoder.lock",
    "data/**/*",
    "askmyo/language/**/*",
    "askmyo/nlu/**/*",
    "askmyo/running/train*.py",
)
_KEPT_MODELS = 3


def ensure_model() -> Path:
    """The trained model for the files as they are now; trains it where there is none yet.

    Renders the answer set first, so that an edited answer needs no other command.

    Raises:
        AnswerbookError: if the answer set can't be read.
        SetupError: if training fails.
    """
    ensure_derived()
    ensure_encoder(BUILD / "encoder")
    model = MODELS / f"{fingerprint()}.tar.gz"
    if model.exists():
        return model
    print("Training the model. On two cores this takes some ten minutes ...", flush=True)
    started = time.monotonic()
    _train(model)
    _forget_old_models()
    print(f"Trained in {time.monotonic() - started:.0f} s.", flush=True)
    return model


def fingerprint() -> str:
    """Twelve hex digits over the names and contents of all ingredients."""
    return digest(*INGREDIENTS)[:12]


def rasa_environment() -> dict[str, str]:
    """The environment of every Rasa process: no telemetry, few threads, no chatter."""
    return {
        **os.environ,
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "PYTHONWARNINGS": "ignore",
        "MPLCONFIGDIR": str(BUILD / "matplotlib"),
        # endpoints.yml names it; from the folder the server runs in.
        "ASKMYO_DATABASE": os.environ.get("ASKMYO_DATABASE") or "build/conversations.db",
    }


def training_environment() -> dict[str, str]:
    """The environment of a training of ours."""
    return {
        **rasa_environment(),
        # We decide by our own fingerprint when to train: what Rasa would cache is not used.
        "RASA_MAX_CACHE_SIZE": "0",
        # Tuning the encoder takes a third less with oneDNN's kernels.
        "TF_ENABLE_ONEDNN_OPTS": "1",
        # Ranking and dangers are learned side by side, a core each.
        "OPENBLAS_NUM_THREADS": "1",
    }


def _train(model: Path) -> None:
    log = BUILD / "training.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    name = f"{model.name.split('.')[0]}-new"
    command = [sys.executable, "-m", "askmyo.running.train_rasa", name, str(MODELS)]
    with log.open("w") as output:
        done = subprocess.run(  # noqa: S603 (our own command)
            command,
            check=False,
            cwd=ROOT,
            env=training_environment(),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    fresh = model.with_name(model.name.replace(".tar.gz", "-new.tar.gz"))
    if done.returncode or not fresh.exists():
        tail = "\n".join(log.read_text("utf-8", "replace").splitlines()[-25:])
        raise SetupError(f"Training failed (status {done.returncode}). {log} ends with:\n{tail}")
    # A model appears under its name only when it is whole.
    fresh.rename(model)


def _forget_old_models() -> None:
    models = sorted(MODELS.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    for path in models[:-_KEPT_MODELS]:
        path.unlink()
