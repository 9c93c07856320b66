"""How things stood when the running instance last said so: for commands that must not open what it holds."""

from __future__ import annotations

import logging

import msgspec

from proactive_tui.brain.status_line import unwritten
from proactive_tui.model import Status
from proactive_tui.paths import Paths

log = logging.getLogger(__name__)


def keep_status(paths: Paths, status: Status) -> None:
    """Write down how things stand, for `status` while an instance runs."""
    beside = paths.status.with_suffix(".new")
    try:
        beside.touch(mode=0o600)
        beside.write_bytes(msgspec.json.encode(status))
        beside.replace(paths.status)
    except OSError as error:
        log.warning("the status cannot be written: %s", error)


def last_status(paths: Paths) -> Status:
    """What the running instance wrote last. Raises ProactiveError when it has written nothing yet."""
    try:
        return msgspec.json.decode(paths.status.read_bytes(), type=Status)
    except (OSError, msgspec.DecodeError) as error:
        raise unwritten(paths) from error
