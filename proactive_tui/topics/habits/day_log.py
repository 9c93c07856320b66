"""Reads what dated notes log: trackers in front matter or inline fields (`sleep: 7`), rows with a day, and ticks."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from proactive_tui.model.note_values import Note
from proactive_tui.text.blocks import classify_lines
from proactive_tui.text.dates.calendar_words import canonical_words
from proactive_tui.text.dates.day_words import read_day
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.dates.written_days import find_written_day, find_written_period
from proactive_tui.text.words import word_set

MIN_TRACKER_DAYS = 3
"""Days on which a field must have a value to be a tracker."""
_INLINE_FIELD = re.compile(r"^\s*(?:[-*+]\s+)?[*_]{0,2}([^\W\d_][\w /-]{1,30}?)[*_]{0,2}\s*::\s*(\S.{0,30}?)\s*$")
_NO_TRACKERS = word_set(
    "title date created updated modified tags aliases alias id type status author source url published week day month "
    "year template cssclass cssclasses weather location rating priority order weight version collapsed lang chapter "
    "template-id permalink draft toc publish category categories layout"
)
_CLOCK_VALUE = re.compile(r"^(?:um |at |à |a las )?(\d{1,2})[:.h](\d\d)(?:\s*(am|pm|uhr))?$", re.IGNORECASE)
_AMOUNT = re.compile(r"^(?:~|ca\.? |about )?(\d+(?:[.,]\d+)?)(?:\s*/\s*\d+)?\s*[^\W\d_]{0,8}\.?$")
_YES = word_set("true yes y x ✓ ✔ ✅ ☑ 👍 done ja oui sí si sim tak はい 是")
_NO = word_set("false no n ✗ ✘ ❌ ☐ 👎 nein non não nie いいえ 否")
_ROW_DAY = re.compile(
    r"(?<![\d.:])(?:\d{4}-\d\d-\d\d(?!\d)|\d{1,2}\.\d{1,2}\.(?:\d{4})?|\d{1,2}(?:\.|st|nd|rd|th)? [^\W\d_]{3,10}\b)"
)
_EMPTY_ROW = re.compile(r"\[ \]|:\s*[–-]\W*$")


class LogEntry(NamedTuple):
    """What one day says of a habit: the words of the entry, and its value.

    `amount` is a number, `clock` a time of day in minutes after noon (so that after midnight is later), and `kept` says
    yes or no; all are None where the entry only says that it was done.
    """

    day: dt.date
    words: str
    amount: float | None = None
    clock: float | None = None
    kept: bool | None = None
    path: str = ""
    line: int = 0


class LogValue(NamedTuple):
    """The value of an entry: see `LogEntry`."""

    amount: float | None = None
    clock: float | None = None
    kept: bool | None = None


def note_day(note: Note) -> dt.date | None:
    """The day that a note is about: the one in its name (a week's is its Monday), else its date where it has one."""
    near = local_day(note.date)
    if named := _day_of_name(note.path.rpartition("/")[2].rpartition(".")[0], near):
        return named
    return near if note.date_from in ("front matter", "name", "heading") else None


@lru_cache(maxsize=16384)  # asked of every note whenever one changes
def _day_of_name(stem: str, near: dt.date) -> dt.date | None:
    """The day that a note's name says, or the first of its week, month or year; None where it names none."""
    if named := find_written_day(stem, near):
        return named
    period = find_written_period(stem)
    return period[0] if period else None


def read_value(words: str) -> LogValue | None:
    """The value that words of a log stand for ("7.5 h", "23:10", "✅"); None where they are none."""
    low = words.strip().strip("\"'*_").lower()
    if low in _YES or low in _NO:
        return LogValue(kept=low in _YES)
    if clock := _CLOCK_VALUE.match(low):
        hour, minute = int(clock[1]), int(clock[2])
        if hour > 24 or minute > 59:
            return None
        return LogValue(clock=minutes_after_noon(hour, minute, clock[3] or ""))
    if amount := _AMOUNT.match(low):
        return LogValue(amount=float(amount[1].replace(",", ".")))
    return None


def minutes_after_noon(hour: int, minute: int, half: str = "") -> float:
    """Minutes since the noon before a time of day; `half` is "am" or "pm" where the hour needs it."""
    hour = hour % 12 + 12 if half == "pm" else hour % 12 if half == "am" else hour
    return float((hour - 12) % 24 * 60 + minute)


def read_note_fields(note: Note) -> dict[str, LogEntry]:
    """The fields of a dated note that hold a value of a log, by their name in lower case; the last one of a name."""
    fields = [
        (name, words, line, value)
        for name, words, line in _note_fields(note)
        if name not in _NO_TRACKERS and (value := read_value(words)) is not None
    ]
    day = note_day(note) if fields else None
    if day is None:
        return {}
    return {name: LogEntry(day, words.strip(), *value, note.path, line) for name, words, line, value in fields}


class TrackerIndex:
    """The fields of dated notes that log something, brought in step note by note."""

    def __init__(self) -> None:
        self._fields: dict[str, Mapping[str, LogEntry]] = {}
        self._entries: defaultdict[str, dict[str, LogEntry]] = defaultdict(dict)
        self._trackers: dict[str, tuple[LogEntry, ...]] = {}

    def replace(self, path: str, fields: Mapping[str, LogEntry]) -> None:
        """Take the fields of a note instead of those that it had before; none where it is gone."""
        nothing: Mapping[str, LogEntry] = {}
        before = self._fields.pop(path, nothing)
        if fields:
            self._fields[path] = fields
        for name in before.keys() | fields.keys():
            if before.get(name) == fields.get(name):
                continue
            self._trackers.pop(name, None)
            if name in fields:
                self._entries[name][path] = fields[name]
            else:
                del self._entries[name][path]
                if not self._entries[name]:
                    del self._entries[name]

    @property
    def trackers(self) -> Mapping[str, tuple[LogEntry, ...]]:
        """The fields that hold values on several days, by their name in lower case.

        Entries are in the order of their days, one a day: of several notes of a day, that of the last path counts.
        """
        for name in self._entries.keys() - self._trackers.keys():
            days = {entry.day: entry for _, entry in sorted(self._entries[name].items())}
            self._trackers[name] = _as_ticks(tuple(days[day] for day in sorted(days)))
        return {
            name: self._trackers[name]
            for name in sorted(self._entries)
            if len(self._trackers[name]) >= MIN_TRACKER_DAYS
        }


def _as_ticks(entries: tuple[LogEntry, ...]) -> tuple[LogEntry, ...]:
    """Entries that are all 0 or 1 as no and yes."""
    if any(entry.amount not in (0.0, 1.0) for entry in entries):
        return entries
    return tuple(entry._replace(amount=None, kept=entry.amount == 1.0) for entry in entries)


def _note_fields(note: Note) -> Iterator[tuple[str, str, int]]:
    """The fields of a note: name in lower case, value and line; the front matter's are on line 1."""
    for name, words in note.properties.items():
        if words:
            yield name.lower(), words, 1
    for passage in note.passages:
        if "::" in passage.text:
            for number, line in enumerate(passage.text.split("\n"), passage.line_start):
                if "::" in line and (field := _INLINE_FIELD.match(line)):
                    yield field[1].lower(), field[2], number


def read_note_log(note: Note, latest: dt.date) -> tuple[LogEntry, ...]:
    """The rows and items of a note that begin with a day up to `latest`, oldest first; () where there is only one."""
    found: dict[dt.date, LogEntry] = {}
    for line in classify_lines(note):
        if line.role not in ("table", "item") or _EMPTY_ROW.search(line.text):
            continue
        named = next(_row_days(line.text, latest), None)
        if named is None:
            continue
        day, rest = named
        cells = [cell.strip() for cell in re.split(r"\s*[|,;]\s*|\s+[–-]\s+|:\s+", rest) if cell.strip()]
        value = next((value for cell in cells if (value := read_value(cell)) is not None), None)
        if value is None:
            value = LogValue(kept=True if re.search(r"\[[xX]\]|✅|✔|✓", line.text) else None)
        found[day] = LogEntry(day, " ".join(rest.split())[:60], *value, note.path, line.number)
    return tuple(found[day] for day in sorted(found)) if len(found) >= 2 else ()


def _row_days(text: str, latest: dt.date) -> Iterator[tuple[dt.date, str]]:
    """The days that a row names, the latest ones up to `latest`, each with the text after it."""
    for match in _ROW_DAY.finditer(text):
        try:
            day = read_day(canonical_words(match[0]), latest, past=True, whole_names=True)
        except ValueError:
            continue
        if day is not None and day <= latest:
            yield day, text[match.end() :].strip(" |:–-")
