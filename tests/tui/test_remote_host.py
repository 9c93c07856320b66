"""Another machine is named on screen, once, and what is answered is kept in the config."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from proactive_tui.config import Config, IndexConfig, LanguageModelConfig
from proactive_tui.config_reading import load_config, with_value
from proactive_tui.ipc.requests import UpdateConfig
from proactive_tui.tui.screens.dialogs.remote_host import RemoteHostDialog
from proactive_tui.tui.screens.home import HomeScreen
from tests.tui.host import PATIENT, Stage, stage

BOX = "http://box:11434"
AWAY = structs.replace(PATIENT, llm=LanguageModelConfig(host=BOX))


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OLLAMA_HOST", raising=False)


async def asked(it: Stage, origin: str) -> None:
    await it.until(lambda: isinstance(it.app.screen, RemoteHostDialog) and it.app.screen.host.origin == origin)


async def test_it_is_named_before_anything_else_and_leave_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    async with stage(config=AWAY, config_file=file) as it:
        await asked(it, BOX)
        said = it.text("RemoteHostDialog Static")
        assert BOX in said
        assert "what you say in conversations, and the passages it is to speak about" in said
        assert it.brain.asked(UpdateConfig) == []
        await it.press("y")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))
        assert it.brain.last(UpdateConfig).config.llm.allowed_hosts == (BOX,)
        assert load_config(file).llm.allowed_hosts == (BOX,)
    async with stage(config=structs.replace(AWAY, llm=load_config(file).llm), config_file=file) as it:
        await it.pilot.pause()
        assert isinstance(it.app.screen, HomeScreen), "it is asked once"


async def test_it_can_stay_on_this_machine(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    async with stage(config=AWAY, config_file=file) as it:
        await asked(it, BOX)
        await it.press("n")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))
        assert it.brain.last(UpdateConfig).config.llm.host == "http://127.0.0.1:11434"
        assert load_config(file).llm.host == "http://127.0.0.1:11434"
        assert load_config(file).llm.allowed_hosts == ()


async def test_later_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLLAMA_HOST", BOX)
    async with stage(config_file=tmp_path / "config.toml") as it:
        await asked(it, BOX)
        await it.press("enter")
        assert isinstance(it.app.screen, RemoteHostDialog), "an Enter too many allows nothing"
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))
        assert it.brain.asked(UpdateConfig) == []
    assert not (tmp_path / "config.toml").exists()


async def test_one_after_the_other() -> None:
    config = structs.replace(AWAY, index=IndexConfig(chroma_url="http://vectors:8000"))
    async with stage(config=config) as it:
        await asked(it, BOX)
        await it.press("y")
        await asked(it, "http://vectors:8000")
        await it.press("n")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))
        now: Config = it.brain.last(UpdateConfig).config
        assert (now.llm.allowed_hosts, now.index.chroma_url) == ((BOX,), "")


async def test_leave_is_void_when_the_host_is_changed() -> None:
    async with stage(config=structs.replace(PATIENT, llm=LanguageModelConfig(host=BOX, allowed_hosts=(BOX,)))) as it:
        assert isinstance(it.app.screen, HomeScreen)
        it.app.apply_config(with_value(it.app.config, "llm.host", "http://box:11435"), "llm.host")
        await asked(it, "http://box:11435")
        await it.press("y")
        assert it.brain.last(UpdateConfig).config.llm.allowed_hosts == (BOX, "http://box:11435")
