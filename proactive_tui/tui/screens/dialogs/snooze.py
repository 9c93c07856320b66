"""How long to snooze an offer."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from proactive_tui.tui.formatting import date_input
from proactive_tui.tui.formatting.times import local, tomorrow_morning
from proactive_tui.tui.widgets.entry import Entry
from proactive_tui.tui.widgets.lists import PlainList

NAMES = ("In 15 minutes", "In an hour", "Tomorrow morning")


class SnoozeMenu(ModalScreen[float | None]):
    """Gives back unix seconds, or None when nothing was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", show=False),
        *(Binding(str(n), f"choose({n - 1})", show=False) for n in range(1, len(NAMES) + 2)),
    ]

    def __init__(self, now: float, morning: str) -> None:
        super().__init__()
        self._now, self._morning = now, morning
        self._times = (now + 15 * 60, now + 60 * 60, tomorrow_morning(now, morning))

    def compose(self) -> ComposeResult:
        """The parts."""
        lines = [f"{name:<18}{local(at):%H:%M}" for name, at in zip(NAMES, self._times, strict=True)]
        with Vertical(id="snooze") as frame:
            frame.border_title = "Bring it up again"
            frame.border_subtitle = "Esc back"
            yield PlainList(
                *(Option(f"{number}  {line}") for number, line in enumerate([*lines, "On a date …"], 1)), markup=False
            )
            yield Entry(placeholder=date_input.EXAMPLES, compact=True)
            yield Static(id="understood", markup=False)

    def on_mount(self) -> None:
        """The shortest first."""
        self.query_one(PlainList).highlighted = 0
        self._typing(False)

    @on(OptionList.OptionSelected)
    def selected(self, event: OptionList.OptionSelected) -> None:
        """This long."""
        self.action_choose(event.option_index)

    def action_choose(self, index: int) -> None:
        """Take one by its number; the last asks for a date."""
        if index < len(self._times):
            self.dismiss(self._times[index])
        else:
            self._typing(True)

    def action_back(self) -> None:
        """From the date to the list, and out of it."""
        if self.query_one(Input).display:
            self._typing(False)
        else:
            self.dismiss(None)

    @on(Input.Changed)
    def read(self, event: Input.Changed) -> None:
        """Say what is understood so far. What is only begun is not wrong yet."""
        try:
            self._say(date_input.preview(self._understood(event.value), self._now), trouble=False)
        except ValueError:
            self._say("", trouble=False)

    @on(Input.Submitted)
    def take(self, event: Input.Submitted) -> None:
        """Take what is understood, or say what is not."""
        try:
            self.dismiss(self._understood(event.value))
        except ValueError as error:
            self._say(str(error), trouble=True)

    def _understood(self, text: str) -> float:
        return date_input.understood(text, self._now, self._morning)

    def _say(self, text: str, *, trouble: bool) -> None:
        line = self.query_one("#understood", Static)
        line.update(Content(text))
        line.set_class(trouble, "-trouble")

    def _typing(self, typing: bool) -> None:
        for widget in self.query("Input, #understood"):
            widget.display = typing
        self.set_focus(self.query_one(Input if typing else PlainList))  # at once: what is typed next belongs to it
