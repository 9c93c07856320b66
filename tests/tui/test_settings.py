from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs
from textual import events
from textual.widgets import Input

from proactive_tui.config import Config
from proactive_tui.config_reading import list_settings, load_config
from proactive_tui.ipc.events import ConfigChanged
from proactive_tui.ipc.requests import UpdateConfig
from proactive_tui.model.status_values import SourceStatus
from proactive_tui.tui.screens.dialogs.menu import ChoiceMenu
from proactive_tui.tui.screens.dialogs.prompt_dialog import InputDialog
from proactive_tui.tui.screens.settings import SettingsScreen
from proactive_tui.tui.widgets.lists import PlainList
from tests.tui.fakes import now
from tests.tui.host import PATIENT, Stage, stage


def keys(it: Stage) -> list[str]:
    return [option.id for option in it.app.screen.query_one(PlainList).options if option.id]


def row(it: Stage, key: str) -> str:
    return str(it.app.screen.query_one(PlainList).get_option(key).prompt)


async def entered(it: Stage, filtered: str = "") -> None:
    await it.press("comma")
    await it.until(lambda: isinstance(it.app.screen, SettingsScreen))
    await it.write(filtered)
    await it.until(lambda: it.app.screen.query_one(Input).value == filtered)


@pytest.mark.slow
async def test_every_key_of_the_config_is_there_with_what_it_may_be() -> None:
    async with stage(size=(120, 36)) as it:
        await entered(it)
        assert keys(it) == [setting.key for setting in list_settings()]
        for key in keys(it):
            listed = it.app.screen.query_one(PlainList)
            listed.highlighted = listed.get_option_index(key)
            await it.until(lambda key=key: it.text("#about").split("\n")[0] == key)  # type: ignore[misc]
            about = it.text("#about")
            assert "may be   " in about
            assert "default  " in about
            later = key == "notes.folder" or (key.startswith("index.") and key != "index.batch")
            assert about.endswith("at the next start" if later else "at once")


@pytest.mark.slow
async def test_typing_filters_by_name_and_by_description() -> None:
    async with stage() as it:
        await entered(it, "any of")
        assert keys(it) == ["topics.kinds", "offers.quiet_days"]
        await it.press(*["backspace"] * 6)
        await it.write("weekday")
        await it.until(lambda: keys(it) == ["sensors.clock"])
        await it.write("zzz")
        await it.until(lambda: it.text("#about") == "No setting is like that.")
        await it.press("enter", "ctrl+r")
        assert not it.brain.asked(UpdateConfig)


@pytest.mark.slow
async def test_a_number_is_checked_as_it_is_typed_and_saved_with_comments_kept(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("# mine\n[offers]\nper_day = 5 # five\n")
    async with stage(config=load_config(file), config_file=file) as it:
        await entered(it, "per_day")
        assert row(it, "offers.per_day").split() == ["●", "per_day", "5"]
        await it.press("enter")
        await it.until(lambda: isinstance(it.app.screen, InputDialog))
        assert it.app.screen.query_one(Input).value == "5"
        await it.press("backspace", "x")
        assert it.text(".wrong") == "✗ Wanted is a whole number of 0 or more."
        await it.press("enter")
        assert isinstance(it.app.screen, InputDialog), "what is wrong is not taken"
        await it.press("backspace", "2", "enter")
        await it.until(lambda: isinstance(it.app.screen, SettingsScreen))
        assert file.read_text() == "# mine\n[offers]\nper_day = 2 # five\n"
        assert (tmp_path / "config.toml.old").read_text().endswith("per_day = 5 # five\n")
        assert it.brain.last(UpdateConfig).config.offers.per_day == 2
        assert row(it, "offers.per_day").split() == ["●", "per_day", "2"]
        await it.press("ctrl+r")
        assert load_config(file) == Config()
        assert row(it, "offers.per_day").split() == ["per_day", "6"]


@pytest.mark.slow
async def test_a_choice_and_a_switch(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    async with stage(config_file=file) as it:
        await entered(it, "llm.backend")
        await it.press("enter")
        await it.until(lambda: isinstance(it.app.screen, ChoiceMenu))
        listed = it.app.screen.query_one(PlainList)
        assert [option.id for option in listed.options] == ["auto", "ollama", "llama.cpp", "none"]
        await it.press("up", "enter")
        await it.until(lambda: load_config(file).llm.backend == "none")
        await it.press(*["backspace"] * len("llm.backend"))
        await it.write("think")
        await it.press("enter")
        await it.until(lambda: load_config(file).llm.think)
        assert load_config(file).llm.backend == "none"


@pytest.mark.slow
async def test_theme_keys_and_bell_hold_at_once(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    async with stage(config=PATIENT, config_file=file) as it:
        await entered(it, "face.theme")
        await it.press("enter")
        await it.until(lambda: isinstance(it.app.screen, ChoiceMenu))
        ids = [option.id for option in it.app.screen.query_one(PlainList).options]
        assert "nord" in ids
        it.app.screen.query_one(PlainList).highlighted = ids.index("nord")
        await it.press("enter")
        await it.until(lambda: it.app.theme == "nord")

        await it.press(*["backspace"] * len("face.theme"))
        await it.write("face.keys")
        await it.press("enter")
        await it.until(lambda: isinstance(it.app.screen, InputDialog))
        it.app.screen.query_one(Input).value = '{"offer.nothing" = "q"}'
        await it.press("enter")
        assert it.text(".wrong").startswith("✗ There is no command offer.nothing")
        it.app.screen.query_one(Input).value = '{"offer.not_now" = "q"}'
        await it.press("enter")
        await it.until(lambda: isinstance(it.app.screen, SettingsScreen))
        await it.press("escape")
        await it.offer()
        assert "q\u00a0not\u00a0now" in it.text("OfferCard .keys")
        await it.press("n")
        assert it.app.offer is not None
        await it.press("q")
        await it.until(lambda: it.app.offer is None)
    assert load_config(file).face.keys == {"offer.not_now": "q"}


@pytest.mark.slow
async def test_what_cannot_be_saved_holds_until_the_end_and_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    async with stage(config_file=tmp_path / "file" / "config.toml") as it:
        await entered(it, "think")
        await it.press("enter")
        await it.until(lambda: any("cannot be written" in each.title for each in it.toasts))
        assert it.brain.last(UpdateConfig).config.llm.think


@pytest.mark.slow
async def test_a_folder_that_is_not_there_is_refused_and_one_that_is_waits(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    async with stage(config_file=file) as it:
        await entered(it, "notes.folder")
        await it.press("enter")
        await it.until(lambda: isinstance(it.app.screen, InputDialog))
        it.app.screen.query_one(Input).value = str(tmp_path / "none")
        await it.press("enter")
        assert "no such folder" in it.text(".wrong")
        it.app.screen.query_one(Input).value = str(tmp_path)
        await it.press("enter")
        await it.until(lambda: any("next start" in each.message for each in it.toasts))
        assert load_config(file).notes.folder == str(tmp_path)


@pytest.mark.slow
async def test_what_is_typed_in_a_burst_stays_in_order() -> None:
    """Backspace is a command and takes a longer way than a letter, which must not overtake it."""
    async with stage() as it:
        await entered(it, "per_day")
        await it.press("enter")
        await it.until(lambda: isinstance(it.app.screen, InputDialog) and it.app.focused is not None)
        for key, character in (("backspace", None), ("1", "1"), ("2", "2"), ("backspace", None), ("enter", None)):
            it.app.post_message(events.Key(key, character))
        await it.until(lambda: isinstance(it.app.screen, SettingsScreen))
        assert it.brain.last(UpdateConfig).config.offers.per_day == 1


@pytest.mark.slow
async def test_a_source_that_has_nothing_to_read_asks_for_it(tmp_path: Path) -> None:
    (tmp_path / "work.ics").touch()
    async with stage(config_file=tmp_path / "config.toml", size=(120, 36)) as it:
        await entered(it, "calendar.enabled")
        assert "no offer in a busy one" in it.text("#about")
        await it.press("enter")
        await it.until(lambda: isinstance(it.app.screen, InputDialog))
        await it.write(f"{tmp_path}/none.ics")
        await it.press("enter")
        assert isinstance(it.app.screen, InputDialog), "a file that is not there is not taken"
        await it.press(*["backspace"] * len("none.ics"))
        await it.write("work.ics")
        await it.press("enter")
        await it.until(lambda: load_config(tmp_path / "config.toml").calendar.enabled)
        assert load_config(tmp_path / "config.toml").calendar.files == (f"{tmp_path}/work.ics",)
        await it.press("enter")
        await it.until(lambda: not load_config(tmp_path / "config.toml").calendar.enabled)
        await it.press("enter")
        await it.until(lambda: load_config(tmp_path / "config.toml").calendar.enabled)


@pytest.mark.slow
async def test_a_source_that_is_left_without_a_place_stays_off(tmp_path: Path) -> None:
    async with stage(config_file=tmp_path / "config.toml", size=(60, 24)) as it:
        await entered(it, "news.enabled")
        await it.press("enter")
        await it.until(lambda: isinstance(it.app.screen, InputDialog))
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.screen, SettingsScreen))
        assert not it.app.config.news.enabled


@pytest.mark.slow
async def test_what_a_source_holds_is_said_beside_its_switch(tmp_path: Path) -> None:
    status = SourceStatus(name="activity", enabled=True, items=12, trouble="ActivityWatch does not answer")
    async with stage(standing=now(sources=(status,)), size=(120, 36)) as it:
        await entered(it, "activity.enabled")
        await it.press("enter")
        await it.until(lambda: "12 items · ActivityWatch does not answer" in it.text("#about"))


async def test_what_a_command_changed_is_taken_and_not_written_again(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    async with stage(config_file=file) as it:
        changed = structs.replace(it.app.config, offers=structs.replace(it.app.config.offers, per_day=9))
        await it.tell(ConfigChanged(config=changed))
        assert it.app.config.offers.per_day == 9
        assert it.brain.asked(UpdateConfig) == []
        assert not file.exists()
