"""Names of notes and people that complete what is typed."""

from __future__ import annotations

from pathlib import Path

from msgspec import structs

from proactive_tui.brain.conversations.name_lookup import MAX_FOUND_NAMES, complete_name
from proactive_tui.ipc.events import NamesFound
from proactive_tui.ipc.requests import CompleteName
from proactive_tui.model.note_values import ItemOrigin, Note
from proactive_tui.model.topic_values import Topic
from tests.brain.build import Face
from tests.tui.fakes import AT, offer
from tests.waiting import until


def note(path: str, title: str = "", days: float = 0.0) -> Note:
    return Note(path=path, title=title or path, digest="", date=AT + days, date_from="name", modified=AT, passages=())


def about(*people: str) -> Topic:
    return structs.replace(offer().topic, people=people)


def names(typed: str, notes: list[Note], topics: tuple[Topic, ...] = ()) -> list[str]:
    return [found.path or found.name for found in complete_name(typed, {each.path: each for each in notes}, topics)]


def test_people_come_first_and_who_is_named_most() -> None:
    notes = [note("work/maps.md"), note("people/Mara Lin.md", days=-9)]
    topics = (about("Max", "Mara"), about("Mara"), about("Tomás"))
    assert names("ma", notes, topics) == ["Mara", "Max", "work/maps.md", "people/Mara Lin.md"]
    assert names("TOM", notes, topics) == ["Tomás"]


def test_a_note_is_found_by_any_word_of_its_name_or_title() -> None:
    notes = [note("2026-11-21-load-test.md", "How the rig was loaded"), note("a/loading bay.md")]
    assert names("load", notes) == ["a/loading bay.md", "2026-11-21-load-test.md"]
    assert names("rig", notes) == ["2026-11-21-load-test.md"]
    assert names("oad", notes) == []


def test_the_newest_notes_come_first_and_items_not_at_all() -> None:
    notes = [note(f"note {number}.md", days=number) for number in range(9)]
    item = structs.replace(note("news://note", days=99), origin=ItemOrigin(source="news", form="story"))
    assert names("note", [*notes, item]) == [f"note {number}.md" for number in range(8, 8 - MAX_FOUND_NAMES, -1)]


async def test_the_brain_completes_what_is_typed(tmp_path: Path) -> None:
    async with Face(tmp_path) as face:
        await until(lambda: face.services.index.notes, 60)
        face.ask(CompleteName(request=1, typed="raf"))
        found = await face.next(NamesFound)
        assert [name.path for name in found.names] == ["2026-11-20-raft.md"]
        assert found.names[0].name == "2026-11-20-raft"
