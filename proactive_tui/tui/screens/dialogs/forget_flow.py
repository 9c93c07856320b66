"""The dialogs before something is forgotten: the scope, the counts of a dry run, and the confirmation."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from msgspec import structs
from textual.content import Content

from proactive_tui.ipc.events import DataForgotten
from proactive_tui.ipc.requests import ForgetData
from proactive_tui.text.dates.date_phrases import load_phrases
from proactive_tui.text.dates.typed_times import parse_past_time
from proactive_tui.tui.face import ScreenFace
from proactive_tui.tui.formatting.colors import MUTED_COLOR
from proactive_tui.tui.formatting.room_words import FORGET_REMARKS, count_forgotten, describe_forgotten
from proactive_tui.tui.formatting.text import one_line
from proactive_tui.tui.formatting.times import format_clock_time
from proactive_tui.tui.screens.dialogs.confirm import ConfirmDialog
from proactive_tui.tui.screens.dialogs.menu import ChoiceMenu
from proactive_tui.tui.screens.dialogs.prompt_dialog import InputDialog

FORGET_SCOPES = {
    "path": ("A note or a folder", "Its path in your notes folder, as search shows it."),
    "topic": ("A topic", "Its title."),
    "since": ("Since a time", "today, yesterday, monday, 2 h, 3 days, or a date as 2026-11-24 or 2026-11-24 18:00."),
}


class ForgetFlow:
    """Asks what to forget, shows the counts, asks again and forgets; then calls `done` with the counts."""

    def __init__(self, face: ScreenFace, done: Callable[[DataForgotten], None]) -> None:
        self._face = face
        self._done = done

    def choose_scope(self, paths: Sequence[str], topics: Sequence[str]) -> None:
        """Ask what to forget; `paths` and `topics` are suggested while the owner types."""
        known = {"path": paths, "topic": topics}

        def accept_scope(what: str | None) -> None:
            if what == "everything":
                self.confirm(ForgetData(everything=True), "everything")
            elif what is not None:
                title, about = FORGET_SCOPES[what]
                if what == "since":
                    self._face.run_worker(asyncio.to_thread(load_phrases))  # while the owner begins to type
                ask = InputDialog(title, Content(about), check=self._input_validator(what), known=known.get(what, ()))
                self._face.push_screen(ask, lambda text: self._confirm_input(what, text))

        options = [(scope, Content(title)) for scope, (title, _) in FORGET_SCOPES.items()]
        self._face.push_screen(ChoiceMenu("Forget", [*options, ("everything", Content("Everything"))]), accept_scope)

    def confirm(self, ask: ForgetData, name: str, about: str = "") -> None:
        """Show how much would be forgotten, and forget it when the owner confirms."""
        self._face.run_worker(self._show_dry_run(ask, name, about))

    async def _show_dry_run(self, ask: ForgetData, name: str, about: str) -> None:
        gone = await self._face.request_or_warn(structs.replace(ask, dry=True))
        if gone is None:
            return
        if not gone.events and not gone.notes:
            self._face.notify(f"Nothing is kept of {name}.", markup=False)
            return
        lines = [Content(describe_forgotten(gone)), *([Content.styled(about, MUTED_COLOR)] if about else [])]
        dialog = ConfirmDialog(f"Forget {name}?", Content("\n").join(lines), "forget it")
        if await self._face.push_screen_wait(dialog):
            await self._forget_data(ask)

    async def _forget_data(self, ask: ForgetData) -> None:
        self._face.notify("Forgetting, and learning again from what is left…", timeout=2, markup=False)
        if gone := await self._face.request_or_warn(ask):
            if ask.everything:
                self._face.drafts.clear()
            self._face.notify(f"Forgotten: {count_forgotten(gone)}.", timeout=5, markup=False)
            self._done(gone)

    def _confirm_input(self, what: str, text: str | None) -> None:
        if text is None:
            return
        match what:
            case "path":
                self.confirm(ForgetData(path=text.strip()), one_line(text), FORGET_REMARKS[what])
            case "topic":
                self.confirm(ForgetData(topic=text.strip()), f"“{one_line(text)}”", FORGET_REMARKS[what])
            case "since":
                at = parse_past_time(text, self._face.now())
                assert at is not None
                self.confirm(ForgetData(since=at), f"all since {format_clock_time(at, self._face.now())}")

    def _input_validator(self, what: str) -> Callable[[str], str]:
        def validate_input(text: str) -> str:
            if not text.strip():
                return "Type something, or Esc."
            if what != "since":
                return ""
            at = parse_past_time(text, self._face.now())
            return "That is no time." if at is None else "That is still to come." if at > self._face.now() else ""

        return validate_input
