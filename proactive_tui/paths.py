"""Where files live, and the lock that makes one instance the owner of a data folder. The only code that knows paths."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import platformdirs
from msgspec import Struct

from proactive_tui.errors import DataFolderBusyError, NotesError, ProactiveError

APP = "proactive-tui"
TRIAL = "examples"
"""The folder in the data folder that keeps what comes of trying the example notes."""


class Paths(Struct, frozen=True):
    """The files of one data folder."""

    data: Path

    @property
    def journal(self) -> Path:
        """The event log: one of the two truths."""
        return self.data / "journal.db"

    @property
    def index(self) -> Path:
        """Notes, passages and words; derived."""
        return self.data / "index.db"

    @property
    def chroma(self) -> Path:
        """Vectors; derived."""
        return self.data / "chroma"

    @property
    def log(self) -> Path:
        """What the brain says on standard error and logs."""
        return self.data / "brain.log"

    @property
    def exports(self) -> Path:
        """Conversations that the owner exported, as Markdown."""
        return self.data / "exports"

    @property
    def status(self) -> Path:
        """How things stand, as the running instance wrote it last; derived."""
        return self.data / "status.json"

    @property
    def lock(self) -> Path:
        """Held by the one instance that may write."""
        return self.data / "lock"


def default_config() -> Path:
    """Where the config is looked for when none is named."""
    return platformdirs.user_config_path(APP) / "config.toml"


def default_data() -> Path:
    """Where data is kept when no folder is named."""
    return platformdirs.user_data_path(APP)


def open_data(folder: Path | None) -> Paths:
    """Make the data folder (0700, the owner's alone). Raises ProactiveError when it cannot be made."""
    data = (folder or default_data()).expanduser().absolute()
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        data.chmod(0o700)
    except OSError as error:
        raise ProactiveError(
            "The data folder cannot be made", f"{data}: {error.strerror or error}", "Name another with --data-dir."
        ) from error
    return Paths(data)


def notes_folder(name: str | Path) -> Path:
    """The notes folder as an absolute path. Raises NotesError when there is none."""
    if not str(name):
        raise NotesError(
            "No notes folder is set", "", "Name one with --notes DIR, or write notes.folder with 'proactive-tui init'."
        )
    folder = Path(name).expanduser().absolute()
    if not folder.is_dir():
        raise NotesError(
            "The notes folder cannot be read", f"{folder}: no such folder", "Mend notes.folder or --notes."
        )
    return folder


@contextmanager
def locked(paths: Paths) -> Iterator[None]:
    """Hold the data folder; the system lets go of it when the process ends, however it ends.

    Raises DataFolderBusyError when another instance holds it, ProactiveError when it cannot be written.
    """
    try:
        file = paths.lock.open("a+")
    except OSError as error:
        raise ProactiveError(
            "The data folder cannot be written", f"{paths.lock}: {error.strerror or error}", "See who may write it."
        ) from error
    with closing(file):
        try:
            _lock(file.fileno())
        except OSError as error:
            file.seek(0)
            holder = file.read().strip()
            raise DataFolderBusyError(
                "Another instance holds the data folder",
                f"{paths.data}" + (f" (process {holder})" if holder else ""),
                "Close it, or name another folder with --data-dir.",
            ) from error
        try:
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
        except OSError as error:
            raise ProactiveError(
                "The data folder cannot be written",
                f"{paths.data}: {error.strerror or error}",
                "Free some disk space, or name another folder with --data-dir.",
            ) from error
        yield


if os.name == "nt":  # pragma: no cover
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
