"""The shipped index as a policy for the yardstick `retrieval.py`: every document is a note."""

from __future__ import annotations

from pathlib import Path

from proactive_tui.config import Config
from proactive_tui.index.embedding_models.minilm import MiniLM
from proactive_tui.index.index import NoteIndex
from proactive_tui.paths import DataPaths


class Retrieval:
    """A policy that ranks notes by their best passage. The index lies below `keep`."""

    def __init__(self, workdir: str, keep: str) -> None:
        self._notes = Path(workdir) / "notes"
        data = Path(keep) / "index"
        self._notes.mkdir(exist_ok=True)
        data.mkdir(exist_ok=True)
        self._index = NoteIndex(DataPaths(data), self._notes, Config(), MiniLM())

    def index(self, docs: dict[str, str]) -> None:
        for key, text in docs.items():
            (self._notes / f"{key}.md").write_text(text, encoding="utf-8")
        self._index.refresh()
        while self._index.vectors.embed_batch(256):
            pass

    def search(self, query: str, k: int) -> list[tuple[str, float]]:
        best: dict[str, float] = {}
        for hit in self._index.search(query, 2 * k):
            best.setdefault(hit.passage.path.removesuffix(".md"), hit.score)
        return list(best.items())[:k]


def retrieval(workdir: str, keep: str) -> Retrieval:
    return Retrieval(workdir, keep)
