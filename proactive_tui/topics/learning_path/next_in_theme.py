"""Finds what a theme covered, in order, and what comes next: an open end in it, or a subject without a note."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from proactive_tui.model.note_values import Note
from proactive_tui.model.topic_values import COVERED_SEPARATOR, Evidence
from proactive_tui.text.blocks import classify_lines, quote_lines, split_blocks, split_sentences
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.dates.text_days import cut_days, find_days
from proactive_tui.text.dates.written_days import find_written_day
from proactive_tui.text.words import content_stems, shorten_text, strip_markdown
from proactive_tui.topics import cues
from proactive_tui.topics.memory.mining_memory import PEOPLE_FOLDERS
from proactive_tui.topics.memory.note_names import fold_name
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.open_ends.note_voice import is_personal
from proactive_tui.topics.quoting import GENERIC_HEADING

MAX_COVERED = 8
_FILE_TARGET = re.compile(r"\.(?!md$)\w{2,5}$", re.IGNORECASE)
_PREREQUISITE = re.compile(
    r"(?:\bprerequisites?"
    r"|\bvoraussetzung(?:en)?|\bpr[ée]requis|\brequisitos? previos?|\bprerequisiti|\bpré-requisitos?)"
    r"\s*[:–-]\s*"
    r"|\b(?:need(?:s)? to (?:understand|learn|read up on|know)|have to (?:understand|learn|read up on)"
    r"|(?:muss|müsste) (?:ich )?(?:erst |noch )?(?:verstehen|lernen|nachlesen)|il faut (?:d'abord )?comprendre"
    r"|hay que entender(?: antes)?)\s+(?:more about |about |the |how )?",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"([^\W\d_][\w+#-]*(?:[ -][\w+#-]+){0,3}?)"
    r"(?=$|\s*[.,;:()!?]|\s+(?:first|before|and|erst|und|bevor|d'abord|y|et)\b)"
)


class ThemeStep(NamedTuple):
    """What comes next in a theme: its words, and the lines that say so."""

    words: str
    evidence: Evidence


def covered_titles(notes: Sequence[Note], written: Mapping[str, float]) -> str:
    """The titles of notes that say what they are about, oldest first; the last ones where they are many."""
    titles = [
        strip_markdown(note.title)
        for note in sorted(notes, key=lambda note: (written[note.path], note.path))
        if not find_written_day(note.title, local_day(note.date), year_needed=False)
        and any(map(str.isalpha, note.title))
        and not GENERIC_HEADING.match(note.title)
        and not PEOPLE_FOLDERS & set(note.path.lower().split("/")[:-1])
    ]
    return COVERED_SEPARATOR.join(shorten_text(title, 60) for title in list(dict.fromkeys(titles))[-MAX_COVERED:])


def find_open_end(notes: Sequence[Note], names: Sequence[str], context: MiningContext) -> ThemeStep | None:
    """The newest question or open box in the notes of a theme (given newest first) that is about it; None without one.

    It is about it if it names the theme, or if its note has nothing else than the theme in its title.
    """
    stems = {stem for name in names for stem in content_stems(name)}
    for note in notes:
        about = bool(stems & set(content_stems(note.title)))
        for words, line_start, line_end in _open_lines(note, context):
            found = content_stems(words)
            if len(set(found)) >= 2 and (about or stems & set(found)):
                evidence = quote_lines(classify_lines(note), line_start, line_end, note.path, words)
                days = find_days(words, context.last_written_at(note), context.day_order)
                return ThemeStep(strip_markdown(cut_days(words, days)), evidence)
    return None


def _open_lines(note: Note, context: MiningContext) -> Iterator[tuple[str, int, int]]:
    habits = context.habits.lines.get(note.path, frozenset())
    if is_personal(note):
        for block in split_blocks(note):
            if block.role not in ("prose", "item"):
                continue
            sentences = split_sentences(block)
            if (
                sentences
                and re.search(r"\?\W*$", sentences[-1].masked)
                and cues.INTERROGATIVE_START.search(sentences[-1].masked)
            ):
                yield sentences[-1].text, sentences[-1].line_start, sentences[-1].line_end
    for item in note.tasks:
        if not item.done and item.line not in habits:
            yield item.text, item.line, item.line


def find_missing_note(notes: Sequence[Note], context: MiningContext) -> ThemeStep | None:
    """What notes of a theme link to, or say that one has to know first, and no note is about; None without such.

    What most of them link to comes first; `notes` are given newest first.
    """
    known = context.name_counts
    links = Counter(
        target
        for note in notes
        for target in {link.split("|")[0].strip() for link in note.links}
        if _is_subject(target) and fold_name(target) not in known
    )
    for target, _ in sorted(links.items(), key=lambda pair: (-pair[1], pair[0])):
        for note in notes:
            if evidence := _quote_naming(note, f"[[{target}"):
                return ThemeStep(target.rpartition("/")[2], evidence)
    for note in notes:
        for line in classify_lines(note):
            if line.role in ("prose", "item") and (cue := _PREREQUISITE.search(line.text)):
                named = _SUBJECT.match(strip_markdown(line.text[cue.end() :]))
                if named and len(named[1]) > 2 and fold_name(named[1]) not in known:
                    return ThemeStep(named[1], quote_lines([line], line.number, line.number, note.path))
    return None


def _is_subject(target: str) -> bool:
    """Whether a link names a subject: no address, file, day or path upwards."""
    name = target.rpartition("/")[2]
    return (
        2 < len(name) <= 60
        and any(map(str.isalpha, name))
        and "://" not in target
        and not target.startswith(("..", "#", "mailto:"))
        and not _FILE_TARGET.search(name)
        and find_written_day(name, local_day(0.0)) is None
    )


def _quote_naming(note: Note, link: str) -> Evidence | None:
    for line in classify_lines(note):
        if line.role in ("prose", "item", "table", "quote") and link in line.text:
            return quote_lines([line], line.number, line.number, note.path)
    return None
