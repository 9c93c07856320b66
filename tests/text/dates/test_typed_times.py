from __future__ import annotations

import sys
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proactive_tui.text.dates.typed_times import parse_future_time, parse_past_time
from proactive_tui.tui.formatting.times import format_time_preview

NOW = datetime(2026, 11, 25, 15, 0, tzinfo=UTC).timestamp()
"""A Wednesday."""


def read(text: str) -> str:
    return f"{datetime.fromtimestamp(parse_future_time(text, NOW, '08:00', UTC), tz=UTC):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-01", "2026-12-01 08:00"),
        ("2026-12-01 9:30", "2026-12-01 09:30"),
        ("on 2026-12-01 at 18:00", "2026-12-01 18:00"),
        ("fri", "2026-11-27 08:00"),
        ("Friday", "2026-11-27 08:00"),
        ("next fri 9am", "2026-11-27 09:00"),
        ("wed", "2026-12-02 08:00"),
        ("in 3 days", "2026-11-28 08:00"),
        ("3d 18:00", "2026-11-28 18:00"),
        ("in a week", "2026-12-02 08:00"),
        ("in 2 hours", "2026-11-25 17:00"),
        ("90 min", "2026-11-25 16:30"),
        ("2 months", "2027-01-24 08:00"),
        ("18:00", "2026-11-25 18:00"),
        ("at 6pm", "2026-11-25 18:00"),
        ("9:00", "2026-11-26 09:00"),
        ("12am", "2026-11-26 00:00"),
        ("noon", "2026-11-26 12:00"),
        ("evening", "2026-11-25 18:00"),
        ("tomorrow", "2026-11-26 08:00"),
        ("tomorrow at noon", "2026-11-26 12:00"),
        ("today 16:00", "2026-11-25 16:00"),
        ("next week", "2026-11-30 08:00"),
        ("1 dec", "2026-12-01 08:00"),
        ("3 dec 14:00", "2026-12-03 14:00"),
        ("December 1st", "2026-12-01 08:00"),
        ("dec 1, 2027", "2027-12-01 08:00"),
        ("1.12.", "2026-12-01 08:00"),
        ("1.2.2027", "2027-02-01 08:00"),
        ("3 jan", "2027-01-03 08:00"),
    ],
)
def test_what_people_type(text: str, expected: str) -> None:
    assert read(text) == expected


SEVEN_LANGUAGES = {
    "en": {
        "at 9": "2026-11-26 09:00",
        "half past 9": "2026-11-26 09:30",
        "9am monday": "2026-11-30 09:00",
        "day after tomorrow": "2026-11-27 08:00",
        "in two weeks": "2026-12-09 08:00",
        "half an hour": "2026-11-25 15:30",
        "30 of november 2026": "2026-11-30 08:00",
        "end of the month": "2026-11-30 08:00",
        "12/25": "2026-12-25 08:00",
        "1 dec at 5 in the afternoon": "2026-12-01 17:00",
        "this weekend": "2026-11-28 08:00",
        "in 1 week at noon": "2026-12-02 12:00",
        "next month": "2026-12-01 08:00",
    },
    "de": {
        "übermorgen um halb 9": "2026-11-27 08:30",
        "halb neun": "2026-11-26 08:30",
        "um 9": "2026-11-26 09:00",
        "9 Uhr": "2026-11-26 09:00",
        "morgen früh": "2026-11-26 08:00",
        "übermorgen um 9 Uhr": "2026-11-27 09:00",
        "nächsten Freitag": "2026-11-27 08:00",
        "Fr": "2026-11-27 08:00",
        "in zwei Wochen": "2026-12-09 08:00",
        "in einer halben Stunde": "2026-11-25 15:30",
        "heute Abend": "2026-11-25 18:00",
        "am 1. Dezember": "2026-12-01 08:00",
        "25. Dezember um 18 Uhr": "2026-12-25 18:00",
        "nächste Woche": "2026-11-30 08:00",
        "Ende des Monats": "2026-11-30 08:00",
        "1. Dez.": "2026-12-01 08:00",
    },
    "fr": {
        "à 9h": "2026-11-26 09:00",
        "demain à 9h30": "2026-11-26 09:30",
        "après-demain": "2026-11-27 08:00",
        "vendredi prochain": "2026-11-27 08:00",
        "dans deux semaines": "2026-12-09 08:00",
        "dans une heure": "2026-11-25 16:00",
        "le 1er décembre à 18h": "2026-12-01 18:00",
        "la semaine prochaine": "2026-11-30 08:00",
        "ce soir": "2026-11-25 18:00",
        "samedi à midi": "2026-11-28 12:00",
        "3 février": "2027-02-03 08:00",
    },
    "es": {
        "a las 9": "2026-11-26 09:00",
        "mañana a las 9": "2026-11-26 09:00",
        "mañana por la mañana": "2026-11-26 08:00",
        "pasado mañana": "2026-11-27 08:00",
        "el viernes": "2026-11-27 08:00",
        "en dos semanas": "2026-12-09 08:00",
        "dentro de 3 días": "2026-11-28 08:00",
        "1 de diciembre": "2026-12-01 08:00",
        "la próxima semana": "2026-11-30 08:00",
        "esta noche": "2026-11-25 18:00",
        "miercoles": "2026-12-02 08:00",
    },
    "it": {
        "alle 9": "2026-11-26 09:00",
        "domani alle 9": "2026-11-26 09:00",
        "dopodomani": "2026-11-27 08:00",
        "venerdì prossimo": "2026-11-27 08:00",
        "fra due settimane": "2026-12-09 08:00",
        "tra un'ora": "2026-11-25 16:00",
        "il 1 dicembre": "2026-12-01 08:00",
        "la prossima settimana": "2026-11-30 08:00",
        "stasera": "2026-11-25 18:00",
        "domattina": "2026-11-26 08:00",
    },
    "pt": {
        "às 9": "2026-11-26 09:00",
        "amanhã às 9": "2026-11-26 09:00",
        "depois de amanhã": "2026-11-27 08:00",
        "sexta-feira que vem": "2026-11-27 08:00",
        "em duas semanas": "2026-12-09 08:00",
        "daqui a 3 dias": "2026-11-28 08:00",
        "1 de dezembro": "2026-12-01 08:00",
        "próxima semana": "2026-11-30 08:00",
        "terça às 14h": "2026-12-01 14:00",
        "amanhã ao meio-dia": "2026-11-26 12:00",
    },
    "nl": {
        "om 9 uur": "2026-11-26 09:00",
        "morgen om 9 uur": "2026-11-26 09:00",
        "overmorgen": "2026-11-27 08:00",
        "volgende vrijdag": "2026-11-27 08:00",
        "over twee weken": "2026-12-09 08:00",
        "over een uur": "2026-11-25 16:00",
        "1 december": "2026-12-01 08:00",
        "volgende week": "2026-11-30 08:00",
        "vanavond": "2026-11-25 18:00",
        "zaterdag 14:30": "2026-11-28 14:30",
    },
}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [(language, text, expected) for language, texts in SEVEN_LANGUAGES.items() for text, expected in texts.items()],
)
def test_what_people_type_in_seven_languages(language: str, text: str, expected: str) -> None:
    assert read(text) == expected, language


@pytest.mark.parametrize("text", ["a" * 41, "in 3 days " * 5, "17", "1700000000", "x 9"])
def test_dateparser_sees_short_phrases_only(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dateparser.date", None)  # an import of it fails
    with pytest.raises(ValueError, match="Not understood"):
        read(text)


def test_clock_times_iso_dates_and_days_do_not_load_dateparser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dateparser.date", None)
    assert [read(text) for text in ("at 9", "2026-12-01", "1.12.", "nächsten Freitag")] == [
        "2026-11-26 09:00",
        "2026-12-01 08:00",
        "2026-12-01 08:00",
        "2026-11-27 08:00",
    ]


def test_phrases_are_counted_from_the_local_time_of_the_reader() -> None:
    at = parse_future_time("dec 1 at 5 in the afternoon", NOW, "08:00", ZoneInfo("Asia/Tokyo"))
    assert datetime.fromtimestamp(at, tz=ZoneInfo("Asia/Tokyo")).isoformat() == "2026-12-01T17:00:00+09:00"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "When?"),
        ("soon", "Not understood"),
        ("12", "Not understood"),
        ("25:00", "Not understood"),
        ("13pm", "Not understood"),
        ("in 3 days foo", "Not understood"),
        ("2026-02-30", "There is no 2026-02-30"),
        ("2026-11-24", "Tue 24 Nov 2026, 08:00 has passed"),
        ("today", "has passed"),
        ("2031-01-01", "more than two years"),
        ("9999 months", "more than two years"),
    ],
)
def test_what_is_none_is_said(text: str, error: str) -> None:
    with pytest.raises(ValueError, match=error.replace("?", r"\?")):
        read(text)


@settings(deadline=None)  # dateparser is loaded by the first text that may be a phrase
@given(st.text(max_size=20))
def test_any_text_is_a_time_ahead_or_an_error_in_words(text: str) -> None:
    try:
        at = parse_future_time(text, NOW, "08:00", UTC)
    except ValueError as error:
        said = str(error)
    else:
        assert at > NOW
        said = format_time_preview(at, NOW, UTC)
    assert said
    assert "\n" not in said


def test_the_morning_is_the_morning_of_that_day_where_clocks_change() -> None:
    zone = ZoneInfo("Europe/Berlin")
    before = datetime(2026, 10, 24, 12, 0, tzinfo=zone).timestamp()
    at = parse_future_time("in 2 days", before, "08:00", zone)
    assert f"{datetime.fromtimestamp(at, tz=zone):%d %H:%M}" == "26 08:00"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in 20 min", "Wed 25 Nov, 15:20 · in 20 min"),
        ("18:00", "Wed 25 Nov, 18:00 · in 3 h"),
        ("tomorrow", "Thu 26 Nov, 08:00 · tomorrow"),
        ("1 feb", "Mon 1 Feb 2027, 08:00 · in 68 days"),
    ],
)
def test_the_preview(text: str, expected: str) -> None:
    assert format_time_preview(parse_future_time(text, NOW, "08:00", UTC), NOW, UTC) == expected


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("today", 10 * 3600),
        ("monday", 34 * 3600),
        ("vorgestern", 58 * 3600),
        ("vor 3 Tagen", 3 * 86_400),
        ("hier", 34 * 3600),
        ("il y a 2 heures", 7200),
        ("hace 2 semanas", 14 * 86_400),
        ("3 giorni fa", 3 * 86_400),
        ("há 3 dias", 3 * 86_400),
        ("3 dagen geleden", 3 * 86_400),
        ("1 mar", 58 * 3600),
        ("last week", 178 * 3600),
        ("yesterday", 34 * 3600),
        ("2 h", 7200),
        ("90 minutes ago", 5400),
        ("3 days", 3 * 86_400),
    ],
)
def test_a_time_as_people_type_it(text: str, before: float) -> None:
    now = datetime(2026, 3, 3, 10, tzinfo=UTC).timestamp()
    assert parse_past_time(text, now, UTC) == now - before


def test_dates_and_what_is_no_time() -> None:
    now = datetime(2026, 3, 3, 10, tzinfo=UTC).timestamp()
    assert parse_past_time("2026-03-02", now, UTC) == datetime(2026, 3, 2, tzinfo=UTC).timestamp()
    assert parse_past_time("2026-03-02 18:30", now, UTC) == datetime(2026, 3, 2, 18, 30, tzinfo=UTC).timestamp()
    assert parse_past_time("2026-03-02T18:30+01:00", now, UTC) == datetime(2026, 3, 2, 17, 30, tzinfo=UTC).timestamp()
    assert [parse_past_time(text, now, UTC) for text in ("", "soon", "2 moons", "2026-13-01")] == [None] * 4
