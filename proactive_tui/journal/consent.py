"""Which signal tells of which event: what is off is not journaled, and what was journaled of it before is not used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from proactive_tui.config import Sensors
from proactive_tui.journal.events import Answered, Asked, Event, Reacted, Recorded, Said, Touched


def wanted(event: Event, sensors: Sensors) -> bool:
    """Whether the signal that tells this is on."""
    match event:
        case Reacted() | Asked() | Answered():
            return sensors.reactions
        case Said():
            return sensors.conversations
        case Touched():
            return sensors.edits
        case _:
            return True


def used(recorded: Iterable[Recorded], sensors: Sensors) -> Iterator[Recorded]:
    """The events that may be learned from."""
    return (each for each in recorded if wanted(each.event, sensors))
