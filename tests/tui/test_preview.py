from __future__ import annotations

import pytest

from proactive_tui.ipc.events import FailureReport, NoteLines
from proactive_tui.ipc.requests import ReadNote
from proactive_tui.tui.screens.conversation import ConversationScreen
from proactive_tui.tui.screens.preview import PreviewScreen
from tests.tui.fakes import evidence
from tests.tui.host import Stage
from tests.tui.panes import pane


def shown(request: int, *, found: bool = True) -> NoteLines:
    lines = tuple(f"line {n}" if n != 41 else "[b]Does[/b] the \x1b[31mlease survive?" for n in range(1, 82))
    return NoteLines(request=request, path="distributed/raft.md", first=1, lines=lines, start=41, end=43, found=found)


async def look(it: Stage) -> int:
    await it.press("f3", "enter")
    await it.until(lambda: isinstance(it.app.screen, PreviewScreen))
    assert it.brain.last(ReadNote).at == evidence()
    return it.brain.last(ReadNote).request


@pytest.mark.slow
async def test_a_source_is_shown_among_its_lines() -> None:
    async with pane() as it:
        await it.tell(shown(await look(it)))
        await it.until(lambda: "41 ▌ [b]Does[/b] the lease survive?" in it.text("#lines"))
        assert it.text("#lines").splitlines()[:3] == [f"{n}   line {n}" for n in (38, 39, 40)]
        assert it.text("#after").splitlines()[0] == "44   line 44"
        note = it.app.screen.query_one("#note")
        await it.until(lambda: note.scroll_y > 0)
        lines = it.app.screen.query_one("#lines")
        assert lines.virtual_region.y == note.scroll_y, "the passage is near the top of what is in sight"
        assert str(note.border_title) == "distributed/raft.md:41"
        await it.press("escape")
        assert isinstance(it.app.screen, ConversationScreen)


async def test_a_note_that_changed_says_so() -> None:
    async with pane() as it:
        await it.tell(shown(await look(it), found=False))
        await it.until(lambda: "says something else now" in str(it.app.screen.query_one("#note").border_subtitle))


async def test_a_note_that_is_gone_leaves_what_was_cited() -> None:
    async with pane() as it:
        request = await look(it)
        await it.tell(
            FailureReport(request=request, title="The note is not there any more", message="distributed/raft.md")
        )
        assert "not there any more" in it.text("#lines")
        assert evidence().text in it.text("#lines")
