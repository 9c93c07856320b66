"""Writes an ONNX model as bytes: the few messages of its protobuf format that a graph of known shape needs.

The numbers of the fields are those of `onnx.proto` of ONNX 1.12 (IR version 8), which any ONNX Runtime of today reads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from proactive_tui.index.embedding_models.protobuf import encode_field

_IR_VERSION: Final = 8
_OPERATOR_SET: Final = 17
MICROSOFT_DOMAIN: Final = "com.microsoft"
"""The operators of ONNX Runtime that are not in the standard."""
ELEMENT_TYPES: Final[Mapping[str, int]] = {"float32": 1, "uint8": 2, "int8": 3, "int32": 6, "int64": 7}
"""The numbers of the types of a tensor's elements, by numpy's names."""


class OnnxGraph:
    """A graph that is written operator by operator; values are known by their names."""

    def __init__(self) -> None:
        self._nodes: list[bytes] = []
        self._constants: list[bytes] = []

    def add(self, operator: str, *inputs: str, domain: str = "", **attributes: float | str | Sequence[int]) -> str:
        """Add an operator that has one output; returns its name."""
        (name,) = self._add_node(operator, inputs, 1, domain, attributes)
        return name

    def add_split(self, value: str, sizes: Sequence[int]) -> list[str]:
        """Cut a tensor into parts along its last axis; returns their names."""
        return self._add_node("Split", [value, self.add_constant(np.array(sizes))], len(sizes), "", {"axis": -1})

    def _add_node(
        self,
        operator: str,
        inputs: Sequence[str],
        outputs: int,
        domain: str,
        attributes: Mapping[str, float | str | Sequence[int]],
    ) -> list[str]:
        names = [f"{operator}_{len(self._nodes)}_{number}" for number in range(outputs)]
        self._nodes.append(_encode_node(operator, inputs, names, domain, attributes))
        return names

    def add_constant(self, values: np.ndarray[Any, Any]) -> str:
        """Add a constant tensor; returns its name."""
        name = f"constant_{len(self._constants)}"
        self._constants.append(
            encode_field(
                5,
                b"".join(encode_field(1, size) for size in values.shape)
                + encode_field(2, ELEMENT_TYPES[values.dtype.name])
                + encode_field(8, name)
                + encode_field(9, np.ascontiguousarray(values).tobytes()),
            )
        )
        return name

    def serialize(
        self, inputs: Mapping[str, tuple[str, Sequence[int | str]]], outputs: Mapping[str, tuple[str, str]]
    ) -> bytes:
        """The model. `inputs` are type and shape by name (a text in a shape is a size that may vary); `outputs` are the
        value and the type by name.
        """
        named = [_encode_node("Identity", [value], [name], "", {}) for name, (value, _) in outputs.items()]
        graph = b"".join(
            [
                *self._nodes,
                *named,
                encode_field(2, "graph"),
                *self._constants,
                *(encode_field(11, _encode_value(name, kind, shape)) for name, (kind, shape) in inputs.items()),
                *(encode_field(12, _encode_value(name, kind, None)) for name, (_, kind) in outputs.items()),
            ]
        )
        operator_sets = (
            encode_field(1, "") + encode_field(2, _OPERATOR_SET),
            encode_field(1, MICROSOFT_DOMAIN) + encode_field(2, 1),
        )
        return (
            encode_field(1, _IR_VERSION)
            + encode_field(7, graph)
            + b"".join(encode_field(8, known) for known in operator_sets)
        )


def _encode_node(
    operator: str,
    inputs: Sequence[str],
    outputs: Sequence[str],
    domain: str,
    attributes: Mapping[str, float | str | Sequence[int]],
) -> bytes:
    parts = [encode_field(1, name) for name in inputs]
    parts += [encode_field(2, name) for name in outputs]
    parts += [
        encode_field(4, operator),
        *(encode_field(5, _encode_attribute(name, value)) for name, value in attributes.items()),
    ]
    return encode_field(1, b"".join([*parts, encode_field(7, domain)]))


def _encode_attribute(name: str, value: float | str | Sequence[int]) -> bytes:
    match value:
        case int():
            return encode_field(1, name) + encode_field(3, value) + encode_field(20, 2)
        case float():
            return encode_field(1, name) + encode_field(2, value) + encode_field(20, 1)
        case str():
            return encode_field(1, name) + encode_field(4, value) + encode_field(20, 3)
        case _:
            return encode_field(1, name) + b"".join(encode_field(8, number) for number in value) + encode_field(20, 7)


def _encode_value(name: str, kind: str, shape: Sequence[int | str] | None) -> bytes:
    sizes = b"".join(encode_field(1, encode_field(1 if isinstance(size, int) else 2, size)) for size in shape or ())
    tensor = encode_field(1, ELEMENT_TYPES[kind]) + (encode_field(2, sizes) if shape is not None else b"")
    return encode_field(1, name) + encode_field(2, encode_field(1, tensor))
