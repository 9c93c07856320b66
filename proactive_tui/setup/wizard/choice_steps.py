"""Steps 2, 4 and 6: privacy, how talkative, and where to begin."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from proactive_tui.setup import steps
from proactive_tui.setup.first_look import FirstLook
from proactive_tui.setup.wizard.base import CONTINUE_BINDING, ChoiceList, WizardStep
from proactive_tui.text.quantities import format_count
from proactive_tui.tui.formatting.colors import MUTED_COLOR
from proactive_tui.tui.formatting.text import sanitize_text
from proactive_tui.tui.widgets.status_rows import StatusRow, abbreviate_home

DEFAULT_TALKATIVE_INDEX = 1
"""Which of `TALKATIVENESS_LEVELS` is highlighted at first."""


class PrivacyStep(WizardStep):
    """Says what happens to the notes."""

    HEADING = "What happens to them"
    BINDINGS: ClassVar[list[BindingType]] = [CONTINUE_BINDING]

    def compose_content(self) -> ComposeResult:
        """The privacy sentences."""
        for sentence in steps.privacy_sentences(Path(abbreviate_home(str(self.wizard.data_folder)))):
            yield Static(sanitize_text(sentence), classes="text", markup=False)
        yield Static(id="said", markup=False)

    def on_mount(self) -> None:
        """Show what is found in the notes, while it is found."""
        self.watch(self.wizard, "first_look", self._show_look)

    def _show_look(self, look: FirstLook | None) -> None:
        self.show_text(look.describe() if look else "")

    def action_take(self) -> None:
        """Go to the next step."""
        self.wizard.submit_step()


class TalkativeStep(WizardStep):
    """Asks how often the program may speak."""

    HEADING = "How talkative may it be?"

    def compose_content(self) -> ComposeResult:
        """The choice of a daily budget, in words."""
        yield Static(steps.silence_sentence(), classes="text", markup=False)
        yield ChoiceList(
            *(
                Option(
                    Content.assemble(
                        f"{words[:1].upper() + words[1:]:<14}", (f"{number} a day at the most", MUTED_COLOR)
                    )
                )
                for words, number in steps.TALKATIVENESS_LEVELS
            )
        )
        yield Static("It learns from your answers: fewer of what you wave away.", classes="text last", markup=False)

    def on_mount(self) -> None:
        """Highlight the earlier choice, or the usual one."""
        numbers = [number for _, number in steps.TALKATIVENESS_LEVELS]
        before = self.wizard.answers.per_day
        choices = self.query_one(ChoiceList)
        choices.highlighted = numbers.index(before) if before in numbers else DEFAULT_TALKATIVE_INDEX
        choices.focus()

    @on(OptionList.OptionSelected)
    def select_budget(self, event: OptionList.OptionSelected) -> None:
        """Take the chosen budget."""
        self.wizard.submit_step(per_day=steps.TALKATIVENESS_LEVELS[event.option_index][1])


class ReadyStep(WizardStep):
    """Shows what will be written, and asks which notes to start with."""

    HEADING = "Ready"

    def compose_content(self) -> ComposeResult:
        """The answers, and the choice of notes."""
        for label, _ in self._summary_rows():
            yield StatusRow(label, label.lower())
        yield Static(id="said", markup=False)
        notes = self.wizard.folder_summary
        own = abbreviate_home(str(self.wizard.answers.folder))
        about = f"  {format_count(notes.notes, 'note')}" if notes else ""
        choices = [Option(Content.assemble("Start with my notes", (about, MUTED_COLOR)), id="own")]
        if self.wizard.examples_folder is not None and sanitize_text(own) != abbreviate_home(
            str(self.wizard.examples_folder)
        ):
            later = ("  yours come next time", MUTED_COLOR)
            choices.append(Option(Content.assemble("First try it on the example notes", later), id="trial"))
        yield ChoiceList(*choices)

    def on_mount(self) -> None:
        """Show the answers, and highlight the owner's notes."""
        for label, value in self._summary_rows():
            self.query_one(f"#fact-{label.lower()}", StatusRow).show_value(sanitize_text(value))
        self.watch(self.wizard, "first_look", self._show_look)
        self.query_one(ChoiceList).highlighted = 0
        self.query_one(ChoiceList).focus()

    def _show_look(self, look: FirstLook | None) -> None:
        model, why = steps.choose_index_model(look)
        self.wizard.update_answers(index_model=model)
        self.show_text("\n".join(filter(None, (look.describe() if look else "", why))))

    def _summary_rows(self) -> tuple[tuple[str, str], ...]:
        answers = self.wizard.answers
        talkative = {number: words for words, number in steps.TALKATIVENESS_LEVELS}.get(answers.per_day or 0, "")
        besides = ", ".join(answers.sources)
        model = "none" if answers.without else answers.model or "the best that Ollama has, where it answers"
        return (
            ("Notes", abbreviate_home(str(answers.folder))),
            *((("Besides", besides),) if besides else ()),
            ("Model", model),
            ("Speaks", f"{talkative}, {format_count(answers.per_day or 0, 'time')} a day at the most"),
            (
                "Config",
                f"{abbreviate_home(str(self.wizard.config_file))} will be written; it explains every other setting",
            ),
        )

    @on(OptionList.OptionSelected)
    def finish_wizard(self, event: OptionList.OptionSelected) -> None:
        """Write the config and end; show the error where that fails."""
        trouble = self.wizard.finish_setup(self.wizard.examples_folder if event.option_id == "trial" else None)
        if trouble is not None:
            self.show_text(sanitize_text(f"{trouble.title}: {trouble.message}. {trouble.hint}"))
