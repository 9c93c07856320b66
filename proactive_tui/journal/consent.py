"""Says which sensor setting covers an event. While that is off, its events are neither journaled nor learned from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from proactive_tui.config import SensorsConfig
from proactive_tui.journal.events import (
    Event,
    MomentAsked,
    MomentRated,
    NotesEdited,
    ReactionReceived,
    RecordedEvent,
    TurnAdded,
)


def has_consent(event: Event, sensors: SensorsConfig) -> bool:
    """Whether the setting that covers this event is on."""
    match event:
        case ReactionReceived() | MomentAsked() | MomentRated():
            return sensors.reactions
        case TurnAdded():
            return sensors.conversations
        case NotesEdited():
            return sensors.edits
        case _:
            return True


def filter_consented(recorded: Iterable[RecordedEvent], sensors: SensorsConfig) -> Iterator[RecordedEvent]:
    """The events that may be learned from."""
    return (record for record in recorded if has_consent(record.event, sensors))
