"""Making a topic: its stable id, its cause, its title and the lines it quotes."""

from __future__ import annotations

import datetime as dt
import re
from hashlib import blake2b

from proactive_tui.model import Kind, Note
from proactive_tui.text.dates import noon
from proactive_tui.text.words import normal, plain, shorten, stems

DAY = 86400.0


def digest(*parts: str) -> str:
    """A short stable hash of `parts`."""
    return blake2b("\x1f".join(parts).encode(), digest_size=10).hexdigest()


def topic_id(kind: Kind, what: str) -> str:
    """The id of a topic: its kind and what it says; the same wherever it stands and whatever stands around it."""
    return digest(kind, normal(what))


def day_of(at: float, utc_offset: int) -> dt.date:
    """The local calendar day of a moment."""
    return (dt.datetime.fromtimestamp(at, dt.UTC) + dt.timedelta(seconds=utc_offset)).date()


def end_of_day(day: str, utc_offset: int) -> float:
    """Unix seconds of the last second of a local day, given as an ISO date."""
    start = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(), tzinfo=dt.UTC)
    return start.timestamp() + DAY - 1 - utc_offset


ISO = re.compile(r"(?<!\d)(\d{4}-\d\d-\d\d)(?!\d)")


def written(heading: tuple[str, ...], touched: float) -> float:
    """When lines under `heading` were written: on the day that the heading names, else when the note was `touched`."""
    for title in reversed(heading):
        if found := ISO.search(title):
            try:
                day = dt.date.fromisoformat(found[1])
            except ValueError:
                continue
            return min(touched, noon(day))
    return touched


WEEKDAY = re.compile(
    r"^\W*(?:mon|tue|wed|thu|fri|sat|sun|die|mit|don|sam|son|lun|mar|mié|jue|vie|sáb|dom|jeu|ven|dim)\w*\b",
    re.IGNORECASE,
)
GENERIC = re.compile(
    r"^\W*(?:plan|log|notes?|tasks?|to-?dos?|next(?: steps?)?|tomorrow|today|open|questions?|open questions|ideas?|misc"
    r"|inbox|agenda|actions?|action items|summary|overview|background|daily|journal|aufgaben|offen|notizen|tâches"
    r"|tareas|pendientes)\W*$",
    re.IGNORECASE,
)


def subject(heading: tuple[str, ...], note: Note) -> str:
    """What lines under `heading` are about: the nearest heading, or the note's title, that says more than a date."""
    for title in (*reversed(heading), note.title):
        if not (GENERIC.match(title) or ISO.search(title) or (WEEKDAY.match(title) and re.search(r"\d", title))):
            return title
    return ""


def said(text: str, about: str) -> str:
    """A title: the words of `text`, led by `about` where they would not be understood alone ("I don't know why")."""
    words = plain(text).rstrip(" ,;:")
    if len(set(stems(words))) < 3 and about and normal(about) not in normal(words):
        return shorten(f"{shorten(plain(about), 48)}: {words}")
    return shorten(words)
