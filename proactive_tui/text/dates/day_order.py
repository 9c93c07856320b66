"""The order of day and month in "12/05/2026": as the other dates of the owner say, else as the locale does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

DayOrder = Literal["day first", "month first"]

_SLASHED_DATE = re.compile(r"(?<![\w.,/-])(\d{1,2})([/-])(\d{1,2})\2(?:\d{4}|\d{2})(?![\w/-])")
_DOTTED_DATE = re.compile(r"(?<![\w.,/-])(?:0?[1-9]|[12]\d|3[01])\.\s?(?:0?[1-9]|1[0-2])\.\s?(?:20)?\d\d(?![\w.]\d)")
_MAY_HOLD_SLASHED, _MAY_HOLD_DOTTED = re.compile(r"\d[/-]\d{1,2}[/-]\d"), re.compile(r"\d\.\s?\d{1,2}\.\s?\d")
"""What such dates have: a pattern that begins with a digit skips what is none."""
_MONTH_FIRST_LANDS = ("US", "PH", "FM", "MH", "PW", "PR")
MAX_DIGITS_READ = 200_000
"""Characters of one text in which dates are counted."""


class DateForms(NamedTuple):
    """How many unambiguous dates have the day first, and the month first, and how many texts have dates with dots."""

    day_first: int = 0
    month_first: int = 0
    dotted: int = 0

    def plus(self, other: DateForms, sign: int = 1) -> DateForms:
        """The sum of both, or the difference where `sign` is -1."""
        return DateForms(*(mine + sign * theirs for mine, theirs in zip(self, other, strict=True)))

    @property
    def order(self) -> DayOrder | None:
        """The order that most of the dates have; None where there are none, or as many of each.

        "25/12/2026" has the day first, "12/25/2026" the month. Where no date with slashes or hyphens decides, dates
        with dots do: "5.12.2026" is only written with the day first.
        """
        if self.day_first == self.month_first:
            return "day first" if self.dotted and not self.day_first else None
        return "day first" if self.day_first > self.month_first else "month first"


def count_date_forms(texts: Iterable[str]) -> DateForms:
    """The forms of the dates in the texts."""
    day_first = month_first = dotted = 0
    for text in texts:
        read = text[:MAX_DIGITS_READ]
        for found in _SLASHED_DATE.finditer(read) if _MAY_HOLD_SLASHED.search(read) else ():
            one, other = int(found[1]), int(found[3])
            day_first += 12 < one <= 31 and 1 <= other <= 12
            month_first += 12 < other <= 31 and 1 <= one <= 12
        dotted += _MAY_HOLD_DOTTED.search(read) is not None and _DOTTED_DATE.search(read) is not None
    return DateForms(day_first, month_first, dotted)


def locale_day_order(environment: Mapping[str, str]) -> DayOrder:
    """The order of the locale that LC_ALL, LC_TIME or LANG names; the day comes first where none says otherwise."""
    name = next((value for key in ("LC_ALL", "LC_TIME", "LANG") if (value := environment.get(key))), "")
    land = name.partition(".")[0].partition("@")[0].partition("_")[2]
    return "month first" if land.upper() in _MONTH_FIRST_LANDS else "day first"
