"""`init`: what it asks, what it finds, and that what it writes can be read."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from proactive_tui import allowed_hosts
from proactive_tui.config_reading import load_config
from proactive_tui.errors import ConfigError, NotesError
from proactive_tui.paths import default_data_folder
from proactive_tui.setup import prompts, steps
from proactive_tui.sources.source_registry import enabled_sources
from proactive_tui.talk.llm import ollama_catalog
from proactive_tui.talk.llm.ollama_catalog import SUGGESTED_MODEL
from tests.ollama_server import PLAIN_IMPORT, Model, _Handler, _Stream, serving


class Answers:
    """What the person answers, in order; an answer too many fails the test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: str | bool | int) -> None:
        self.left = list(answers)
        monkeypatch.setattr("typer.prompt", lambda *_, **__: self.left.pop(0))
        monkeypatch.setattr("typer.confirm", lambda *_, **__: self.left.pop(0))


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:9")
    monkeypatch.setattr(ollama_catalog, "machine_memory", lambda _: 0)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("# A\n")
    return tmp_path / "notes"


def test_defaults_without_ollama(notes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "below" / "config.toml"
    prompts.run(file, notes, None, yes=True)
    assert load_config(file).notes.folder == str(notes)
    assert load_config(file).llm.model == ""
    said = " ".join(capsys.readouterr().err.split())
    assert "1 note would be read" in said
    assert "It works without" in said
    assert " ".join(steps.privacy_sentences(default_data_folder())) in said
    assert "# per_day = 6" in file.read_text(), "every other setting is there, commented out"


def test_what_is_answered_is_written(notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        answers = Answers(monkeypatch, str(notes), True, "smollm2:135m", 12, False)
        prompts.run(tmp_path / "config.toml", None, None, yes=False)
    assert answers.left == []
    written = load_config(tmp_path / "config.toml")
    assert (written.llm.model, written.offers.per_day) == ("smollm2:135m", 12)


def test_sources_are_switched_on_only_with_a_yes(
    notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "work.ics").touch()
    # git without a place, forge not, a calendar that is not there and then one that is, activity, no news
    said = (True, True, "", False, True, "~/none.ics", "~/work.ics", True, False)
    answers = Answers(monkeypatch, 6, *said)
    prompts.run(tmp_path / "config.toml", notes, None, yes=False)
    assert answers.left == []
    written = load_config(tmp_path / "config.toml")
    assert [spec.name for spec in enabled_sources(written)] == ["calendar", "activity"]
    assert written.calendar.files == ("~/work.ics",)
    assert "There is no ~/none.ics." in capsys.readouterr().err


def test_a_model_is_pulled_with_progress(
    notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving() as server:
        server.models.clear()
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        Answers(monkeypatch, True, 6, False)
        prompts.run(tmp_path / "config.toml", notes, None, yes=False)
        assert "/api/pull" in [path for path, _ in server.requests]
    assert load_config(tmp_path / "config.toml").llm.model == SUGGESTED_MODEL


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ("error", "Ollama has no connection to the internet"),
        ("left", "Stopped. Ollama keeps what it has"),
    ],
)
def test_what_was_answered_is_written_where_a_pull_fails_or_is_left(
    notes: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    ends: str,
    said: str,
) -> None:
    def offline(handler: Any, name: str) -> None:
        stream = _Stream(handler, Model(name), chat=True, whole=False)
        stream.begin()
        stream.line({"error": "pull model manifest: dial tcp: lookup registry.ollama.ai: no such host"})
        stream.end()

    async def left(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(_Handler, "_pull", offline)
    if ends == "left":
        monkeypatch.setattr(prompts, "_pull_with_progress", left)
    with serving() as server:
        server.models.clear()
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        answers = Answers(monkeypatch, True, 12, False)
        prompts.run(tmp_path / "config.toml", notes, None, yes=False)
    assert answers.left == []
    written = load_config(tmp_path / "config.toml")
    assert (written.notes.folder, written.llm.model, written.offers.per_day) == (str(notes), "", 12)
    told = " ".join(capsys.readouterr().err.split())
    assert said in told
    assert f"Later: ollama pull {SUGGESTED_MODEL}" in told


def test_an_existing_config_is_kept(notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "config.toml"
    file.write_text("[offers]\nper_day = 1\n")
    with pytest.raises(ConfigError, match="There is a config already"):
        prompts.run(file, notes, None, yes=True)
    Answers(monkeypatch, True, 6, False)
    prompts.run(file, notes, None, yes=False)
    assert load_config(tmp_path / "config.toml.old").offers.per_day == 1
    assert load_config(file).offers.per_day == 6


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotesError):
        prompts.run(tmp_path / "config.toml", tmp_path / "none", None, yes=True)
    assert not (tmp_path / "config.toml").exists()


def test_what_a_folder_holds(notes: Path) -> None:
    (notes / "below").mkdir()
    (notes / "below" / "b.txt").write_text("later")
    (notes / ".hidden").mkdir()
    (notes / "picture.png").write_bytes(b"no note")
    os.utime(notes / "a.md", (1, 1))
    told: list[int] = []
    looked = steps.summarize_folder(notes, told.append)
    assert (looked.folder, looked.notes, looked.size, looked.left_out) == (notes, 2, 9, 1)
    assert (looked.newest, looked.styles) == (("below/b.txt", "a.md"), ("Markdown",))
    assert told == [0, 1]


def test_a_count_that_nobody_waits_for_ends(notes: Path) -> None:
    def stop(_: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        steps.summarize_folder(notes, stop)


def test_folders_as_one_types(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("Notes", "notebooks", "other", ".hidden"):
        (tmp_path / name).mkdir()
    (tmp_path / "note.md").write_text("no folder")
    (tmp_path / "no\x1bte").mkdir()
    assert steps.complete_folder("~/no") == ("~/Notes", "~/notebooks")
    assert steps.complete_folder("~") == ("~/Notes", "~/notebooks", "~/other")
    assert steps.complete_folder("~/.") == ("~/.hidden",)
    assert steps.complete_folder(f"{tmp_path}/oth") == (f"{tmp_path}/other",)
    assert steps.complete_folder("~/none/") == steps.complete_folder("~nobody/") == steps.complete_folder("\0/") == ()
    assert steps.likely_folders() == ("~/Notes",)


async def test_the_models_of_ollama(notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard = await steps.probe_ollama()
    assert heard.trouble is not None
    assert not heard.is_reachable
    with serving() as server:
        server.models += [
            Model("a-coder:7b", parameters="7B"),
            Model("all-minilm", family="bert"),
            Model("imported:8b", parameters="8B", template=PLAIN_IMPORT),
        ]
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        heard = await steps.probe_ollama()
    assert heard.is_reachable
    assert [each.name for each in heard.models] == ["a-coder:7b", "smollm2:135m"]
    assert [each.name for each in heard.unfit] == ["imported:8b"]
    assert "imported:8b has no chat template" in heard.why_first


def test_what_was_answered_is_all_that_is_set(notes: Path, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    steps.write_config(file, steps.SetupAnswers(folder=notes, without=True, per_day=2))
    written = load_config(file)
    assert (written.notes.folder, written.llm.backend, written.offers.per_day) == (str(notes), "none", 2)
    assert written.llm.model == ""
    before = file.read_text()
    with pytest.raises(ConfigError, match="There is a config already"):
        steps.write_config(file, steps.SetupAnswers(folder=notes))
    assert file.read_text() == before
    with pytest.raises(ConfigError, match="cannot be written"):
        steps.write_config(file / "below.toml", steps.SetupAnswers(folder=notes))


@pytest.mark.parametrize("allowed", [True, False])
def test_init_asks_before_another_machine_is_asked(
    notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], allowed: bool
) -> None:
    with serving() as server:
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        monkeypatch.setattr(allowed_hosts, "is_local_address", lambda where: where == allowed_hosts.LOCAL_OLLAMA_URL)
        Answers(monkeypatch, allowed, *(["smollm2:135m"] if allowed else []), 6, False)
        prompts.run(tmp_path / "config.toml", notes, None, yes=False)
    assert f"{server.url} is another machine. Nothing is sent there" in " ".join(capsys.readouterr().err.split())
    written = load_config(tmp_path / "config.toml").llm
    assert written.allowed_hosts == ((server.url,) if allowed else ())
    assert written.host == ("" if allowed else allowed_hosts.LOCAL_OLLAMA_URL)


def test_init_without_questions_allows_nobody(notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "box:11434")
    prompts.run(tmp_path / "config.toml", notes, None, yes=True)
    assert load_config(tmp_path / "config.toml").llm.allowed_hosts == ()
