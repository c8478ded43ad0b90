"""The sentence encoder's network, written as an ONNX graph from its weights.

all-MiniLM-L6-v2 is a BERT of six layers (Wang et al. 2020, MiniLM; Reimers and Gurevych 2019,
Sentence-BERT). ONNX Runtime has one fused operator for each of its steps (embedding, attention,
GELU, layer normalization), so the graph is spelled with those: it needs no training framework,
takes a second to write, and answers faster than a graph converted from one. Mean pooling over
the real tokens and normalization to length one are part of the graph.

The network is written in two halves. The lower one, from tokens to the states between the layers,
is the released one on every machine. The upper one, from states to the vector, is what
`encoder_tuning` may train further, so that a model keeps only that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, TensorProto, helper, numpy_helper

from askmyo.nlu.encoder import INPUTS, MASK, OUTPUT, STATES

Weights = Mapping[str, npt.NDArray[np.float32]]

FUSED = "com.microsoft"
"""The operator set of ONNX Runtime's own fused operators."""


@dataclass(frozen=True)
class Shape:
    """How large the network is; the defaults are all-MiniLM-L6-v2."""

    layers: int = 6
    upper: int = 2
    """How many of the layers, the last ones, are in the upper half."""
    heads: int = 12
    width: int = 384
    epsilon: float = 1e-12


@dataclass
class _Graph:
    """Collects nodes and constants while the network is written down."""

    weights: Weights
    shape: Shape
    nodes: list[Any] = field(default_factory=list)
    constants: list[TensorProto] = field(default_factory=list)

    def constant(self, name: str, values: npt.NDArray[Any]) -> str:
        """Add a constant and give back its name."""
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def weight(self, name: str, *, transpose: bool = False) -> str:
        """Add one of the model's weights; linear layers keep theirs transposed."""
        values = self.weights[name]
        return self.constant(name, values.T if transpose else values)

    def node(self, operator: str, inputs: list[str], output: str, **attributes: Any) -> str:
        """Add a node with one output and give back the output's name."""
        self.nodes.append(helper.make_node(operator, inputs, [output], **attributes))
        return output

    def embed(self) -> str:
        """Look up tokens, positions and segments, add them and normalize."""
        prefix = "embeddings."
        tables = [f"{part}_embeddings.weight" for part in ("word", "position", "token_type")]
        names = [*tables, "LayerNorm.weight", "LayerNorm.bias"]
        inputs = ["input_ids", "token_type_ids", *(self.weight(prefix + n) for n in names)]
        epsilon = self.shape.epsilon
        self.nodes.append(
            helper.make_node(
                "EmbedLayerNormalization",
                [*inputs, "attention_mask"],
                ["embedded", "mask_index"],
                domain=FUSED,
                epsilon=epsilon,
            )
        )
        return "embedded"

    def attend(self, tokens: str, prefix: str) -> str:
        """Multi-head self-attention, with the three projections laid side by side."""
        parts = [f"{prefix}attention.self.{name}" for name in ("query", "key", "value")]
        matrix = np.concatenate([self.weights[f"{p}.weight"].T for p in parts], axis=1)
        bias = np.concatenate([self.weights[f"{p}.bias"] for p in parts])
        inputs = [
            tokens,
            self.constant(f"{prefix}attention.matrix", matrix),
            self.constant(f"{prefix}attention.bias", bias),
            "attention_mask",
        ]
        output = f"{prefix}attended"
        return self.node("Attention", inputs, output, domain=FUSED, num_heads=self.shape.heads)

    def add_and_normalize(self, tokens: str, residual: str, prefix: str) -> str:
        """A linear layer, the residual connection and layer normalization."""
        weight = self.weight(f"{prefix}dense.weight", transpose=True)
        product = self.node("MatMul", [tokens, weight], f"{prefix}product")
        names = ("LayerNorm.weight", "LayerNorm.bias", "dense.bias")
        inputs = [product, residual, *(self.weight(prefix + name) for name in names)]
        output = f"{prefix}normalized"
        epsilon = self.shape.epsilon
        return self.node("SkipLayerNormalization", inputs, output, domain=FUSED, epsilon=epsilon)

    def layer(self, tokens: str, number: int) -> str:
        """One transformer layer: attention, then the feed-forward part."""
        prefix = f"encoder.layer.{number}."
        attended = self.attend(tokens, prefix)
        middle = self.add_and_normalize(attended, tokens, f"{prefix}attention.output.")
        inner = f"{prefix}intermediate."
        weight = self.weight(f"{inner}dense.weight", transpose=True)
        product = self.node("MatMul", [middle, weight], f"{inner}product")
        bias = self.weight(f"{inner}dense.bias")
        active = self.node("BiasGelu", [product, bias], f"{inner}active", domain=FUSED)
        return self.add_and_normalize(active, middle, f"{prefix}output.")

    def pool(self, tokens: str) -> str:
        """Mean over the real tokens, length one. (A sum does: its length is divided out.)"""
        mask = self.node("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
        axis = self.constant("axis", np.array([1], dtype=np.int64))
        row = self.node("Unsqueeze", [mask, axis], "mask_row")
        total = self.node("MatMul", [row, tokens], "total")
        flat = self.node("Squeeze", [total, axis], "flat")
        return self.node("LpNormalization", [flat], OUTPUT, axis=1, p=2)

    def model(self, name: str, inputs: list[Any], output: Any) -> ModelProto:
        """The finished network between these inputs and this output."""
        body = helper.make_graph(self.nodes, name, inputs, [output], self.constants)
        opsets = [helper.make_opsetid("", 15), helper.make_opsetid(FUSED, 1)]
        return helper.make_model(body, opset_imports=opsets, ir_version=8)


def build_lower(weights: Weights, shape: Shape | None = None) -> ModelProto:
    """The lower half, tokens to states; raises KeyError where a weight is missing."""
    shape = shape or Shape()
    graph = _Graph(weights, shape)
    tokens = graph.embed()
    for number in range(shape.layers - shape.upper):
        tokens = graph.layer(tokens, number)
    graph.node("Identity", [tokens], STATES)
    inputs = [_tensor(name, TensorProto.INT32) for name in INPUTS]
    return graph.model("lower", inputs, _tensor(STATES, TensorProto.FLOAT, shape.width))


def build_upper(weights: Weights, shape: Shape | None = None) -> ModelProto:
    """The upper half, states to vector; raises KeyError where a weight is missing."""
    shape = shape or Shape()
    graph = _Graph(weights, shape)
    tokens = STATES
    for number in upper_layers(shape):
        tokens = graph.layer(tokens, number)
    graph.pool(tokens)
    inputs = [_tensor(STATES, TensorProto.FLOAT, shape.width), _tensor(MASK, TensorProto.INT32)]
    output = helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, ["batch", shape.width])
    return graph.model("upper", inputs, output)


def upper_layers(shape: Shape) -> range:
    """The numbers of the layers in the upper half."""
    return range(shape.layers - shape.upper, shape.layers)


def _tensor(name: str, kind: int, *width: int) -> Any:
    return helper.make_tensor_value_info(name, kind, ["batch", "length", *width])
