"""The frame of all steps: the step's number, its question, and the keys below."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from proactive_tui.tui.widgets.key_bar import KeyBar
from proactive_tui.tui.widgets.lists import PlainList

if TYPE_CHECKING:
    from proactive_tui.setup.wizard.app import WizardApp


CONTINUE_BINDING = Binding("enter", "take", "Go on")
"""The Enter key of a step without a list to choose from."""


class ChoiceList(PlainList):
    """A few answers, of which one is taken."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Go on"),
        Binding("down", "cursor_down", "Choose", key_display="↑↓"),
    ]


class WizardStep(Screen[None]):
    """A step, `number` of `step_count`. Subclasses set `HEADING` and compose their content."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "Back")]
    HEADING: ClassVar[str] = ""

    def __init__(self, number: int, step_count: int) -> None:
        super().__init__()
        self.number = number
        self.step_count = step_count

    @property
    def wizard(self) -> WizardApp:
        """The app, typed as the WizardApp."""
        return cast("WizardApp", self.app)

    def compose(self) -> ComposeResult:
        """The frame around the content."""
        with VerticalScroll(id="step", can_focus=False):
            yield Static(f"proactive-tui · step {self.number} of {self.step_count}", id="where", markup=False)
            yield Static(self.HEADING, id="heading", markup=False)
            yield from self.compose_content()
        yield KeyBar()

    def compose_content(self) -> ComposeResult:
        """The widgets of this step."""
        yield from ()

    def show_text(self, text: str | Content, name: str = "said") -> None:
        """Put text into the Static with the id `name`, and hide that where the text is empty."""
        place = self.query_one(f"#{name}", Static)
        place.update(text if isinstance(text, Content) else Content(text))
        place.display = bool(str(text))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable "back" on the first step."""
        return self.number > 1 if action == "back" else super().check_action(action, parameters)

    def action_back(self) -> None:
        """Go back one step; the answers given there are kept."""
        self.app.pop_screen()
