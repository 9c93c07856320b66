"""The status as a file, for commands that must not open the stores of a running instance."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping

import msgspec
from msgspec.structs import replace

from proactive_tui.brain.status_line import missing_status_error
from proactive_tui.errors import ProactiveError
from proactive_tui.model.note_values import Note, SkippedFile
from proactive_tui.model.status_values import BrainStatus
from proactive_tui.paths import DataPaths, write_atomically

log = logging.getLogger(__name__)


def write_status_file(paths: DataPaths, status: BrainStatus) -> None:
    """Write the status, for the command `status` while an instance runs."""
    try:  # not durable: it is written often, and means nothing once the instance is gone
        write_atomically(paths.status_file, msgspec.json.encode(status), durable=False)
    except OSError as error:
        log.warning("the status cannot be written: %s", error)


def read_status_file(paths: DataPaths) -> BrainStatus:
    """The status that the running instance wrote last. Raises ProactiveError when it has written none yet."""
    try:
        return msgspec.json.decode(paths.status_file.read_bytes(), type=BrainStatus)
    except (OSError, msgspec.DecodeError) as error:
        raise missing_status_error(paths) from error


def last_status(paths: DataPaths) -> BrainStatus | None:
    """The status that an instance wrote last; None where there is none to read."""
    try:
        return read_status_file(paths)
    except ProactiveError:
        return None


def add_last_mining(now: BrainStatus, last: BrainStatus | None, notes: Mapping[str, Note]) -> BrainStatus:
    """The status of now with the topics that the last one counted, and with what it says of the notes that have not
    changed since; as it is, where the last one is of other notes or of none.
    """
    if last is None or last.mined_at is None or last.notes.folder != now.notes.folder:
        return now
    mined_at = last.mined_at

    def unchanged(files: Iterable[SkippedFile]) -> Iterator[SkippedFile]:
        for file in files:
            if file.path == "." or (file.path in notes and notes[file.path].modified < mined_at):
                yield file

    troubled = dict.fromkeys((*now.notes.troubled, *unchanged(last.notes.troubled)))
    return replace(
        now,
        topics={kind: last.topics.get(kind, 0) for kind in now.topics},
        mined_at=mined_at,
        held_back=last.held_back,
        notes=replace(now.notes, troubled=tuple(troubled), unraised=tuple(unchanged(last.notes.unraised))),
    )
