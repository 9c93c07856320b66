"""Writes a captured line, whole or not at all, and never over a change that the owner has not seen.

The new content is written beside the note and flushed to the disk. Where the system can, it then changes places with
the note in one step, and what was there is looked at once more, when no program writes it any longer: if another one
wrote in between, both change places back and nothing has happened.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import signal
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from proactive_tui.brain.capturing.capture_plan import place_line, read_note_bytes, with_line
from proactive_tui.config import CaptureConfig
from proactive_tui.errors import ProactiveError
from proactive_tui.model.note_values import CapturePlan
from proactive_tui.sources.rules import Rules

_AT_FDCWD: Final = {"linux": -100, "darwin": -2}
_EXCHANGE_FLAG: Final = 2
"""RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS."""
MAX_WRITER_SECONDS: Final = 2.0
"""Seconds for which a program is waited for that had the note open for writing when it was exchanged."""
WRITER_POLL_SECONDS: Final = 0.005
MAX_EXCHANGES: Final = 100
"""Times that a note changes places at the most, while another program goes on writing it."""


def append_capture(
    folder: Path, rules: Rules, settings: CaptureConfig, plan: CapturePlan, now: float, umask: int
) -> tuple[CapturePlan, bool]:
    """Append the line of a plan that the owner has seen; returns the plan, and whether it was written.

    Where the note has changed, or lines go to another one by now, nothing is written, and the plan is the new one.
    """
    current = place_line(folder, rules, settings, plan.text, now)
    if (current.path, current.digest) != (plan.path, plan.digest) or not write_capture(folder, plan, umask):
        return place_line(folder, rules, settings, plan.text, now), False
    return plan, True


def write_capture(folder: Path, plan: CapturePlan, umask: int) -> bool:
    """Append the planned line; returns False, and changes nothing, where the note is not as the plan saw it.

    A symbolic link stays one. An existing note keeps its modes, a new one has those of `umask`. Raises ProactiveError.
    """
    file = Path(os.path.realpath(folder / plan.path))
    now = read_note_bytes(file)
    if now.digest != plan.digest:
        return False
    content = with_line(now.data, plan.text, plan.path)
    try:
        if not plan.digest:
            _make_folders(file, umask)
        part = _write_beside(file, content, umask if not plan.digest else None)
        try:
            written = _put_in_place(part, file, plan.digest, hashlib.sha256(content).hexdigest())
        except BaseException:
            if read_note_bytes(part).data == content:  # else it holds what another program wrote
                part.unlink(missing_ok=True)
            raise
        part.unlink(missing_ok=True)
        with suppress(OSError):  # some file systems cannot flush a folder
            _flush_folder(file.parent)
    except OSError as error:
        raise ProactiveError(
            "The line cannot be written", f"{plan.path}: {error.strerror or error}", "Nothing was changed."
        ) from error
    return written


def _write_beside(file: Path, content: bytes, umask: int | None) -> Path:
    """A new hidden file beside the note with this content, on the disk, and with the note's modes and attributes."""
    handle, name = tempfile.mkstemp(prefix=f".{file.name[:40]}.", suffix=".part", dir=file.parent)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            if umask is None:
                _copy_attributes(file, part)
            else:
                part.chmod(0o666 & ~umask)
            os.fsync(out.fileno())
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return part


def _copy_attributes(file: Path, part: Path) -> None:
    about = file.stat()
    with suppress(OSError, AttributeError):  # only a privileged user may give a file away
        os.chown(part, about.st_uid, about.st_gid)
    shutil.copystat(file, part)
    os.utime(part)


def _put_in_place(part: Path, file: Path, digest: str, own_digest: str) -> bool:
    """Let the new file, of `own_digest`, take the note's place, if that still has this digest ("" for no note).

    Afterwards the new file's name holds nothing that anybody misses. Raises OSError.
    """
    if not digest:
        try:
            os.link(part, file)  # never over a file that has just come
        except FileExistsError:
            return False
        except OSError:  # a file system without links
            if file.exists():
                return False
            part.replace(file)
        return True
    expected, placed, is_ours = digest, own_digest, True
    for _ in range(MAX_EXCHANGES):
        if not _exchange_files(part, file):
            if not is_ours:
                raise OSError(None, f"another program wrote it at the same moment: see {part.name}")
            if read_note_bytes(file).digest != digest:
                return False
            part.replace(file)
            return True
        _await_writers(part)
        taken = read_note_bytes(part).digest
        if taken == expected:
            return is_ours
        expected, placed, is_ours = placed, taken, False  # what came out was written in its place: it goes back there
    return False


if sys.platform == "linux":
    import fcntl

    def _await_writers(file: Path) -> None:
        """Wait, for a while at the most, until no program has a file open for writing.

        The system grants a lease for reading only then. It would tell that the lease is broken by a signal that ends
        the process; this one is ignored.
        """
        deadline = time.monotonic() + MAX_WRITER_SECONDS
        with file.open("rb") as reader, suppress(OSError):  # some file systems know no leases
            fcntl.fcntl(reader, fcntl.F_SETSIG, signal.SIGURG)
            while time.monotonic() < deadline:
                with suppress(BlockingIOError):
                    fcntl.fcntl(reader, fcntl.F_SETLEASE, fcntl.F_RDLCK)
                    fcntl.fcntl(reader, fcntl.F_SETLEASE, fcntl.F_UNLCK)
                    return
                time.sleep(WRITER_POLL_SECONDS)

else:

    def _await_writers(_: Path) -> None:
        """Nothing tells who has a file open."""


def _exchange_files(one: Path, other: Path) -> bool:
    """Let two files change places in one step; returns False where the system or the file system cannot."""
    if (here := _AT_FDCWD.get(sys.platform)) is None:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    call = getattr(libc, "renameat2" if sys.platform == "linux" else "renameatx_np", None)
    if call is None:
        return False
    done = call(here, os.fsencode(one), here, os.fsencode(other), ctypes.c_uint(_EXCHANGE_FLAG))
    return bool(done == 0)


def _make_folders(file: Path, umask: int) -> None:
    for folder in reversed([parent for parent in file.parents if not parent.exists()]):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o777 & ~umask)


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
