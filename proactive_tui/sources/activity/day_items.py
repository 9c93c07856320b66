"""Makes the item of a logical day: what was noticed of it in numbers, and in plain words.

A day is told by when its owner was active, which is all that is known: nobody knows here whether they slept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from proactive_tui.model.note_values import ItemOrigin
from proactive_tui.sources.activity.active_spans import clip_spans, covered_share, gaps_between, merge_spans
from proactive_tui.sources.activity.logical_days import LocalOffset
from proactive_tui.sources.contract import SourceItem, TimeSpan
from proactive_tui.text.lexicon import LEXICONS
from proactive_tui.units import SECONDS_PER_HOUR, SECONDS_PER_MINUTE

BREAK_SECONDS: Final = 10 * SECONDS_PER_MINUTE
"""A pause that is shorter is none."""
MIN_STRETCH_SECONDS: Final = SECONDS_PER_MINUTE
"""A sign of activity alone may be a program's: a stretch has some within these seconds, or more."""
MIN_COVERAGE: Final = 0.5
"""The share of a day (0..1) that must have been in view, so that the day counts for anything."""
MIN_REST_DAY_SECONDS: Final = 12 * SECONDS_PER_HOUR
"""How long the machine must have been in view to say that its owner was not active on a day."""
MAX_AFTER_SECONDS: Final = 3 * SECONDS_PER_HOUR


class DayShape(NamedTuple):
    """What was noticed of one logical day. `stretches` are the times of activity, with breaks between them.

    `coverage` is the share (0..1) of the time from the first activity to the last that was in view, and
    `after_seconds` for how long it stayed so after the last. `travelled` says that the local clock changed by more than
    a change to or from summer time.
    """

    day: str
    whole: TimeSpan
    stretches: tuple[TimeSpan, ...]
    coverage: float
    after_seconds: float
    travelled: bool

    @property
    def counts(self) -> bool:
        """Whether enough is known of the day to say something about it."""
        return self.coverage >= MIN_COVERAGE and not self.travelled


def measure_day(
    day: str, whole: TimeSpan, active: Iterable[TimeSpan], watched: Sequence[TimeSpan], offset_of: LocalOffset
) -> DayShape | None:
    """The shape of a day that lasted for `whole`; None where nothing is known of it."""
    merged = merge_spans(clip_spans(active, whole), BREAK_SECONDS)
    stretches = tuple(span for span in merged if span.seconds >= MIN_STRETCH_SECONDS)
    if not stretches:
        seen = clip_spans(watched, whole)
        if sum(span.seconds for span in seen) < MIN_REST_DAY_SECONDS:
            return None
        return DayShape(day, whole, (), min(1.0, covered_share(watched, whole)), 0.0, travelled=False)
    first, last = stretches[0].start, stretches[-1].end
    after = next((span for span in watched if span.start <= last <= span.end), None)
    moved = {offset_of(at) for at in (first, last, whole.start, whole.end)}
    return DayShape(
        day=day,
        whole=whole,
        stretches=stretches,
        coverage=covered_share(watched, TimeSpan(first, last)),
        after_seconds=min(MAX_AFTER_SECONDS, min(after.end, whole.end) - last) if after else 0.0,
        travelled=max(moved) - min(moved) > SECONDS_PER_HOUR,
    )


def item_of_day(shape: DayShape, offset_of: LocalOffset) -> SourceItem:
    """The item of a day: its facts as ISO times and whole numbers, its text in Markdown."""
    facts = {
        "day": shape.day,
        "coverage_percent": str(round(100 * shape.coverage)),
        "counts": "yes" if shape.counts else "no",
        "active_minutes": str(_whole_minutes(sum(span.seconds for span in shape.stretches))),
    }
    at = shape.whole.end
    if shape.stretches:
        began, ended = (
            _local_time(moment, offset_of) for moment in (shape.stretches[0].start, shape.stretches[-1].end)
        )
        at = shape.stretches[-1].end
        facts |= {
            "first_active": f"{began:%H:%M}",
            "last_active": f"{ended:%H:%M}",
            "began": began.isoformat(timespec="minutes"),
            "ended": ended.isoformat(timespec="minutes"),
            "longest_stretch_minutes": str(_whole_minutes(max(span.seconds for span in shape.stretches))),
            "breaks": str(sum(1 for _ in gaps_between(shape.stretches, shape.stretches[-1].end))),
            "watched_after_minutes": str(_whole_minutes(shape.after_seconds)),
        }
    if shape.travelled:
        facts["travelled"] = "yes"
    title = _name_date(dt.date.fromisoformat(shape.day))
    return SourceItem(
        id=shape.day,
        title=title,
        text=_describe_shape(shape, facts),
        at=at,
        origin=ItemOrigin(source="activity", form=title, own=True),
        facts=facts,
    )


def format_minutes(minutes: int) -> str:
    """A length of time in words that every language here shares: "2 h 35 min"."""
    hours, rest = divmod(minutes, 60)
    return " ".join(
        part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "") if part
    )


def _describe_shape(shape: DayShape, facts: dict[str, str]) -> str:
    if not shape.stretches:
        first = "You were not active here on this day."
    else:
        later = " the next day" if facts["ended"][:10] > facts["began"][:10] else ""
        first = f"You were active from {facts['first_active']} until {facts['last_active']}{later}."
    lines = [first]
    if shape.stretches:
        breaks = int(facts["breaks"])
        named = "no break" if breaks == 0 else "one break" if breaks == 1 else f"{breaks} breaks"
        lines += [
            f"In all you were active for {format_minutes(int(facts['active_minutes']))}, with {named} of ten minutes"
            " or more.",
            f"The longest stretch between two breaks was {format_minutes(int(facts['longest_stretch_minutes']))}.",
        ]
    if shape.travelled:
        lines.append("The time zone changed on this day, so it counts for nothing.")
    elif not shape.counts:
        lines.append(f"Little was in view ({facts['coverage_percent']} % of the time), so it counts for nothing.")
    else:
        lines.append(f"In view: {facts['coverage_percent']} % of the time.")
    return "\n\n".join(lines)


def _name_date(day: dt.date) -> str:
    english = LEXICONS["en"]
    return f"{english.days[day.weekday()]} {day.day} {english.months[day.month - 1]} {day.year}"


def _whole_minutes(seconds: float) -> int:
    return round(seconds / SECONDS_PER_MINUTE)


def _local_time(at: float, offset_of: LocalOffset) -> dt.datetime:
    return dt.datetime.fromtimestamp(at, dt.timezone(dt.timedelta(seconds=offset_of(at))))
