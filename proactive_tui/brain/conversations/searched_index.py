"""The index as a search for answers needs it."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from proactive_tui.errors import IndexingError
from proactive_tui.index.query.query_terms import QueryTerm
from proactive_tui.model.note_values import Note, SearchHit

if TYPE_CHECKING:
    from proactive_tui.brain.services import Services

log = logging.getLogger(__name__)

KEPT_VECTORS = 3000
"""Vectors of statements and words that are kept for the next question: about 5 MB."""


class SearchedIndex:
    """Searches the index for statements. Blocks; use it on the index's worker only."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._vectors: OrderedDict[str, npt.NDArray[np.float32]] = OrderedDict()

    @property
    def documents(self) -> Mapping[str, Note]:
        """Notes and items by path."""
        return self._services.index.documents

    def search(self, query: str, k: int) -> Sequence[SearchHit]:
        """The `k` passages that answer a query best."""
        return self._services.search_notes(query, k)

    def term_weights(self, terms: Iterable[QueryTerm]) -> dict[str, float]:
        """How much each term says, by the term as written."""
        return self._services.index.term_weights(terms)

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32] | None:
        """Vectors of unit length; None while the model is not loaded, or where it fails."""
        if not self._services.warm:
            return None
        missing = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        try:
            found = self._services.embedder.embed(missing) if missing else ()
        except IndexingError:
            log.exception("statements were not embedded")
            return None
        vectors = dict(zip(missing, found, strict=True))
        made = np.stack([vectors[text] if text in vectors else self._vectors[text] for text in texts])
        self._vectors.update(vectors)
        for text in texts:
            self._vectors.move_to_end(text)
        while len(self._vectors) > KEPT_VECTORS:
            self._vectors.popitem(last=False)
        return made
