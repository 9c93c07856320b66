"""Tells labels that name something from dates, file names and addresses, and makes them fit to be said. Pure."""

from __future__ import annotations

import re

_NOTE_FILE = re.compile(r"(?:[^\s/]*/)*([^/\n]{1,200}?)\.(?:md|markdown|txt|org)$", re.IGNORECASE)
_FILE_LEAD = re.compile(
    r"^[^\w#@(\[\"'“„«¿¡+.]*(?:file(?:name)?|path|source|datei|fichier|archivo)\s*:\s*", re.IGNORECASE
)
_RULE_LEAD = re.compile(r"^[=~_#-]{3,}\s*(?=\w)|\s*[=~_#-]{3,}$")
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+$|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|io|de|fr|es|it|nl|uk|eu|pl|pt|br)(?:/\S*)?$",
    re.IGNORECASE,
)
_CALENDAR_WORD = re.compile(
    r"^(?:mon|tue|wed|thu|fri|fre|sat|sun|die|mit|don|sam|son|lun|mar|mer|mié|jeu|jue|ven|vie|sáb|dom|dim|maa|din|woe|vri|zat|zon"
    r"|jan|feb|fév|fev|ene|mär|mrt|apr|avr|abr|may|mai|mei|mayo|jun|juin|giu|gen|jul|juil|lug|aug|août|ago|sep|set|oct|okt"
    r"|ott|out|nov|dec|dez|déc|dic|kw|week|woche|semaine|semana|th|st|nd|rd|de|am|pm|den|le|el|the|of|w|t|z|q)"
    r"[^\W\d_]*$",
    re.IGNORECASE,
)
_MADE_UP = re.compile(
    r"^\W*(?:invalid date|untitled|unbenannt|sans titre|sin título|senza titolo|sem título|naamloos|bez tytułu"
    r"|ohne titel|undefined|null|none|nan|new (?:note|file|page)|neue notiz|nouvelle note|nueva nota|nuova nota"
    r"|無題|未命名)\W*\d*\W*$",
    re.IGNORECASE,
)
"""A title that nobody chose."""
_LETTER_RUN = re.compile(r"[^\W\d_]+")


def strip_file_words(label: str) -> str:
    """A label without what makes it the name of a file: rules around it, "FILE:", folders and the suffix of a note."""
    bare = _FILE_LEAD.sub("", _RULE_LEAD.sub("", label.strip())).strip()
    found = _NOTE_FILE.fullmatch(bare)
    return re.sub(r"[_-]+(?=[^\W\d_])|(?<=[^\W\d_])[_-]+", " ", found[1]) if found else bare


def is_bare_day(label: str) -> bool:
    """Whether a label says no more than a day, week, month or time: "2026-11-20", "Nov 20th, 2026", "2026-W48"."""
    words = _LETTER_RUN.findall(label)
    return any(map(str.isdigit, label)) and all(map(_CALENDAR_WORD.match, words)) and len(words) <= 5


def names_nothing(label: str) -> bool:
    """Whether a label names no subject: it is empty, a day, a number, an address, or what a program made up."""
    bare = strip_file_words(label)
    if _MADE_UP.match(bare):
        return True
    return not _LETTER_RUN.search(bare) or is_bare_day(bare) or bool(_ADDRESS.match(bare))
