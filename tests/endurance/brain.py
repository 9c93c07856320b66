"""The brain's process as it is, and what it says of itself when it ends in order.

But for `real`, an embedder that costs nothing is in the place of the model; Chroma, SQLite and the watcher are real.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import msgspec

from proactive_tui.brain import server
from proactive_tui.brain import services as wiring
from proactive_tui.brain.services import Services
from tests.brain.build import WordVectors
from tests.brain.model_dump import as_told, state

REPORT = "report.json"


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Of a brain that ended in order.

    `learned` is whether its models equal the replay of the journal to the last bit; `digests` of the notes that are
    indexed, by path; of the vectors of their passages so many are `missing`, and others are `unused`. `words`: whether
    each passage can be found by its words.
    """

    learned: bool
    digests: dict[str, str]
    missing: int
    unused: int
    words: bool


def quick(_model: str, _threads: int) -> WordVectors:
    """In the place of the embedding model."""
    return WordVectors()


def report(services: Services) -> Report:
    """How it stands, by its own stores."""
    index = services.index
    notes = index.notes
    wanted = {vector for known in index._catalogue.note_records.values() for vector in known.vectors}
    there = index._passage_collection().list_ids()
    live, told = state(services.learned, services.history), as_told(services)
    del live["last"], told["last"]  # silences have numbers too, and teach nothing
    return Report(
        learned=live == told,
        digests={path: note.digest for path, note in notes.items()},
        missing=len(wanted - (there & index._database.embedded_ids() & index._embedded.ids)),
        words=_worded(index._database._sql),
        unused=len((there | index._database.embedded_ids() | index._embedded.ids) - wanted),
    )


def _worded(database: sqlite3.Connection) -> bool:
    """Whether words and passages are of each other."""
    try:
        database.execute("INSERT INTO words(words) VALUES ('integrity-check')")
    except sqlite3.DatabaseError:
        return False
    pairs = (("passages", "row", "words", "rowid"), ("words", "rowid", "passages", "row"))
    odd = [f"SELECT 1 FROM (SELECT {one} FROM {a} EXCEPT SELECT {two} FROM {b})" for a, one, b, two in pairs]
    return not any(database.execute(each).fetchone() for each in odd)


def main(folder: Path | None = None, *, real: bool = False) -> None:
    """Serve, as `python -m proactive_tui.brain.server` does, and write the report into `folder` before it ends."""
    if not real:
        setattr(wiring, "MiniLM", quick)  # noqa: B010 - the name of a class, which mypy does not let be replaced
    close = Services.close

    def reporting(services: Services) -> None:
        if folder:
            (folder / REPORT).write_bytes(msgspec.json.encode(report(services)))
        close(services)

    setattr(Services, "close", reporting)  # noqa: B010 - as above
    server.main()


if __name__ == "__main__":
    main()
