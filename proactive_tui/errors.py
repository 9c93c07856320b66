"""The one tree of errors, which say what went wrong, where, and what to do about it.

Adapters translate their library's errors into one of these; the edge (`cli`, `tui`) shows them. Any other exception is
a bug: where it costs one note or topic only, `log_bug` says so, and the work goes on.
"""

import logging
import traceback
from pathlib import PurePath


class ProactiveError(Exception):
    """An error that the user can understand and act on.

    `title` names what failed, `message` says where and why, `hint` says what to do.
    """

    exit_status = 1

    def __init__(self, title: str, message: str = "", hint: str = "") -> None:
        super().__init__(title, message, hint)
        self.title = title
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return ": ".join(part for part in (self.title, self.message, self.hint) if part)


class ConfigError(ProactiveError):
    """The config file cannot be used as it is."""


class NotesError(ProactiveError):
    """The notes folder cannot be read."""


class IndexingError(ProactiveError):
    """Words or vectors cannot be read or written."""


class IndexDamagedError(IndexingError):
    """index.db is damaged; it is rebuilt from the notes, which are the truth."""


class StorageRefusedError(IndexingError):
    """The disk is full, or the folder is read-only: nothing is damaged."""


class JournalError(ProactiveError):
    """The journal cannot be read or written."""


class JournalDamagedError(JournalError):
    """The journal's file is damaged; see `journal.recovery`."""


class LanguageModelError(ProactiveError):
    """The language model did not answer as it should."""


class OllamaUnreachableError(LanguageModelError):
    """Nothing answers at Ollama's address."""


class BrainError(ProactiveError):
    """The brain process is gone, or speaks another protocol."""


class DataFolderBusyError(ProactiveError):
    """Another instance holds the data folder."""

    exit_status = 3


def bug_place(error: BaseException) -> str:
    """The type of an unexpected error and the line that raised it; not its message, which may quote a note."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} in {PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""


def log_bug(log: logging.Logger, failed: str, error: BaseException) -> None:
    """Log what failed by a bug, and the calls that led there."""
    log.error("%s: %s\n%s", failed, bug_place(error), "".join(traceback.format_tb(error.__traceback__)))
