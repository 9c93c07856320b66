"""The brain's process as it is, but for an embedder that costs nothing: Chroma, SQLite and the watcher are real."""

from __future__ import annotations

from proactive_tui.brain import server, wiring
from tests.brain.build import WordVectors


def quick(_model: str, _threads: int) -> WordVectors:
    """In the place of the embedding model."""
    return WordVectors()


def main() -> None:
    """Serve, as `python -m proactive_tui.brain.server` does."""
    setattr(wiring, "MiniLM", quick)  # noqa: B010 - the name of a class, which mypy does not let be replaced
    server.main()


if __name__ == "__main__":
    main()
