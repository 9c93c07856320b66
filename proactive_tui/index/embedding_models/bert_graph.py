"""Writes a BERT encoder as an ONNX graph with int8 weights, straight from the numbers of its weights.

A weight keeps as many levels as it is asked for, with a scale for each output. What goes into a matrix product is
rounded to 8 bits with a scale for each token, while it runs: so the vector of a text does not depend on the texts
beside it. The operators are those that are fastest without a mask: texts of one run have the same number of tokens.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from proactive_tui.index.embedder import Vectors
from proactive_tui.index.embedding_models.onnx_writer import ELEMENT_TYPES, MICROSOFT_DOMAIN, OnnxGraph

Tensor: TypeAlias = np.ndarray[Any, Any]
Tokens: TypeAlias = npt.NDArray[np.int64]

HEADS: Final = 12
SIZE: Final = 384
"""Numbers in the vector of a token, and of a text."""
_ROWS_AT_ONCE: Final = 4096
_EPSILON: Final = 1e-12
"""What the layer norms of all models here add to a variance."""


class BertWeights(Protocol):
    """A trained encoder of HEADS heads and SIZE numbers: how it cuts texts into tokens, and its numbers."""

    @property
    def layers(self) -> int:
        """How many layers the encoder has."""

    def tokenize(self, texts: Sequence[str]) -> list[list[int]]:
        """The tokens of each text, at most as many as the model reads, those that begin and end a text included."""

    def embed_tokens(self, tokens: Tokens) -> Vectors:
        """What enters the encoder, float32 [texts, length, SIZE], of tokens [texts, length]: the sum of the embeddings
        of token, place and kind of text, before the first layer norm.
        """

    def read_tensor(self, name: str) -> Tensor:
        """A float32 tensor of the encoder, by its name in BERT's checkpoints; matrices are [outputs, inputs]."""


def write_encoder(weights: BertWeights, levels: int) -> bytes:
    """The ONNX model with weights from -levels to levels: `embedded` float32 [texts, length, SIZE] gives `vectors`
    float32 [texts, SIZE] of unit length.
    """
    return _EncoderWriter(weights, levels).write()


def quantize_rows(values: Tensor, levels: int) -> tuple[Tensor, Tensor]:
    """The values as int8 from -levels to levels, and the scale of each row, float32 [rows, 1]."""
    numbers = np.empty(values.shape, np.int8)
    scales = np.empty((len(values), 1), np.float32)
    for start in range(0, len(values), _ROWS_AT_ONCE):
        rows = slice(start, start + _ROWS_AT_ONCE)
        part = values[rows]
        scales[rows] = np.maximum(part.max(1, keepdims=True), -part.min(1, keepdims=True)) / levels
        scales[rows][scales[rows] == 0] = 1
        numbers[rows] = np.rint(part / scales[rows])
    return numbers, scales


class _EncoderWriter:
    def __init__(self, weights: BertWeights, levels: int) -> None:
        self._weights, self._levels, self._graph = weights, levels, OnnxGraph()

    def write(self) -> bytes:
        add = self._graph.add
        hidden = self._norm("embedded", "embeddings.LayerNorm")
        for layer in range(self._weights.layers):
            hidden = self._layer(hidden, f"encoder.layer.{layer}")
        vectors = add("LpNormalization", add("ReduceMean", hidden, axes=[1], keepdims=0), axis=-1, p=2)
        embedded = ("float32", ("texts", "length", SIZE))
        return self._graph.serialize({"embedded": embedded}, {"vectors": (vectors, "float32")})

    def _layer(self, hidden: str, name: str) -> str:
        add, read = self._graph.add, self._weights.read_tensor
        asked = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        product = self._product(hidden, np.concatenate([read(f"{part}.weight") for part in asked]))
        parts = self._graph.add_split(product, [SIZE] * 3)
        bias = self._constant(np.concatenate([read(f"{part}.bias") for part in asked]))
        attended = add("MultiHeadAttention", *parts, bias, domain=MICROSOFT_DOMAIN, num_heads=HEADS)
        hidden = self._joined(attended, hidden, f"{name}.attention.output")
        product = self._product(hidden, read(f"{name}.intermediate.dense.weight"))
        bias = self._constant(read(f"{name}.intermediate.dense.bias"))
        return self._joined(add("BiasGelu", product, bias, domain=MICROSOFT_DOMAIN), hidden, f"{name}.output")

    def _joined(self, inner: str, hidden: str, name: str) -> str:
        """What a layer's part found, projected and added to what was there."""
        add, read = self._graph.add, self._weights.read_tensor
        product = self._product(inner, read(f"{name}.dense.weight"))
        projected = add("Add", product, self._constant(read(f"{name}.dense.bias")))
        return self._norm(add("Add", projected, hidden), f"{name}.LayerNorm")

    def _norm(self, hidden: str, name: str) -> str:
        scale, bias = (self._constant(self._weights.read_tensor(f"{name}.{part}")) for part in ("weight", "bias"))
        return self._graph.add("LayerNormalization", hidden, scale, bias, axis=-1, epsilon=_EPSILON)

    def _product(self, hidden: str, weights: Tensor) -> str:
        """The product with weights [outputs, inputs], in whole numbers; each token of `hidden` has its own scale."""
        add, constant = self._graph.add, self._constant
        numbers, scales = quantize_rows(weights, self._levels)
        largest = add("ReduceMax", add("Abs", hidden), axes=[-1])
        stretched = add("Mul", hidden, add("Div", constant(np.float32(127)), largest))
        rounded = add(
            "Cast", add("Add", stretched, constant(np.float32(128.5))), to=ELEMENT_TYPES["uint8"]
        )  # a cast drops the fraction
        product = add(
            "MatMulIntegerToFloat",
            rounded,
            constant(np.ascontiguousarray(numbers.T)),
            constant(np.float32(1 / 127)),
            constant(scales[:, 0]),
            constant(np.uint8(128)),
            domain=MICROSOFT_DOMAIN,
        )
        return add("Mul", product, largest)

    def _constant(self, values: Tensor | np.generic) -> str:
        return self._graph.add_constant(np.asarray(values))
