"""Makes the parts of a topic: its stable id, its cause and its title."""

from __future__ import annotations

import datetime as dt
import re
from hashlib import blake2b

from proactive_tui.model import Kind, Note
from proactive_tui.text.dates.local_days import local_day, local_noon
from proactive_tui.text.dates.written_days import find_written_day
from proactive_tui.text.labels import names_nothing, strip_file_words
from proactive_tui.text.words import close_pairs, content_stems, normalize_text, shorten_text, strip_markdown


def hash_parts(*parts: str) -> str:
    """A short stable hash of `parts`."""
    return blake2b("\x1f".join(parts).encode(), digest_size=10).hexdigest()


def topic_id(kind: Kind, what: str) -> str:
    """The id of a topic: a hash of its kind and its words, independent of its place."""
    return hash_parts(kind, normalize_text(what))


ISO_DATE = re.compile(r"(?<!\d)(\d{4}-\d\d-\d\d)(?!\d)")


def section_written_at(heading: tuple[str, ...], touched: float) -> float:
    """When lines under `heading` were written: the day that the heading names, else `touched`."""
    near = local_day(touched)
    for title in reversed(heading):
        if day := find_written_day(title, near, year_needed=False):
            return min(touched, local_noon(day))
    return touched


WEEKDAY_START = re.compile(
    r"^\W*(?:mon|tue|wed|thu|fri|sat|sun|die|mit|don|sam|son|lun|mar|mié|jue|vie|sáb|dom|jeu|ven|dim)\w*\b",
    re.IGNORECASE,
)
GENERIC_HEADING = re.compile(
    r"^\W*(?:plan|log|notes?|tasks?|to-?dos?|next(?: steps?)?|tomorrow|today|open|questions?|open questions|ideas?|misc"
    r"|inbox|agenda|actions?|action items|summary|overview|background|daily|journal|aufgaben|offen|notizen|tâches"
    r"|tareas|pendientes)\W*$",
    re.IGNORECASE,
)


def section_subject(heading: tuple[str, ...], note: Note) -> str:
    """The subject of lines under `heading`: the nearest heading, or else note title, that says more than a date."""
    for title in (*reversed(heading), note.title):
        if not (
            GENERIC_HEADING.match(title)
            or names_nothing(title)
            or find_written_day(title, dt.date(2026, 1, 1))
            or (WEEKDAY_START.match(title) and re.search(r"\d", title))
        ):
            return strip_file_words(title)
    return ""


def build_title(text: str, about: str) -> str:
    """A title: the words of `text`, after `about` where they cannot be understood alone ("I don't know why")."""
    words = close_pairs(strip_file_words(strip_markdown(text)).rstrip(" ,;:"))
    if len(set(content_stems(words))) < 3 and about and normalize_text(about) not in normalize_text(words):
        return shorten_text(f"{shorten_text(close_pairs(strip_markdown(about)), 48)}: {words}")
    return shorten_text(words)
