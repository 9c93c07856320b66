"""The dialog that asks before something is done for good."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from proactive_tui.tui.widgets.key_labels import KeyLabel, KeyLine, format_keys


class ConfirmDialog(ModalScreen[bool]):
    """Asks for confirmation; returns True only for y, so that an accidental Enter deletes nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "dismiss(True)", "Yes", show=False),
        Binding("escape,n", "dismiss(False)", "No", show=False),
    ]

    def __init__(self, title: str, text: Content, verb: str, otherwise: str = "keep it") -> None:
        super().__init__()
        self._title, self._text, self._verb, self._otherwise = title, text, verb, otherwise

    def compose(self) -> ComposeResult:
        """Compose the widgets of the screen."""
        with VerticalScroll(classes="dialog") as box:
            box.border_title = self._title
            yield Static(self._text)
            keys = [
                KeyLabel("y", self._verb, "screen.dismiss(True)"),
                KeyLabel("Esc", self._otherwise, "screen.dismiss(False)"),
            ]
            yield KeyLine(format_keys(keys), classes="keys")
