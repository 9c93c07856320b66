"""How long to snooze an offer."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from proactive_tui.tui.times import local, tomorrow_morning
from proactive_tui.tui.widgets.lists import PlainList


class SnoozeMenu(ModalScreen[float | None]):
    """Gives back unix seconds, or None when nothing was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Back", show=False),
        *(Binding(str(n), f"choose({n - 1})", show=False) for n in (1, 2, 3)),
    ]

    def __init__(self, now: float, morning: str) -> None:
        super().__init__()
        self._now = now
        self._times = (now + 15 * 60, now + 60 * 60, tomorrow_morning(now, morning))

    def compose(self) -> ComposeResult:
        """The parts."""
        names = ("In 15 minutes", "In an hour", "Tomorrow morning")
        menu = PlainList(
            *(
                Option(f"{number}  {name:<18}{local(at):%H:%M}")
                for number, (name, at) in enumerate(zip(names, self._times, strict=True), 1)
            ),
            markup=False,
        )
        menu.border_title = "Bring it up again"
        menu.border_subtitle = "Esc back"
        yield menu

    def on_mount(self) -> None:
        """The shortest first."""
        self.query_one(PlainList).highlighted = 0

    @on(OptionList.OptionSelected)
    def selected(self, event: OptionList.OptionSelected) -> None:
        """This long."""
        self.action_choose(event.option_index)

    def action_choose(self, index: int) -> None:
        """Take one by its number."""
        self.dismiss(self._times[index])
