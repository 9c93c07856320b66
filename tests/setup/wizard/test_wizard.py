"""The guide, by its keys alone: a real temporary folder, a real config file, and a server that speaks Ollama's API."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from proactive_tui.cli import assistant
from proactive_tui.config import Config
from proactive_tui.config_reading import load_config
from proactive_tui.setup import steps
from proactive_tui.setup.wizard.app import WizardApp, WizardResult
from proactive_tui.setup.wizard.base import ChoiceList
from proactive_tui.setup.wizard.choice_steps import PrivacyStep, ReadyStep, TalkativeStep
from proactive_tui.setup.wizard.folder_step import FolderInput, FolderStep
from proactive_tui.setup.wizard.model_step import ModelStep
from proactive_tui.setup.wizard.sources_step import PlacesInput, SourcesStep
from proactive_tui.sources.source_registry import enabled_sources
from proactive_tui.talk.llm import ollama_catalog
from proactive_tui.talk.llm.ollama_catalog import SUGGESTED_MODEL
from tests.ollama_server import PLAIN_IMPORT, Model, OllamaServer, _Handler, _Stream, serving
from tests.setup.wizard.host import guide


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a folder of notes, and nothing that listens where Ollama would."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:9")
    monkeypatch.setattr(ollama_catalog, "machine_memory", lambda _: 0)
    for name in ("GH_TOKEN", "GITHUB_TOKEN", "GITLAB_TOKEN", "FORGEJO_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name in ("one.md", "two.md", "below/three.txt"):
        (tmp_path / "notes" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "notes" / name).write_text("# A note\n")
    (tmp_path / "more").mkdir()
    (tmp_path / "example").mkdir()
    return tmp_path


@pytest.fixture
def server(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OllamaServer]:
    with serving() as it:
        monkeypatch.setenv("OLLAMA_HOST", it.url)
        yield it


def written(home: Path) -> list[str]:
    return [each for each in ("config", "data") if (home / each).exists()]


@pytest.mark.parametrize("size", [(40, 20), (80, 24), (200, 50)])
@pytest.mark.slow
async def test_from_the_folder_to_the_config(home: Path, size: tuple[int, int]) -> None:
    async with guide(home, size=size) as it:
        assert it.app.screen.query_one(FolderInput).value == "~/notes"
        await it.see("3 notes would be read", "Markdown: headings, lists, boxes, links")
        await it.press("enter")
        await it.see("step 2 of 6", "never written to", "~/data", "Nothing is sent anywhere")
        await it.see("Found in 3 notes: nothing open yet.")
        await it.press("enter")
        await it.see("step 3 of 6", "Ollama cannot be reached", f"ollama pull {SUGGESTED_MODEL}", "Go on without")
        await it.press("enter")
        await it.see("step 4 of 6", "Seldom", "22:00 to 07:30")
        await it.press("up", "enter")
        await it.see("step 5 of 6", "with your notes alone", "Your repositories")
        await it.press("enter")
        await it.see("step 6 of 6", "~/notes", "seldom, 2 times a day", "3 notes", "example notes")
        assert written(home) == []
        choices = it.app.screen.query_one(ChoiceList)
        assert choices.region.bottom <= size[1] - 1, "the last choice is in sight"
        await it.press("enter")
    assert it.app.return_value == WizardResult(None)
    config = load_config(home / "config" / "config.toml")
    assert (config.notes.folder, config.offers.per_day) == (str(home / "notes"), 2)
    assert (config.llm.backend, config.llm.model) == ("auto", ""), "a model that comes later is used"
    assert "# quiet_hours" in (home / "config" / "config.toml").read_text(), "every other setting is there"


@pytest.mark.slow
async def test_notes_in_other_languages_get_the_model_for_them(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "find_spec", lambda _: object())
    (home / "notes" / "bahn.md").write_text("Die Fahrkarten nach Leipzig sind gebucht, das Hotel fehlt noch.")
    (home / "notes" / "brot.md").write_text("Der Teig ruht über Nacht und wird jede halbe Stunde gefaltet.")
    async with guide(home) as it:
        await it.see("5 notes would be read")
        await it.to(ReadyStep)
        await it.see("Found in 5 notes", "Most are not in English")
        await it.press("enter")
    assert load_config(home / "config" / "config.toml").index.model == "multilingual"


@pytest.mark.slow
async def test_the_folder_is_completed_as_one_types(home: Path) -> None:
    async with guide(home) as it:
        where = it.app.screen.query_one(Input)
        where.value = ""
        await it.see("Type its path")
        await it.press("enter")
        assert isinstance(it.app.screen, FolderStep)
        await it.press(*"~/no")
        await it.until(lambda: it.app.screen.query_one("#folders").option_count == 1)  # type: ignore[attr-defined]
        await it.press("tab")
        assert where.value == "~/notes/"
        await it.see("3 notes would be read")
        await it.press("down", "enter")
        assert where.value == "~/notes/below/"
        await it.see("1 note would be read", "three.txt")
        await it.press("x")
        await it.see("There is no such folder.")
        await it.press("enter")
        assert isinstance(it.app.screen, FolderStep), "it stays until there is a folder"
        where.value = "~/more"
        await it.see("No notes in it yet")


@pytest.mark.slow
async def test_back_as_far_as_it_goes_and_nothing_is_written(home: Path) -> None:
    async with guide(home) as it:
        await it.to(ReadyStep)
        for step in (SourcesStep, TalkativeStep, ModelStep, PrivacyStep, FolderStep, FolderStep):
            await it.press("escape")
            await it.at(step)
        await it.see("3 notes would be read")
        assert it.app.screen.query_one(Input).value == "~/notes"
        await it.to(TalkativeStep)
        await it.press("down", "enter", "escape")
        assert it.app.screen.query_one(ChoiceList).highlighted == 2, "what was chosen is chosen still"
        await it.press("ctrl+q")
    assert it.app.return_value is None
    assert written(home) == []


def on(config: Config) -> list[str]:
    return [spec.name for spec in enabled_sources(config)]


@pytest.mark.slow
async def test_sources_are_switched_on_one_by_one_and_off_again(home: Path) -> None:
    (home / "code" / "lease" / ".git").mkdir(parents=True)
    (home / "code" / "lease" / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    (home / "work.ics").touch()
    async with guide(home) as it:
        await it.to(SourcesStep)
        await it.see("Your feeds")
        await it.press("down")
        await it.see("Reads your repositories", "Nothing leaves this machine.", "Found: lease.")
        await it.press("enter", "down", "enter")
        await it.see("Go on  with git, forge", "api.github.com is asked")
        await it.press("enter", "down", "enter", *"~/none.ics", "enter")
        await it.see("There is no ~/none.ics.", "Go on  with git")
        await it.press(*["backspace"] * 8, *"work.ics", "enter")
        await it.see("Go on  with git, calendar", "From ~/work.ics.")
        assert not it.app.screen.query_one(PlacesInput).display
        await it.press("down", "down", "enter", *"x", "escape")
        await it.until(lambda: not it.app.screen.query_one(PlacesInput).display)
        assert isinstance(it.app.screen, SourcesStep), "Esc leaves the line, and not the step"
        await it.press("home", "enter")
        await it.see("step 6 of 6", "git, calendar")
        await it.press("escape")
        await it.see("Go on  with git, calendar")
        await it.press("enter", "enter")
    config = load_config(home / "config" / "config.toml")
    assert on(config) == ["git", "calendar"]
    assert (config.git.folders, config.calendar.files) == (("~/code",), ("~/work.ics",))


@pytest.mark.slow
async def test_without_a_choice_no_source_is_on(home: Path) -> None:
    async with guide(home) as it:
        await it.to(ReadyStep)
        assert "Besides" not in it.text()
        await it.press("enter")
    assert on(load_config(home / "config" / "config.toml")) == []


@pytest.mark.slow
async def test_a_config_that_is_there_is_kept(home: Path) -> None:
    async with guide(home) as it:
        await it.to(ReadyStep)
        file = home / "config" / "config.toml"
        file.parent.mkdir()
        file.write_text("[offers]\nper_day = 1\n")
        await it.press("enter")
        await it.see("There is a config already")
        await it.press("ctrl+q")
    assert it.app.return_value is None
    assert file.read_text() == "[offers]\nper_day = 1\n"


@pytest.mark.slow
async def test_trying_the_examples(home: Path) -> None:
    async with guide(home) as it:
        await it.to(ReadyStep)
        await it.press("down", "enter")
    assert it.app.return_value == WizardResult(home / "example")
    assert load_config(home / "config" / "config.toml").notes.folder == str(home / "notes")


@pytest.mark.slow
async def test_without_examples_none_are_offered(home: Path) -> None:
    async with guide(home, examples="") as it:
        await it.to(ReadyStep)
        assert it.app.screen.query_one(ChoiceList).option_count == 1


@pytest.mark.slow
async def test_a_model_is_chosen(home: Path, server: OllamaServer) -> None:
    server.models.append(Model("qwen2.5:7b", parameters="7.6B", size=4_700_000_000))
    async with guide(home) as it:
        await it.to(ModelStep)
        await it.see(
            "The best one installed  qwen2.5:7b now", "7.6B · 4.7 GB", "smollm2:135m", f"Pull {SUGGESTED_MODEL}"
        )
        await it.press("down", "down", "enter")
        await it.see("step 4 of 6")
        await it.to(ReadyStep)
        await it.see("smollm2:135m")
        await it.press("enter")
    assert load_config(home / "config" / "config.toml").llm.model == "smollm2:135m"


@pytest.mark.slow
async def test_a_model_without_a_chat_template_is_named_and_not_offered(home: Path, server: OllamaServer) -> None:
    server.models.append(Model("imported:8b", parameters="8.0B", template=PLAIN_IMPORT))
    async with guide(home) as it:
        await it.to(ModelStep)
        await it.see("The best one installed  smollm2:135m now", "imported:8b has no chat template")
        names = [str(option.prompt) for option in it.app.screen.query_one(ChoiceList).options]
        assert not any(name.startswith("imported") for name in names)


@pytest.mark.slow
async def test_a_model_that_is_there_and_not_wanted(home: Path, server: OllamaServer) -> None:
    async with guide(home) as it:
        await it.to(ModelStep)
        await it.see("None  it quotes your notes")
        await it.press("up", "enter")
        await it.to(ReadyStep)
        await it.press("enter")
    assert load_config(home / "config" / "config.toml").llm.backend == "none"


@pytest.mark.slow
async def test_a_model_is_pulled(home: Path, server: OllamaServer) -> None:
    server.models.clear()
    async with guide(home) as it:
        await it.to(ModelStep)
        await it.see("has no model")
        await it.press("enter")
        await it.at(TalkativeStep)
        await it.press("escape")
        await it.see(f"The best one installed  {SUGGESTED_MODEL} now")
        await it.press("down", "enter")
        await it.to(ReadyStep)
        await it.press("enter")
    assert load_config(home / "config" / "config.toml").llm.model == SUGGESTED_MODEL


@pytest.mark.slow
async def test_a_download_shows_how_far_it_is_and_can_be_stopped(
    home: Path, server: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.models.clear()

    def half(handler: Any, name: str) -> None:
        stream = _Stream(handler, Model(name), chat=True, whole=False)
        stream.begin()
        stream.line({"status": "pulling 5d2f", "digest": "sha256:5d2f", "total": 2_500_000_000, "completed": 10**9})
        handler._wait(60)  # until the client goes away

    monkeypatch.setattr(_Handler, "_pull", half)
    async with guide(home) as it:
        await it.to(ModelStep)
        await it.see(f"Pull {SUGGESTED_MODEL}")
        await it.press("enter")
        await it.see("1.0 GB of 2.5 GB")
        await it.press("escape")
        await it.see("Stopped", f"Pull {SUGGESTED_MODEL}")
        assert isinstance(it.app.screen, ModelStep)
        await it.press("escape")
        await it.at(PrivacyStep)


@pytest.mark.slow
async def test_models_are_offered_that_fit_this_machine(
    home: Path, server: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ollama_catalog, "machine_memory", lambda _: 16_000_000_000)
    async with guide(home) as it:
        await it.to(ModelStep)
        await it.see("Pull qwen3:8b  downloads 5.2 GB · suits the 16.0 GB of this machine", "Pull qwen3:4b")


@pytest.mark.slow
async def test_what_is_found_is_said_also_where_it_ends(home: Path) -> None:
    (home / "notes" / "2026-11-20.md").write_text("# Friday\n\n- [ ] call Mara about the lease\n- [ ] book the rig\n")
    async with guide(home) as it:
        await it.to(PrivacyStep)
        await it.see("Found in 4 notes: 2 tasks, 1 daily note.")
        await it.to(ReadyStep)
        await it.see("Found in 4 notes: 2 tasks, 1 daily note.")
        await it.press("ctrl+q")


@pytest.mark.slow
async def test_a_server_that_comes_late_is_found(
    home: Path, server: OllamaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:9")
    async with guide(home) as it:
        await it.to(ModelStep)
        await it.see("Look again")
        monkeypatch.setenv("OLLAMA_HOST", server.url)
        await it.press("down", "enter")
        await it.see("smollm2:135m")


@pytest.mark.parametrize("trial", [None, Path("/somewhere/examples")])
def test_what_the_command_goes_on_with(home: Path, monkeypatch: pytest.MonkeyPatch, trial: Path | None) -> None:
    monkeypatch.setattr(WizardApp, "run", lambda self: WizardResult(trial))
    went_on = assistant.run_setup_guide(home / "config.toml", home / "data")
    apart = home / "data" / "examples" if trial else home / "data"
    assert went_on == (home / "config.toml", apart, trial), "what is learned from the examples is kept apart"


def test_the_command_ends_where_the_guide_was_left(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(WizardApp, "run", lambda self: None)
    with pytest.raises(SystemExit):
        assistant.run_setup_guide(home / "config.toml", None)
    assert "Nothing was written" in capsys.readouterr().err


@pytest.mark.slow
async def test_another_machine_is_asked_only_with_leave(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "box:11434")
    async with guide(home) as it:
        await it.to(ModelStep)
        await it.see("http://box:11434 is another machine", "Nothing was sent there yet", "Keep to this machine")
        await it.press("down", "enter")
        await it.see("Ollama cannot be reached")
        await it.to(ReadyStep)
        await it.press("enter")
    written = load_config(home / "config" / "config.toml").llm
    assert (written.host, written.allowed_hosts) == ("", ("http://box:11434",))


@pytest.mark.slow
async def test_the_guide_can_keep_to_this_machine(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "box:11434")
    async with guide(home) as it:
        await it.to(ModelStep)
        await it.press("enter")
        await it.until(lambda: "another machine" not in it.text())
        await it.to(ReadyStep)
        await it.press("enter")
    written = load_config(home / "config" / "config.toml").llm
    assert (written.host, written.allowed_hosts) == ("http://127.0.0.1:11434", ())
