"""The one tree of errors, which say what went wrong, where, and what to do about it.

Adapters translate their library's errors into one of these; the edge (`cli`, `tui`) shows them. Any other exception is
a bug: where it costs one note or topic only, `bug_log` says so, and the work goes on.
"""


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


class SourceError(ProactiveError):
    """A source of items cannot be read."""


class AnswerTooLongError(SourceError):
    """An answer is longer than what is read; asking for less at a time may help."""


class SourceGoneError(SourceError):
    """What was asked for is gone for good, as its server says (status 410)."""


class SourcePausedError(SourceError):
    """A source wants to be left alone until `until` (unix seconds), or is out of reach for now."""

    def __init__(self, title: str, message: str = "", hint: str = "", *, until: float = 0.0) -> None:
        super().__init__(title, message, hint)
        self.until = until
