"""Where files live, and the lock that makes one instance the owner of a data folder. The only code that knows paths."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import platformdirs

import proactive_tui
from proactive_tui.errors import DataFolderBusyError, NotesError, ProactiveError

APP_NAME = "proactive-tui"
TRIAL_FOLDER = "examples"
"""The data folder for the example notes, inside the data folder."""
NOTES_RECORD = "notes.folder"
"""The file in a data folder that says whose notes it is of."""

DATA_FILE_GLOBS = (
    "journal.db*",
    "index.db*",
    "items.db*",
    "chroma*",
    "exports",
    "brain.log*",
    "status.*",
    "drafts.*",
    f"{NOTES_RECORD}*",
    "lock",
    "lock.yields",
    "brain.sock",
    "brain.port*",
)
"""Globs of the program's files in the data folder."""
PRIVATE_UMASK = 0o077
"""The umask of files that only the owner may read."""
LOCK_TIMEOUT_SECONDS = 0.03
"""Seconds for which the lock is tried: `is_data_folder_held` holds it for microseconds only."""
YIELD_SECONDS = 20.0
"""Seconds in which one that yields the data folder lets it go: it answers a question first."""


class DataPaths:
    """The files of one data folder. A plain class, because a shell's prompt waits for this module's imports."""

    __slots__ = ("data",)

    def __init__(self, data: Path) -> None:
        self.data = data

    @property
    def journal_file(self) -> Path:
        """The event log: with the notes, one of the two sources of truth."""
        return self.data / "journal.db"

    @property
    def index_file(self) -> Path:
        """Notes, passages and words; derived."""
        return self.data / "index.db"

    @property
    def items_file(self) -> Path:
        """The items of sources, and how far each was read; what is lost is asked for again."""
        return self.data / "items.db"

    @property
    def chroma_folder(self) -> Path:
        """Vectors; derived."""
        return self.data / "chroma"

    @property
    def next_chroma_folder(self) -> Path:
        """The new folder of vectors that replaces `chroma_folder` when it is complete."""
        return self.data / "chroma.next"

    @property
    def former_chroma_folder(self) -> Path:
        """Vectors of the model that was used before, while those of the new one are made."""
        return self.data / "chroma.former"

    @property
    def log_file(self) -> Path:
        """The brain's log and standard error."""
        return self.data / "brain.log"

    @property
    def socket_file(self) -> Path:
        """The socket at which a running brain takes requests."""
        return self.data / "brain.sock"

    @property
    def port_file(self) -> Path:
        """The port and the tokens of a running brain, where the system has no such sockets."""
        return self.data / "brain.port"

    @property
    def exports_folder(self) -> Path:
        """Conversations that the owner exported, as Markdown."""
        return self.data / "exports"

    @property
    def status_file(self) -> Path:
        """The status that the running instance wrote last; derived."""
        return self.data / "status.json"

    @property
    def drafts_file(self) -> Path:
        """Text that was typed and not sent."""
        return self.data / "drafts.json"

    @property
    def yields_file(self) -> Path:
        """Is there while who holds the lock lets it go for another; the other removes it to say so."""
        return self.data / "lock.yields"

    @property
    def lock_file(self) -> Path:
        """The lock of the one instance that may write; holds its process id."""
        return self.data / "lock"


def clear_data_folder(paths: DataPaths) -> None:
    """Remove the program's files from a data folder. Raises ProactiveError when that fails."""
    try:
        for pattern in DATA_FILE_GLOBS:
            for path in paths.data.glob(pattern):
                _remove_path(path)
    except OSError as error:
        raise ProactiveError("Not everything could be removed", str(error), "Remove the folder by hand.") from error


def default_config_file() -> Path:
    """The config file when none is named."""
    return platformdirs.user_config_path(APP_NAME) / "config.toml"


def default_data_folder() -> Path:
    """The data folder when none is named."""
    return platformdirs.user_data_path(APP_NAME)


def resolve_data_paths(folder: Path | None) -> DataPaths:
    """The paths of a data folder, or of the platform's where none is named; creates nothing."""
    return DataPaths((folder or default_data_folder()).expanduser().absolute())


def open_data_folder(folder: Path | None) -> DataPaths:
    """Make the data folder, private to the owner: folders 0700, files 0600, existing ones included.

    Raises ProactiveError when it cannot be made.
    """
    paths = resolve_data_paths(folder)
    data = paths.data
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        data.chmod(0o700)
        for path in _own_files(data):
            with suppress(FileNotFoundError):  # a running instance has just removed it
                if path.stat().st_mode & PRIVATE_UMASK:
                    path.chmod(0o700 if path.is_dir() else 0o600)
    except OSError as error:
        raise ProactiveError(
            "The data folder cannot be made",
            f"{error.filename or data}: {error.strerror or error}",
            "Name another with --data-dir.",
        ) from error
    return paths


def _own_files(data: Path) -> Iterator[Path]:
    """The program's own files in a data folder, which may hold other files as well."""
    for name in DATA_FILE_GLOBS:
        for path in data.glob(name):
            if not path.is_symlink():
                yield path
                yield from (child for child in path.rglob("*") if not child.is_symlink())


def make_private(path: Path) -> None:
    """Make the file where it is missing, and let only the owner read it."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    path.chmod(0o600)


def part_file(path: Path) -> Path:
    """The file beside `path` that `replace_atomically` fills. Its name is fixed, so that crashes leave one at most."""
    return path.with_name(f"{path.name}.part")


@contextmanager
def replace_atomically(path: Path, *, durable: bool = True, folder: bool = False) -> Iterator[Path]:
    """Give a new private file (or `folder`) beside `path`, which replaces `path` when the block ends without an error.

    A reader finds the old content or the new one, never a part; after an error the old one stays. A symbolic link stays
    one: its target is replaced. A file that was there keeps its mode; a folder that was there must be empty. `durable`
    flushes the file and its folder to the disk, so that a power cut loses neither. Raises OSError.
    """
    target = Path(os.path.realpath(path))
    part = part_file(target)
    _remove_path(part)
    try:
        if folder:
            part.mkdir(mode=0o700)
        else:
            os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield part
        if folder and target.exists():
            target.rmdir()  # only an empty one is replaced
        elif target.exists():
            shutil.copymode(target, part)
        if durable:
            for content in (*part.rglob("*"), part):
                _flush_to_disk(content)
        part.replace(target)
    except BaseException:
        with suppress(OSError):
            _remove_path(part)
        raise
    if durable:
        with suppress(OSError):  # the new content is in place, and some file systems cannot flush a folder
            _flush_to_disk(target.parent)


def write_atomically(path: Path, content: bytes | str, *, durable: bool = True) -> None:
    """Replace the content of a file whole; see `replace_atomically`. Text is written as UTF-8. Raises OSError."""
    with replace_atomically(path, durable=durable) as part:
        part.write_bytes(content.encode() if isinstance(content, str) else content)


def _flush_to_disk(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return  # Windows opens no folders
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_path(path: Path) -> None:
    """Remove a file or a folder with all that is in it, where there is one."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def private_umask() -> Iterator[int]:
    """Make every new file of this process private within the block, whoever makes it; gives the earlier umask."""
    earlier = os.umask(PRIVATE_UMASK)
    try:
        yield earlier
    finally:
        os.umask(earlier)


def example_notes() -> Path | None:
    """The example notes: in the package where it was installed from a wheel, beside it in a checkout; else None."""
    package = Path(proactive_tui.__file__).resolve().parent
    places = (package / "example_notes", package.parent / "examples" / "notes")
    return next((place for place in places if place.is_dir()), None)


def resolve_notes_folder(name: str | Path, *, known: bool = False) -> Path:
    """The notes folder as an absolute path. Raises NotesError when there is none; `known`: it was there once."""
    if not str(name):
        raise NotesError(
            "No notes folder is set", "", "Name one with --notes DIR, or write notes.folder with 'proactive-tui init'."
        )
    folder = Path(name).expanduser().absolute()
    if not folder.is_dir():
        if known:
            hint = "What was learned is kept until it is back; if it was moved, mend notes.folder or --notes."
            raise NotesError("The notes folder is gone", str(folder), hint)
        raise NotesError(
            "The notes folder cannot be found", f"{folder}: no such folder", "Mend notes.folder or --notes."
        )
    return folder


@contextmanager
def lock_data_folder(paths: DataPaths, *, yields: bool = False) -> Iterator[None]:
    """Lock the data folder; the system releases the lock when the process ends, however it ends.

    One that `yields` has to look whether it `is_folder_wanted`, and lets the folder go then. Raises
    DataFolderBusyError when another instance holds it, ProactiveError when it cannot be written.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415  (30 ms that a prompt would wait for)

    lock = FileLock(
        paths.lock_file,
        mode=0o600,
        timeout=LOCK_TIMEOUT_SECONDS,
        poll_interval=LOCK_TIMEOUT_SECONDS / 3,
        thread_local=False,
        fallback_to_soft=False,  # without locks, fail: a lock file alone would outlive a crash
        on_acquired=_write_pid,
    )
    try:
        lock.acquire(timeout=YIELD_SECONDS if _ask_to_yield(paths) else LOCK_TIMEOUT_SECONDS)
    except Timeout as error:
        holder = _read_pid(paths)
        raise DataFolderBusyError(
            "Another instance holds the data folder",
            f"{paths.data}" + (f" (process {holder})" if holder else ""),
            "Close it, or name another folder with --data-dir.",
        ) from error
    except OSError as error:
        raise ProactiveError(
            "The data folder cannot be written",
            f"{paths.data}: {error.strerror or error}",
            "Free some disk space, see who may write it, or name another folder with --data-dir.",
        ) from error
    try:
        with suppress(OSError):
            paths.yields_file.touch(0o600) if yields else paths.yields_file.unlink(missing_ok=True)
        yield
    finally:
        lock.release()


def is_folder_wanted(paths: DataPaths) -> bool:
    """Whether another process waits for the data folder that this one holds and yields."""
    return not paths.yields_file.exists()


def _ask_to_yield(paths: DataPaths) -> bool:
    """Ask who holds the data folder to let it go; returns whether it does."""
    try:
        paths.yields_file.unlink()
    except OSError:
        return False
    return True


def _write_pid(descriptor: int) -> None:
    os.ftruncate(descriptor, 0)
    os.write(descriptor, b"%d" % os.getpid())


def _read_pid(paths: DataPaths) -> str:
    """The id of the process that holds the data folder; empty where it cannot be read."""
    with suppress(OSError):  # Windows lets nobody read what is locked
        return paths.lock_file.read_text(errors="replace").strip()
    return ""


def is_data_folder_held(paths: DataPaths) -> bool:
    """Whether an instance holds the data folder. Makes no file; several processes may ask at once.

    Raises OSError when the lock cannot be read.
    """
    try:
        file = paths.lock_file.open("rb")
    except FileNotFoundError:
        return False
    with file:
        return _is_locked(file.fileno())


if os.name == "nt":  # pragma: no cover

    def _is_locked(descriptor: int) -> bool:
        from filelock import lock_descriptor  # noqa: PLC0415

        return not lock_descriptor(descriptor, blocking=False)

else:
    import fcntl

    def _is_locked(descriptor: int) -> bool:
        """Try a shared `flock`: filelock takes the same lock, but has no shared mode."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False
