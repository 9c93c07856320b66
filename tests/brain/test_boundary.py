"""The boundary over time: a secret that was offered, talked about and exported, and then may not be kept any more."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from msgspec import structs

from proactive_tui.brain.worker import Priority
from proactive_tui.config import Config
from proactive_tui.config import JournalConfig as Keep
from proactive_tui.ipc.events import (
    ConversationOpened,
    DataExported,
    DataForgotten,
    OfferMade,
    OwnerNotice,
    ReplyFinished,
)
from proactive_tui.ipc.requests import (
    ExportData,
    ForgetData,
    OpenConversation,
    SaveConversation,
    SendMessage,
    UpdateConfig,
)
from proactive_tui.journal import events
from tests import leak_scanner
from tests.brain.build import QUICK, Face, WordVectors, with_offers
from tests.waiting import until

SECRET = "zebulonquartz"
"""One word, so that words, stems and phrases of it are all found by looking for it."""
NOTES = {
    "work/plan.md": f"# Plan\n\nWhy did {SECRET} fail twice? Not sure whether {SECRET} is worth it.\n",
    "other.md": "# Other\n\nWhy does rye need less kneading?\n",
    "private/never.md": f"# Never\n\nWhy is {SECRET} in here?\n",
}
PASSAGE = f"Plan\nWhy did {SECRET} fail twice? Not sure whether {SECRET} is worth it."
"""What is embedded of the first."""
AT_ONCE = Keep(keep_deleted_days=0.0)


def excluded(config: Config, *globs: str) -> Config:
    return structs.replace(config, notes=structs.replace(config.notes, exclude=globs))


def carrying(data: Path) -> list[str]:
    """The files of the data folder that carry the secret: its word, or the numbers that were made of its note."""
    numbers = WordVectors().embed([PASSAGE])[0]
    return leak_scanner.words(data, SECRET) + leak_scanner.vector(data, numbers)


async def talked_about(face: Face) -> None:
    """The secret is indexed, offered, talked about and exported."""
    offer = (await face.next(OfferMade)).offer
    assert SECRET in offer.opener.text or any(SECRET in each.text for each in offer.topic.evidence)
    face.ask(OpenConversation(request=1, offer=offer.id))
    conversation = (await face.next(ConversationOpened)).conversation.id
    face.ask(SendMessage(request=2, conversation=conversation, text=f"what about {SECRET}?"))
    await face.next(ReplyFinished)
    face.ask(SaveConversation(request=3, conversation=conversation, name="kept", export=True))
    await until(lambda: list((face.data / "exports").glob("*.md")))
    assert {"index.db", "journal.db"} <= {each.split("-")[0] for each in carrying(face.data)}
    await embedded(face)
    assert any(each.startswith("exports") for each in carrying(face.data)), "else the test looks for nothing"


async def embedded(face: Face) -> None:
    """The secret has a vector, and files of vectors are not to be made anew by themselves."""
    await until(lambda: any(each.startswith("chroma") for each in carrying(face.data)), 20)
    tombstones = face.services.index.vectors._tombstones
    await face.companion.worker.run(Priority.PERSON, lambda: tombstones.record_compaction(0, face.clock()))


async def exclude(face: Face) -> None:
    face.ask(UpdateConfig(config=excluded(face.services.config, "private/", "work/")))


async def ignore(face: Face) -> None:
    (face.folder / ".proactiveignore").write_text("private/\nwork/\n")


async def delete(face: Face) -> None:
    (face.folder / "work" / "plan.md").unlink()


async def rename_and_delete(face: Face) -> None:
    (face.folder / "work" / "plan.md").rename(face.folder / "work" / "later.md")
    await until(lambda: "work/later.md" in face.services.index.notes, 20)
    await until(lambda: face.services.history.moved_paths, 20)
    (face.folder / "work" / "later.md").unlink()


async def forget_path(face: Face) -> None:
    face.ask(UpdateConfig(config=excluded(face.services.config, "private/", "work/")))
    face.ask(ForgetData(request=9, path="work/plan.md"))
    await face.next(DataForgotten)


async def forget_everything(face: Face) -> None:
    await exclude(face)
    face.ask(ForgetData(request=9, everything=True))
    await face.next(DataForgotten)


@pytest.mark.slow
@pytest.mark.parametrize("leave", [exclude, ignore, delete, rename_and_delete, forget_path, forget_everything])
async def test_nothing_that_is_kept_carries_a_note_that_may_not_be_kept(
    tmp_path: Path, leave: Callable[[Face], Awaitable[None]]
) -> None:
    config = structs.replace(excluded(QUICK, "private/"), journal=AT_ONCE)
    for name in NOTES:
        (tmp_path / "notes" / name).parent.mkdir(parents=True, exist_ok=True)
    async with Face(tmp_path, with_offers(config, per_day=1, first_day=1, ask=False), {**NOTES}) as face:
        (face.folder / "other.md").unlink()
        await talked_about(face)
        await leave(face)
        await until(lambda: not carrying(face.data), 20)
        face.ask(ExportData(request=12, folder=str(tmp_path / "export")))
        await face.next(DataExported)
        assert carrying(tmp_path / "export") == []
        await until(lambda: SECRET not in repr(face.services.history))
        assert not face.services.index.search(SECRET, 5)
    assert carrying(face.data) == [], "nor when it has ended"


@pytest.mark.slow
async def test_what_was_excluded_from_the_start_is_nowhere(tmp_path: Path) -> None:
    (tmp_path / "notes" / "private").mkdir(parents=True)
    notes = {name: text for name, text in NOTES.items() if name != "work/plan.md"}
    async with Face(tmp_path, excluded(QUICK, "private/"), notes) as face:
        await face.next(OfferMade)
        await until(lambda: face.services.index.notes)
    assert carrying(face.data) == []


@pytest.mark.slow
async def test_a_deleted_note_is_kept_for_days_and_if_it_comes_back_for_good(tmp_path: Path) -> None:
    (tmp_path / "notes" / "work").mkdir(parents=True)
    config = with_offers(excluded(QUICK, "private/"), per_day=1, first_day=1, ask=False)
    async with Face(tmp_path, config, {"work/plan.md": NOTES["work/plan.md"]}) as face:
        await talked_about(face)
        await delete(face)
        await until(lambda: face.services.history.missing_since, 20)
        assert "journal.db" in {each.split("-")[0] for each in carrying(face.data)}
        (face.folder / "work" / "plan.md").write_text(NOTES["work/plan.md"])
        await until(lambda: "work/plan.md" in face.services.index.notes, 20)
        await delete(face)
        await until(lambda: not face.services.index.notes, 20)
        face._ahead += 6 * 86_400
        await face.companion.retention.enforce()
        assert any("daily" in file for file in carrying(face.data)), "the backup of the day has it as well"
        face._ahead += 2 * 86_400
        await face.companion.retention.enforce()
        await until(lambda: not carrying(face.data), 20)


async def test_excluding_is_said_and_nothing_else_is_forgotten(tmp_path: Path) -> None:
    for folder in ("work", "private"):
        (tmp_path / "notes" / folder).mkdir(parents=True)
    async with Face(tmp_path, with_offers(QUICK, per_day=0), NOTES) as face:
        await until(lambda: len(face.services.index.notes) == 3)
        face.services.record_event(events.NotesEdited(paths=("work/plan.md", "other.md")), face.clock())
        await exclude(face)
        await until(lambda: face.all(OwnerNotice))
        assert face.all(OwnerNotice)[0].title == "What was kept of excluded notes is forgotten"
        assert face.services.history.edit_times.keys() == {"other.md"}
        await until(lambda: face.services.index.notes.keys() == {"other.md"})  # the first look may have forgotten it


@pytest.mark.slow
async def test_what_was_only_indexed_leaves_at_once_too(tmp_path: Path) -> None:
    for folder in ("work", "private"):
        (tmp_path / "notes" / folder).mkdir(parents=True)
    async with Face(tmp_path, with_offers(excluded(QUICK, "private/"), per_day=0), {**NOTES}) as face:
        await embedded(face)
        assert not any(each.startswith("journal") for each in carrying(face.data))
        await exclude(face)
        await until(lambda: not carrying(face.data), 20)


@pytest.mark.slow
async def test_what_is_old_is_forgotten_and_settings_stay(tmp_path: Path) -> None:
    async with Face(tmp_path, with_offers(QUICK, per_day=0)) as face:
        at = face.clock()
        face.services.record_event(events.NotesEdited(paths=("2026-11-20-raft.md",)), at - 40 * 86_400)
        face.services.record_event(events.SettingChanged(key="kind:task", value=False), at - 40 * 86_400)
        face.services.record_event(events.NotesEdited(paths=("2026-11-20-raft.md",)), at - 20 * 86_400)
        face.ask(UpdateConfig(config=structs.replace(face.services.config, journal=Keep(keep_days=30.0))))
        await until(lambda: len(face.services.history.edit_times["2026-11-20-raft.md"]) == 1)
        assert face.services.history.disabled_kinds == {"task"}
