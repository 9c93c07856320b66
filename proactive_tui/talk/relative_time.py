"""Dates in words, relative to now: "three weeks ago", "tomorrow", "on Friday"."""

from __future__ import annotations

from proactive_tui.model.shared_words import FrozenValue
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.lexicon import LEXICONS


class RelativeDatePhrases(FrozenValue, frozen=True, kw_only=True):
    """The phrases of a language for relative dates; `{}` is the number or the name. `numbers` are 2 to 12."""

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
    in_a_row: str
    minutes: str
    at_once: str
    unknown: str


RELATIVE_DATE_PHRASES = {
    "en": RelativeDatePhrases(
        today="today", yesterday="yesterday", tomorrow="tomorrow", ago="{} ago", ahead="in {}", on="on {}",
        days="{} days", week="a week", weeks="{} weeks", month="a month", months="{} months", year="a year",
        years="{} years", numbers="two three four five six seven eight nine ten eleven twelve",
        in_a_row="{} times in a row", minutes="{} minutes", at_once="in a moment", unknown="some time ago",
    ),
    "de": RelativeDatePhrases(
        today="heute", yesterday="gestern", tomorrow="morgen", ago="vor {}", ahead="in {}", on="am {}",
        days="{} Tagen", week="einer Woche", weeks="{} Wochen", month="einem Monat", months="{} Monaten",
        year="einem Jahr", years="{} Jahren", numbers="zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
        in_a_row="{} Mal in Folge", minutes="{} Minuten", at_once="gleich", unknown="vor einiger Zeit",
    ),
    "fr": RelativeDatePhrases(
        today="aujourd’hui", yesterday="hier", tomorrow="demain", ago="il y a {}", ahead="dans {}", on="{}",
        days="{} jours", week="une semaine", weeks="{} semaines", month="un mois", months="{} mois", year="un an",
        years="{} ans", numbers="deux trois quatre cinq six sept huit neuf dix onze douze",
        in_a_row="{} fois de suite", minutes="{} minutes", at_once="dans un instant", unknown="il y a quelque temps",
    ),
    "es": RelativeDatePhrases(
        today="hoy", yesterday="ayer", tomorrow="mañana", ago="hace {}", ahead="dentro de {}", on="el {}",
        days="{} días", week="una semana", weeks="{} semanas", month="un mes", months="{} meses", year="un año",
        years="{} años", numbers="dos tres cuatro cinco seis siete ocho nueve diez once doce",
        in_a_row="{} veces seguidas", minutes="{} minutos", at_once="en un momento", unknown="hace algún tiempo",
    ),
}  # fmt: skip


def describe_day_offset(days: int, language: str, weekday: int = 0) -> str:
    """The day that is `days` from today (negative: in the past) in words; `weekday` is that day's, Monday 0.

    The coming week is named by its day, the past is counted: days up to a week, then weeks, months, years.
    """
    phrases = RELATIVE_DATE_PHRASES[language]
    match days:
        case 0:
            return phrases.today
        case 1:
            return phrases.tomorrow
        case -1:
            return phrases.yesterday
        case 2 | 3 | 4 | 5 | 6:
            return phrases.on.format(LEXICONS[language].days[weekday])
        case _:
            return (phrases.ahead if days > 0 else phrases.ago).format(_describe_span(abs(days), phrases))


def describe_relative_day(at: float, now: float, language: str, utc_offset: int = 0) -> str:
    """The day of `at` in words, seen from `now` (unix seconds; `utc_offset` in seconds makes the days local)."""
    then = local_day(at, utc_offset)
    return describe_day_offset((then - local_day(now, utc_offset)).days, language, then.weekday())


def describe_unknown_day(language: str) -> str:
    """A day in the past that nobody knows: "some time ago"."""
    return RELATIVE_DATE_PHRASES[language].unknown


def describe_span(days: int, language: str) -> str:
    """A number of days as people say it: "two weeks"."""
    return _describe_span(days, RELATIVE_DATE_PHRASES[language])


def count_word(number: int, language: str) -> str:
    """A number from 2 on as it stands in a sentence: "two", "13"."""
    words = RELATIVE_DATE_PHRASES[language].numbers.split()
    return words[number - 2] if 2 <= number <= 12 else str(number)


def describe_minutes_ahead(seconds: float, language: str) -> str:
    """How soon something begins: "in 40 minutes", to five minutes; "in a moment" where it is nearer than that."""
    phrases = RELATIVE_DATE_PHRASES[language]
    minutes = 5 * round(seconds / 300)
    return phrases.ahead.format(phrases.minutes.format(minutes)) if minutes > 0 else phrases.at_once


def describe_run(times: int, language: str) -> str:
    """How often in a row: "five times in a row"."""
    phrases = RELATIVE_DATE_PHRASES[language]
    return phrases.in_a_row.format(phrases.numbers.split()[times - 2] if 2 <= times <= 12 else times)


def _describe_span(days: int, phrases: RelativeDatePhrases) -> str:
    if days < 7:
        return _count_phrase(days, phrases.days, phrases.days, phrases)
    if days < 56:
        return _count_phrase(round(days / 7), phrases.week, phrases.weeks, phrases)
    if days < 350:
        return _count_phrase(round(days / 30.4), phrases.month, phrases.months, phrases)
    return _count_phrase(round(days / 365.25), phrases.year, phrases.years, phrases)


def _count_phrase(number: int, one: str, many: str, phrases: RelativeDatePhrases) -> str:
    if number == 1:
        return one
    words = phrases.numbers.split()
    return many.format(words[number - 2] if number <= 12 else number)
