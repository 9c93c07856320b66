"""What has to do with the note of a search result: shown beside it, looked at and opened."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from textual.content import Content

from proactive_tui.ipc.events import FailureReport, RelatedNotesFound, SearchResults
from proactive_tui.ipc.requests import FindRelatedNotes, ReadNote, SearchNotes
from proactive_tui.model.note_values import ItemOrigin, RelatedNote
from proactive_tui.tui import terminal_lending
from proactive_tui.tui.screens.bases.search_base import QueryInput
from proactive_tui.tui.screens.home import HomeScreen
from proactive_tui.tui.screens.preview import PreviewScreen
from proactive_tui.tui.screens.search import SearchScreen
from proactive_tui.tui.widgets.listing.related_list import RelatedList, list_related
from tests.tui.fakes import hit
from tests.tui.host import Stage, stage

BACK = RelatedNote(path="course/leases.md", title="L6: leases", ties=("links here", "near"))
OUT = RelatedNote(path="course/clocks.md", title="Clocks", ties=("linked",))
NEAR = RelatedNote(
    path="work/outbox.md", title="Outbox", ties=("near",), closeness=0.6, passage=hit("work/outbox.md", 9).passage
)


async def found(it: Stage, *hits: object) -> None:
    """Search, and get these hits."""
    await it.press("slash")
    await it.until(lambda: isinstance(it.app.screen, SearchScreen))
    await it.write("drift")
    await it.until(lambda: it.brain.asked(SearchNotes) and it.brain.last(SearchNotes).query == "drift")
    await it.tell(SearchResults(request=it.brain.last(SearchNotes).request, hits=hits))  # type: ignore[arg-type]


async def related(it: Stage, *notes: RelatedNote) -> None:
    """Let the brain tell what is related to the note that is highlighted."""
    asked = it.brain.last(FindRelatedNotes)
    await it.tell(RelatedNotesFound(request=asked.request, path=asked.note, notes=notes))


def rows(options: object) -> list[str]:
    return [option.prompt.plain for option in options if isinstance(option.prompt, Content)]  # type: ignore[attr-defined]


def shown(it: Stage) -> list[str]:
    return rows(it.app.screen.query_one(RelatedList).options)


@pytest.mark.slow
async def test_links_and_neighbours_stand_beside_a_result() -> None:
    async with stage(size=(120, 40)) as it:
        await found(it, hit(), hit("journal/2026-02-24.md", 7))
        assert not it.seen("RelatedList")
        await it.until(lambda: it.brain.asked(FindRelatedNotes))
        assert it.brain.last(FindRelatedNotes).note == "distributed/raft.md"
        await related(it, BACK, OUT, NEAR)
        await it.until(lambda: it.seen("RelatedList"))
        assert [row.split("  ")[0] or row.split("  ")[1] for row in shown(it)] == [
            "Links here",
            "leases",
            "Linked from here",
            "clocks",
            "Near in meaning",
            "outbox",
        ]
        await it.press("down")
        await it.until(lambda: it.brain.last(FindRelatedNotes).note == "journal/2026-02-24.md")
        assert not it.seen("RelatedList")
        await it.tell(FailureReport(request=it.brain.last(FindRelatedNotes).request, title="No such note"))
        await it.press("up")  # known already
        await it.until(lambda: it.seen("RelatedList"))
        assert len(it.brain.asked(FindRelatedNotes)) == 2


@pytest.mark.slow
async def test_each_can_be_looked_at_and_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[str, int]] = []

    async def note_down(_: object, where: object) -> None:
        opened.append((where.path, where.line_start))  # type: ignore[attr-defined]

    monkeypatch.setattr(terminal_lending, "open_source", note_down)
    async with stage(size=(120, 40)) as it:
        await found(it, hit())
        await it.until(lambda: it.brain.asked(FindRelatedNotes))
        await related(it, BACK, NEAR)
        await it.until(lambda: it.seen("RelatedList"))
        await it.press("f3")
        await it.until(lambda: isinstance(it.app.focused, RelatedList))
        assert it.text("#place").startswith("distributed/raft.md"), "the result stays"
        await it.press("j", "o")
        await it.until(lambda: opened)
        assert opened == [("work/outbox.md", 9)]
        await it.press("k", "enter")
        await it.until(lambda: isinstance(it.app.screen, PreviewScreen))
        assert it.brain.last(ReadNote).at.path == "course/leases.md"
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.screen, SearchScreen))
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.focused, QueryInput))
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))


@pytest.mark.slow
async def test_an_item_of_a_source_has_no_related_notes() -> None:
    async with stage(size=(120, 40)) as it:
        item = replace(hit("news://a"), origin=ItemOrigin(source="news", form="story"))
        await found(it, item, hit())
        await it.press("down")
        await it.until(lambda: it.brain.asked(FindRelatedNotes))
        assert [ask.note for ask in it.brain.asked(FindRelatedNotes)] == ["distributed/raft.md"]


def test_rows_fit_and_the_folder_goes_first() -> None:
    long = replace(BACK, path="course/autumn/2026-10-27-a very long name about leases.md")
    assert all(len(row) <= 30 for row in rows(list_related([long, OUT], 30)))
    assert "  clocks  course" in rows(list_related([replace(OUT, path="course/clocks.md")], 40))
    assert "  clocks" in rows(list_related([replace(OUT, path="clocks.md")], 40))
