"""What is said of the days, in words: when a goal was written, and the times at which somebody was active.

The phrases are facts and nothing more; `tests/talk/test_rhythm_tone.py` has the rules of tone.
"""

from __future__ import annotations

import datetime as dt

from proactive_tui.model.shared_words import FrozenValue
from proactive_tui.model.topic_values import Topic
from proactive_tui.talk.relative_time import describe_day_offset
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.lexicon import LEXICONS
from proactive_tui.topics.outside.rhythm_words import BED_WORDS

MAX_RELATIVE_DAYS = 6
"""A day longer ago is named by its date."""


class RhythmPhrases(FrozenValue, frozen=True, kw_only=True):
    """The phrases of a language; `{}` is a time, a day or a date: `day`, `month`, `year`, and
    `ordinal`, the day as a German word, for a full stop after its number would end the sentence. `after_wish` are the
    words that templates say after `bed_wish`.
    """

    both: str
    this_week: str
    last_days: str
    on_date: str
    on_old_date: str
    on_day: str
    bed_wish: str
    after_wish: str


RHYTHM_PHRASES = {
    "en": RhythmPhrases(
        both=" and ",
        this_week="this week",
        last_days="in the last seven days",
        on_date="on {day} {month}",
        on_old_date="on {day} {month} {year}",
        on_day="on {}",
        bed_wish="be in bed before {}",
        after_wish="you were active",
    ),
    "de": RhythmPhrases(
        both=" und ",
        this_week="diese Woche",
        last_days="in den letzten sieben Tagen",
        on_date="am {ordinal} {month}",
        on_old_date="am {ordinal} {month} {year}",
        on_day="am {}",
        bed_wish="vor {} im Bett sein",
        after_wish="willst",
    ),
    "fr": RhythmPhrases(
        both=" et ",
        this_week="cette semaine",
        last_days="ces sept derniers jours",
        on_date="le {day} {month}",
        on_old_date="le {day} {month} {year}",
        on_day="{}",
        bed_wish="être au lit avant {}",
        after_wish="ton activité",
    ),
    "es": RhythmPhrases(
        both=" y ",
        this_week="esta semana",
        last_days="en los últimos siete días",
        on_date="el {day} de {month}",
        on_old_date="el {day} de {month} de {year}",
        on_day="el {}",
        bed_wish="estar en la cama antes de las {}",
        after_wish="tu actividad",
    ),
}

_GERMAN_ORDINALS = [
    "ersten",
    "zweiten",
    "dritten",
    "vierten",
    "fünften",
    "sechsten",
    "siebten",
    "achten",
    "neunten",
    "zehnten",
    "elften",
    "zwölften",
    "dreizehnten",
    "vierzehnten",
    "fünfzehnten",
    "sechzehnten",
    "siebzehnten",
    "achtzehnten",
    "neunzehnten",
    "zwanzigsten",
    "einundzwanzigsten",
    "zweiundzwanzigsten",
    "dreiundzwanzigsten",
    "vierundzwanzigsten",
    "fünfundzwanzigsten",
    "sechsundzwanzigsten",
    "siebenundzwanzigsten",
    "achtundzwanzigsten",
    "neunundzwanzigsten",
    "dreißigsten",
    "einunddreißigsten",
]
_TIMES_SLOTS = {
    ("bedtime", "missed"): "until", ("stop", "missed"): "until", ("stop", "noticed"): "noticed_until",
    ("bedtime", "kept"): "ended_by", ("stop", "kept"): "ended_by",
    ("start", "missed"): "begun_at", ("start", "kept"): "begun_by",
    ("breaks", "missed"): "longest", ("breaks", "noticed"): "noticed_longest", ("breaks", "kept"): "short_enough",
    ("screen time", "missed"): "active_for", ("screen time", "kept"): "held_to",
    ("days off", "missed"): "worked_for",
}  # fmt: skip
"""The fact that has a topic's times, by what it is about and how it went."""


def rhythm_facts(topic: Topic, *, now: float, language: str, utc_offset: int) -> dict[str, str]:
    """The facts of a topic about the days, by the names that templates have for them; "" for those that it lacks."""
    detail, phrases, today = topic.detail, RHYTHM_PHRASES[language], local_day(now, utc_offset)
    times = [time for time in (detail.times or "").split(", ") if time]
    days = [day for text in (detail.days or "").split(", ") if (day := _iso_date(text)) is not None]
    known = {
        "wrote": _say_date(_iso_date(detail.since or ""), today, language),
        "bed_wish": "",
        "lately": phrases.this_week if _are_of_this_week(days, today) else phrases.last_days,
        "on_days": phrases.on_day.format(
            _join_words([LEXICONS[language].days[day.weekday()] for day in days], phrases)
        ),
    }
    if detail.told == "bedtime" and detail.wanted and BED_WORDS.search(topic.title.replace("’", "'")):
        known["bed_wish"] = phrases.bed_wish.format(detail.wanted)
    if slot := _TIMES_SLOTS.get((detail.told or "", detail.course or "")):
        known[slot] = _join_words(times, phrases)
    if (detail.told, detail.course) == ("days off", "kept"):
        known["off_on"] = known["on_days"]
    return known


def true_rhythm_phrases(topic: Topic, *, now: float, language: str, utc_offset: int) -> list[str]:
    """All that may be said of the times and days of a topic about the days."""
    known = rhythm_facts(topic, now=now, language=language, utc_offset=utc_offset)
    told = [value for name, value in known.items() if value and name not in ("wrote", "lately", "on_days", "bed_wish")]
    around = (known["lately"], known["on_days"])
    wish = [f"{known['bed_wish']} {RHYTHM_PHRASES[language].after_wish}"] if known["bed_wish"] else []
    return [*filter(None, known.values()), *wish, *(f"{value} {when}" for value in told for when in around)]


def _join_words(words: list[str], phrases: RhythmPhrases) -> str:
    """Words as a list in a sentence: "a, b and c"; each is named once."""
    every = list(dict.fromkeys(words))
    return phrases.both.join([", ".join(every[:-1]), every[-1]]) if len(every) > 1 else "".join(every)


def _say_date(day: dt.date | None, today: dt.date, language: str) -> str:
    """The day on which something was written, in words."""
    if day is None or day > today:
        return ""
    if (today - day).days <= MAX_RELATIVE_DAYS:
        return describe_day_offset((day - today).days, language, day.weekday())
    phrases = RHYTHM_PHRASES[language]
    form = phrases.on_date if day.year == today.year else phrases.on_old_date
    month, ordinal = LEXICONS[language].months[day.month - 1], _GERMAN_ORDINALS[day.day - 1]
    return form.format(day=day.day, ordinal=ordinal, month=month, year=day.year)


def _are_of_this_week(days: list[dt.date], today: dt.date) -> bool:
    return bool(days) and all(day.isocalendar()[:2] == today.isocalendar()[:2] for day in days)


def _iso_date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
