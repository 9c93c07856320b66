"""Makes the parts of a topic: its stable id, its cause and its title."""

from __future__ import annotations

import datetime as dt
import re
from hashlib import blake2b

from proactive_tui.model.note_values import Note
from proactive_tui.model.shared_words import Kind
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


def section_written_at(heading: tuple[str, ...], touched: float, latest: float | None = None) -> float:
    """When lines under `heading` were written: the day that the heading names, else `touched`.

    That day is at most `latest` (unix seconds), which may be after `touched`: a note of a whole quarter is dated at its
    start.
    """
    near = local_day(touched)
    for title in reversed(heading):
        if day := find_written_day(title, near, year_needed=False):
            return min(touched if latest is None else latest, local_noon(day))
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


MAX_BARE_TITLE_STEMS = 2
"""Stems of a title that may be too general to tell which note it is: "Project outline"."""
DULL_TITLE = re.compile(
    r"^\W*(?:the )?(?:goals?|terms?|problems?|introduction|intro|motivation|definitions?|description|about"
    r"|details|context|main|content"
    r"|einleitung|ziele?|problem|begriffe|beschreibung|objectifs?|problème|définition|objetivos?|introducción|problema"
    r"|definición|introduzione|obiettivi)\W*$",
    re.IGNORECASE,
)
"""A first heading that says only which part of its note it begins."""
UNFILLED = re.compile(r"\{\{\s*(?:date|time|title|value|name|today)\b[^{}]*\}\}|<%[-_*]?\s*tp\.", re.IGNORECASE)
"""What a template that was never filled in leaves in a title: "Review of {{date:YYYY-MM-DD}}"."""
LEADING_DAY = re.compile(r"^\d{4}-?\d\d-?\d\d[\s_-]*")


def name_note(note: Note) -> str:
    """The name by which the owner knows a note: its title, after the name of its file where a short title shares no
    word with that ("Consultation: Project outline").
    """
    title = strip_markdown(note.title)
    if UNFILLED.search(note.title):
        return strip_file_words(note.path.rpartition("/")[2])
    file_name = LEADING_DAY.sub("", strip_file_words(note.path.rpartition("/")[2]))
    file_stems, title_stems = set(content_stems(file_name)), set(content_stems(title))
    if len(title_stems) > MAX_BARE_TITLE_STEMS or names_nothing(file_name) or not file_stems - title_stems:
        return title
    if not title_stems or DULL_TITLE.match(title) or GENERIC_HEADING.match(title):
        return file_name
    if title_stems & file_stems:
        return title
    return f"{file_name}: {title}"


def place_name(note: Note) -> str:
    """The title of a note, or the name of its file where the title is one that any note may have ("TODO"), or one that
    its template left unfilled.
    """
    return name_note(note) if GENERIC_HEADING.match(note.title) or UNFILLED.search(note.title) else note.title


def section_subject(heading: tuple[str, ...], note: Note) -> str:
    """The subject of lines under `heading`: the nearest heading, or else note title, that says more than a date."""
    for title in (*reversed(heading), place_name(note)):
        if not (
            GENERIC_HEADING.match(title)
            or UNFILLED.search(title)
            or names_nothing(title)
            or find_written_day(title, dt.date(2026, 1, 1))
            or (WEEKDAY_START.match(title) and re.search(r"\d", title))
        ):
            return strip_file_words(title)
    return ""


WORDLESS_SHARE, ONE_WORD_SHARE = 0.4, 0.7
"""The share of its worth that an open end keeps whose own words name nothing ("And more?"), or one thing only."""
UNSPACED_LETTER = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


def naming_share(words: str) -> float:
    """The share (0..1) of its worth that an open end keeps by how much its words name: "What else is there?" means
    something to those who were in the room. Languages without blanks are not judged.
    """
    if UNSPACED_LETTER.search(words):
        return 1.0
    return (WORDLESS_SHARE, ONE_WORD_SHARE, 1.0)[min(2, len(set(content_stems(words))))]


TITLE_LEAD = re.compile(r"^(?:(?://+|[-=]+>|[→⇒•·])\s*|#[^\W\d][\w/-]*\s+(?=\S+\s))+")
"""Marks and tags before the words of a title: "// Which parts?", "#physics exercise 7 of the third sheet"."""


def build_title(text: str, about: str) -> str:
    """A title: the words of `text`, after `about` where they cannot be understood alone ("I don't know why")."""
    words = close_pairs(TITLE_LEAD.sub("", strip_file_words(strip_markdown(text))).rstrip(" ,;:"))
    if len(set(content_stems(words))) < 3 and about and normalize_text(about) not in normalize_text(words):
        return shorten_text(f"{shorten_text(close_pairs(strip_markdown(about)), 48)}: {words}")
    return shorten_text(words)
