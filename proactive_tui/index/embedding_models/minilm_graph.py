"""Writes MiniLM, a BERT of six layers, as an ONNX graph with int8 weights, straight from its safetensors file.

A weight keeps as many levels as it is asked for, with a scale for each output. What goes into a matrix product is
rounded to 8 bits with a scale for each token, while it runs: so the vector of a text does not depend on the texts
beside it. The operators are those that are fastest without a mask: texts of one run have the same number of tokens.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np

from proactive_tui.index.embedding_models.onnx_writer import ELEMENT_TYPES, MICROSOFT_DOMAIN, OnnxGraph

Tensor: TypeAlias = np.ndarray[Any, Any]

LAYERS: Final = 6
HEADS: Final = 12
SIZE: Final = 384
"""Numbers in the vector of a token, and of a text."""
_EMBEDDING_LEVELS: Final = 127
_ROWS_AT_ONCE: Final = 4096
_EPSILON: Final = 1e-12
"""What MiniLM's config.json names for its layer norms."""


def write_minilm(weights: Path, levels: int) -> bytes:
    """The ONNX model with weights from -levels to levels: `tokens` int32 [texts, length] gives `vectors` float32
    [texts, SIZE] of unit length.
    """
    return _MiniLMWriter(read_safetensors(weights), levels).write()


def read_safetensors(file: Path) -> dict[str, Tensor]:
    """The float32 tensors of a safetensors file by name, mapped into memory."""
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        header = json.loads(stream.read(length))
    data = np.memmap(file, np.uint8, "r", 8 + length)
    return {
        name: data[slice(*entry["data_offsets"])].view(np.float32).reshape(entry["shape"])
        for name, entry in header.items()
        if entry.get("dtype") == "F32"
    }


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


class _MiniLMWriter:
    def __init__(self, weights: Mapping[str, Tensor], levels: int) -> None:
        self._weights, self._levels, self._graph = weights, levels, OnnxGraph()

    def write(self) -> bytes:
        add = self._graph.add
        hidden = self._norm(self._embed_tokens(), "embeddings.LayerNorm")
        for layer in range(LAYERS):
            hidden = self._layer(hidden, f"encoder.layer.{layer}")
        vectors = add("LpNormalization", add("ReduceMean", hidden, axes=[1], keepdims=0), axis=-1, p=2)
        return self._graph.serialize({"tokens": ("int32", ("texts", "length"))}, {"vectors": (vectors, "float32")})

    def _embed_tokens(self) -> str:
        """The sum of the embeddings of token, place and kind of text, of which all are of the first."""
        add = self._graph.add
        words, scales = quantize_rows(self._weights["embeddings.word_embeddings.weight"], _EMBEDDING_LEVELS)
        numbers = add("Cast", add("Gather", self._constant(words), "tokens"), to=ELEMENT_TYPES["float32"])
        words_embedded = add("Mul", numbers, add("Gather", self._constant(scales), "tokens"))
        places = self._weights["embeddings.position_embeddings.weight"]
        places = places + self._weights["embeddings.token_type_embeddings.weight"][0]
        zero, one, two = (self._constant(np.array([number])) for number in range(3))
        length = add("Slice", add("Shape", "tokens"), one, two)
        return add("Add", words_embedded, add("Slice", self._constant(places), zero, length, zero))

    def _layer(self, hidden: str, name: str) -> str:
        add, weights = self._graph.add, self._weights
        asked = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        product = self._product(hidden, np.concatenate([weights[f"{part}.weight"] for part in asked]))
        parts = self._graph.add_split(product, [SIZE] * 3)
        bias = self._constant(np.concatenate([weights[f"{part}.bias"] for part in asked]))
        attended = add("MultiHeadAttention", *parts, bias, domain=MICROSOFT_DOMAIN, num_heads=HEADS)
        hidden = self._joined(attended, hidden, f"{name}.attention.output")
        product = self._product(hidden, weights[f"{name}.intermediate.dense.weight"])
        bias = self._constant(weights[f"{name}.intermediate.dense.bias"])
        return self._joined(add("BiasGelu", product, bias, domain=MICROSOFT_DOMAIN), hidden, f"{name}.output")

    def _joined(self, inner: str, hidden: str, name: str) -> str:
        """What a layer's part found, projected and added to what was there."""
        add = self._graph.add
        product = self._product(inner, self._weights[f"{name}.dense.weight"])
        projected = add("Add", product, self._constant(self._weights[f"{name}.dense.bias"]))
        return self._norm(add("Add", projected, hidden), f"{name}.LayerNorm")

    def _norm(self, hidden: str, name: str) -> str:
        scale, bias = (self._constant(self._weights[f"{name}.{part}"]) for part in ("weight", "bias"))
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
