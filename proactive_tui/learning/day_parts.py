"""The four parts of the day: the only names for times of day that the program shows.

The ranker learns a weight for each part, so the sentences about learned habits divide the day in the same way. The
journaled features "time: …" (`moment/features.py`) divide it more finely and are never shown.
"""

from __future__ import annotations

from typing import Final, Literal

from proactive_tui.units import SECONDS_PER_DAY, SECONDS_PER_HOUR

DayPart = Literal["night", "morning", "afternoon", "evening"]
DAY_PARTS: Final[tuple[DayPart, ...]] = ("night", "morning", "afternoon", "evening")
"""Six hours of the local day each, from midnight."""


def part_of_day(hour: int) -> DayPart:
    """The part of the day in which a local hour (0..23) lies."""
    return DAY_PARTS[hour // 6]


def part_of_day_at(at: float, utc_offset: int) -> DayPart:
    """The part of the day at a time (unix seconds), where local time is `utc_offset` seconds ahead of UTC."""
    return part_of_day(int((at + utc_offset) % SECONDS_PER_DAY // SECONDS_PER_HOUR))


def phrase_day_part(part: str) -> str:
    """A part of the day in a sentence: "in the morning", "at night"."""
    return "at night" if part == "night" else f"in the {part}"
