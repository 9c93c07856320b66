"""Tells what of the notes is about an appointment: by the people who come, and by words that are rare in the notes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from proactive_tui.model.note_values import Note
from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.text.blocks import classify_lines, quote_lines
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.people import NOT_PERSON_NAMES, find_people
from proactive_tui.text.words import content_stems, normalize_text, word_set
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.outside.tie_terms import is_telling

RARE_SHARE = 0.03
MAX_RARE_NOTES = 3
"""A word in so few notes (the larger of both) tells what an appointment is about by itself."""
MIN_RARE_LETTERS = 4
MAX_NAMED_IN_TITLE = 4
QUOTED_PLACE_LINES = 3

_MEETING_WORDS = word_set(
    "meeting meetings meet call sync standup stand weekly daily monthly biweekly quarterly catchup catch chat talk "
    "planning review session kickoff kick off workshop interview appointment lunch coffee breakfast dinner one "
    "team update status check checkin invitation invite zoom teams hangout webinar office hours retro "
    "besprechung treffen termin gespräch runde jour fixe telefonat mittagessen planung wöchentlich team "
    "réunion point rendez-vous appel déjeuner café hebdo planification équipe entretien "
    "reunión llamada cita almuerzo café semanal planificación equipo entrevista charla"
)

_HEADING_LINE = re.compile(r"#{1,6} +\S")
_WITH_SOMEBODY = re.compile(
    r"\b(?:with|mit|avec|con|w/|<>|/|×|&|and|und|et|y)\s+([A-ZÄÖÜÀÉ][a-zà-öø-ÿß'’-]+(?: [A-ZÄÖÜÀÉ][a-zà-öø-ÿß'’-]+)?)"
)


@cache  # not at the import: the first stems load the model of languages
def _meeting_stems() -> frozenset[str]:
    """Stems of what appointments are called: they say of none what it is about."""
    return frozenset(stem for word in _MEETING_WORDS for stem in content_stems(word))


class MeetingSubject(NamedTuple):
    """What an appointment is about: `people` who come or are named (as the notes name them, where they do), the rare
    and the other telling stems of its title, and which people the title does not name.
    """

    people: tuple[str, ...]
    rare: frozenset[str]
    stems: frozenset[str]
    unnamed: tuple[str, ...]


def read_subject(title: str, attendees: Sequence[str], context: MiningContext) -> MeetingSubject:
    """The subject of an appointment, from its title and the names of those who come."""
    known = frozenset({*context.people_names, *(name for topic in context.mined for name in topic.people)})
    in_title = find_people(title, known)[:MAX_NAMED_IN_TITLE]
    in_title = (*in_title, *(match[1] for match in _WITH_SOMEBODY.finditer(title) if _may_be_name(match[1], known)))
    people: list[str] = []
    for name in (*attendees, *in_title):
        called = _known_name(name, known) or name
        if not any(names_person(called, other) for other in people):
            people.append(called)
    named = {part for person in (*people, *attendees, *in_title) for part in person.lower().split()}
    name_stems = {stem for part in named for stem in content_stems(part)}
    stems = frozenset(_text_stems(title)) - _meeting_stems() - name_stems - named
    stems = frozenset(stem for stem in stems if not stem.isdecimal())
    return MeetingSubject(
        people=tuple(people),
        rare=frozenset(stem for stem in stems if is_telling(stem) and _is_rare(stem, context)),
        stems=stems,
        unnamed=tuple(person for person in people if not set(person.lower().split()) & set(_title_words(title))),
    )


def is_about(topic: Topic, subject: MeetingSubject) -> bool:
    """Whether an open end of the notes is about an appointment: it names somebody who comes, or its subject."""
    named = (*topic.people, *(topic.detail.promised_to or "").split(", "))
    if any(names_person(name, person) for name in named for person in subject.people):
        return True
    text = " ".join((topic.title, *(lines.text for lines in topic.evidence[:1])))
    if any(_mentions_person(text, person) for person in subject.people):
        return True
    about = " ".join(
        (text, topic.detail.note or "", *(lines.heading[0] for lines in topic.evidence[:1] if lines.heading))
    )
    said = subject.stems & set(_text_stems(about))
    headings = " ".join(heading for lines in topic.evidence[:1] for heading in lines.heading)
    around = said | (subject.stems & set(_text_stems(headings)))
    return _is_same_subject(said, subject) or (bool(said) and len(around) >= 2 and any(map(is_telling, around)))


def _is_same_subject(shared: Collection[str], subject: MeetingSubject) -> bool:
    """Whether these words of a title show what else it is about: a rare one, or two of which one is not everybody's."""
    return bool(subject.rare & set(shared)) or (len(shared) >= 2 and any(map(is_telling, shared)))


class NotePlace(NamedTuple):
    """Where the notes have a place for something: its first lines, and the last line of its section; 0 where the whole
    note is that place.
    """

    lines: Evidence
    section_end: int = 0


class _RankedPlace(NamedTuple):
    """A place of a note: the higher the rank the better it suits; `line` is its first."""

    rank: int
    line: int
    section_end: int = 0


def find_place(subject: MeetingSubject, title: str, context: MiningContext, at: float) -> NotePlace | None:
    """Where the notes have a place for what came out of an appointment; None where they have none.

    A heading of its title in a note of this day; else a note of its name, of its subject, or of a person who comes.
    """
    wanted = normalize_text(title)
    today = local_day(at, context.utc_offset)
    found = [
        (place, context.last_written_at(note), path)
        for path, note in context.own_notes.items()
        for place in _rank_places(note, wanted, subject, is_today=local_day(note.date, context.utc_offset) == today)
    ]
    if not found:
        return None
    place, _, path = max(found, key=lambda entry: (entry[0].rank, entry[1], entry[2], -entry[0].line))
    note = context.notes[path]
    last = place.line + QUOTED_PLACE_LINES - 1
    last = min(last, place.section_end) if place.section_end else last
    within = next((passage for passage in note.passages if passage.line_start <= place.line <= passage.line_end), None)
    last = min(last, within.line_end) if within else last
    text = within.text if within else ""
    return NotePlace(quote_lines(classify_lines(note), place.line, last, path, text), place.section_end)


def was_written_since(place: NotePlace, start: float, context: MiningContext) -> bool:
    """Whether the owner has written there since: in the section, or anywhere in a note that is about nothing else."""
    note = context.notes[place.lines.path]
    if not note.line_times or not place.section_end:
        return note.modified > start
    first, last = place.lines.line_start, place.section_end
    return any(run.at > start and run.first <= last and first <= run.last for run in note.line_times)


def _rank_places(note: Note, wanted: str, subject: MeetingSubject, *, is_today: bool) -> Iterator[_RankedPlace]:
    """The places of a note that suit."""
    if not note.passages:
        return
    first = note.passages[0].line_start
    stems = set(_text_stems(note.title))
    shared = subject.stems & stems
    if normalize_text(note.title) == wanted and stems - _meeting_stems():
        yield _RankedPlace(4, first)
    elif _is_same_subject(shared, subject) and (len(shared) >= 2 or shared >= stems - _meeting_stems()):
        yield _RankedPlace(3, first)
    elif any(names_person(note.title.strip(), person) for person in subject.people):
        yield _RankedPlace(2, first)
    for heading, line, end in _list_sections(note):
        if (normalize_text(heading) == wanted and is_today) or _same_subject(heading, subject):
            yield _RankedPlace(5 if is_today else 1, line, end)


def _list_sections(note: Note) -> Iterator[tuple[str, int, int]]:
    """The headings of a note but its title, each with its first line and the last one of its section."""
    found: list[tuple[str, int]] = []
    for passage in note.passages:
        if len(passage.heading) > 1:
            found.append((passage.heading[-1], passage.line_start))
        lines = enumerate(passage.text.splitlines(), passage.line_start)
        found += [(line.lstrip("# "), number) for number, line in lines if _HEADING_LINE.match(line)]
    ends = [*(line - 1 for _, line in found[1:]), note.passages[-1].line_end]
    for (heading, line), end in zip(found, ends, strict=False):
        yield heading, line, max(line, end)


def _same_subject(heading: str, subject: MeetingSubject) -> bool:
    """Whether a heading names all that a title does, and nothing else."""
    stems = set(_text_stems(heading)) - _meeting_stems()
    people = {part for person in subject.people for part in person.lower().split()}
    said = set(_title_words(heading)) & people
    return bool(subject.stems or said) and stems - people == subject.stems and bool(said or subject.stems)


def names_person(one: str, other: str) -> bool:
    """Whether two names are one person's: the same, or a first name and a full name that begins with it."""
    first, second = one.casefold().split(), other.casefold().split()
    if not first or not second:
        return False
    return first == second or (first[0] == second[0] and 1 in (len(first), len(second)))


def _known_name(name: str, known: Collection[str]) -> str | None:
    """How the notes call somebody; None where they do not."""
    same = sorted((other for other in known if names_person(name, other)), key=lambda other: (-len(other), other))
    return next((other for other in same if " " in other), next(iter(same), None))


def _may_be_name(name: str, known: Collection[str]) -> bool:
    """Whether what follows "with" in a title is somebody: no day, no tool, no word of appointments."""
    words = name.split()
    return name in known or not (
        words[0] in NOT_PERSON_NAMES or set(_text_stems(name)) & _meeting_stems() or not _text_stems(name)
    )


def _mentions_person(text: str, person: str) -> bool:
    """Whether a text has somebody's full name, or the first name and no other surname."""
    first = person.split(maxsplit=1)[0]
    if len(first) < 3:
        return False
    full = rf"(?<!\w){re.escape(person)}(?!\w)"
    return bool(re.search(full, text) or re.search(rf"(?<!\w){re.escape(first)}(?!\w)(?! [A-ZÄÖÜÀÉ]\w)", text))


def _title_words(title: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", title.lower())


def _is_rare(stem: str, context: MiningContext) -> bool:
    """Whether few notes have words of a stem."""
    most = max(MAX_RARE_NOTES, RARE_SHARE * len(context.own_notes))
    return len(stem) >= MIN_RARE_LETTERS and context.tie_index.note_counts[stem] <= most


@lru_cache(maxsize=32768)
def _text_stems(text: str) -> frozenset[str]:
    """The stems of a text: titles and headings are asked for again and again."""
    return frozenset(content_stems(text))
