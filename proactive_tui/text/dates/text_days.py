"""Finds the days of a task and what they are to it: due, scheduled, start, done, created, or merely mentioned."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal, NamedTuple

from proactive_tui.text.dates.day_order import DayOrder
from proactive_tui.text.dates.day_roles import (
    DUE_TAIL,
    GERMAN_LEAD,
    MENTION_LEAD,
    NOTHING_LEFT,
    NUMBER_LEAD,
    NUMBER_RANGE_LEAD,
    PLANNED_LEAD,
    POSSESSIVE_TAIL,
    RANGE_BETWEEN,
    REPEATED_LEAD,
    ROLE_LEADS,
    DayRole,
)
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.dates.named_days import MAX_TEXT_CHARS, NamedDay, find_named_days

LEAD_CHARS = 48
"""Characters before a day in which stands what it is."""

_Told = DayRole | Literal["planned", "bare"]
"""What the words around a day say of it: `planned` after "on" or "for", `bare` where they say nothing."""

_HIDDEN = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)|\]\([^()\s]*\)|<?https?://[^\s)>\]]+", re.DOTALL)
_LINK = re.compile(r"\[\[([^\]\n]*)\]\]")
_OPENERS = ' \t[<({"“*_'
_CLOSING = {"[": "]", "<": ">", "(": ")", "{": "}", '"': '"', "“": "”", "*": "*", "_": "_"}
_PARENTHESIS = re.compile(r"\(([^()]*)$")
_TWO_DIGITS = re.compile(r"\d\d[./-]\d\d|\d{1,2}\.\s?\d\d\.")
_DECIMAL = re.compile(r"\d{1,2}\.\d\.by\s*")  # "reduced by 2.5."
_WORDS_OF_DAY = ("weekday", "short weekday", "period")


class DaySpan(NamedTuple):
    """Where a day stands in a text, from `start` to `end`, with the words and signs that say what it is to the text.

    `cut` says that a title is better without them: all but mentioned days and words such as "by Friday".
    """

    start: int
    end: int
    role: DayRole
    day: str
    cut: bool


class TextDays(NamedTuple):
    """The days of a text, as ISO dates, and where they stand; of several days in one role the first counts."""

    due: str | None = None
    scheduled: str | None = None
    start: str | None = None
    done: str | None = None
    created: str | None = None
    mentioned: str | None = None
    spans: tuple[DaySpan, ...] = ()


class _ReadDay(NamedTuple):
    """A day with what is told of it, and the characters from `start` to `end` that belong to it."""

    start: int
    end: int
    told: _Told
    named: NamedDay
    lead: str


def find_days(text: str, written: float, order: DayOrder = "day first", *, bare_is_due: bool = True) -> TextDays:
    """The days that a line names, counted from the day on which it was `written` (unix seconds).

    A day is due after a marker (📅, due:, @due, DEADLINE, by, until, before, and what means the same in other
    languages), and scheduled (⏳, SCHEDULED), start (🛫), done (✅ ❌) or created (➕) after theirs. A day without
    such a marker is due where `bare_is_due`, as in an open box, and nothing says that it is only mentioned: no "of",
    "from", "since" or range is around it, and it stands at the end or lies ahead. `order` is that of "12/05/2026".
    """
    today = local_day(written)
    shown = _hide_addresses(text[:MAX_TEXT_CHARS], today, order)
    named_days = _find_named(shown, today, order)
    read: list[_ReadDay] = []
    for place, named in enumerate(named_days):
        earlier = named_days[place - 1].end if place else 0
        later = named_days[place + 1].start if place + 1 < len(named_days) else len(shown)
        if found := _read_day(shown, named, earlier, later):
            read.append(found)
    has_due = any(day.told == "due" for day in read)
    spans: list[DaySpan] = []
    for place, day in enumerate(read):
        later = read[place + 1].start if place + 1 < len(read) else len(shown)
        role = _settle_role(day, shown, later, today, may_be_due=bare_is_due and not has_due)
        if role is not None:
            has_due |= role == "due"
            spans.append(DaySpan(day.start, day.end, role, day.named.day.isoformat(), _is_cut(day, role)))
    first: dict[DayRole, str] = {span.role: span.day for span in reversed(spans)}
    return TextDays(
        due=first.get("due"),
        scheduled=first.get("scheduled"),
        start=first.get("start"),
        done=first.get("done"),
        created=first.get("created"),
        mentioned=first.get("mentioned"),
        spans=tuple(spans),
    )


def cut_days(text: str, days: TextDays) -> str:
    """The text without the days that say when it is to be done, for a title."""
    pieces, place = [], 0
    for span in days.spans:
        if span.cut and span.start >= place:
            pieces.append(text[place : span.start].strip(" ,;–"))
            place = span.end
    return re.sub(r" +([.,;!?])", r"\1", " ".join([*pieces, text[place:].lstrip(" ")])).strip() if pieces else text


def _is_cut(day: _ReadDay, role: DayRole) -> bool:
    in_words = day.named.form in _WORDS_OF_DAY and not re.search(r"[^\w\s'’]", day.lead)
    return role != "mentioned" and not in_words


def _find_named(text: str, today: dt.date, order: DayOrder) -> list[NamedDay]:
    try:
        return find_named_days(text, today, order)
    except (OverflowError, ValueError):  # counted beyond the calendar
        return []


def _hide_addresses(text: str, today: dt.date, order: DayOrder) -> str:
    """The text with code, addresses, and links to more than a day ("[[2026-11-19 Standup]]") blanked out."""
    text = _HIDDEN.sub(lambda found: "·" * len(found[0]), text)

    def hide_link(found: re.Match[str]) -> str:
        named = _find_named(found[1], today, order)
        is_day = len(named) == 1 and named[0].start == 0 and named[0].end == len(found[1].rstrip())
        return found[0] if is_day else "·" * len(found[0])

    return _LINK.sub(hide_link, text)


def _read_day(text: str, named: NamedDay, earlier: int, later: int) -> _ReadDay | None:
    """What the words around a day tell of it; None where they say that it is no day at all."""
    before = text[max(earlier, named.start - LEAD_CHARS) : named.start]
    wrapped = before.rstrip(_OPENERS)
    start, end = named.start - len(before) + len(wrapped.rstrip()), named.end
    opened = before[len(wrapped) :]
    if named.form in ("weekday", "short weekday") and REPEATED_LEAD.search(wrapped):
        return None
    told, lead = _read_lead(wrapped)
    if told == "mentioned" and named.form == "away" and " " in text[named.start : named.end]:
        told = "bare"  # "la semaine prochaine"
    if (
        named.form == "short date"
        and told == "due"
        and _DECIMAL.fullmatch(text[named.start : named.end] + lead.lower())
    ):
        return None
    if named.form == "day of month" and not _is_numbered(text, named, wrapped):
        return None
    if named.form == "short weekday" and not _is_short_weekday(text, named, told, wrapped):
        return None
    if told not in ("planned", "bare", "mentioned") or (told == "planned" and lead):
        start -= len(lead)
        left = text[max(earlier, start - 3) : start]
        opened = left[len(left.rstrip("[({")) :] + opened if lead and not lead[0].isspace() else opened
        start -= len(left) - len(left.rstrip("[({"))
    else:
        start = named.start - len(opened.lstrip())
    if tail := DUE_TAIL.match(text, end):
        told, end = "due", tail.end()
    end = _close(text, opened, end)
    gap_before, gap_after = text[earlier : named.start], text[named.end : later]
    in_range = (
        (earlier and RANGE_BETWEEN.fullmatch(gap_before))
        or (later < len(text) and RANGE_BETWEEN.fullmatch(gap_after))
        or (told == "bare" and NUMBER_RANGE_LEAD.search(before))
    )
    if told in ("planned", "bare") and (POSSESSIVE_TAIL.match(text, end) or _in_parenthesis_of_words(before)):
        told = "mentioned"
    if in_range and (told != "due" or (earlier and RANGE_BETWEEN.fullmatch(gap_before))):
        told = "mentioned"
    return _ReadDay(start, end, told, named, lead)


def _read_lead(before: str) -> tuple[_Told, str]:
    """What the text before a day says of it, and the part of that text that says it."""
    for role, pattern in ROLE_LEADS:
        if found := pattern.search(before):
            lead = found[0]
            while role == "due" and (more := pattern.search(before[: len(before) - len(lead)])):
                lead = before[more.start() :]
            return role, lead
    if found := PLANNED_LEAD.search(before):
        return "planned", found[0]
    return ("mentioned" if MENTION_LEAD.search(before) else "bare"), ""


def _is_numbered(text: str, named: NamedDay, before: str) -> bool:
    """Whether a bare number is a day of the month: "on the 5th", and "am 5." where nothing is counted by it."""
    if not NUMBER_LEAD.search(before):
        return False
    return text[named.end - 1].isalpha() or NOTHING_LEFT.fullmatch(text, named.end) is not None


def _is_short_weekday(text: str, named: NamedDay, told: _Told, before: str) -> bool:
    word = text[named.start : named.end]
    if not word[0].isupper():
        return False
    return bool(GERMAN_LEAD.search(before)) if len(word.strip(".")) == 2 else told in ("due", "planned", "scheduled")


def _close(text: str, opened: str, end: int) -> int:
    """The end of a day with the brackets that were opened before it, and what an outliner writes inside of them."""
    for sign in reversed(opened.replace(" ", "").replace("\t", "")):
        inside = re.compile(rf"[^{re.escape(_CLOSING[sign])}\n]{{0,30}}" if sign == "<" else r"\s*").match(text, end)
        after = inside.end() if inside else end
        if text[after : after + 1] != _CLOSING[sign]:
            return end
        end = after + 1
    return end


def _in_parenthesis_of_words(before: str) -> bool:
    """Whether a day stands in a parenthesis with other words: "(added 2026-11-20)", "(see 2026-11-20)"."""
    inside = _PARENTHESIS.search(before)
    return inside is not None and bool(re.search(r"[^\W\d_]{2}", inside[1]))


def _settle_role(day: _ReadDay, text: str, later: int, today: dt.date, *, may_be_due: bool) -> DayRole | None:
    """The role of a day, where the words around it leave that open; None for a number that is no day then."""
    told, named = day.told, day.named
    if told != "planned" and told != "bare":  # noqa: PLR1714  (mypy narrows by it)
        return None if told == "mentioned" and named.form in ("short date", "day of month") else told
    at_end = NOTHING_LEFT.fullmatch(text, day.end, later) is not None
    days_past = (today - named.day).days
    match named.form:
        case "short date":
            if not (told == "planned" or (at_end and _TWO_DIGITS.match(text, named.start))):
                return None
            is_due = True
        case "date":
            is_due = days_past <= 0 or (told == "bare" and at_end)
        case "weekday" | "short weekday":
            is_due = told == "planned" or at_end or not text[: day.start].strip()
        case _:
            is_due = days_past <= 0
    return "due" if is_due and may_be_due else "mentioned"
