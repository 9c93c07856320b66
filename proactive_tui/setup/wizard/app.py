"""The guide: one screen a step, Esc goes back, and nothing is written before the last one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from msgspec.structs import replace
from textual.app import App
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.screen import Screen

from proactive_tui.errors import ConfigError
from proactive_tui.setup import steps
from proactive_tui.setup.wizard.choice_steps import PrivacyStep, ReadyStep, TalkativeStep
from proactive_tui.setup.wizard.folder_step import FolderStep
from proactive_tui.setup.wizard.model_step import ModelStep
from proactive_tui.tui import commands
from proactive_tui.tui.formatting.colors import tones
from proactive_tui.tui.terminal.output_filter import ONLY_TEXT

STEPS = (FolderStep, PrivacyStep, ModelStep, TalkativeStep, ReadyStep)


class Guided(NamedTuple):
    """How it goes on: with the config that was written, or on the example notes first."""

    trial: Path | None


class GuideApp(App[Guided]):
    """Asks, then writes `file`. Gives back None when it was left before; then nothing was written.

    `data` is where data will be kept; `examples` is the folder of the example notes, where there is one.
    """

    TITLE = "proactive-tui"
    CSS_PATH: ClassVar[Any] = ["../../tui/app.tcss", "../../tui/widgets/lists.tcss", "wizard.tcss"]
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit", "Quit", priority=True)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-normal")]  # noqa: RUF012 - Textual declares it as an instance variable
    VERTICAL_BREAKPOINTS = [(0, "-short"), (25, "-tall")]  # noqa: RUF012 - as above

    def __init__(self, file: Path, data: Path, examples: Path | None) -> None:
        super().__init__()
        self.file = file
        self.data = data
        self.examples = examples
        self.answers = steps.Answers()
        self.looked: steps.Looked | None = None
        """What the folder holds, once it was counted."""

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables, and our tones."""
        theme = super().get_css_variables()
        return {**theme, **tones(theme, ansi=self.current_theme.ansi)}

    def get_default_screen(self) -> Screen[None]:
        """The first step."""
        return STEPS[0](1, len(STEPS))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What is drawn is text only."""
        return [*super().get_line_filters(), ONLY_TEXT]

    def get_key_display(self, binding: Binding) -> str:
        """Keys look as they do in the assistant."""
        return binding.key_display or commands.display(binding.key)

    def go_on(self, **answers: Any) -> None:
        """Keep what was answered, and show the next step."""
        self.answered(**answers)
        number = len(self.screen_stack)
        self.push_screen(STEPS[number](number + 1, len(STEPS)))

    def answered(self, **answers: Any) -> None:
        """Keep what was answered."""
        self.answers = replace(self.answers, **answers)

    def finish(self, trial: Path | None) -> ConfigError | None:
        """Write the config and end; what stands against it, where it cannot be written."""
        try:
            steps.write(self.file, self.answers)
        except ConfigError as error:
            return error
        self.exit(Guided(trial))
        return None
