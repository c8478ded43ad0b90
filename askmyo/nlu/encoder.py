"""Sentence vectors: what a text means, as 384 numbers.

`SentenceEncoder` runs the network that `encoder_build.ensure_encoder` stores. One query runs on
its own; training texts run in batches of like length, so that short ones aren't padded to the
length of long ones. Vectors of recent texts are kept, because people repeat themselves and tests
do too.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

Vectors = npt.NDArray[np.float32]

MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
VECTOR_SIZE = 384

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
"""Names of the network's inputs, each int32 of shape (batch, length)."""

OUTPUT = "vector"
"""Name of the network's output, float32 of shape (batch, 384)."""

MAX_TOKENS = 256
"""Longer texts are cut here, as the model was trained (its published `max_seq_length`)."""


class SentenceEncoder:
    """Turns texts into normalized sentence vectors. Safe to share between threads."""

    def __init__(
        self, path: Path, threads: int = 1, *, batch_size: int = 32, cache_size: int = 4096
    ) -> None:
        """Load the encoder in folder `path`.

        `threads` is how many threads one call may use; `cache_size` is how many vectors
        (1.5 kB each) are kept. Raises FileNotFoundError where the folder holds no encoder.
        """
        for name in (MODEL_FILE, TOKENIZER_FILE):
            if not (path / name).is_file():
                raise FileNotFoundError(f"No sentence encoder in {path}: {name} is missing.")
        self._tokenizer = Tokenizer.from_file(str(path / TOKENIZER_FILE))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_length=MAX_TOKENS)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(path / MODEL_FILE), options, providers=["CPUExecutionProvider"]
        )
        self._batch_size = batch_size
        self._cache_size = cache_size
        self._cache: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = Lock()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector a text, float32 of shape (len(texts), 384), each of length one."""
        if not texts:
            return np.zeros((0, VECTOR_SIZE), dtype=np.float32)
        known = self._recall(texts)
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing:
            fresh = dict(zip(missing, self._run(missing), strict=True))
            self._remember(fresh)
            known.update(fresh)
        return np.stack([known[text] for text in texts])

    def _recall(self, texts: Sequence[str]) -> dict[str, Vectors]:
        """The kept vectors among those asked for, marked as recently used."""
        found: dict[str, Vectors] = {}
        with self._lock:
            for text in texts:
                vector = self._cache.get(text)
                if vector is not None:
                    self._cache.move_to_end(text)
                    found[text] = vector
        return found

    def _remember(self, fresh: dict[str, Vectors]) -> None:
        """Keep new vectors and let go of those unused for longest."""
        with self._lock:
            self._cache.update(fresh)
            while len(self._cache) > self._cache_size:
                self._cache.popitem(last=False)

    def _run(self, texts: Sequence[str]) -> Vectors:
        """Encode in batches of like length, and put the vectors back in the order asked."""
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(tokens)), key=lambda index: len(tokens[index]))
        vectors = np.empty((len(tokens), VECTOR_SIZE), dtype=np.float32)
        for start in range(0, len(order), self._batch_size):
            rows = order[start : start + self._batch_size]
            vectors[rows] = self._run_batch([tokens[row] for row in rows])
        return vectors

    def _run_batch(self, tokens: Sequence[Sequence[int]]) -> Vectors:
        """Run the network once on texts padded to the longest of them."""
        ids = np.zeros((len(tokens), max(map(len, tokens))), dtype=np.int32)
        mask = np.zeros_like(ids)
        for row, numbers in enumerate(tokens):
            ids[row, : len(numbers)] = numbers
            mask[row, : len(numbers)] = 1
        inputs = dict(zip(INPUTS, (ids, mask, np.zeros_like(ids)), strict=True))
        (vectors,) = self._session.run([OUTPUT], inputs)
        result: Vectors = vectors
        return result
