"""A small embedder that tests can count and break."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np

from proactive_tui.errors import IndexingError
from proactive_tui.index.embedder import Vectors


class WordEmbedder:
    """Texts that share words are near: each word has a fixed random direction. `texts` has everything embedded."""

    def __init__(self, identity: str = "words-1", dimensions: int = 32) -> None:
        self.identity = identity
        self.dimensions = dimensions
        self.older_forms: tuple[str, ...] = ()
        self.trouble = ""
        self.texts: list[str] = []
        self.calls = 0
        self.broken = False

    def embed(self, texts: Sequence[str]) -> Vectors:
        if self.broken:
            raise IndexingError("The embedding model failed", "broken for a test")
        self.calls += 1
        self.texts += texts
        out = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for number, text in enumerate(texts):
            for word in re.findall(r"\w+", text.lower()) or [""]:
                out[number] += np.random.default_rng(zlib.crc32(word.encode())).normal(size=self.dimensions)
            out[number] /= np.linalg.norm(out[number])
        return out
