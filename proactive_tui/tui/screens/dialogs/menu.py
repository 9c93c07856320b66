"""The dialog that offers a few choices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from proactive_tui.tui.widgets.lists import PlainList


class ChoiceMenu(ModalScreen[str | None]):
    """A list of choices; returns the id of the chosen one, or None. `present` is highlighted at first."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f9", "dismiss(None)", "Back", show=False)]

    def __init__(self, title: str, options: Iterable[tuple[str, Content]], present: str = "") -> None:
        super().__init__()
        self._title = title
        self._options = tuple(options)
        self._present = present

    def compose(self) -> ComposeResult:
        """Compose the widgets of the screen."""
        menu = PlainList(*(Option(content, id=identifier) for identifier, content in self._options))
        menu.border_title = self._title
        menu.border_subtitle = "Enter · Esc back"
        yield menu

    def on_mount(self) -> None:
        """Highlight the present choice."""
        ids = [identifier for identifier, _ in self._options]
        self.query_one(PlainList).highlighted = ids.index(self._present) if self._present in ids else 0

    @on(OptionList.OptionSelected)
    def return_choice(self, event: OptionList.OptionSelected) -> None:
        """Return this choice."""
        self.dismiss(event.option_id)
