"""Teaches the upper half of the sentence encoder what our own labels tell apart.

A general encoder knows what texts are about, not which differences matter here ('my legs are
weak' and 'my legs went weak an hour ago' lie side by side). So its last layers learn from the
training texts: those of one label shall lie together, away from the others. Each task has a
direction for each of its labels, and the loss is the cross-entropy of the scaled cosines to them
(normalized softmax, Zhai and Wu 2019). The lower half stays as released: what it makes of the
texts is computed once, which is what makes a training on two cores affordable.

Some texts are held back, see `held_back`: calibration needs texts that nothing has learned from.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import tensorflow as tf

from askmyo.nlu.encoder import Batch
from askmyo.nlu.encoder_graph import Shape, Weights, upper_layers

Numbers = npt.NDArray[np.intp]

HELD_BACK = 16
"""One text in so many is not learned from."""


@dataclass(frozen=True)
class Tuning:
    """How long and how fast it learns. Chosen on held-out questions, see docs/benchmarks.md."""

    epochs: float = 1.0
    """How often it goes through the batches it is given."""
    rate: float = 7e-4
    """Highest learning rate of the layers; it rises over the first tenth, then falls to zero."""
    label_rate: float = 7e-3
    """The same for the labels' directions, which start from nothing."""
    scale: float = 16.0
    """Cosines are multiplied by it before the softmax."""
    smoothing: float = 0.05
    """Share of each target that is spread over all labels (Szegedy et al. 2016)."""
    dropout: float = 0.1
    """Share of a vector's numbers that are left out while learning."""


def held_back(text: str) -> bool:
    """Whether a text is kept from tuning; the same text always is or never is."""
    return zlib.crc32(text.encode()) % HELD_BACK == 0


def tune(
    weights: Weights,
    batches: Sequence[Batch],
    tasks: Sequence[Numbers],
    tuning: Tuning | None = None,
) -> Weights:
    """All of the network's weights, the upper half's as they are after learning.

    `batches` are the texts halfway through the network (`SentenceEncoder.states`). Each task is
    an array with a label number a text, or -1 where the task says nothing of the text. Raises
    ValueError where no task says anything.
    """
    tuning = tuning or Tuning()
    tasks = [task for task in tasks if (task >= 0).any()]
    if not tasks:
        raise ValueError("No text has a label in any task: there is nothing to tune to.")
    tf.keras.utils.set_random_seed(0)
    learner = _Learner(weights, [int(task.max()) + 1 for task in tasks], tuning)
    steps = max(1, round(tuning.epochs * len(batches)))
    for step, batch in enumerate(_shuffled(batches, steps)):
        targets = np.stack([task[batch.rows] for task in tasks]).astype(np.int32)
        learner.learn(batch, targets, _height(step / steps))
    return {**weights, **learner.weights()}


def _shuffled(batches: Sequence[Batch], steps: int) -> Iterator[Batch]:
    """So many batches, going through all of them in a new order each time."""
    random = np.random.default_rng(0)
    while steps > 0:
        for place in random.permutation(len(batches))[:steps]:
            yield batches[place]
        steps -= len(batches)


def _height(done: float) -> float:
    """What share of the highest learning rate applies when this share of the steps is done."""
    return min(1.0, done / 0.1 + 0.01) * (1.0 - done)


class _Learner:
    """The upper half and the labels' directions in TensorFlow."""

    def __init__(self, weights: Weights, sizes: Sequence[int], tuning: Tuning) -> None:
        self._shape, self._tuning = Shape(), tuning
        prefixes = tuple(f"encoder.layer.{number}." for number in upper_layers(self._shape))
        self._layers = {
            name: tf.Variable(values)
            for name, values in weights.items()
            if name.startswith(prefixes)
        }
        start = tf.random_normal_initializer(stddev=0.05, seed=0)
        self._labels = [tf.Variable(start((size, self._shape.width))) for size in sizes]
        self._slow, self._fast = (tf.keras.optimizers.legacy.Adam() for _ in range(2))
        floats, numbers = tf.TensorSpec([None, None, None]), tf.TensorSpec([None, None], tf.int32)
        signature = [floats, numbers, numbers]
        self._step = tf.function(self._learn, input_signature=signature, autograph=False)

    def learn(self, batch: Batch, targets: npt.NDArray[np.int32], height: float) -> None:
        """One step; `targets` is (tasks, texts), `height` the share of the learning rates."""
        self._slow.learning_rate = self._tuning.rate * height
        self._fast.learning_rate = self._tuning.label_rate * height
        self._step(batch.states, batch.mask, targets)

    def weights(self) -> dict[str, npt.NDArray[np.float32]]:
        """The upper half's weights by name."""
        return {name: variable.numpy() for name, variable in self._layers.items()}

    def _learn(self, states: Any, mask: Any, targets: Any) -> None:
        layers = list(self._layers.values())
        with tf.GradientTape() as tape:
            loss = self._loss(self._vectors(states, mask), targets)
        slopes = tape.gradient(loss, [*layers, *self._labels])
        calm, _ = tf.clip_by_global_norm(slopes[: len(layers)], 1.0)
        self._slow.apply_gradients(zip(calm, layers, strict=True))
        self._fast.apply_gradients(zip(slopes[len(layers) :], self._labels, strict=True))

    def _loss(self, vectors: Any, targets: Any) -> Any:
        vectors = tf.nn.dropout(vectors, self._tuning.dropout)
        smoothing = self._tuning.smoothing
        total = 0.0
        for task, labels in enumerate(self._labels):
            cosines = tf.matmul(vectors, tf.math.l2_normalize(labels, axis=1), transpose_b=True)
            wanted = tf.one_hot(targets[task], labels.shape[0]) * (1 - smoothing)
            wanted += smoothing / labels.shape[0]
            losses = tf.nn.softmax_cross_entropy_with_logits(wanted, self._tuning.scale * cosines)
            total += tf.reduce_mean(losses * tf.cast(targets[task] >= 0, tf.float32))
        return total

    def _vectors(self, states: Any, mask: Any) -> Any:
        """Layers, mean pooling and length one, as in `encoder_graph`."""
        real = tf.cast(mask, tf.float32)
        for number in upper_layers(self._shape):
            states = self._layer(states, real, f"encoder.layer.{number}.")
        return tf.math.l2_normalize(tf.reduce_sum(states * real[:, :, None], axis=1), axis=1)

    def _layer(self, tokens: Any, real: Any, prefix: str) -> Any:
        attended = self._attend(tokens, real, f"{prefix}attention.self.")
        output = f"{prefix}attention.output."
        middle = self._normalize(self._dense(attended, f"{output}dense") + tokens, output)
        inner = tf.nn.gelu(self._dense(middle, f"{prefix}intermediate.dense"))
        output = f"{prefix}output."
        return self._normalize(self._dense(inner, f"{output}dense") + middle, output)

    def _attend(self, tokens: Any, real: Any, prefix: str) -> Any:
        heads, width = self._shape.heads, self._shape.width
        size = tf.shape(tokens)
        split = [size[0], size[1], heads, width // heads]
        parts = (self._dense(tokens, prefix + name) for name in ("query", "key", "value"))
        query, key, value = (tf.transpose(tf.reshape(p, split), [0, 2, 1, 3]) for p in parts)
        scores = tf.matmul(query, key, transpose_b=True) / (width / heads) ** 0.5
        shares = tf.nn.softmax(scores - 1e4 * (1 - real[:, None, None, :]))
        return tf.reshape(tf.transpose(tf.matmul(shares, value), [0, 2, 1, 3]), tf.shape(tokens))

    def _dense(self, tokens: Any, name: str) -> Any:
        width = self._layers[f"{name}.weight"].shape[1]
        rows = tf.matmul(
            tf.reshape(tokens, [-1, width]), self._layers[f"{name}.weight"], transpose_b=True
        )
        size = tf.concat([tf.shape(tokens)[:-1], [-1]], axis=0)
        return tf.reshape(rows + self._layers[f"{name}.bias"], size)

    def _normalize(self, tokens: Any, prefix: str) -> Any:
        mean, variance = tf.nn.moments(tokens, axes=[-1], keepdims=True)
        scaled = (tokens - mean) * tf.math.rsqrt(variance + self._shape.epsilon)
        layer = f"{prefix}LayerNorm."
        return scaled * self._layers[f"{layer}weight"] + self._layers[f"{layer}bias"]
