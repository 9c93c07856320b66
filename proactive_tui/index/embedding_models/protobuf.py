"""Encodes fields of protobuf messages: those of ONNX models and of sentencepiece vocabularies."""

from __future__ import annotations

import struct


def encode_field(number: int, value: float | str | bytes) -> bytes:
    """A field of a protobuf message: an int as a varint, a float of four bytes, text and bytes with their length."""
    match value:
        case int():
            return _varint(number << 3) + _varint(value)
        case float():
            return _varint(number << 3 | 5) + struct.pack("<f", value)
        case _:
            data = value.encode() if isinstance(value, str) else value
            return _varint(number << 3 | 2) + _varint(len(data)) + data


def _varint(value: int) -> bytes:
    value &= (1 << 64) - 1
    data = bytearray()
    while value > 0x7F:
        data.append(value & 0x7F | 0x80)
        value >>= 7
    data.append(value)
    return bytes(data)
