"""How things stood when the running instance last said so: for commands that must not open what it holds.

Imports little: a shell's prompt asks for `line` again and again.
"""

from __future__ import annotations

import logging
from datetime import datetime

import msgspec

from proactive_tui.errors import ProactiveError
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
        raise ProactiveError(
            "The running instance has not written its status yet", str(paths.status), "Try again in a moment."
        ) from error


def line(status: Status, now: float) -> str:
    """The status in a few words for a status bar: whether an offer waits, today's offers, and when the next may come.

    `now` is unix seconds. Marks and words say it, not colours.
    """
    rhythm, notes = status.rhythm, status.notes
    waits = "on screen" in rhythm.why_silent
    parts = ["● an offer waits" if waits else "○", f"{rhythm.made}/{rhythm.budget} today"]
    if rhythm.next_at is not None and rhythm.next_at > now and not waits:
        parts.append(f"next {datetime.fromtimestamp(rhythm.next_at).astimezone():%H:%M}")
    if notes.indexed < notes.watched:
        parts.append(f"index {notes.indexed}/{notes.watched}")
    return " ".join(parts[:2]) + "".join(f" · {each}" for each in parts[2:])
