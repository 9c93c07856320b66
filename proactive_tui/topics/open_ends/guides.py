"""Tells the steps of a guide (a how-to, a runbook, an installation) from what its owner means to do."""

from __future__ import annotations

import re

from proactive_tui.model.note_values import Note
from proactive_tui.text.labels import strip_file_words
from proactive_tui.topics.open_ends.entries import Entry
from proactive_tui.topics.quoting import GENERIC_HEADING

GUIDE_NAME = re.compile(
    r"\b(?:how[ -]?to|(?:user |style )?guides?|runbook|playbook|tutorial\w*|walk-?through|instructions"
    r"|step[ -]by[ -]step|cheat ?sheet|anleitung|leitfaden|schritt für schritt|mode d['’]emploi|tutoriel"
    r"|guía|guia|instrucciones|paso a paso|instruções|passo a passo|istruzioni|guida|handleiding|instrukcja|poradnik)\b"
    r"|anleitung\b|手順|使い方|教程|指南",
    re.IGNORECASE,
)
"""A name of a text that tells anybody how something is done."""
SETUP_NAME = re.compile(
    r"\b(?:install(?:ation|ing|ieren|er|ar)?|set-?up|setting up|configur\w+|konfiguration|einrichten|einrichtung"
    r"|instalación|instalacion|instalação|installazione|installatie|instalacja|prerequisites?|requisitos"
    r"|voraussetzungen|prérequis)\b|安装|インストール",
    re.IGNORECASE,
)
"""A name under which numbered lines are the steps of a procedure."""
NUMBERED_START = re.compile(r"^\s*\d{1,3}[.)]\s")


def is_guide_step(entry: Entry, note: Note) -> bool:
    """Whether an entry without a task mark is a step of a guide: by the name of the note, of its file or of a heading
    above it.
    """
    if entry.marks.state != "none" or entry.text.rstrip().endswith(("?", "？")):
        return False
    if any(map(GENERIC_HEADING.match, entry.headings[-1:])):  # "Next steps"
        return False
    names = (note.title, strip_file_words(note.path.rpartition("/")[2]), *entry.headings)
    if any(map(GUIDE_NAME.search, names)):
        return True
    return bool(NUMBERED_START.match(entry.text)) and any(map(SETUP_NAME.search, names))
