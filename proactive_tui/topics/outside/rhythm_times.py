"""Reads the times that goals about the days name: a time of day, an interval, the most that something may last."""

from __future__ import annotations

import re
from typing import Final

NAMED_CLOCK = re.compile(
    r"\b(?:by|before|until|till|no later than|at|after|past|from"
    r"|vor|bis|um|ab|nach|spätestens|avant|à|jusqu['’]à|après|dès"
    r"|antes de(?: las?)?|a las?|después de(?: las?)?|a partir de(?: las?)?|prima delle|entro le|dopo le|alle"
    r"|antes das|depois das|às|voor|om|na|przed)"
    r"\s+(?:(?:around|about|spätestens|circa|environ)\s+)?"
    r"(?P<hour>\d{1,2}|nine|ten|eleven|neun|zehn|elf|neuf|dix|onze|nueve|diez|once"
    r"|midnight|mitternacht|minuit|medianoche|mezzanotte)"
    r"(?:\s?[:.h]\s?(?P<minute>\d\d)(?!\d)|\s?h\b)?"
    r"(?:\s*(?P<half>a\.?m\b\.?|p\.?m\b\.?)|\s*(?:uhr|o['’]clock|heures?|horas?|de la noche|du soir|abends|uur)\b)?"
    r"(?!\s*(?:minutes?|minuten|min|hours?|stunden|km|pages?|seiten|%|people|times|days|weeks))(?![\d:.h]*\d)",
    re.IGNORECASE,
)
_CLOCK_WORDS: Final = {
    "nine": 9, "ten": 10, "eleven": 11, "neun": 9, "zehn": 10, "elf": 11, "neuf": 9, "dix": 10, "onze": 11, "nueve": 9,
    "diez": 10, "once": 11, "midnight": 24, "mitternacht": 24, "minuit": 24, "medianoche": 24, "mezzanotte": 24,
}  # fmt: skip
_LENGTH = (
    r"(?P<number>\d{1,3}(?:[.,]\d)?|one|two|three|four|five|six|eight|ein(?:e|er)?|zwei|drei|vier|sechs|acht"
    r"|une?|deux|trois|quatre|six|huit|una?|dos|tres|cuatro|seis|ocho)\s*(?:-\s*)?"
    r"(?P<unit>min(?:ute[ns]?|utos?|uti|uten)?\b|h\b|hours?\b|std\b|stunden?\b|heures?\b|horas?\b|ore\b|ora\b|uur\b)"
)
_EVERY = re.compile(
    rf"\b(?:every|each|alle|jede[rn]?|toutes? les|chaque|cada|a cada|ogni|om de|elk)\s+"
    rf"(?:{_LENGTH}|(?P<bare>half hour|halbe stunde|demi-heure|media hora|mezz['’]ora|hour|stunde|heures?|h?ora|uur)\b)"
    r"|\b(?P<adverb>hourly|stündlich)\b",
    re.IGNORECASE,
)
_AT_MOST = re.compile(
    r"\b(?:max(?:imum|imal)?\.?|at most|no more than|not more than|up to|under|below|less than|fewer than"
    r"|limit\w*(?: to)?|never more than|longer than|höchstens|nicht (?:mehr|länger) als|weniger als|unter|au plus"
    r"|pas plus de|moins de|maximum|máximo|como mucho|no más de|menos de"
    rf"|al massimo|meno di|no máximo|menos que|hoogstens|minder dan)\s+(?:of |de |von )?{_LENGTH}",
    re.IGNORECASE,
)
_NUMBERS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ein": 1, "eine": 1, "einer": 1,
    "zwei": 2, "drei": 3, "vier": 4, "sechs": 6, "acht": 8, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4,
    "huit": 8, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "seis": 6, "ocho": 8,
}  # fmt: skip


def read_clock(masked: str, *, evening: bool) -> tuple[int, int] | None:
    """The time of day that a sentence names; of one without its half of the day, the evening's or the morning's."""
    match = NAMED_CLOCK.search(masked)
    if match is None:
        return None
    told, minute = match["hour"].lower(), int(match["minute"] or 0)
    hour, half = _CLOCK_WORDS.get(told) or int(told), (match["half"] or "")[:1].lower()
    if hour > 24 or minute > 59:
        return None
    if half:
        return hour % 12 + (12 if half == "p" else 0), minute
    if evening and 4 <= hour <= 11:
        return hour + 12, minute
    if evening and hour == 12:
        return 24, minute
    return None if not evening and not 4 <= hour <= 12 else (hour, minute)


def read_every(masked: str) -> float:
    """The minutes of "every 50 minutes" or "every hour"; 0 where a sentence says no such thing."""
    match = _EVERY.search(masked)
    if match is None:
        return 0.0
    if match["number"]:
        return _to_minutes(match["number"], match["unit"])
    return 30.0 if re.search(r"half|halb|demi|media|mezz", (match["bare"] or "").lower()) else 60.0


def read_length(masked: str) -> float:
    """The minutes of "at most two hours"; 0 where a sentence says no such thing."""
    match = _AT_MOST.search(masked)
    return _to_minutes(match["number"], match["unit"]) if match else 0.0


def _to_minutes(number: str, unit: str) -> float:
    low = number.lower()
    value = float(_NUMBERS.get(low) or low.replace(",", "."))
    minutes = value if unit.lower().startswith("min") else 60 * value
    return minutes if 5 <= minutes <= 16 * 60 else 0.0


def say_minutes(minutes: float) -> str:
    """Minutes in words that every language here shares: "1 h 30 min"."""
    hours, rest = divmod(round(minutes), 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)
