"""What all commands share: config, data and notes as they were named, locked services, and JSON on standard output.

The assistant's own start goes through here, so nothing of Typer is imported.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from proactive_tui.config import Config
from proactive_tui.config_reading import load_config
from proactive_tui.data_folders import find_data_folder, read_notes_record, record_notes_folder
from proactive_tui.footprint.garbage import without_collecting
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


class CommandContext(msgspec.Struct, frozen=True):
    """The config, data folder and notes that --config, --data-dir and --notes name."""

    config: Config
    file: Path
    paths: DataPaths
    notes: str
    kept: ServicesKeeper | None = None
    """Holds services open from question to question, in a process that is asked several."""
    on_progress: Callable[[str, int, int], None] | None = None
    """Is told what is done, how much, of how much, where no bar is drawn."""

    @property
    def named_folder(self) -> str:
        """The absolute path of the notes folder, which need not be there; empty where none is named."""
        return str(Path(self.notes).expanduser().absolute()) if self.notes else ""

    @property
    def folder(self) -> Path:
        """The notes folder. Raises NotesError when there is none."""
        recorded = read_notes_record(self.paths.data)
        known = recorded is not None and str(recorded) == os.path.realpath(self.named_folder)
        return resolve_notes_folder(self.notes, known=known)


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


class ServicesKeeper(Protocol):
    """Opens services when they are first needed, and keeps them open afterwards."""

    @property
    def is_open(self) -> bool:
        """Whether they are open now."""

    def use(self) -> AbstractContextManager[Services]:
        """The services, for one question."""


@contextmanager
def locked_services(where: CommandContext) -> Iterator[Services]:
    """The services of this data folder, which is locked meanwhile; those that are kept open, where some are."""
    with private_umask(), where.kept.use() if where.kept else open_locked_services(where) as services:
        yield services


@contextmanager
def open_locked_services(where: CommandContext, *, yields: bool = False) -> Iterator[Services]:
    """Open the services of this data folder, which is locked meanwhile; see `lock_data_folder` for `yields`.

    Call it with a private umask.
    """
    folder = where.folder
    with lock_data_folder(where.paths, yields=yields):
        with without_collecting():
            from proactive_tui.brain.server import configure_process
            from proactive_tui.brain.services import open_services

            configure_process(where.config, where.paths.log_file)
            services = open_services(where.config, where.paths, folder)
        with closing(services):
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
