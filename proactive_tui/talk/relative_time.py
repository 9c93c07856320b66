"""Dates in words, relative to now: "three weeks ago", "tomorrow", "on Friday"."""

from __future__ import annotations

from proactive_tui.model import Value
from proactive_tui.text.lexicon import LEXICONS

DAY = 86_400


class Phrases(Value, frozen=True, kw_only=True):
    """How a language says them; `{}` is the number or the name. `numbers` are 2 to 12."""

    today: str
    yesterday: str
    tomorrow: str
    ago: str
    ahead: str
    on: str
    days: str
    week: str
    weeks: str
    month: str
    months: str
    year: str
    years: str
    numbers: str


PHRASES = {
    "en": Phrases(
        today="today", yesterday="yesterday", tomorrow="tomorrow", ago="{} ago", ahead="in {}", on="on {}",
        days="{} days", week="a week", weeks="{} weeks", month="a month", months="{} months", year="a year",
        years="{} years", numbers="two three four five six seven eight nine ten eleven twelve",
    ),
    "de": Phrases(
        today="heute", yesterday="gestern", tomorrow="morgen", ago="vor {}", ahead="in {}", on="am {}",
        days="{} Tagen", week="einer Woche", weeks="{} Wochen", month="einem Monat", months="{} Monaten",
        year="einem Jahr", years="{} Jahren", numbers="zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    ),
    "fr": Phrases(
        today="aujourd’hui", yesterday="hier", tomorrow="demain", ago="il y a {}", ahead="dans {}", on="{}",
        days="{} jours", week="une semaine", weeks="{} semaines", month="un mois", months="{} mois", year="un an",
        years="{} ans", numbers="deux trois quatre cinq six sept huit neuf dix onze douze",
    ),
    "es": Phrases(
        today="hoy", yesterday="ayer", tomorrow="mañana", ago="hace {}", ahead="dentro de {}", on="el {}",
        days="{} días", week="una semana", weeks="{} semanas", month="un mes", months="{} meses", year="un año",
        years="{} años", numbers="dos tres cuatro cinco seis siete ocho nueve diez once doce",
    ),
}  # fmt: skip


def day(at: float, utc_offset: int) -> int:
    """The local calendar day of a time, as days since 1970-01-01."""
    return int((at + utc_offset) // DAY)


def in_words(days: int, language: str, weekday: int = 0) -> str:
    """Where a day `days` from today lies (negative: in the past); `weekday` is its own, Monday 0.

    The coming week is named by its day, the past is counted: days up to a week, then weeks, months, years.
    """
    say = PHRASES[language]
    match days:
        case 0:
            return say.today
        case 1:
            return say.tomorrow
        case -1:
            return say.yesterday
        case 2 | 3 | 4 | 5 | 6:
            return say.on.format(LEXICONS[language].days[weekday])
        case _:
            return (say.ahead if days > 0 else say.ago).format(_span(abs(days), say))


def from_now(at: float, now: float, language: str, utc_offset: int = 0) -> str:
    """The day of `at` in words, seen from `now` (unix seconds; `utc_offset` in seconds makes the days local)."""
    then = day(at, utc_offset)
    return in_words(then - day(now, utc_offset), language, (then + 3) % 7)  # 1970-01-01 was a Thursday


def _span(days: int, say: Phrases) -> str:
    if days < 7:
        return _counted(days, say.days, say.days, say)
    if days < 56:
        return _counted(round(days / 7), say.week, say.weeks, say)
    if days < 350:
        return _counted(round(days / 30.4), say.month, say.months, say)
    return _counted(round(days / 365.25), say.year, say.years, say)


def _counted(number: int, one: str, many: str, say: Phrases) -> str:
    if number == 1:
        return one
    words = say.numbers.split()
    return many.format(words[number - 2] if number <= 12 else number)
