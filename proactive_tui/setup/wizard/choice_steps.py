"""Steps 2, 4 and 5: privacy, how talkative, and where to begin."""

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
from proactive_tui.setup.wizard.base import TAKE, Choices, Step
from proactive_tui.tui.formatting.colors import MUTED
from proactive_tui.tui.formatting.status_text import count
from proactive_tui.tui.formatting.text import clean
from proactive_tui.tui.widgets.status_rows import Fact, at_home

USUALLY = 1
"""Which of `TALKATIVE` is highlighted at first."""


class PrivacyStep(Step):
    """What happens to the notes."""

    HEADING = "What happens to them"
    BINDINGS: ClassVar[list[BindingType]] = [TAKE]

    def parts(self) -> ComposeResult:
        """Three sentences."""
        for sentence in steps.privacy(Path(at_home(str(self.guide.data)))):
            yield Static(clean(sentence), classes="text", markup=False)

    def action_take(self) -> None:
        """Understood."""
        self.guide.go_on()


class TalkativeStep(Step):
    """How often it may speak."""

    HEADING = "How talkative may it be?"

    def parts(self) -> ComposeResult:
        """A day's budget in words."""
        yield Static(steps.silence(), classes="text", markup=False)
        yield Choices(
            *(
                Option(Content.assemble(f"{words[:1].upper() + words[1:]:<14}", (f"{number} a day at the most", MUTED)))
                for words, number in steps.TALKATIVE
            )
        )
        yield Static("It learns from your answers: fewer of what you wave away.", classes="text last", markup=False)

    def on_mount(self) -> None:
        """The usual one first, or what was chosen before."""
        numbers = [number for _, number in steps.TALKATIVE]
        before = self.guide.answers.per_day
        choices = self.query_one(Choices)
        choices.highlighted = numbers.index(before) if before in numbers else USUALLY
        choices.focus()

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """This much."""
        self.guide.go_on(per_day=steps.TALKATIVE[event.option_index][1])


class ReadyStep(Step):
    """What will be written, and what to begin with."""

    HEADING = "Ready"

    def parts(self) -> ComposeResult:
        """The answers once more, and the way on."""
        for label, _ in self._summary():
            yield Fact(label, label.lower())
        yield Static(id="said", markup=False)
        notes = self.guide.looked
        own = at_home(str(self.guide.answers.folder))
        about = f"  {count(notes.notes, 'note')}" if notes else ""
        choices = [Option(Content.assemble("Start with my notes", (about, MUTED)), id="own")]
        if self.guide.examples is not None and clean(own) != at_home(str(self.guide.examples)):
            later = ("  yours come next time", MUTED)
            choices.append(Option(Content.assemble("First try it on the example notes", later), id="trial"))
        yield Choices(*choices)

    def on_mount(self) -> None:
        """The notes first."""
        for label, value in self._summary():
            self.query_one(f"#fact-{label.lower()}", Fact).say(clean(value))
        self.say("")
        self.query_one(Choices).highlighted = 0
        self.query_one(Choices).focus()

    def _summary(self) -> tuple[tuple[str, str], ...]:
        answers = self.guide.answers
        talkative = {number: words for words, number in steps.TALKATIVE}.get(answers.per_day or 0, "")
        model = "none" if answers.without else answers.model or "the best that Ollama has, where it answers"
        return (
            ("Notes", at_home(str(answers.folder))),
            ("Model", model),
            ("Speaks", f"{talkative}, {count(answers.per_day or 0, 'time')} a day at the most"),
            ("Config", f"{at_home(str(self.guide.file))} will be written; it explains every other setting"),
        )

    @on(OptionList.OptionSelected)
    def chosen(self, event: OptionList.OptionSelected) -> None:
        """Write the config, and begin."""
        trouble = self.guide.finish(self.guide.examples if event.option_id == "trial" else None)
        if trouble is not None:
            self.say(clean(f"{trouble.title}: {trouble.message}. {trouble.hint}"))
