"""Edits: the watcher of the notes folder tells which notes were saved; this says which of them the owner saved."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from proactive_tui.moment.sensors.base import AvailableSignal, ProbeResult, Sensor

MAX_OWN_BATCH_NOTES = 8
"""More notes than this in one batch are a checkout, a sync or a script, and not the owner's writing."""

REPEATED_EDIT_SECONDS = 600.0
"""A note saved again within so long is the same piece of writing, and is not journaled anew."""


def select_own_edits(paths: Collection[str]) -> tuple[str, ...]:
    """The notes of a watcher's batch that the owner saved, sorted; nothing of a burst."""
    return tuple(sorted(set(paths))) if len(set(paths)) <= MAX_OWN_BATCH_NOTES else ()


def drop_repeated_edits(paths: Collection[str], at: float, last: Mapping[str, float]) -> tuple[str, ...]:
    """Those of the owner's notes whose touch belongs into the journal: not those that `last` (unix seconds, by path)
    has within the last minutes, so that saving every few seconds stays one touch.
    """
    # A touch that is still to come was journaled while the clock was wrong.
    return tuple(path for path in paths if not 0.0 <= at - last.get(path, float("-inf")) < REPEATED_EDIT_SECONDS)


def probe_edits(notes: Path | None) -> ProbeResult:
    """Always there: the watcher tells it, by events or by polling."""
    return AvailableSignal(
        None, f"told by the watcher of {notes}" if notes else "told by the watcher of the notes folder"
    )


EDITS_SENSOR = Sensor(name="edits", what="that notes were saved, and which", probe=probe_edits)
