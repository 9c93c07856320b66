"""What all steps share: where one is, what is asked, and the keys below."""

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
"""For steps that are no list to choose from."""


class ChoiceList(PlainList):
    """A few answers, of which one is taken."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", "Go on"),
        Binding("down", "cursor_down", "Choose", key_display="↑↓"),
    ]


class WizardStep(Screen[None]):
    """One step, the `number`th `of` so many. It says what it asks and composes its parts."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "back", "Back")]
    HEADING: ClassVar[str] = ""

    def __init__(self, number: int, of: int) -> None:
        super().__init__()
        self.number = number
        self.step_count = of

    @property
    def wizard(self) -> WizardApp:
        """The app, as what it is."""
        return cast("WizardApp", self.app)

    def compose(self) -> ComposeResult:
        """The frame around the parts."""
        with VerticalScroll(id="step", can_focus=False):
            yield Static(f"proactive-tui · step {self.number} of {self.step_count}", id="where", markup=False)
            yield Static(self.HEADING, id="heading", markup=False)
            yield from self.compose_content()
        yield KeyBar()

    def compose_content(self) -> ComposeResult:
        """What this step asks."""
        yield from ()

    def show_text(self, text: str | Content, name: str = "said") -> None:
        """Put text into the Static of this name; without text it takes no room."""
        place = self.query_one(f"#{name}", Static)
        place.update(text if isinstance(text, Content) else Content(text))
        place.display = bool(str(text))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing before the first step."""
        return self.number > 1 if action == "back" else super().check_action(action, parameters)

    def action_back(self) -> None:
        """The step before; what was answered there is still answered."""
        self.app.pop_screen()
