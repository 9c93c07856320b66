"""Tells topics that are no open ends where they stand: quoted questions, drafts of letters, notes of a course."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from proactive_tui.model.note_values import Note
from proactive_tui.model.topic_values import Topic
from proactive_tui.text.asking import QUESTION_MARKS, ends_asking
from proactive_tui.text.blocks import classify_lines
from proactive_tui.text.outline.list_parents import find_list_parents
from proactive_tui.topics.open_ends.describing.entry_form import PLACEHOLDER
from proactive_tui.topics.open_ends.finding import NoteReading
from proactive_tui.topics.weighing.certainty import BOXED_LINE, LINE_START
from proactive_tui.topics.weighing.course_text import PLANNING_NAME, is_course_text, is_set_out, only_learned

QUOTED_WORDS = re.compile(r"„[^„“”]*[“”]|“[^“”]*”|«[^«»]*»|»[^«»]*«|「[^「」]*」|『[^『』]*』|\"[^\"]*\"")
QUOTED_END = re.compile(r"^[^\"“„«]*[?？]\W{0,3}[\"”»](?=\W*$)")
"""The end of a quotation that begins in an earlier line."""
SURE_BELOW_QUESTION = 0.7
"""The probability (0..1) from which an unmarked item below a question is to be done, and no answer or part of it."""
RECORD_LINE = re.compile(r"^\W*[\w-]{1,20}:\s")
"""A line of a record, as charts and tables are fed with: "title: Phase one", "end: 2027-01-01" below it."""
MIN_ASKING_WORDS = 3
"""Words of a heading that asks something; "Next?" and "To do?" head what is to be done."""
GREETING = re.compile(
    r"^\W*(?:"
    r"(?:hi|hello|hey|good (?:morning|afternoon|evening)|to whom it may concern|guten (?:tag|morgen|abend)|hallo"
    r"|bonjour|bonsoir|hola|buenos días|buenas (?:tardes|noches)|buongiorno|buonasera|salve|olá|bom dia|boa tarde"
    r"|goede(?:morgen|middag)|dzień dobry)\b"
    r"(?:(?:\s+[\w'’.-]+){0,3}\s*[,!]|\s+(?:i am|i['’]m|my name|this is|ich bin|mein name|hier ist|je suis"
    r"|je m['’]appelle|soy|me llamo|sono|mi chiamo|sou|meu nome|ik ben|mijn naam|nazywam|jestem)\b)"
    r"|(?:dear|sehr geehrte[rsn]?|liebe[rs]?|ch(?:er|ère)s?|madame|monsieur|estimad[oa]s?|gentil[ei]|egregi[oa]"
    r"|prezad[oa]s?|car[oa]|beste|geachte|szanown[iya])"
    r"(?: (?:señora?|sr|sra|senhora?|signora?|professore?|mevrouw|meneer|pani?)\.?)?"
    r"(?:\s+(?-i:[A-ZÀ-Þ])[\w'’.-]*){1,3}\s*[,!]"
    r")",
    re.IGNORECASE,
)
"""The beginning of a letter or a call that somebody has drafted: its questions are for whoever reads it."""


def keep_open_ends(topics: Iterable[Topic], note: Note, reading: NoteReading) -> list[Topic]:
    """The topics of a note but for those that only look open where they stand; what has a box is kept, unless its words
    only hold the place of a task ("Third task").
    """
    parents: dict[int, str] | None = None
    firsts = [passage.line_start for passage in note.passages]
    set_out: bool | None = None
    out: list[Topic] = []
    for topic in topics:
        lines = topic.evidence[0]
        if lines.path != note.path or BOXED_LINE.match(lines.text):
            if not PLACEHOLDER.match(LINE_START.sub("", lines.text)):
                out.append(topic)
            continue
        if (topic.kind == "open question" and asks_in_quotation(lines.text)) or is_record(lines.text):
            continue
        parents = _lines_above(note) if parents is None else parents
        above = parents.get(lines.line_start, "")
        if begins_letter(lines.text) or begins_letter(above):
            continue
        probability = reading.probability_at(lines.line_start, lines.line_end)
        place = bisect_right(firsts, lines.line_start) - 1
        headings = note.passages[place].heading if place >= 0 else ()
        asks = ends_asking(above) or _asks_what_follows(headings[-1] if headings else note.title)
        if topic.kind in ("task", "idea", "goal") and asks and (probability or 0.0) < SURE_BELOW_QUESTION:
            continue
        if only_learned(topic, probability):
            set_out = is_set_out(note) if set_out is None else set_out
            if set_out or is_course_text(note, headings):
                continue
        out.append(topic)
    return out


def _asks_what_follows(heading: str) -> bool:
    """Whether a heading or title asks what the lines below it answer ("Why do the bees leave?"), and for no plan."""
    return ends_asking(heading) and len(heading.split()) >= MIN_ASKING_WORDS and not PLANNING_NAME.search(heading)


def is_record(text: str) -> bool:
    """Whether a text is a record of several fields and nothing else."""
    lines = text.split("\n")
    return len(lines) > 1 and all(map(RECORD_LINE.match, lines))


def asks_in_quotation(text: str) -> bool:
    """Whether every question mark of a text stands inside quotation marks, or before one that closes a quotation."""
    if not QUESTION_MARKS & set(text):
        return False
    return not QUESTION_MARKS & set(QUOTED_END.sub("", QUOTED_WORDS.sub("", text)))


def begins_letter(text: str) -> bool:
    """Whether a line greets somebody, as a letter or a call does that was drafted in a note."""
    return GREETING.match(LINE_START.sub("", text)) is not None


def _lines_above(note: Note) -> dict[int, str]:
    """What list items stand below: the item above, the line that announces the list, or a question right above it."""
    above: dict[int, str] = {}
    question = ""
    for line in classify_lines(note):
        if line.role == "item":
            if question:
                above[line.number] = question
        elif line.role != "hidden":
            question = line.text if line.role == "prose" and ends_asking(line.text) else ""
    return {**above, **find_list_parents(note)}
