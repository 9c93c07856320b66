"""Edits: the watcher of the notes folder tells which notes were saved; this says which of them the owner saved."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from proactive_tui.moment.sensors.base import Found, Reading, Sensor

BURST = 8
"""More notes than this in one batch are a checkout, a sync or a script, and not the owner's writing."""

AGAIN_SECONDS = 600.0
"""A note saved again within so long is the same piece of writing, and is not journaled anew."""


def own(paths: Collection[str]) -> tuple[str, ...]:
    """The notes of a watcher's batch that the owner saved, sorted; nothing of a burst."""
    return tuple(sorted(set(paths))) if len(set(paths)) <= BURST else ()


def worth_keeping(paths: Collection[str], at: float, last: Mapping[str, float]) -> tuple[str, ...]:
    """Those of the owner's notes whose touch belongs into the journal: not those that `last` (unix seconds, by path)
    has within the last minutes, so that saving every few seconds stays one touch.
    """
    # A touch that is still to come was journaled while the clock was wrong.
    return tuple(path for path in paths if not 0.0 <= at - last.get(path, float("-inf")) < AGAIN_SECONDS)


def probe(notes: Path | None) -> Found:
    """Always there: the watcher tells it, by events or by polling."""
    return Reading(None, f"told by the watcher of {notes}" if notes else "told by the watcher of the notes folder")


SENSOR = Sensor(name="edits", what="that notes were saved, and which", probe=probe)
