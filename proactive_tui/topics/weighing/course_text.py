"""Tells what is written down while learning from what is left open: notes of a course, a lecture, a chapter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from proactive_tui.model.note_values import Note
from proactive_tui.model.topic_values import Topic
from proactive_tui.text.asking import ends_asking
from proactive_tui.text.labels import strip_file_words
from proactive_tui.text.words import word_set
from proactive_tui.topics.cues import TASK_LABEL, UNCERTAINTY_CUE
from proactive_tui.topics.open_ends.guides import GUIDE_NAME

COURSE_NAME = re.compile(
    r"\b(?:lectures?|seminars?|lessons?|courses?|coursework|chapters?|modules? \d+|tutorials? \d+|syllabus"
    r"|flash ?cards?|exam (?:prep\w*|notes|review|questions)|problem sets?|homework|class notes|study notes"
    r"|leetcode|quiz(?:zes)?"
    r"|vorlesung(?:en|s\w+)?|übung(?:en|s\w+)?|uebung(?:en|s\w+)?|kapitel|klausur\w*|prüfungsfragen|unterricht"
    r"|mitschrift|aulas?|lezion[ei]|capitol[oi]|corso|corsi|esercitazion[ei]|cours magistral|leçons?|chapitres?"
    r"|fiche de révision|clase \d+|apuntes|curso|cursos|capítulos?|ejercicios|exercícios|wykłady?|ćwiczenia"
    r"|rozdział|hoorcolleges?|werkcolleges?|hoofdstuk|college \d+)\b|講義|授業|第\d+章|课程|讲义|章节",
    re.IGNORECASE,
)
"""A name of something that is learned from somebody. Words that plans use as well ("class", "week") are left out."""
PLANNING_NAME = re.compile(
    r"\b(?:to-?dos?|tasks?|next|plan\w*|prepar\w*|open|book|organi[sz]\w*|register|sign ?up|enrol\w*|goals?"
    r"|look forward|aufgaben|offen|vorbereit\w*|anmeld\w*|organis\w*|pendientes|tareas|inscri\w+|à faire|compiti"
    r"|da fare)\b",
    re.IGNORECASE,
)
"""A name of what somebody means to do, about a course or in it."""
IDEAS_NAME = re.compile(r"\b(?:ideas?|ideen?|idées?|idee|ideias?)\b", re.IGNORECASE)
"""A heading of ideas, which in the notes of a course may be those of its teacher."""
COURSE_KEYS = word_set("""
course lecture lecturer professor instructor semester module kurs fach dozent cours matière curso asignatura materia
corso disciplina przedmiot vak
""")
"""Properties that say which course a note belongs to."""
READING_TAGS = word_set("""
book books article paper papers literature reading highlights buch livre libro livro
""")
"""Tags of notes about what somebody else wrote."""
TAG_LINE = re.compile(r"^\W*tags?\W*:.*$", re.IGNORECASE | re.MULTILINE)
MAX_HEAD = 300
"""Letters at the beginning of a note in which a line of tags is looked for."""
COURSE_PHRASE = re.compile(
    r"\bin this (?:module|lesson|course|chapter|unit|video), (?:you|we)\b|\blearning (?:objectives|outcomes)\b"
    r"|\bafter (?:completing|finishing) this (?:module|lesson|course|chapter|unit)\b"
    r"|\bin (?:diesem|dieser) (?:modul|lektion|kapitel|kurs|einheit) (?:lernen|lernst)\b|\blernziele?\b"
    r"|\bobjectifs? (?:pédagogiques?|d['’]apprentissage)\b|\bobjetivos de apren(?:dizaje|dizagem)\b"
    r"|\b(?:nesta (?:aula|unidade)|neste módulo|en este módulo|in questo modulo)\b",
    re.IGNORECASE,
)
"""What a course says to those who take it."""
MATHS = re.compile(r"\$\$[^$]{2,2000}\$\$|(?<![\\$\w])\$(?=[^\s$])[^$\n]{1,200}[^\s$\\]\$(?![\w$])|\\begin\{")
MIN_FORMULAS = 3
"""Formulas of a note from which it sets out a subject."""
TO_THE_READER = re.compile(
    r"\b(?:you(?:rs?|rself|['’](?:re|ll|ve|d))?|du|dich|dir|dein\w*|ihnen|vous|votre|vos|tu|ton|usted(?:es)?|tus?|voi"
    r"|vostr[oaie]|tuo|tua|você|vocês|je|jou|jouw|uw)\b",
    re.IGNORECASE,
)
OF_ONESELF = re.compile(
    r"\b(?:i(?:['’](?:m|ll|ve|d))?|me|my|mine|we|our|us|ich|mich|mir|mein\w*|wir|uns\w*|j['’]\w+|je|mon|ma|mes|nous"
    r"|notre|nos|yo|mi|mis|nosotros|nuestr\w+|io|mio|mia|noi|eu|meu|minha|ik|mij|mijn|wij|ons)\b",
    re.IGNORECASE,
)
"""Words that speak to a reader, and those by which somebody speaks of themselves, in eight languages. Languages differ
in what "je" says, so it counts for both."""
MIN_ADDRESSING_WORDS, MIN_SHARE_TO_READER, MAX_SHARE_OF_ONESELF = 120, 0.015, 0.007
"""Words of a text from which its voice can be told, and the shares of them that make it one for readers."""
SURE_IN_COURSE = 0.85
"""The probability (0..1) from which an unmarked line is open although it stands in notes of a course."""


def is_course_text(note: Note, headings: Sequence[str]) -> bool:
    """Whether lines under `headings` of a note are notes of a course or a book: by these names, those of the note and
    its folders, its properties and tags.
    """
    if any(map(PLANNING_NAME.search, headings)) or PLANNING_NAME.search(note.title):
        return False
    keys = {key.lower() for key, value in note.properties.items() if value.strip()}
    tags = [re.sub(r"[_/-]+", " ", tag) for tag in note.tags]
    if keys & COURSE_KEYS or READING_TAGS & {tag.lower() for tag in tags}:
        return True
    if any(map(IDEAS_NAME.search, (*headings, note.title))):
        return False
    path = unicodedata.normalize("NFC", re.sub(r"[_.-]+", " ", note.path.rpartition(".")[0]))
    *folders, name = path.split("/")
    head = note.passages[0].text[:MAX_HEAD] if note.passages else ""
    names = [title for title in (name, note.title, *headings, *tags) if not COURSE_NAME.fullmatch(title.strip())]
    return any(map(COURSE_NAME.search, (*folders, *names, *TAG_LINE.findall(head))))


def is_set_out(note: Note) -> bool:
    """Whether a note sets out a subject: it has formulas or speaks to a reader, and never speaks of its owner. Of
    twelve unmarked lines of such notes that looked open to a classifier that never saw their owners, none was.
    """
    text = "\n".join(passage.prose for passage in note.passages)
    words = text.count(" ") + 1
    is_addressed = words >= MIN_ADDRESSING_WORDS and len(TO_THE_READER.findall(text)) >= MIN_SHARE_TO_READER * words
    if not is_addressed and len(MATHS.findall(text)) < MIN_FORMULAS:
        return False
    return len(OF_ONESELF.findall(text)) <= MAX_SHARE_OF_ONESELF * words


def only_learned(topic: Topic, probability: float | None) -> bool:
    """Whether a topic of notes of a course is what was taught: no mark, label or words of its owner's say otherwise."""
    text = topic.evidence[0].text
    listed = topic.detail.told == "listed" and topic.kind != "idea"
    if listed or topic.detail.told in ("label", "unknown") or topic.due is not None or topic.detail.promised_to:
        return False
    if UNCERTAINTY_CUE.search(text) or TASK_LABEL.match(text):
        return False
    return probability is None or probability < SURE_IN_COURSE


def is_taught(note: Note) -> bool:
    """Whether a note as a whole teaches: notes or text of a course, or a guide. It is no idea of its owner's."""
    names = (note.title, strip_file_words(note.path.rpartition("/")[2]))
    asks = ends_asking(note.title)  # "How to keep entities apart?" is no guide
    if is_course_text(note, ()) or (not asks and any(map(GUIDE_NAME.search, names))):
        return True
    return any(COURSE_PHRASE.search(passage.prose) for passage in note.passages)
