"""Cuts the bytes of an ICS file into its events, so that one that cannot be read costs no other. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_FOLD = re.compile(rb"(?:\r\n|\n|\r)[ \t]")
_ANY_LINE_END = re.compile(rb"\r\n|\n|\r")
_EDGE = re.compile(r"(BEGIN|END):\s*([\w-]+)\s*", re.IGNORECASE)
_NAMED_LINE = re.compile(r"(X-WR-TIMEZONE|X-WR-CALNAME)(?:;[^:]*)?:(.*)", re.IGNORECASE)


@dataclass
class CalendarText:
    """A calendar of a file: the unfolded lines of its `events` and `zones` (VTIMEZONE), each as a text of its own.

    `zone` is its X-WR-TIMEZONE, `name` its X-WR-CALNAME. `broken` counts the events that have no end.
    """

    zone: str = ""
    name: str = ""
    zones: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    broken: int = 0


def cut_calendars(data: bytes) -> list[CalendarText]:
    """The calendars of a file; none where it is no calendar at all.

    Alarms, tasks and journals are left out. Lines are unfolded before they are decoded, because a fold may stand in the
    middle of a letter.
    """
    found: list[CalendarText] = []
    block: list[str] = []
    inside, nested = "", 0
    for line in _unfolded_lines(data):
        edge = _EDGE.fullmatch(line)
        opens, name = (edge[1].upper() == "BEGIN", edge[2].upper()) if edge else (False, "")
        if name == "VCALENDAR":
            if found and inside == "VEVENT":
                found[-1].broken += 1
            inside, nested, block = "", 0, []
            if opens:
                found.append(CalendarText())
        elif not found:
            continue
        elif name == "VEVENT" and opens and inside:  # the event before has no end
            found[-1].broken += inside == "VEVENT"
            inside, nested, block = name, 0, [line]
        elif not inside:
            if edge and opens:
                inside, nested, block = name, 0, [line]
            elif named := _NAMED_LINE.fullmatch(line):
                _name_calendar(found[-1], named[1].upper(), named[2].strip())
        elif name == inside and not opens and nested == 0:
            _keep_block(found[-1], inside, [*block, line])
            inside, block = "", []
        elif edge:
            nested = max(0, nested + (1 if opens else -1))
            if inside == "VTIMEZONE":
                block.append(line)
        elif inside == "VTIMEZONE" or nested == 0:
            block.append(line)
    if found and inside == "VEVENT":
        found[-1].broken += 1
    return found


def _keep_block(calendar: CalendarText, name: str, lines: list[str]) -> None:
    match name:
        case "VEVENT":
            calendar.events.append("\r\n".join(lines))
        case "VTIMEZONE":
            calendar.zones.append("\r\n".join(lines))
        case _:
            pass


def _name_calendar(calendar: CalendarText, what: str, value: str) -> None:
    if what == "X-WR-TIMEZONE":
        calendar.zone = value
    else:
        calendar.name = value


def _unfolded_lines(data: bytes) -> Iterator[str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode()
    for line in _ANY_LINE_END.split(_FOLD.sub(b"", data.removeprefix(b"\xef\xbb\xbf"))):
        if line:
            yield _decode_line(line).replace("\0", "")


def _decode_line(line: bytes) -> str:
    """A line as text: UTF-8, or else the letters of Windows, which old programs write."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")
