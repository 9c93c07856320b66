"""Edits: the watcher of the notes folder reports saved notes; this module picks those that the owner saved."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from proactive_tui.moment.sensors.base import AvailableSignal, ProbeResult, Sensor

MAX_OWN_BATCH_NOTES = 8
"""More notes than this in one batch are a checkout, a sync or a script, and not the owner's writing."""

REPEATED_EDIT_SECONDS = 600.0
"""A note saved again within this time is the same piece of writing, and is not journaled again."""


def select_own_edits(paths: Collection[str]) -> tuple[str, ...]:
    """The notes of a watcher's batch that the owner saved, sorted; none of a large batch."""
    return tuple(sorted(set(paths))) if len(set(paths)) <= MAX_OWN_BATCH_NOTES else ()


def drop_repeated_edits(paths: Collection[str], at: float, last: Mapping[str, float]) -> tuple[str, ...]:
    """The edited notes to journal: those without an edit in `last` (unix seconds, by path) within the last minutes,
    so that saving every few seconds counts as one edit.
    """
    # An edit dated in the future was journaled while the clock was wrong.
    return tuple(path for path in paths if not 0.0 <= at - last.get(path, float("-inf")) < REPEATED_EDIT_SECONDS)


def probe_edits(notes: Path | None) -> ProbeResult:
    """Always available: the watcher reports it, by events or by polling."""
    return AvailableSignal(
        None, f"told by the watcher of {notes}" if notes else "told by the watcher of the notes folder"
    )


EDITS_SENSOR = Sensor(name="edits", what="that notes were saved, and which", probe=probe_edits)
