"""What all commands share: options that name config, data and notes, locked services, and JSON on standard output."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from proactive_tui.config import Config
from proactive_tui.config_reading import load_config
from proactive_tui.data_folders import find_data_folder, record_notes_folder
from proactive_tui.paths import (
    DataPaths,
    default_config_file,
    lock_data_folder,
    open_data_folder,
    private_umask,
    resolve_notes_folder,
)
from proactive_tui.text.terminal_safe import escape_for, escape_json, one_line

if TYPE_CHECKING:
    from proactive_tui.brain.services import Services

PLATFORM_DEFAULT = "the platform's"
ConfigFile = Annotated[
    Path | None, typer.Option("--config", metavar="FILE", help="Config file.", show_default=PLATFORM_DEFAULT)
]
DataDir = Annotated[
    Path | None, typer.Option("--data-dir", metavar="DIR", help="Where data is kept.", show_default=PLATFORM_DEFAULT)
]
NotesDir = Annotated[
    Path | None, typer.Option("--notes", metavar="DIR", help="The notes folder.", show_default="from the config")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


def parse_past_datetime(text: str) -> datetime:
    """The local time that an option names: an ISO date or time, "yesterday", "2 h", "3 days ago"."""
    from proactive_tui.text.dates.typed_times import parse_past_time

    return _local_time(text, parse_past_time(text, time.time()), "yesterday or 3 days ago")


def parse_any_datetime(text: str) -> datetime:
    """The local time that an option names, to come or past: as above, "fri 9:30", "tomorrow", which begins at 8."""
    from proactive_tui.text.dates.typed_times import parse_future_time, parse_past_time

    now = time.time()
    try:
        at: float | None = parse_future_time(text, now, "08:00")
    except ValueError:
        at = parse_past_time(text, now)
    return _local_time(text, at, "fri 9:30 or yesterday")


def _local_time(text: str, at: float | None, examples: str) -> datetime:
    from proactive_tui.text.dates.local_days import local_datetime

    if at is None:
        raise typer.BadParameter(f"'{text}' is no time; write 2026-11-24, 2026-11-24 18:00, {examples}")
    return local_datetime(at)


Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


class CommandContext(msgspec.Struct, frozen=True):
    """The config, data folder and notes that --config, --data-dir and --notes name."""

    config: Config
    file: Path
    paths: DataPaths
    notes: str

    @property
    def named_folder(self) -> str:
        """The absolute path of the notes folder, which need not be there; empty where none is named."""
        return str(Path(self.notes).expanduser().absolute()) if self.notes else ""

    @property
    def folder(self) -> Path:
        """The notes folder. Raises NotesError when there is none."""
        return resolve_notes_folder(self.notes)


def load_context(config: Path | None, data_dir: Path | None, notes: Path | None) -> CommandContext:
    """The context of a command. Raises ConfigError, and NotesError for notes that are not there and left no data."""
    file = config or (default_config_file() if default_config_file().exists() else None)
    settings = load_config(file)
    named = str(notes or settings.notes.folder)
    data = find_data_folder(data_dir, named, settings.notes.folder)
    if notes and not data.exists():
        resolve_notes_folder(notes)
    with private_umask():
        paths = open_data_folder(data)
    if named and (folder := Path(named).expanduser()).is_dir():
        record_notes_folder(paths, folder)
    return CommandContext(settings, config or default_config_file(), paths, named)


@contextmanager
def locked_services(where: CommandContext) -> Iterator[Services]:
    """The services of this data folder, which is locked meanwhile."""
    folder = where.folder
    with private_umask(), lock_data_folder(where.paths):
        from proactive_tui.brain.server import configure_process
        from proactive_tui.brain.services import services_context

        configure_process(where.config, where.paths.log_file)
        with services_context(where.config, where.paths, folder) as services:
            for notice in services.notices:
                sys.stderr.write(f"The journal was damaged. {one_line(notice)}\n")
            yield services
            for notice in services.index.take_notices():
                sys.stderr.write(f"{one_line(notice)}\n")


def print_json(value: Any) -> None:
    """Print a value as one JSON document."""
    write_json(msgspec.json.format(msgspec.json.encode(value), indent=2))


def write_json(encoded: bytes) -> None:
    """Write a line of JSON, with escapes for what the output's encoding or a terminal cannot take."""
    sys.stdout.write(escape_for(sys.stdout.encoding or "ascii", escape_json(encoded.decode())) + "\n")
