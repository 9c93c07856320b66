"""The command `run`: the assistant in this terminal, after the guide where there is no config yet.

It is what is started most often, so nothing of Typer is imported on its way.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from proactive_tui.cli.command_context import load_context
from proactive_tui.data_folders import describe_data_folder
from proactive_tui.errors import ProactiveError
from proactive_tui.footprint.garbage import collect_nothing_yet
from proactive_tui.paths import TRIAL_FOLDER, default_config_file, default_data_folder, example_notes


def run_assistant(config: Path | None, data_dir: Path | None, notes: Path | None, *, plain: bool = False) -> None:
    """Show the assistant until it is left, or say it in lines where `plain` or the terminal cannot draw.

    Raises ProactiveError, and SystemExit where the guide was left or the lines have ended.
    """
    file = config or default_config_file()
    plain = plain or is_dumb_terminal()
    if notes is None and has_terminal() and not file.exists():
        config, data_dir, notes = ask_places(file, data_dir) if plain else run_setup_guide(file, data_dir)
    where = load_context(config, data_dir, notes)
    folder = where.folder
    if not plain and not has_terminal():
        raise ProactiveError(
            "The assistant needs a terminal", "", "--plain does without; for other commands see --help."
        )
    collect_nothing_yet()
    from proactive_tui.cli.brain_process import brain_for_face

    brain = brain_for_face(where)
    whose = describe_data_folder(where.paths, folder)
    if plain:
        from proactive_tui.plain.app import run_plain

        raise SystemExit(run_plain(brain, where.config, where.file, whose))
    from proactive_tui.tui.app import ProactiveApp

    if whose:
        sys.stdout.write(f"{whose}\n")
        sys.stdout.flush()
    ProactiveApp(brain, where.config, str(folder), where.file, where.paths.drafts_file, greeting=whose).run()


def has_terminal() -> bool:
    """Whether there is a terminal, or a driver of Textual's that stands for one: a browser's, under `textual serve`."""
    return "TEXTUAL_DRIVER" in os.environ or (sys.stdin.isatty() and sys.stdout.isatty())


def is_dumb_terminal() -> bool:
    """Whether there is a terminal that cannot move its cursor. Where there is none, nothing is chosen by itself: the
    offers of an assistant whose output a script throws away would count as seen and left.
    """
    return os.environ.get("TERM") == "dumb" and "TEXTUAL_DRIVER" not in os.environ and has_terminal()


def ask_places(file: Path, data_dir: Path | None) -> tuple[Path, Path | None, Path | None]:
    """Config, data folder and notes to go on with, as answered line by line. Raises ProactiveError."""
    from proactive_tui.setup import prompts

    prompts.run(file, None, data_dir, yes=False)
    return file, data_dir, None


def run_setup_guide(file: Path, data_dir: Path | None) -> tuple[Path, Path | None, Path | None]:
    """Config, data folder and notes to go on with, as chosen in the guide. Raises SystemExit where it was left."""
    from proactive_tui.setup.wizard.app import WizardApp

    data = data_dir or default_data_folder()
    wizard = WizardApp(file, data, example_notes())
    result = wizard.run()
    if result is None:
        sys.stderr.write("Nothing was written. It asks again next time; 'proactive-tui init' asks line by line.\n")
        raise SystemExit(wizard.return_code or 0)
    # What is learned from the example notes is kept apart from what is learned from the owner's.
    return (file, data / TRIAL_FOLDER, result.trial) if result.trial else (file, data_dir, None)
