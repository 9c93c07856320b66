"""The status as a file, for commands that must not open the stores of a running instance."""

from __future__ import annotations

import logging

import msgspec

from proactive_tui.brain.status_line import missing_status_error
from proactive_tui.model import BrainStatus
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
