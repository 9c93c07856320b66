"""Made weeks of activity for tests: days told by local times, in a zone of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from proactive_tui.config import ActivityConfig
from proactive_tui.sources.activity.activity_source import ActivitySource
from proactive_tui.sources.activity.logical_days import LocalOffset
from proactive_tui.sources.contract import OwnActivity, SourceItem, TimeSpan

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = dt.date(2026, 11, 16)


def offset_in(zone: ZoneInfo) -> LocalOffset:
    """The offset of a zone at a moment."""

    def offset(at: float) -> int:
        told = dt.datetime.fromtimestamp(at, zone).utcoffset()
        return int(told.total_seconds()) if told else 0

    return offset


def moment(day: dt.date, clock: str, zone: ZoneInfo = BERLIN) -> float:
    """A local time of a day, in unix seconds; an hour of 24 or more is on the next day ("24:40")."""
    hours, minutes = map(int, clock.split(":"))
    on = day + dt.timedelta(days=hours // 24)
    return dt.datetime.combine(on, dt.time(hours % 24, minutes), zone).timestamp()


def spans(day: dt.date, *times: str, zone: ZoneInfo = BERLIN) -> list[TimeSpan]:
    """Spans of a day, each as "08:00-12:30"."""
    return [
        TimeSpan(moment(day, begin, zone), moment(day, end, zone)) for begin, end in (time.split("-") for time in times)
    ]


def week(days: Sequence[Sequence[str]], first: dt.date = MONDAY, zone: ZoneInfo = BERLIN) -> list[TimeSpan]:
    """The spans of days in a row."""
    return [
        span for number, times in enumerate(days) for span in spans(first + dt.timedelta(number), *times, zone=zone)
    ]


def tell(
    source: ActivitySource,
    active: Iterable[TimeSpan],
    now: float,
    state: str = "",
    watched: Sequence[TimeSpan] | None = None,
) -> tuple[dict[str, SourceItem], str]:
    """Poll a source that has heard of these spans: its items by day, and its state. In view was all, if not said."""
    active = tuple(active)
    seen = watched if watched is not None else [TimeSpan(active[0].start - 3600, now)] if active else []
    source.hear_activity(OwnActivity(active=active, watched=tuple(seen)))
    poll = source.poll(state, now)
    assert not poll.trouble
    return {item.id: item for item in poll.items}, poll.state


def source_in(zone: ZoneInfo = BERLIN, settings: ActivityConfig | None = None) -> ActivitySource:
    """The source of days on a machine in a zone."""
    return ActivitySource(settings or ActivityConfig(enabled=True), offset_in(zone))
