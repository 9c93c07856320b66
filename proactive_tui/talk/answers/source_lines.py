"""The lines that a reply may rest on: those of its sources, and what the owner said in the talk. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from proactive_tui.model.note_values import Passage
from proactive_tui.model.topic_values import Evidence
from proactive_tui.talk.answers.statements import Statement, cut_statements
from proactive_tui.text.dates.named_days import find_named_days
from proactive_tui.text.lexicon import Lexicon
from proactive_tui.text.plain import is_question, note_name
from proactive_tui.text.sentences import cut_sentences

SPOKEN_SOURCE = 0
"""The number of what was said in the talk, which is not cited."""

SPOKEN_PATH = "said"


class GroundLine(NamedTuple):
    """A line that may be restated. `source` counts from 1; `stems` are those of its words and of what stands above it,
    `days` the days that it names, in words.
    """

    source: int
    words: str
    evidence: Evidence
    stems: frozenset[str]
    days: str


def cut_source(source: Evidence) -> list[Statement]:
    """The statements of a source."""
    passage = Passage(
        id=source.passage,
        path=source.path,
        heading=source.heading,
        line_start=source.line_start,
        line_end=source.line_end,
        text=source.text,
        prose=source.text,
    )
    return cut_statements(passage)


def source_lines(sources: Sequence[Evidence], lexicon: Lexicon, today: dt.date) -> Iterator[GroundLine]:
    """The lines of the sources, in order."""
    for number, source in enumerate(sources, 1):
        for statement in cut_source(source):
            above = (*source.heading, *statement.parents, note_name(source), _path_words(source))
            evidence = replace(source, text=statement.plain, heading=tuple(dict.fromkeys(above[:-2])))
            yield _ground_line(number, statement.plain, evidence, " ".join(above), lexicon, today)


def spoken_lines(said: Sequence[str], lexicon: Lexicon, today: dt.date) -> Iterator[GroundLine]:
    """What the owner told in a talk: questions tell nothing."""
    for text in said:
        for sentence, asks in cut_sentences(text):
            if not asks and not is_question(text):
                evidence = Evidence(path=SPOKEN_PATH, line_start=1, line_end=1, text=sentence)
                yield _ground_line(SPOKEN_SOURCE, sentence, evidence, "", lexicon, today)


def _ground_line(
    number: int, words: str, evidence: Evidence, above: str, lexicon: Lexicon, today: dt.date
) -> GroundLine:
    days = _spell_days(f"{words} {above}", lexicon, today)
    stems = frozenset(lexicon.content_stems(f"{words} {above} {days}"))
    return GroundLine(number, words, evidence, stems, days)


def _path_words(source: Evidence) -> str:
    return source.path.rsplit(".", 1)[0].replace("-", " ").replace("_", " ").replace("/", " ")


def _spell_days(text: str, lexicon: Lexicon, today: dt.date) -> str:
    """The days of a text as they may be said: "Friday 27 November 27. 2026-11-27"; the year where the text has it."""
    found: list[str] = []
    for named in find_named_days(text, today, "day first"):
        day, month = named.day, lexicon.months[named.day.month - 1]
        year, whole = (str(day.year), day.isoformat()) if str(day.year) in text else ("", "")
        found.append(f"{lexicon.days[day.weekday()]} {day.day} {month} {day.day} {year}. {whole}")
    return ". ".join(dict.fromkeys(found))
