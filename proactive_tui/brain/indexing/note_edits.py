"""Records which notes the owner saved: the edits are part of the moment, and the journal keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proactive_tui.journal import events
from proactive_tui.moment.sensors import edits

if TYPE_CHECKING:
    from proactive_tui.brain.services import Services
    from proactive_tui.moment.tracker import ActivityTracker


def record_note_edits(services: Services, tracker: ActivityTracker, paths: frozenset[str], at: float) -> None:
    """Record the owner's edits among notes that were saved at `at` (unix seconds). Raises JournalError."""
    paths = frozenset(path for path in paths if not services.is_generated_note(path))
    if not services.config.sensors.edits or not (own := edits.select_own_edits(paths)):
        return
    touches = services.history.edit_times
    tracker.record_edits(own, at)
    last = {path: touches[path][-1] for path in own if path in touches}
    if kept := edits.drop_repeated_edits(own, at, last):
        services.record_event(events.NotesEdited(paths=kept), at)
