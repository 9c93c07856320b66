"""The dialog that asks how long to snooze an offer."""

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

from proactive_tui.text.dates.date_phrases import load_phrases
from proactive_tui.text.dates.local_days import local_datetime
from proactive_tui.text.dates.typed_times import TIME_INPUT_EXAMPLES, parse_future_time
from proactive_tui.tui.formatting.times import format_time_preview, tomorrow_morning
from proactive_tui.tui.widgets.entry import LimitedInput
from proactive_tui.tui.widgets.lists import PlainList

SNOOZE_NAMES = ("In 15 minutes", "In an hour", "Tomorrow morning")


class SnoozeMenu(ModalScreen[float | None]):
    """Returns the end of the snooze in unix seconds, or None when nothing was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "Back", show=False),
        *(Binding(str(n), f"choose({n - 1})", show=False) for n in range(1, len(SNOOZE_NAMES) + 2)),
    ]

    def __init__(self, now: float, morning: str) -> None:
        super().__init__()
        self._now, self._morning = now, morning
        self._times = (now + 15 * 60, now + 60 * 60, tomorrow_morning(now, morning))

    def compose(self) -> ComposeResult:
        """Compose the widgets of the screen."""
        lines = [f"{name:<18}{local_datetime(at):%H:%M}" for name, at in zip(SNOOZE_NAMES, self._times, strict=True)]
        with Vertical(id="snooze") as frame:
            frame.border_title = "Bring it up again"
            frame.border_subtitle = "Esc back"
            yield PlainList(
                *(Option(f"{number}  {line}") for number, line in enumerate([*lines, "On a date …"], 1)), markup=False
            )
            yield LimitedInput(placeholder=TIME_INPUT_EXAMPLES, compact=True)
            yield Static(id="understood", markup=False)

    def on_mount(self) -> None:
        """Highlight the shortest time."""
        self.query_one(PlainList).highlighted = 0
        self._show_date_input(False)

    @on(OptionList.OptionSelected)
    def choose_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose the selected time."""
        self.action_choose(event.option_index)

    def action_choose(self, index: int) -> None:
        """Choose a time by its number; the last choice asks for a date."""
        if index < len(self._times):
            self.dismiss(self._times[index])
        else:
            self.run_worker(load_phrases, thread=True)  # while the owner begins to type
            self._show_date_input(True)

    def action_back(self) -> None:
        """Go back from the date to the list, or leave."""
        if self.query_one(Input).display:
            self._show_date_input(False)
        else:
            self.dismiss(None)

    @on(Input.Changed)
    def preview_date(self, event: Input.Changed) -> None:
        """Show how the typed date is understood; an incomplete date is no error yet."""
        try:
            self._show_feedback(format_time_preview(self._parse_date(event.value), self._now), trouble=False)
        except ValueError:
            self._show_feedback("", trouble=False)

    @on(Input.Submitted)
    def return_date(self, event: Input.Submitted) -> None:
        """Return the date, or say what is wrong with it."""
        try:
            self.dismiss(self._parse_date(event.value))
        except ValueError as error:
            self._show_feedback(str(error), trouble=True)

    def _parse_date(self, text: str) -> float:
        return parse_future_time(text, self._now, self._morning)

    def _show_feedback(self, text: str, *, trouble: bool) -> None:
        line = self.query_one("#understood", Static)
        line.update(Content(text))
        line.set_class(trouble, "-trouble")

    def _show_date_input(self, typing: bool) -> None:
        for widget in self.query("Input, #understood"):
            widget.display = typing
        self.set_focus(self.query_one(Input if typing else PlainList))  # at once: the next key belongs to it
