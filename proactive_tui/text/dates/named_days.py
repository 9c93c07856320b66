"""Finds the days that a text names, and where they stand: "2026-12-05", "5.12.", "Dec 4th", "next Friday", "明日"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from proactive_tui.text.dates.calendar_words import (
    DATE_WORDS,
    MIN_MONTH_LETTERS,
    canonical_words,
    find_month,
    fold_words,
    month_names,
    weekday_names,
)
from proactive_tui.text.dates.day_order import DayOrder
from proactive_tui.text.dates.day_words import MAX_DAY_WORDS, end_of_period, read_day

FIRST_YEAR, LAST_YEAR = 1900, 2200
"""Years in which a note can have been worked on, or something fall due; others would leave the calendar."""
OVERDUE_DAYS = 180
"""A day without a year that lies longer ago than this, seen from the day of the note, is next year's."""
MAX_TEXT_CHARS = 2000
"""Characters of a text in which days are looked for; a longer one is no line of a list."""

DayForm = Literal["date", "short date", "weekday", "short weekday", "away", "day of month", "period"]
"""How a day is written: "2026-12-05" or "5 Dec", "12/05" or "5.12.", "Friday", "Fri", "in 3 days", "5th", "EOM"."""


class NamedDay(NamedTuple):
    """A day that a text names, and the characters from `start` to `end` that name it."""

    start: int
    end: int
    day: dt.date
    form: DayForm


_CLOCK = (
    r"(?:T\d{1,2}:\d\d(?::\d\d(?:[.]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?"
    r"|,?\s+(?:at\s+|um\s+|gegen\s+|à\s+|a\s+las?\s+|alle\s+|às\s+|om\s+|o\s+|@\s*)?"
    r"(?:\d{1,2}[:h]\d\d(?::\d\d)?(?:\s?[ap]m\b|\s+uhr\b)?|\d{1,2}\s?(?:[ap]m\b|uhr\b|h\b))"
    r"(?:\s?[-–]\s?\d{1,2}(?:[:h]\d\d|\s?[ap]m\b))?)?"
)
_BEFORE, _AFTER = r"(?<![^\W_])(?<![^\W_][-./_\\])", r"(?![\w/\\]|[-.,:]\w)"
_ISO_DAY_IN_TEXT = re.compile(
    rf"{_BEFORE}(\d{{4}})(?P<sign>[-/.])(\d{{1,2}})(?P=sign)(\d{{1,2}})(?:{_CLOCK}){_AFTER}", re.IGNORECASE
)
_FAR_EAST_DAY = re.compile(r"(?:(\d{4})\s?[年년]\s?)?(?<!\d)(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日号號일]")
_NUMBERED_DAY_IN_TEXT = re.compile(
    rf"{_BEFORE}(?<!\d,)(\d{{1,2}})(?:(?P<dot>\.)\s?(\d{{1,2}})\.(?:\s?(\d{{4}}|\d\d(?!\d|[:.]\d)))?"
    rf"|(?P<slash>[/-])(\d{{1,2}})(?:(?P=slash)(\d{{4}}|\d\d))?)(?:{_CLOCK}){_AFTER}",
    re.IGNORECASE,
)
_CLOSE_OF_DAY = re.compile(r"(?:EOD|COB|EOB|EOW|(?:the )?end of (?:the )?day)", re.IGNORECASE)
_DAY_OF_CLOSE = re.compile(r"[\s,:(]*(?:on |of )?(?:the )?", re.IGNORECASE)
"""What stands between the close of a day and the day that it is: "EOD 9/20", "EOD on 9/20"."""
_PERIOD_LETTERS = re.compile(r"\b(EOD|COB|EOB|EOW|EOM|EOQ|EOY)\b", re.IGNORECASE)
_PERIODS = {"w": "week", "m": "month", "q": "quarter", "y": "year"}
_WORD = re.compile(r"[^\s\[\](){}<>,;:!?@\"“”«»|*_=]+")
_GAP = re.compile(r"\s*,?[\s*_]*")
_NUMBER_WORD = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|ère|\.|º|ª|e|de|te|ten)?", re.IGNORECASE)
_CLOCK_AFTER = re.compile(_CLOCK, re.IGNORECASE)
_NOT_MONTHS = {"out", "set", "ago", "gen", "mag", "may"}
"""Words that are also the beginning of a month's name; "may" counts where it stands whole."""

_OTHER_AWAY = {
    "dziś": 0, "dzisiaj": 0, "jutro": 1, "pojutrze": 2, "wczoraj": -1, "dnes": 0, "zítra": 1,
    "今日中": 0, "今日": 0, "本日": 0, "明日": 1, "明後日": 2, "あさって": 2, "昨日": -1, "来週": 7,
    "今天": 0, "今晚": 0, "明天": 1, "后天": 2, "後天": 2, "昨天": -1, "下周": 7, "下週": 7,
    "오늘": 0, "내일": 1, "모레": 2,
}  # fmt: skip
_POLISH_WEEKDAYS = {
    "poniedziałek": 0, "poniedziałku": 0, "wtorek": 1, "wtorku": 1, "środa": 2, "środę": 2, "środy": 2,
    "czwartek": 3, "czwartku": 3, "piątek": 4, "piątku": 4, "sobota": 5, "sobotę": 5, "soboty": 5,
    "niedziela": 6, "niedzielę": 6, "niedzieli": 6,
}  # fmt: skip
_POLISH_MONTHS = (
    "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września", "października",
    "listopada", "grudnia",
)  # fmt: skip
_OTHER_WORDS = re.compile(
    "|".join(
        [rf"\b(?:{'|'.join(word for word in _OTHER_AWAY if word.isascii() or word[0].islower())})\b"]
        + [word for word in _OTHER_AWAY if ord(word[0]) > 0x3000]
        + [rf"\b(?P<weekday>{'|'.join(_POLISH_WEEKDAYS)})\b"]
        + [rf"\b(?P<number>\d{{1,2}})\s(?P<month>{'|'.join(_POLISH_MONTHS)})(?:\s(?P<year>\d{{4}}))?\b"]
        + ["(?P<japanese>[月火水木金土日])曜日?", "(?:星期|周|週|礼拜)(?P<chinese>[一二三四五六日天])"]
    ),
    re.IGNORECASE,
)
_SHORT_WEEKDAYS = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
    "mo": 0, "di": 1, "mi": 2, "do": 3, "fr": 4, "sa": 5, "so": 6,
}  # fmt: skip
"""English and German; they count only where something says that a day follows."""


def find_named_days(text: str, written: dt.date, order: DayOrder) -> list[NamedDay]:
    """The days that a text names, in order, without overlaps, with the times of day after them.

    Days without a year and days in words are counted from the day on which it was `written`: a weekday is the next one
    after that day. "12/05/2026" is read in the given order where both make a date. Days outside of 1900 to 2200 and
    days that do not exist are none.
    """
    text = text[:MAX_TEXT_CHARS]
    found: list[NamedDay] = []
    for reader in (_read_numbers, _read_words):
        taken = [(day.start, day.end) for day in found]
        for named in reader(text, written, order):
            if FIRST_YEAR <= named.day.year <= LAST_YEAR and not any(
                start < named.end and named.start < end for start, end in taken
            ):
                found.append(named)
                taken.append((named.start, named.end))
    return _merge_weekdays(text, sorted(found))


def make_day(year: int, month: int, day: int) -> dt.date | None:
    """The day, where there is such a day in the years 1900 to 2200."""
    try:
        return dt.date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def nearest_day(month: int, day: int, written: dt.date) -> dt.date | None:
    """The next day of that month and number, seen from `written`, or one at most half a year before."""
    this = make_day(written.year, month, day)
    if this is None or (written - this).days <= OVERDUE_DAYS:
        return this
    return make_day(written.year + 1, month, day)


def _read_numbers(text: str, written: dt.date, order: DayOrder) -> Iterator[NamedDay]:
    for found in _ISO_DAY_IN_TEXT.finditer(text):
        if day := make_day(int(found[1]), int(found[3]), int(found[4])):
            yield NamedDay(found.start(), found.end(), day, "date")
    for found in _FAR_EAST_DAY.finditer(text):
        month, number = int(found[2]), int(found[3])
        day = make_day(int(found[1]), month, number) if found[1] else nearest_day(month, number, written)
        if day:
            yield NamedDay(found.start(), found.end(), day, "date")
    for found in _NUMBERED_DAY_IN_TEXT.finditer(text):
        if named := _read_numbered(found, written, order):
            yield named


def _read_numbered(found: re.Match[str], written: dt.date, order: DayOrder) -> NamedDay | None:
    """Read "5.12.", "5.12.2026", "12/05" or "12/05/2026"."""
    one, other = int(found[1]), int(found[3] or found[6])
    year = found[4] or found[7]
    if found["slash"] == "-" and not year:
        return None
    day, month = (one, other) if found["dot"] or order == "day first" else (other, one)
    if not found["dot"] and month > 12 >= day:
        day, month = month, day
    if year:
        named = make_day(int(year) + (2000 if len(year) == 2 else 0), month, day)
    else:
        named = nearest_day(month, day, written) if 1 <= month <= 12 else None
    return NamedDay(found.start(), found.end(), named, "date" if year else "short date") if named else None


def _read_words(text: str, written: dt.date, _order: DayOrder) -> Iterator[NamedDay]:
    for found in _PERIOD_LETTERS.finditer(text):
        letter = found[1][-1].lower()
        day = end_of_period(_PERIODS[letter], written) if letter in _PERIODS else written
        yield NamedDay(found.start(), found.end(), day, "period")
    for found in _OTHER_WORDS.finditer(text):
        if (named := _read_other(found, written)) is not None:
            yield named
    words = list(_WORD.finditer(text))
    place = 0
    while place < len(words):
        named = _read_window(text, words[place : place + MAX_DAY_WORDS], written)
        if named is not None:
            clock = _CLOCK_AFTER.match(text, named.end)
            named = named._replace(end=clock.end() if clock else named.end)
            yield named
            while place + 1 < len(words) and words[place + 1].start() < named.end:
                place += 1
        place += 1


def _read_other(found: re.Match[str], written: dt.date) -> NamedDay | None:
    form: DayForm = "weekday"
    if found["month"]:
        month = _POLISH_MONTHS.index(found["month"].lower()) + 1
        number = int(found["number"])
        day = make_day(int(found["year"]), month, number) if found["year"] else nearest_day(month, number, written)
        form = "date"
    elif found["weekday"]:
        day = _next_weekday(_POLISH_WEEKDAYS[found["weekday"].lower()], written)
    elif found["japanese"]:
        day = _next_weekday("月火水木金土日".index(found["japanese"]), written)
    elif found["chinese"]:
        day = _next_weekday("一二三四五六日".index(found["chinese"].replace("天", "日")), written)
    else:
        day, form = written + dt.timedelta(days=_OTHER_AWAY[found[0].lower()]), "away"
    return NamedDay(found.start(), found.end(), day, form) if day else None


def _next_weekday(weekday: int, written: dt.date) -> dt.date:
    return written + dt.timedelta(days=(weekday - written.weekday() - 1) % 7 + 1)


@cache
def _first_words() -> frozenset[str]:
    """The folded words with which a day in words may begin."""
    starts = {"in", "next", "last", "this", "tonight", "tomorrow", "today", "yesterday", "end"}
    for synonyms in DATE_WORDS.values():
        for canonical, phrases in synonyms.items():
            if canonical.split()[:1] and canonical.split()[0] in starts | {"overmorrow", "ereyesterday", "saturday"}:
                starts |= {fold_words(phrase).split()[0] for phrase in phrases.split("|")}
    return frozenset(starts | set(weekday_names()) | set(month_names()) | set(_SHORT_WEEKDAYS))


@lru_cache(maxsize=8192)
def _read_first_word(word: str) -> tuple[str, bool]:
    """The folded word, and whether a day in words may begin with it."""
    folded = fold_words(word).rstrip(".")
    starts = folded.split(" ")[0]
    may_begin = starts in _first_words() or (len(starts) >= MIN_MONTH_LETTERS and find_month(starts) is not None)
    return folded, may_begin and word != "may"  # "may 5 people come"


def _read_window(text: str, words: list[re.Match[str]], written: dt.date) -> NamedDay | None:
    """The day that begins with the first of the words, by the longest reading."""
    first, begins = _read_first_word(words[0][0])
    number = _NUMBER_WORD.fullmatch(words[0][0])
    if not begins and not number:
        return None
    count = 1
    while count < len(words) and _GAP.fullmatch(text, words[count - 1].end(), words[count].start()):
        count += 1
    if number and not any(_read_first_word(word[0])[1] for word in words[1:3]):
        count = 1  # a number before words that are no month
    for length in range(count, 0, -1):
        end = words[length - 1].end()
        phrase = canonical_words(text[words[0].start() : end]).rstrip(".")
        parts = (words[1:length], words[: length - 1]) if length > 1 else ()
        if any(phrase == canonical_words(text[part[0].start() : part[-1].end()]).rstrip(".") for part in parts):
            continue  # "the March 3", "tomorrow the"
        read = _read_phrase(phrase, written)
        if read is None and length == 1:
            read = _read_lone_word(first, number, written)
        if read is not None:
            while text[end - 1] == "." and not (number and length == 1):
                end -= 1
            return NamedDay(words[0].start(), end, *read)
    return None


def _read_phrase(phrase: str, written: dt.date) -> tuple[dt.date, DayForm] | None:
    form: DayForm = "away"
    try:
        match phrase.split(" "):
            case ["tonight"] | ["today", "evening" | "noon" | "afternoon" | "morning"]:
                day: dt.date | None = written
            case ["tomorrow", "evening" | "noon" | "afternoon" | "morning"]:
                day = written + dt.timedelta(days=1)
            case ["next", "week"] | ["week", "next"]:
                day = written + dt.timedelta(days=7)
            case ["end", *_]:
                form, day = "period", read_day(phrase, written)
            case [*names] if any(name.rstrip(".").isdecimal() for name in names) and names[0] not in ("in", "ago"):
                form = "date"
                whole = not any(find_month(name) and name not in _NOT_MONTHS for name in names)
                day = read_day(phrase, written, whole_names=whole, overdue_days=OVERDUE_DAYS)
            case _:
                day = read_day(phrase, written, whole_names=True, overdue_days=OVERDUE_DAYS)
                form = "weekday" if any(name in weekday_names() for name in phrase.split(" ")) else "away"
    except (ValueError, OverflowError):
        return None
    return None if day is None else (day, form)


def _read_lone_word(word: str, number: re.Match[str] | None, written: dt.date) -> tuple[dt.date, DayForm] | None:
    """Read "Fri" and "5th", which are days only where something says so."""
    if word in _SHORT_WEEKDAYS:
        return _next_weekday(_SHORT_WEEKDAYS[word], written), "short weekday"
    if number is None or not 1 <= int(number[1]) <= 31:
        return None
    for months in range(3):  # the next month that has such a day
        index = written.month - 1 + months
        day = make_day(written.year + index // 12, index % 12 + 1, int(number[1]))
        if day is not None and day >= written:
            return day, "day of month"
    return None


def _merge_weekdays(text: str, found: list[NamedDay]) -> list[NamedDay]:
    """Join "Friday, 4 December" and "<2026-12-04 Fri": the date says the day."""
    out: list[NamedDay] = []
    for named in found:
        if out and _closes(text, out[-1], named):
            out[-1] = NamedDay(out[-1].start, named.end, named.day, "period")
            continue
        if out and _GAP.fullmatch(text.replace("[", " ")[out[-1].end : named.start]):
            one, other = out[-1], named
            kinds = {one.form, other.form}
            if kinds & {"weekday", "short weekday"} and kinds & {"date", "short date", "period", "away"}:
                told = other if one.form in ("weekday", "short weekday") else one
                if told.form in ("period", "away"):  # "EOD Friday", "today, Friday"
                    told = one if told is other else other
                out[-1] = NamedDay(one.start, other.end, told.day, told.form)
                continue
        out.append(named)
    return out


def _closes(text: str, close: NamedDay, named: NamedDay) -> bool:
    """Whether "EOD" is the end of the day that is named right after it."""
    return (
        close.form == "period"
        and named.form not in ("period", "weekday", "short weekday")
        and _CLOSE_OF_DAY.fullmatch(text[close.start : close.end].strip()) is not None
        and _DAY_OF_CLOSE.fullmatch(text[close.end : named.start]) is not None
    )
