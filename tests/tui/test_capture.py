"""A captured line: shown with its place, written at a yes only, and shown anew where the note has changed."""

from __future__ import annotations

from proactive_tui.ipc.events import CapturePlanned, CaptureWritten
from proactive_tui.ipc.requests import PlanCapture, WriteCapture
from proactive_tui.model.note_values import CapturePlan
from proactive_tui.tui.screens.dialogs.capture_flow import describe_capture
from proactive_tui.tui.screens.dialogs.confirm import ConfirmDialog
from proactive_tui.tui.screens.dialogs.prompt_dialog import InputDialog
from proactive_tui.tui.screens.home import HomeScreen
from tests.tui.host import Stage, stage

PLAN = CapturePlan(path="inbox.md", line=3, text="- call Mara", before="- one", digest="abc")
MOVED = CapturePlan(path="inbox.md", line=4, text="- call Mara", before="- from the phone", digest="def")


async def planned(it: Stage) -> None:
    await it.press("plus")
    await it.until(lambda: isinstance(it.app.screen, InputDialog))
    await it.press(*"call Mara", "enter")
    await it.until(lambda: it.brain.asked(PlanCapture))
    assert it.brain.last(PlanCapture).text == "call Mara"
    await it.tell(CapturePlanned(request=it.brain.last(PlanCapture).request, plan=PLAN))
    await it.until(lambda: isinstance(it.app.screen, ConfirmDialog))


async def test_a_line_is_shown_and_written_at_a_yes() -> None:
    async with stage() as it:
        await planned(it)
        await it.press("enter")
        assert not it.brain.asked(WriteCapture), "an Enter too many writes nothing"
        await it.press("y")
        await it.until(lambda: it.brain.asked(WriteCapture))
        assert it.brain.last(WriteCapture).plan == PLAN
        await it.tell(CaptureWritten(request=it.brain.last(WriteCapture).request, written=True, plan=PLAN))
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))


async def test_a_note_that_changed_is_shown_anew() -> None:
    async with stage() as it:
        await planned(it)
        await it.press("y")
        await it.until(lambda: it.brain.asked(WriteCapture))
        await it.tell(CaptureWritten(request=it.brain.last(WriteCapture).request, written=False, plan=MOVED))
        await it.until(lambda: isinstance(it.app.screen, ConfirmDialog))
        await it.press("escape")
        await it.until(lambda: isinstance(it.app.screen, HomeScreen))
        assert it.brain.last(WriteCapture).plan == PLAN, "nothing more was written"


def test_what_is_shown() -> None:
    assert describe_capture(PLAN).plain == "inbox.md, line 3\n- one\n- call Mara"
    assert describe_capture(MOVED, changed=True).plain.startswith("The note has changed meanwhile")
    assert describe_capture(CapturePlan(path="d.md", line=1, text="- x")).plain == "d.md, a new note\n- x"
