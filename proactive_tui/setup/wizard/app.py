"""The setup wizard: one screen a step, Esc goes back, and nothing is written before the last step."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

import msgspec
from msgspec.structs import replace
from textual import work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen

from proactive_tui.errors import ConfigError
from proactive_tui.setup import steps
from proactive_tui.setup.first_look import FirstLook
from proactive_tui.setup.wizard.choice_steps import PrivacyStep, ReadyStep, TalkativeStep
from proactive_tui.setup.wizard.folder_step import FolderStep
from proactive_tui.setup.wizard.model_step import ModelStep
from proactive_tui.setup.wizard.sources_step import SourcesStep
from proactive_tui.tui import commands
from proactive_tui.tui.formatting.colors import color_variables
from proactive_tui.tui.terminal.output_filter import TEXT_ONLY_FILTER

WIZARD_STEPS = (FolderStep, PrivacyStep, ModelStep, TalkativeStep, SourcesStep, ReadyStep)


class WizardResult(NamedTuple):
    """The notes to go on with: those in the config that was written, or first the example notes in `trial`."""

    trial: Path | None


class NotesSeen(Message):
    """More of the notes was looked at."""

    def __init__(self, look: FirstLook) -> None:
        super().__init__()
        self.look = look


class WizardApp(App[WizardResult]):
    """Asks the setup questions, then writes `file`. Returns None when the user left before; then nothing was written.

    `data` is where data will be kept; `examples` is the folder of the example notes, where there is one.
    """

    TITLE = "proactive-tui"
    CSS_PATH: ClassVar[Any] = ["../../tui/app.tcss", "../../tui/widgets/lists.tcss", "wizard.tcss"]
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+q", "quit", "Quit", priority=True)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-normal")]  # noqa: RUF012 - Textual declares it as an instance variable
    first_look: reactive[FirstLook | None] = reactive(None)
    """What was seen of the notes so far."""
    VERTICAL_BREAKPOINTS = [(0, "-short"), (25, "-tall")]  # noqa: RUF012 - as above

    def __init__(self, file: Path, data: Path, examples: Path | None) -> None:
        super().__init__()
        self.config_file = file
        self.data_folder = data
        self.examples_folder = examples
        self.answers = steps.SetupAnswers()
        self.folder_summary: steps.FolderSummary | None = None
        """The summary of the notes folder, once its notes are counted."""
        self._looked_at: Path | None = None
        self._look_process: subprocess.Popen[bytes] | None = None

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables, and the program's own colours."""
        theme = super().get_css_variables()
        return {**theme, **color_variables(theme, ansi=self.current_theme.ansi)}

    def get_default_screen(self) -> Screen[None]:
        """The first step."""
        return WIZARD_STEPS[0](1, len(WIZARD_STEPS))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The filters of drawn lines, and one that keeps everything but text out of the terminal."""
        return [*super().get_line_filters(), TEXT_ONLY_FILTER]

    def get_key_display(self, binding: Binding) -> str:
        """The name of a key, as the assistant shows it."""
        return binding.key_display or commands.format_key_name(binding.key)

    def look_at_notes(self, folder: Path) -> None:
        """Have a process of its own read the notes, and show what it finds while the other questions are asked."""
        if folder == self._looked_at:
            return
        self._end_look()
        self._looked_at, self.first_look = folder, None
        command = (sys.executable, "-m", "proactive_tui.setup.notes_look", str(folder))
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(command, stdin=quiet, stdout=subprocess.PIPE, stderr=quiet)
        self._look_process = process
        self._follow_look(process)

    @work(thread=True, group="look")
    def _follow_look(self, process: subprocess.Popen[bytes]) -> None:
        """Show each step until the process ends, by itself or at `_end_look`."""
        with process:
            assert process.stdout
            for line in process.stdout:
                if process is self._look_process:
                    self.post_message(NotesSeen(msgspec.json.decode(line, type=FirstLook)))

    def on_notes_seen(self, message: NotesSeen) -> None:
        """Keep what was seen so far: the steps show it."""
        self.first_look = message.look

    def _end_look(self) -> None:
        process, self._look_process = self._look_process, None
        if process is not None:
            process.kill()

    def on_unmount(self) -> None:
        """End the look at the notes, which nobody waits for any more."""
        self._end_look()

    def submit_step(self, **answers: Any) -> None:
        """Keep the answers, and show the next step."""
        self.update_answers(**answers)
        number = len(self.screen_stack)
        self.push_screen(WIZARD_STEPS[number](number + 1, len(WIZARD_STEPS)))

    def update_answers(self, **answers: Any) -> None:
        """Keep the answers, named as the fields of SetupAnswers."""
        self.answers = replace(self.answers, **answers)

    def finish_setup(self, trial: Path | None) -> ConfigError | None:
        """Write the config and end; returns the error where it cannot be written."""
        try:
            steps.write_config(self.config_file, self.answers)
        except ConfigError as error:
            return error
        self.exit(WizardResult(trial))
        return None
