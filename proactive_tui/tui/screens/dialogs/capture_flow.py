"""The dialogs before a line is appended to a note: its words, then the note, the place and how it will read."""

from __future__ import annotations

from textual.content import Content

from proactive_tui.errors import BrainError
from proactive_tui.ipc.requests import PlanCapture, WriteCapture
from proactive_tui.model.note_values import CapturePlan
from proactive_tui.tui.face import ScreenFace
from proactive_tui.tui.formatting.colors import MUTED_COLOR
from proactive_tui.tui.formatting.room_words import NOTED_CHANGE
from proactive_tui.tui.formatting.text import one_line, sanitize_text
from proactive_tui.tui.screens.dialogs.confirm import ConfirmDialog
from proactive_tui.tui.screens.dialogs.prompt_dialog import InputDialog


def ask_capture(face: ScreenFace) -> None:
    """Ask for the words of a line, then show it and write it."""

    def accept_words(text: str | None) -> None:
        if text and text.strip():
            face.run_worker(capture_line(face, text))

    about = Content(
        "A line for the note that [capture] of the config names. You see where it goes before it is written."
    )
    face.push_screen(InputDialog("Note a line", about), accept_words)


async def capture_line(face: ScreenFace, text: str) -> bool:
    """Show the line that `text` becomes and its place, and write it at a yes; anew where the note has changed
    meanwhile. Returns whether it was written.
    """
    try:
        plan = (await face.request(PlanCapture(text=text))).plan
        changed = False
        while await face.push_screen_wait(
            ConfirmDialog("Write this line?", describe_capture(plan, changed), "write it", "write nothing")
        ):
            answer = await face.request(WriteCapture(plan=plan))
            if answer.written:
                face.notify(f"{one_line(plan.path)}, line {plan.line}", title="Written", timeout=5, markup=False)
                return True
            plan, changed = answer.plan, True
    except BrainError as error:
        face.show_error(error)
    return False


def describe_capture(plan: CapturePlan, changed: bool = False) -> Content:
    """The line, the note and the place: its number, and the line before it."""
    place = f"line {plan.line}" if plan.digest else "a new note"
    lines = [Content(NOTED_CHANGE)] if changed else []
    lines += [Content(f"{one_line(plan.path)}, {place}")]
    lines += [Content.styled(one_line(plan.before), MUTED_COLOR)] if plan.before else []
    return Content("\n").join([*lines, Content.styled(sanitize_text(plan.text), "bold")])
