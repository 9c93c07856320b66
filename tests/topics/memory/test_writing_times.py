"""Notes grow no older while nobody writes."""

from __future__ import annotations

from proactive_tui.topics.memory.writing_times import DAYS_BEFORE_PAUSE, WritingTimes, stop_ageing
from tests.topics.builders import NOW, library, note

DAY = 86_400.0


def test_notes_age_as_long_as_somebody_writes() -> None:
    assert stop_ageing([NOW - 90 * DAY, NOW - DAY], NOW) == NOW
    assert stop_ageing([NOW - DAYS_BEFORE_PAUSE * DAY], NOW) == NOW


def test_in_a_long_pause_they_do_not() -> None:
    assert stop_ageing([NOW - 400 * DAY, NOW - 300 * DAY], NOW) == NOW - (300 - DAYS_BEFORE_PAUSE) * DAY


def test_what_is_dated_later_does_not_count_and_nothing_is_no_pause() -> None:
    assert stop_ageing([NOW - 300 * DAY, NOW + 9 * DAY], NOW) == NOW - (300 - DAYS_BEFORE_PAUSE) * DAY
    assert stop_ageing([], NOW) == stop_ageing([NOW + DAY], NOW) == NOW


def test_notes_that_came_together_without_a_day_say_nothing_of_a_pause() -> None:
    dated = note("Bread.", "2026-01-10.md", 318)
    copied = [note("Moss.", f"page {number}.md", 0) for number in range(12)]
    times = WritingTimes()
    times.update(dict(library(dated, *copied).notes))
    assert times.aged_until(NOW) < NOW - 200 * DAY
