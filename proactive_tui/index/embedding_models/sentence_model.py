"""Runs an embedding model in a folder by sentence-transformers (the extra "models") on this machine's CPU."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from proactive_tui.allowed_hosts import disable_telemetry
from proactive_tui.errors import IndexingError
from proactive_tui.index.embedder import Vectors
from proactive_tui.index.embedding_models.weight_files import embedding_failed, hash_weights, unusable_model

_EMBEDDING_BATCH_SIZE = 4
"""Texts in one run of the model, sorted by length since each is padded to the longest; more are no faster on a CPU."""


class SentenceModel:
    """A sentence-transformers model in a folder, loaded when first used, never fetched.

    Its owner vouches for its weights, which may neither be a pickle nor bring code. `threads` 0 is half of the cores.
    Loading takes seconds and about 300 MB.
    """

    older_forms = ()
    trouble = ""

    def __init__(self, model_dir: str, threads: int = 0) -> None:
        self._folder = Path(model_dir).expanduser()
        self._threads = threads or max(1, (os.cpu_count() or 2) // 2)
        self._model: Any = None
        self._identity = ""

    @property
    def identity(self) -> str:
        """The model's name, and a hash of its settings and of its weights' size, start and end, for speed."""
        self._identity = self._identity or f"{self._folder.name}-{hash_weights(self._folder)}"
        return self._identity

    @property
    def dimensions(self) -> int:
        """Length of a vector, from the model's settings. Raises IndexingError."""
        try:
            pooling = json.loads((self._folder / "1_Pooling" / "config.json").read_text(encoding="utf-8"))
            return int(pooling["word_embedding_dimension"])
        except (OSError, ValueError, KeyError) as error:
            raise unusable_model(self._folder, error) from error

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See `Embedder.embed`; texts are cut off at the length that the model reads."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        model = self._load_model()
        try:
            vectors = model.encode(
                list(texts), batch_size=_EMBEDDING_BATCH_SIZE, normalize_embeddings=True, show_progress_bar=False
            )
        except (RuntimeError, ValueError) as error:
            raise embedding_failed(error) from error
        return np.asarray(vectors, dtype=np.float32)

    def _load_model(self) -> Any:
        if self._model is None:
            _refuse_pickles(self._folder)
            disable_telemetry()
            os.environ["TOKENIZERS_PARALLELISM"] = "false"
            os.environ["HF_HUB_DISABLE_PROGRESS_BARS"] = "1"
            # By default oneDNN caches the code compiled for each shape of input: up to 200 MB, to save 3 % of the time.
            os.environ["ONEDNN_PRIMITIVE_CACHE_CAPACITY"] = "0"
            try:
                import torch  # noqa: PLC0415  (seconds)
                from sentence_transformers import SentenceTransformer  # noqa: PLC0415

                torch.set_num_threads(self._threads)
                self._model = SentenceTransformer(
                    str(self._folder),
                    device="cpu",
                    local_files_only=True,
                    trust_remote_code=False,
                    model_kwargs={"use_safetensors": True},
                )
            except ModuleNotFoundError as error:
                raise IndexingError(
                    "The embedding model needs PyTorch and sentence-transformers",
                    f"{error}; they are the extra 'models', which is not installed.",
                    "pip install 'proactive-tui[models]', or leave index.model empty.",
                ) from error
            except (ImportError, OSError, ValueError, RuntimeError, KeyError) as error:
                raise unusable_model(self._folder, error) from error
        return self._model


def _refuse_pickles(folder: Path) -> None:
    """Raise IndexingError where weights exist only as a pickle, which could run code when it is loaded."""
    for file in folder.rglob("pytorch_model*.bin"):
        if not any(file.parent.glob("*.safetensors")):
            raise IndexingError(
                "The embedding model's weights are a pickle", str(file), "Use a model that comes as safetensors."
            )
