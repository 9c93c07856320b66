"""Reads MiniLM, a BERT of six layers, from its safetensors file, mapped into memory."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from proactive_tui.index.embedder import Vectors
from proactive_tui.index.embedding_models.bert_graph import Tensor, Tokens, quantize_rows
from proactive_tui.index.tokenizer import MODEL_MAX_TOKENS, load_tokenizer

_EMBEDDING_LEVELS: Final = 127


class MiniLMWeights:
    """The weights in a file; those of words keep 8 bits. See `BertWeights`. Raises OSError, ValueError and KeyError."""

    layers = 6

    def __init__(self, file: Path) -> None:
        self._tensors = _read_safetensors(file)
        words = self._tensors.pop("embeddings.word_embeddings.weight")
        self._words, self._scales = quantize_rows(words, _EMBEDDING_LEVELS)
        kinds = self._tensors["embeddings.token_type_embeddings.weight"]
        self._places = self._tensors["embeddings.position_embeddings.weight"] + kinds[0]

    def tokenize(self, texts: Sequence[str]) -> list[list[int]]:
        """See `BertWeights.tokenize`: by the model's own tokenizer."""
        return [cut_tokens(encoding.ids, MODEL_MAX_TOKENS) for encoding in load_tokenizer().encode_batch(list(texts))]

    def embed_tokens(self, tokens: Tokens) -> Vectors:
        """See `BertWeights.embed_tokens`."""
        embedded: Vectors = self._words[tokens].astype(np.float32)
        embedded *= self._scales[tokens, 0, None]
        embedded += self._places[: tokens.shape[1]]
        return embedded

    def read_tensor(self, name: str) -> Tensor:
        """See `BertWeights.read_tensor`."""
        return self._tensors[name]


def cut_tokens(tokens: list[int], limit: int) -> list[int]:
    """At most `limit` tokens; the last one, which ends each text, is kept."""
    return tokens if len(tokens) <= limit else [*tokens[: limit - 1], tokens[-1]]


def _read_safetensors(file: Path) -> dict[str, Tensor]:
    """The float32 tensors of a safetensors file by name."""
    with file.open("rb") as stream:
        length = int.from_bytes(stream.read(8), "little")
        header = json.loads(stream.read(length))
    data = np.memmap(file, np.uint8, "r", 8 + length)
    return {
        name: data[slice(*entry["data_offsets"])].view(np.float32).reshape(entry["shape"])
        for name, entry in header.items()
        if entry.get("dtype") == "F32"
    }
