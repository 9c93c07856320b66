"""What an embedding model is to the index: it turns texts into vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Embedder(Protocol):
    """An embedding model, which turns texts into vectors.

    `identity` names the model, its weights and their form: vectors of different identities are not comparable, except
    those of `older_forms` of the same weights, which may serve until they are made again.
    """

    @property
    def identity(self) -> str:
        """The model's name: letters, digits, dots and hyphens; the same for the same weights."""

    @property
    def older_forms(self) -> Sequence[str]:
        """Identities whose vectors are so near to this model's that both may be searched together."""

    @property
    def trouble(self) -> str:
        """What keeps the model from being as fast and small as it should, as a sentence; empty where nothing does."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of unit length, float32 [len(texts), dimensions], in the order of the texts. Raises IndexingError."""
