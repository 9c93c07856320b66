"""Turns the times of events into items. What others wrote is text; facts are codes, numbers and names. Pure."""

from __future__ import annotations

import datetime as dt
import hashlib
import html
import re
from collections.abc import Collection, Iterator

from proactive_tui.model.note_values import NAME_SEPARATOR, ItemOrigin
from proactive_tui.sources.calendar.event_reading import Attendee, CalendarEvent, is_declined
from proactive_tui.sources.calendar.series_expansion import EventTime
from proactive_tui.sources.calendar.zone_names import wall_time
from proactive_tui.sources.contract import SourceItem
from proactive_tui.units import SECONDS_PER_DAY

MAX_TITLE_CHARACTERS = 160
MAX_DESCRIPTION_CHARACTERS = 4000
MAX_PEOPLE = 20
"""What is longer, or are more, of an event is left out."""

_BREAKS = re.compile(r"<\s*(?:br|/p|/div|/li|/h\d)\b[^>]{0,200}>", re.IGNORECASE)
_HTML_TAGS = re.compile(r"<[^<>]{1,2000}>")
_NO_NAME = re.compile(r"\w://|https?\b|www\.|[<>{}\[\]|`*#]", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def build_item(
    time: EventTime, calendar: str, own_addresses: Collection[str], calendar_name: str = ""
) -> SourceItem | None:
    """The item of an event at one of its times; None for a cancelled one.

    `calendar` begins its id, `calendar_name` is what its owner calls it, `own_addresses` (lower case) are the owner's
    in invitations.
    """
    event = time.event
    if event.status == "CANCELLED":
        return None
    title = one_line(event.summary, MAX_TITLE_CHARACTERS)
    others = [other for other in event.attendees if other.address not in own_addresses and not other.is_thing]
    organizer = event.organizer
    is_own = organizer is None or organizer.address in own_addresses or not event.attendees
    if organizer is not None and not is_own:
        others = [organizer, *others]
    people = list(dict.fromkeys(filter(None, map(person_name, others))))[:MAX_PEOPLE]
    facts = {
        "start": f"{time.start:.0f}",
        "end": f"{time.end:.0f}",
        "all_day": "yes" if event.start.all_day else "",
        "busy": "yes" if _is_busy(time, own_addresses) else "",
        "answer": "declined" if is_declined(event, own_addresses) else _tentative_mark(event, own_addresses),
        "people": NAME_SEPARATOR.join(people),
        "series": "yes" if time.occurrence else "",
    }
    return SourceItem(
        id=item_id(time, calendar),
        title=title or "Appointment",
        text=_describe_appointment(time, title, people),
        at=time.start,
        origin=ItemOrigin(
            source="calendar",
            form="appointment" if is_own else "invitation",
            author="" if is_own or organizer is None else person_name(organizer),
            own=is_own,
            part=one_line(calendar_name, MAX_TITLE_CHARACTERS),
        ),
        facts={name: value for name, value in facts.items() if value},
    )


def item_id(time: EventTime, calendar: str) -> str:
    """An id that stays with an event, however its words and its time change: of its uid, else of title and start."""
    event = time.event
    what = event.uid or f"{event.summary}\x1f{event.start.wall.isoformat()}"
    name = hashlib.blake2b(what.encode(), digest_size=8).hexdigest()
    return "/".join(part for part in (calendar, name, time.occurrence) if part)


def _is_busy(time: EventTime, own_addresses: Collection[str]) -> bool:
    """Whether the owner is busy then. What lasts a day or longer is no appointment to sit in."""
    event = time.event
    return (
        not event.start.all_day
        and not event.is_transparent
        and 0 < time.end - time.start < SECONDS_PER_DAY
        and not is_declined(event, own_addresses)
    )


def _tentative_mark(event: CalendarEvent, own_addresses: Collection[str]) -> str:
    answers = {attendee.answer for attendee in event.attendees if attendee.address in own_addresses}
    return "tentative" if event.status == "TENTATIVE" or "TENTATIVE" in answers else ""


def person_name(person: Attendee) -> str:
    """Somebody's name as it may stand in a sentence: what the calendar has, else of the address; "" for neither."""
    name = one_line(person.name.strip("\"'"), 60).replace(";", ",")
    if _NO_NAME.search(name):
        return ""
    if not name or "@" in name:
        local, at, _ = (name or person.address).partition("@")
        name = " ".join(part.capitalize() for part in re.split(r"[._]+", local) if at and part.isalpha())
    if "," in name and name.count(",") == 1:  # "Mensah, Kwame"
        last, _, first = name.partition(",")
        name = f"{first.strip()} {last.strip()}".strip()
    return name


def one_line(text: str, limit: int) -> str:
    """A text of others as one line of plain characters, cut after `limit` of them."""
    return " ".join(_CONTROL.sub(" ", text).split())[:limit].strip()


def plain_description(text: str) -> str:
    """A description without HTML and control characters, cut after `MAX_DESCRIPTION_CHARACTERS`."""
    text = text[: 4 * MAX_DESCRIPTION_CHARACTERS]
    if "<" in text:
        text = html.unescape(_HTML_TAGS.sub("", _BREAKS.sub("\n", text)))
    lines = (" ".join(_CONTROL.sub(" ", line).split()) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:MAX_DESCRIPTION_CHARACTERS].strip()


def _describe_appointment(time: EventTime, title: str, people: list[str]) -> str:
    """The text of an item: its title, when and where, with whom, and what was written about it."""
    parts = [
        title or "Appointment",
        "\n".join(_description_lines(time, people)),
        plain_description(time.event.description),
    ]
    return "\n\n".join(filter(None, parts))


def _description_lines(time: EventTime, people: list[str]) -> Iterator[str]:
    yield f"- When: {format_span(time)}"
    if place := one_line(time.event.location, 200):
        yield f"- Where: {place}"
    if people:
        yield f"- With: {', '.join(people)}"


def format_span(time: EventTime) -> str:
    """When an event is, on this machine's wall: "2026-12-01 10:30–11:30", or its days."""
    if time.event.start.all_day:
        first = wall_time(time.start, None).date()
        last = wall_time(time.end, None).date() - dt.timedelta(days=1)
        return f"{first}" if last <= first else f"{first} – {last}"
    start, end = wall_time(time.start, None), wall_time(time.end, None)
    until = f"{end:%H:%M}" if start.date() == end.date() else f"{end:%Y-%m-%d %H:%M}"
    return f"{start:%Y-%m-%d %H:%M}" if end == start else f"{start:%Y-%m-%d %H:%M}–{until}"
