"""Runs the real brain process, which writes a report on its stores before a regular end.

Unless `real` is set, a cheap embedder replaces the model; Chroma, SQLite and the watcher are real.
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
    """The state of a brain that ended regularly.

    `learned`: whether the models equal a replay of the journal to the last bit; `digests`: those of the indexed notes,
    by path; `missing` and `unused`: the numbers of vectors that passages lack, and that belong to no passage; `words`:
    whether the full-text index and the passages match.
    """

    learned: bool
    digests: dict[str, str]
    missing: int
    unused: int
    words: bool


def quick(_model: str, _threads: int) -> WordVectors:
    """The cheap embedder, in the place of the embedding model."""
    return WordVectors()


def report(services: Services) -> Report:
    """Build the report from the brain's own stores."""
    index = services.index
    notes = index.notes
    wanted = {vector for known in index._catalogue.note_records.values() for vector in known.vectors}
    there = index.vectors._open_passages().list_ids()
    live, told = state(services.learned, services.history), as_told(services)
    del live["last"], told["last"]  # silences have event ids too, and do not influence learning
    return Report(
        learned=live == told,
        digests={path: note.digest for path, note in notes.items()},
        missing=len(wanted - (there & index._database.embedded_ids() & index.vectors._embedded.ids)),
        words=_worded(index._database._sql),
        unused=len((there | index._database.embedded_ids() | index.vectors._embedded.ids) - wanted),
    )


def _worded(database: sqlite3.Connection) -> bool:
    """Whether the full-text index is intact and has the rows of `passages`."""
    try:
        database.execute("INSERT INTO words(words) VALUES ('integrity-check')")
    except sqlite3.DatabaseError:
        return False
    pairs = (("passages", "row", "words", "rowid"), ("words", "rowid", "passages", "row"))
    odd = [f"SELECT 1 FROM (SELECT {one} FROM {a} EXCEPT SELECT {two} FROM {b})" for a, one, b, two in pairs]
    return not any(database.execute(each).fetchone() for each in odd)


def main(folder: Path | None = None, *, real: bool = False) -> None:
    """Serve as `python -m proactive_tui.brain.server` does, and write the report into `folder` at the end."""
    if not real:
        setattr(wiring, "select_embedder", quick)  # noqa: B010 - a function, which mypy does not let be replaced
    close = Services.close

    def reporting(services: Services) -> None:
        if folder:
            (folder / REPORT).write_bytes(msgspec.json.encode(report(services)))
        close(services)

    setattr(Services, "close", reporting)  # noqa: B010 - as above
    server.main()


if __name__ == "__main__":
    main()
