"""Step 5: what else may be talked about than the notes. Nothing is on, and Enter goes on without."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import DescendantBlur
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from proactive_tui import settings
from proactive_tui.setup.source_choices import SourceChoice, describe_asking, describe_places, find_choices
from proactive_tui.setup.wizard.base import ChoiceList, WizardStep
from proactive_tui.tui.formatting.colors import MUTED_COLOR, SUCCESS_COLOR
from proactive_tui.tui.formatting.text import one_line
from proactive_tui.tui.widgets.entry import LimitedInput

GO_ON = "go on"
NAME_CELLS = 9


class PlacesInput(LimitedInput):
    """The line for what a source is to read; shown only where nothing was found."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Switch it on"),
        Binding("escape", "leave", "Leave it off"),
    ]

    def action_leave(self) -> None:
        """Close the line."""
        self.screen.query_one(ChoiceList).focus()


class SourcesStep(WizardStep):
    """Asks which sources to switch on."""

    HEADING = "What else may it talk about?"

    def __init__(self, number: int, step_count: int) -> None:
        super().__init__(number, step_count)
        self._choices: dict[str, SourceChoice] = {}

    def compose_content(self) -> ComposeResult:
        """The list of sources, the explanation of the highlighted one, and the line for its places."""
        yield Static("Nothing but your notes, unless you switch it on here. It is only read.", classes="text")
        yield ChoiceList(Option(self._format_go_on(), id=GO_ON))
        yield Static(id="said", markup=False)
        yield PlacesInput(id="places", compact=True, select_on_focus=False)

    def on_mount(self) -> None:
        """Look for what is there; going on does not wait for it."""
        self.query_one(ChoiceList).highlighted = 0
        self.query_one(ChoiceList).focus()
        self._find_choices(self.wizard.answers.folder)

    @work(thread=True, exclusive=True)
    def _find_choices(self, notes: Path | None) -> None:
        found = find_choices(notes)
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._list_choices, found)

    def _list_choices(self, found: tuple[SourceChoice, ...]) -> None:
        if not self.is_attached:
            return
        self._choices = {choice.spec.name: choice for choice in found}
        listed = self.query_one(ChoiceList)
        at = listed.highlighted
        listed.clear_options()
        rows = [Option(self._format_choice(choice), id=name) for name, choice in self._choices.items()]
        listed.add_options([Option(self._format_go_on(), id=GO_ON), *rows])
        listed.highlighted = at

    @on(OptionList.OptionHighlighted)
    def show_choice(self) -> None:
        """Say what the highlighted source reads, what was found of it, and what it sends."""
        choice = self._highlighted_choice()
        self.show_text(Content("Looking for what is here …") if not self._choices else Content())
        if choice is None:
            return
        chosen = self.wizard.answers.sources.get(choice.spec.name)
        where = describe_places(choice, chosen) if chosen else choice.found
        lines = (f"Reads {choice.spec.reads}.", describe_asking(choice, chosen or choice.changes()), where)
        self.show_text(Content("\n").join(Content(one_line(line)) for line in lines))

    @on(OptionList.OptionSelected)
    def select_choice(self, event: OptionList.OptionSelected) -> None:
        """Go on, or switch a source on or off; one that has nothing to read asks for it first."""
        if event.option_id == GO_ON:
            self.wizard.submit_step()
            return
        choice = self._choices[event.option_id or ""]
        if choice.spec.name in self.wizard.answers.sources:
            self._keep_source(choice, None)
        elif choice.needs_place:
            line = self.query_one(PlacesInput)
            line.value, line.placeholder, line.display = "", settings.PLACES_ASKED[choice.spec.name], True
            line.focus()
        else:
            self._keep_source(choice, ())

    @on(Input.Submitted)
    def take_places(self, event: Input.Submitted) -> None:
        """Switch the highlighted source on with what was typed."""
        choice = self._highlighted_choice()
        if choice is None:
            return
        if problem := settings.places_problem(choice.spec.name, event.value):
            self.show_text(one_line(problem))
            return
        self._keep_source(choice, settings.split_places(event.value))
        self.query_one(ChoiceList).focus()

    def on_descendant_blur(self, event: DescendantBlur) -> None:
        """Hide the line as soon as it is left."""
        if isinstance(event.widget, PlacesInput):
            event.widget.display = False
            self.show_choice()

    def _keep_source(self, choice: SourceChoice, places: tuple[str, ...] | None) -> None:
        """Keep a source switched on with these places, or off with None; nothing is written yet."""
        name = choice.spec.name
        chosen = {other: changes for other, changes in self.wizard.answers.sources.items() if other != name}
        if places is not None:
            chosen[name] = choice.changes(places)
        self.wizard.update_answers(sources={other: chosen[other] for other in self._choices if other in chosen})
        listed = self.query_one(ChoiceList)
        listed.replace_option_prompt(name, self._format_choice(choice))
        listed.replace_option_prompt(GO_ON, self._format_go_on())
        self.show_choice()

    def _format_go_on(self) -> Content:
        chosen = self.wizard.answers.sources if self.is_attached else {}
        about = f"with {', '.join(chosen)}" if chosen else "with your notes alone"
        return Content.assemble("Go on", (f"  {about}", MUTED_COLOR))

    def _format_choice(self, choice: SourceChoice) -> Content:
        is_on = choice.spec.name in self.wizard.answers.sources
        mark = ("● ", SUCCESS_COLOR) if is_on else ("○ ", MUTED_COLOR)
        return Content.assemble(mark, f"{choice.spec.name:<{NAME_CELLS}}", (choice.title, MUTED_COLOR))

    def _highlighted_choice(self) -> SourceChoice | None:
        option = self.query_one(ChoiceList).highlighted_option
        return self._choices.get(option.id or "") if option is not None else None
