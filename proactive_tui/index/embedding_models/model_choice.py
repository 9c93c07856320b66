"""Chooses the embedding model that the settings name."""

from __future__ import annotations

from collections.abc import Callable

from proactive_tui.config import MULTILINGUAL_MODEL
from proactive_tui.index.embedder import Embedder
from proactive_tui.index.embedding_models.minilm import MODEL_NAME, MiniLM
from proactive_tui.index.embedding_models.multilingual import MULTILINGUAL_NAME, MultilingualE5
from proactive_tui.index.embedding_models.sentence_model import SentenceModel


def select_embedder(model: str, threads: int) -> Embedder:
    """The embedding model of `index.model`: MiniLM where it is empty, the multilingual one, or that in a folder."""
    if not model:
        return MiniLM(threads)
    return MultilingualE5(threads) if model == MULTILINGUAL_MODEL else SentenceModel(model, threads)


def find_former_embedder(identity: str, threads: int) -> Embedder | None:
    """The model that made vectors of this identity, where it is one of those that come with the program and still is
    installed. Raises IndexingError.
    """
    made_by: dict[str, Callable[[int], Embedder]] = {MODEL_NAME: MiniLM, MULTILINGUAL_NAME: MultilingualE5}
    for name, model in made_by.items():
        if identity.startswith(name):
            former = model(threads)
            return former if identity in (former.identity, *former.older_forms) else None
    return None
