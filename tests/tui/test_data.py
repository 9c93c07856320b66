from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, Static

from proactive_tui.config_reading import load_config
from proactive_tui.ipc.events import DataExported, DataForgotten, DataInventory, FailureReport
from proactive_tui.ipc.requests import ExportData, ForgetData, GetInventory, UpdateConfig
from proactive_tui.model.kept_values import DataRecipient, DataStore
from proactive_tui.model.status_values import OfferRhythm
from proactive_tui.tui.screens.data import DataScreen
from proactive_tui.tui.screens.dialogs.confirm import ConfirmDialog
from proactive_tui.tui.screens.dialogs.menu import ChoiceMenu
from proactive_tui.tui.screens.dialogs.prompt_dialog import InputDialog
from proactive_tui.tui.widgets.lists import PlainList
from tests.tui.fakes import AT, now
from tests.tui.host import Stage, stage

HERE = DataRecipient(name="Ollama", what="what you say", to="http://127.0.0.1:11434", local=True)
AWAY = DataRecipient(name="Chroma", what="the vectors", to="http://vectors.example:8000", local=False)


async def entered(it: Stage, *leaving: DataRecipient) -> None:
    await it.press("d")
    await it.until(lambda: isinstance(it.app.screen, DataScreen) and it.brain.asked(GetInventory))
    await it.tell(
        DataInventory(
            request=it.brain.last(GetInventory).request,
            folder="/data",
            events={"offered": 1200, "said": 3},
            stores=(DataStore(name="journal", holds="offers and reactions", size=323_800),),
            leaving=leaving,
            paths=("work/raft.md",),
            topics=("Leader lease",),
        )
    )
    await it.until(lambda: "Kept on this machine" in it.text("#stock"))


async def test_a_signal_that_is_on_and_does_not_work_here_says_why(tmp_path: Path) -> None:
    states = {"keys": "in whatever words", "idle": "in whatever words"}
    rhythm = OfferRhythm(sensors=states, missing_sensors=("idle",))
    async with stage(config_file=tmp_path / "config.toml", size=(120, 36), standing=now(rhythm=rhythm)) as it:
        await entered(it)
        signals = it.app.screen.query_one(PlainList)
        ids = [option.id for option in signals.options]
        signals.highlighted = ids.index("sensors.idle")
        await it.until(lambda: "in whatever words" in it.text("#signal"))
        signals.highlighted = ids.index("sensors.keys")
        await it.until(lambda: "in whatever words" not in it.text("#signal"))


async def chosen(it: Stage, what: str) -> None:
    await it.press("f")
    await it.until(lambda: isinstance(it.app.screen, ChoiceMenu))
    ids = [option.id for option in it.app.screen.query_one(PlainList).options]
    await it.press(*["j"] * ids.index(what), "enter")


async def test_what_is_kept_and_that_nothing_leaves(tmp_path: Path) -> None:
    async with stage(config_file=tmp_path / "config.toml", size=(120, 36)) as it:
        await entered(it, HERE)
        lines = it.text("#stock").split("\n")
        assert lines[:3] == [
            "Leaves this machine", "✓ nothing", "  Ollama at http://127.0.0.1:11434 is this machine."
        ]  # fmt: skip
        assert lines[4] == "Kept on this machine in /data"
        assert lines[5] == "journal   323.8 kB  offers and reactions"
        assert lines[6].startswith("config")
        assert lines[-1] == "1,200 offered · 3 said"


async def test_what_leaves_and_where_to() -> None:
    async with stage(size=(120, 36)) as it:
        await entered(it, HERE, AWAY)
        assert "→ Chroma at http://vectors.example:8000: the vectors" in it.text("#stock")
        assert "nothing" not in it.text("#stock")


@pytest.mark.slow
async def test_a_signal_is_paused_at_once_and_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    async with stage(config_file=file) as it:
        await entered(it)
        listed = it.app.screen.query_one(PlainList)
        assert [str(option.prompt).split() for option in listed.options][:2] == [
            ["●", "on", "keys"],
            ["●", "on", "edits"],
        ]
        await it.press("space")
        assert not it.brain.last(UpdateConfig).config.sensors.keys
        assert not load_config(file).sensors.keys
        assert str(listed.options[0].prompt).split() == ["○", "paused", "keys"]
        asked = len(it.brain.asks)
        await it.press("down")
        assert it.brain.asks[asked:] == [], "a key press is not told any more"
        await it.press("enter")
        assert not load_config(file).sensors.edits
        await it.press("up", "space")
        assert it.brain.last(UpdateConfig).config.sensors.keys
        assert load_config(file).sensors.keys


async def test_export_asks_where_to(tmp_path: Path) -> None:
    async with stage() as it:
        await entered(it)
        await it.press("e")
        await it.until(lambda: isinstance(it.app.screen, InputDialog))
        line = it.app.screen.query_one(Input)
        assert line.value == "~/proactive-tui-2026-03-03"
        (tmp_path / "full").mkdir()
        (tmp_path / "full" / "x").touch()
        line.value = str(tmp_path / "full")
        await it.press("enter")
        assert it.text(".wrong") == "✗ There is something in that folder."
        line.value = str(tmp_path / "new")
        await it.press("enter")
        await it.until(lambda: it.brain.asked(ExportData))
        asked = it.brain.last(ExportData)
        assert asked.folder == str(tmp_path / "new")
        await it.tell(DataExported(request=asked.request, folder=asked.folder, files={"journal.jsonl": 12}))
        await it.until(lambda: any(asked.folder in each.message for each in it.toasts))


@pytest.mark.slow
async def test_a_note_is_forgotten_after_it_was_said_what_goes() -> None:
    async with stage() as it:
        await entered(it)
        await chosen(it, "path")
        await it.until(lambda: isinstance(it.app.screen, InputDialog))
        await it.write("work")
        await it.until(lambda: it.app.screen.query_one(Input)._suggestion == "work/raft.md")
        await it.press("right", "enter")
        await it.until(lambda: it.brain.asked(ForgetData))
        dry = it.brain.last(ForgetData)
        assert (dry.path, dry.dry) == ("work/raft.md", True)
        await it.tell(DataForgotten(request=dry.request, events=12, offers=2, conversations=1, notes=1))
        await it.until(lambda: isinstance(it.app.screen, ConfirmDialog))
        said = str(it.app.screen.query_one("Static", Static).content)
        assert "12 events of the journal, 2 offers, 1 conversation, 1 note of the index" in said
        await it.press("y")
        await it.until(lambda: not it.brain.last(ForgetData).dry)
        assert it.brain.last(ForgetData).path == "work/raft.md"
        asked = len(it.brain.asked(GetInventory))
        await it.tell(DataForgotten(request=it.brain.last(ForgetData).request, events=12))
        await it.until(lambda: len(it.brain.asked(GetInventory)) > asked)


@pytest.mark.slow
async def test_a_time_is_understood_or_refused() -> None:
    async with stage() as it:
        await entered(it)
        await chosen(it, "since")
        await it.until(lambda: isinstance(it.app.screen, InputDialog))
        line = it.app.screen.query_one(Input)
        for text, wrong in (("soon", "✗ That is no time."), ("2027-01-01", "✗ That is still to come.")):
            line.value = text
            await it.press("enter")
            assert it.text(".wrong") == wrong
        line.value = "2 h"
        await it.press("enter")
        await it.until(lambda: it.brain.asked(ForgetData))
        assert it.brain.last(ForgetData).since == AT - 7200


@pytest.mark.slow
async def test_everything_and_nothing_to_forget() -> None:
    async with stage() as it:
        await entered(it)
        await chosen(it, "everything")
        await it.until(lambda: it.brain.asked(ForgetData))
        assert it.brain.last(ForgetData).everything
        await it.tell(DataForgotten(request=it.brain.last(ForgetData).request, events=0))
        await it.until(lambda: any("Nothing is kept" in each.message for each in it.toasts))
        assert isinstance(it.app.screen, DataScreen)
        await chosen(it, "topic")
        await it.until(lambda: isinstance(it.app.screen, InputDialog))
        await it.write("Leader lease")
        await it.press("enter")
        await it.until(lambda: it.brain.last(ForgetData).topic == "Leader lease")
        await it.tell(FailureReport(request=it.brain.last(ForgetData).request, title="The journal cannot be read"))
        await it.until(lambda: any("cannot be read" in each.title for each in it.toasts))
