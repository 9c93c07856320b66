"""Reads facts about a model from the header of a GGUF file."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO, NamedTuple

_SCALAR_FORMATS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9
_MAX_STRING_BYTES = 1 << 24
"""Maximum bytes of a header string; a larger length means that the file is broken."""


class GgufFacts(NamedTuple):
    """What the header of a file tells: the tokens the model was trained to read, or None, its chat template, and its
    size as the makers write it ("1.5B"), or "".

    `template` is None where the file could not be read to the end of its header.
    """

    context: int | None = None
    template: str | None = None
    size_label: str = ""


def read_gguf_facts(path: Path) -> GgufFacts:
    """The facts of a GGUF file; none of them where it is no such file.

    The header is a list of key-value pairs (GGUF specification, versions 2 and 3, little-endian).
    """
    context, template, size_label = None, "", ""
    try:
        with path.open("rb") as file:
            magic, version, _, pairs = struct.unpack("<4sIQQ", file.read(24))
            if magic != b"GGUF" or version not in (2, 3):
                return GgufFacts()
            for _ in range(pairs):
                key = _read_string(file)
                value = _read_value(file, *struct.unpack("<I", file.read(4)))
                if key.endswith(".context_length") and isinstance(value, int):
                    context = value
                elif key == "tokenizer.chat_template" and isinstance(value, str):
                    template = value
                elif key == "general.size_label" and isinstance(value, str):
                    size_label = value
    except (OSError, struct.error, ValueError, KeyError, EOFError):
        return GgufFacts(context, size_label=size_label)
    return GgufFacts(context, template, size_label)


def _read_string(file: BinaryIO) -> str:
    (length,) = struct.unpack("<Q", file.read(8))
    if length > _MAX_STRING_BYTES:
        raise ValueError(length)
    return file.read(length).decode("utf-8", errors="replace")


def _read_value(file: BinaryIO, kind: int) -> object:
    if kind == _STRING:
        return _read_string(file)
    if kind == _ARRAY:
        inner, count = struct.unpack("<IQ", file.read(12))
        if inner in _SCALAR_FORMATS:
            file.seek(count * struct.calcsize(_SCALAR_FORMATS[inner]), 1)
        else:
            for _ in range(count):
                _read_value(file, inner)
        return None
    scalar = _SCALAR_FORMATS[kind]
    return struct.unpack(f"<{scalar}", file.read(struct.calcsize(scalar)))[0]
