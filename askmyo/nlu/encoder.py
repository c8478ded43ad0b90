"""Sentence vectors: what a text means, as 384 numbers.

`SentenceEncoder` runs the network that `encoder_build.ensure_encoder` stores. One query runs on
its own; training texts run in batches of like length, so that short ones aren't padded to the
length of long ones. Vectors of recent texts are kept, because people repeat themselves and tests
do too.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

Vectors = npt.NDArray[np.float32]

LOWER_FILE = "lower.onnx"
UPPER_FILE = "upper.onnx"
TOKENIZER_FILE = "tokenizer.json"
VECTOR_SIZE = 384

MASK = "attention_mask"
INPUTS = ("input_ids", MASK, "token_type_ids")
"""Names of the lower half's inputs, each int32 of shape (batch, length)."""

STATES = "states"
"""What passes between the halves, float32 of shape (batch, length, 384)."""

OUTPUT = "vector"
"""Name of the upper half's output, float32 of shape (batch, 384)."""

MAX_TOKENS = 256
"""Longer texts are cut here, as the model was trained (its published `max_seq_length`)."""


class SentenceEncoder:
    """Turns texts into normalized sentence vectors. Safe to share between threads."""

    def __init__(
        self,
        path: Path,
        threads: int = 1,
        *,
        upper: Path | None = None,
        batch_size: int = 32,
        cache_size: int = 4096,
    ) -> None:
        """Load the encoder in folder `path`, with its own upper half or that in file `upper`.

        `threads` is how many threads one call may use; `cache_size` is how many vectors
        (1.5 kB each) are kept. Raises FileNotFoundError where the folder holds no encoder.
        """
        for name in (LOWER_FILE, UPPER_FILE, TOKENIZER_FILE):
            if not (path / name).is_file():
                raise FileNotFoundError(f"No sentence encoder in {path}: {name} is missing.")
        self._tokenizer = Tokenizer.from_file(str(path / TOKENIZER_FILE))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_length=MAX_TOKENS)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self._lower, self._upper = (
            onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
            for file in (path / LOWER_FILE, upper or path / UPPER_FILE)
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
        vectors = np.empty((len(texts), VECTOR_SIZE), dtype=np.float32)
        for batch in self.states(texts):
            vectors[batch.rows] = self.finish(batch)
        return vectors

    def finish(self, batch: Batch) -> Vectors:
        """The vectors of a batch of `states`, shape (rows, 384)."""
        (vectors,) = self._upper.run([OUTPUT], {STATES: batch.states, MASK: batch.mask})
        result: Vectors = vectors
        return result

    def states(self, texts: Sequence[str]) -> Iterator[Batch]:
        """What the lower half makes of the texts, in batches of like length."""
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(tokens)), key=lambda index: len(tokens[index]))
        for start in range(0, len(order), self._batch_size):
            rows = order[start : start + self._batch_size]
            ids, mask = _pad([tokens[row] for row in rows])
            inputs = dict(zip(INPUTS, (ids, mask, np.zeros_like(ids)), strict=True))
            (states,) = self._lower.run([STATES], inputs)
            yield Batch(rows, states, mask)


class Batch(NamedTuple):
    """Some of the texts, by their numbers, halfway through the network."""

    rows: list[int]
    states: Vectors
    """Shape (rows, length, 384)."""
    mask: npt.NDArray[np.int32]
    """Shape (rows, length): 1 for a token, 0 for padding."""

    def numbered(self, places: Sequence[int]) -> Batch:
        """The same, numbered by the places at which its texts stand among more of them."""
        return self._replace(rows=[places[row] for row in self.rows])


def _pad(tokens: Sequence[Sequence[int]]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Token numbers and mask, padded to the longest text."""
    ids = np.zeros((len(tokens), max(map(len, tokens))), dtype=np.int32)
    mask = np.zeros_like(ids)
    for row, numbers in enumerate(tokens):
        ids[row, : len(numbers)] = numbers
        mask[row, : len(numbers)] = 1
    return ids, mask
