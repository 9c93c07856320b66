"""The dialog with one line to type, an explanation above it, and the problem with the text below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from proactive_tui.tui.widgets.entry import LimitedInput


class InputDialog(ModalScreen[str | None]):
    """Asks for a text; returns it, or None. `check` returns what is problem with a text, or "".

    `known` are texts to suggest; → accepts the suggestion.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Back", show=False)]

    def __init__(
        self,
        title: str,
        about: Content,
        text: str = "",
        *,
        check: Callable[[str], str] = lambda _: "",
        known: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self._title, self._about, self._text, self._check = title, about, text, check
        self._known = known

    def compose(self) -> ComposeResult:
        """Compose the widgets of the screen."""
        with VerticalScroll(classes="dialog", can_focus=False) as box:
            box.border_title = self._title
            box.border_subtitle = "Enter · Esc back"
            yield Static(self._about)
            line = LimitedInput(
                self._text,
                compact=True,
                select_on_focus=False,
                suggester=SuggestFromList(self._known, case_sensitive=False) if self._known else None,
            )
            line.cursor_blink = False
            yield line
            yield Static(classes="wrong", markup=False)

    def on_mount(self) -> None:
        """Focus the line at once."""
        self.query_one(Input).focus()

    @on(Input.Changed)
    def check_typed(self, event: Input.Changed) -> None:
        """Show the problem with the text; an empty line has none yet."""
        self._show_problem(self._check(event.value) if event.value.strip() else "")

    @on(Input.Submitted)
    def submit_text(self, event: Input.Submitted) -> None:
        """Return the text, if nothing is problem with it."""
        if problem := self._check(event.value):
            self._show_problem(problem)
        else:
            self.dismiss(event.value)

    def _show_problem(self, problem: str) -> None:
        self.query_one(".wrong", Static).update(Content(f"✗ {problem}" if problem else ""))
