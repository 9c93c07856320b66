"""Commands on a small vault, in this process."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from proactive_tui import __main__ as program
from proactive_tui.brain import services as wiring
from tests.brain.build import NOTES, WordVectors


class Done(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Done]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on a small vault, with a cheap embedder."""
    monkeypatch.setattr(wiring, "select_embedder", lambda *_: WordVectors())
    monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:9")
    (tmp_path / "notes").mkdir()
    for name, text in NOTES.items():
        (tmp_path / "notes" / name).write_text(text)
    (tmp_path / "config.toml").write_text("[offers]\nexploration = 0\n")
    where = ["--config", tmp_path / "config.toml", "--data-dir", tmp_path / "data", "--notes", tmp_path / "notes"]

    def command(*words: str, given: list[Any] | None = None) -> Done:
        monkeypatch.setattr("sys.argv", ["proactive-tui", *words, *map(str, where if given is None else given)])
        status: Any = 0
        try:
            program.main()
        except SystemExit as end:
            status = end.code
        captured = capsys.readouterr()
        return Done(status or 0, captured.out, captured.err)

    return command
