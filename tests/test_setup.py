"""`init`: what it asks, what it finds, and that what it writes can be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from proactive_tui import setup
from proactive_tui.config import load
from proactive_tui.errors import ConfigError, NotesError
from proactive_tui.talk.llm.ollama import SUGGESTED
from tests.ollama_server import serving


class Answers:
    """What the person answers, in order; an answer too many fails the test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: str | bool) -> None:
        self.left = list(answers)
        monkeypatch.setattr("typer.prompt", lambda *_, **__: self.left.pop(0))
        monkeypatch.setattr("typer.confirm", lambda *_, **__: self.left.pop(0))


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:9")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("# A\n")
    return tmp_path / "notes"


def test_defaults_without_ollama(notes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "below" / "config.toml"
    setup.run(file, notes, yes=True)
    assert load(file).notes.folder == str(notes)
    assert load(file).llm.model == ""
    said = " ".join(capsys.readouterr().err.split())
    assert "1 notes would be read" in said
    assert "It works without" in said
    assert "# per_day = 6" in file.read_text(), "every other setting is there, commented out"


def test_what_is_answered_is_written(notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        answers = Answers(monkeypatch, str(notes), True, "smollm2:135m")
        setup.run(tmp_path / "config.toml", None, yes=False)
    assert answers.left == []
    assert load(tmp_path / "config.toml").llm.model == "smollm2:135m"


def test_a_model_is_pulled_with_progress(
    notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving() as server:
        server.models.clear()
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        Answers(monkeypatch, True)
        setup.run(tmp_path / "config.toml", notes, yes=False)
        assert "/api/pull" in [path for path, _ in server.requests]
    assert load(tmp_path / "config.toml").llm.model == SUGGESTED


def test_an_existing_config_is_kept(notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[offers]\nper_day = 1\n")
    with pytest.raises(ConfigError, match="There is a config already"):
        setup.run(file, notes, yes=True)
    Answers(monkeypatch, True, False)
    setup.run(file, notes, yes=False)
    assert load(tmp_path / "config.toml.old").offers.per_day == 1
    assert load(file).offers.per_day == 6


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotesError):
        setup.run(tmp_path / "config.toml", tmp_path / "none", yes=True)
    assert not (tmp_path / "config.toml").exists()
