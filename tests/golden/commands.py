"""What commands print as JSON for the vault: their keys, which scripts rely on."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from proactive_tui import __main__ as program
from proactive_tui.brain import services
from proactive_tui.index.embedder import Embedder
from tests.golden.pinned import HashedWords, shape

LOOK = "2026-11-24T11:00"
QUERY = "how large is the drift of clocks?"

ON_THE_VAULT = {
    "index": ("index",),
    "status": ("status",),
    "search": ("search", "lease"),
    "suggest": ("suggest", "--at", LOOK, "-n", "20"),
    "data": ("data",),
}
"""Commands that need no journal, in this order."""


def on_old_data(offer: str) -> dict[str, tuple[str, ...]]:
    """Commands that read, on the old data folder; `offer` is one in it."""
    return {
        "status": ("status",),
        "suggest": ("suggest", "-n", "20"),
        "search": ("search", QUERY),
        "why": ("why",),
        "why that offer": ("why", offer),
        "journal": ("journal",),
        "stats": ("stats",),
        "data": ("data",),
        "replay": ("replay",),
        "replay with other settings": ("replay", "--set", "offers.per_day=1"),
        "index": ("index",),
    }


class Done(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def printed(self) -> Any:
        """What was printed: one JSON document, or one a line."""
        assert self.status == 0, self.err
        try:
            return json.loads(self.out)
        except json.JSONDecodeError:
            return [json.loads(line) for line in self.out.splitlines()]


Command = Callable[..., Done]


@contextmanager
def commands(folder: Path, embedder: Callable[[], Embedder] = HashedWords) -> Iterator[Command]:
    """Commands on the folders "notes" and "data" in a folder, in this process and with no language model."""
    config = folder / "config.toml"
    # Else what left the notes long ago would be forgotten, as it should.
    config.write_text("[journal]\nkeep_deleted_days = 36500\n")
    where = ["--config", config, "--data-dir", folder / "data", "--notes", folder / "notes"]

    def run(*words: str) -> Done:
        status: Any = 0
        out, err = io.StringIO(), io.StringIO()
        with mock.patch("sys.argv", ["proactive-tui", *words, *map(str, where)]):
            try:
                with redirect_stdout(out), redirect_stderr(err):
                    program.main()
            except SystemExit as end:
                status = end.code
        return Done(status or 0, out.getvalue(), err.getvalue())

    with (
        mock.patch.object(services, "select_embedder", side_effect=lambda *_: embedder()),
        mock.patch.dict(os.environ, {"OLLAMA_HOST": "http://127.0.0.1:9"}),
    ):
        yield run


def keys(command: Command, which: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    """The keys of what each of these commands prints; of events by their kind."""
    return {name: _keys(name, command(*words, "--json").printed) for name, words in which.items()}


def _keys(name: str, printed: Any) -> Any:
    if name != "journal":
        return shape(printed)
    kinds = sorted({each["kind"] for each in printed})
    return {kind: shape([each for each in printed if each["kind"] == kind]) for kind in kinds}


def names(command: Command) -> dict[str, list[str]]:
    """By what features, contributions and channels of suggestions are called, in journals too."""
    made = command("suggest", "--at", LOOK, "-n", "20", "--weak", "--json").printed
    parts = ("features", "contributions", "channels")
    return {f"names of {part}": sorted({name for each in made for name in each[part]}) for part in parts}
