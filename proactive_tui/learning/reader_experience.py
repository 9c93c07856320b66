"""Learns from reactions where in the notes the owner's own open ends stand, for the reader of notes.

Whether lines are the owner's to do is no matter of taste: *not mine* says that they were read wrongly, and whoever
takes a topic up, snoozes it or has already done it says that they were read well. That is counted for the place of the
lines: their heading within the folder, or their note where no heading says more than a date. A place answers for its
own lines. A folder is blamed or trusted only where several of its places agree, and a form of line only where several
folders do; so two answers under one heading leave all other folders as they were.

The shift of a cell's log-odds is that of a beta-binomial count with a symmetric prior; what was learned fades.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final, Literal, NamedTuple

from proactive_tui.learning.reactions import REACTION_MEANINGS
from proactive_tui.model.offer_values import Offer
from proactive_tui.model.shared_words import Kind, Reaction
from proactive_tui.model.topic_values import Topic
from proactive_tui.text.lexicon import LEXICONS
from proactive_tui.text.places.note_folders import named_folder
from proactive_tui.text.words import WORD_PATTERN, strip_markdown
from proactive_tui.units import SECONDS_PER_DAY

MAX_SHIFT: Final = 2.0
"""Bound of the shift, in log-odds either way."""
DISOWNED_SHIFT: Final = -1.0
"""Shift at and below which lines are not raised: two fresh *not mine* in one place, and nothing for it."""
EXPERIENCE_HALF_LIFE_SECONDS: Final = 180 * SECONDS_PER_DAY
"""Seconds after which an answer counts half: two *not mine* keep a place silent for about four months."""
MAX_TAUGHT_OFFERS: Final = 500
"""Number of the latest answered offers that count."""
FOLDER_LEVELS: Final = 2
"""Depth to which folders are told apart."""
MIN_AGREEING_PARTS: Final = 2
"""Places of a folder, or folders with a form, that must have answers before folder or form count."""

CellScope = Literal["heading", "note", "folder", "form"]
PRIOR_ANSWERS: Final[dict[CellScope, float]] = {"heading": 0.7, "note": 0.7, "folder": 2.0, "form": 4.0}
"""Answers of each sort that a cell is assumed to have had before."""

LINE_KINDS: Final[frozenset[Kind]] = frozenset({"open question", "task", "goal", "idea", "thread"})
"""Kinds that are read off single lines; the others are found in whole notes and teach nothing here."""

BOX_LINE: Final = re.compile(r"\s*(?:>\s*)*(?:[-*+]|\d{1,3}[.)])\s+\[.\]\s")
LIST_LINE: Final = re.compile(r"\s*(?:>\s*)*(?:[-*+]|\d{1,3}[.)])\s")
LINE_MARKS: Final[dict[str, str]] = {"#": "heading", ">": "quote", "|": "table"}


class ReadingCell(NamedTuple):
    """What is counted: a heading of a folder, a note, a folder, or a form (kind and how it is told)."""

    scope: CellScope
    folder: str
    name: str


class TaughtLine(NamedTuple):
    """The cells of a line that an offer quoted, and its heading as it is written ("" without one)."""

    place: ReadingCell
    folder: ReadingCell
    form: ReadingCell
    heading: str


class ReadingLesson(NamedTuple):
    """An answer: `yours` (0..1) is whether the lines were the owner's, `weight` (0..1) how much it says."""

    at: float
    yours: float
    weight: float
    lines: tuple[TaughtLine, ...]


class CellCounts(NamedTuple):
    """What was answered in a cell: faded weights for and against, the shift they make, and the offers themselves.

    `heading` is the newest heading as it is written; `denied` are the offers that were not the owner's.
    """

    cell: ReadingCell
    shift: float
    offers: tuple[str, ...]
    denied: int
    heading: str


@dataclass(frozen=True, slots=True)
class ReadingShifts:
    """What was learned, as it stands at one time: the shift (log-odds) of each cell that has any."""

    cells: Mapping[ReadingCell, float] = field(default_factory=dict)

    def log_odds_shift(self, path: str, heading: Sequence[str], form: str) -> float:
        """By how much the log-odds that a line is the owner's and open move, within ±MAX_SHIFT.

        `path` and `heading` (outermost first) are where it stands, `form` is `line_form` of it.
        """
        if not self.cells:
            return 0.0
        line = _cells_of(path, tuple(heading), form)
        shift = sum(self.cells.get(cell, 0.0) for cell in (line.place, line.folder, line.form))
        return max(-MAX_SHIFT, min(MAX_SHIFT, shift))

    def topic_shift(self, topic: Topic) -> float:
        """The shift of a topic: that of its best line; 0 for kinds that are no lines."""
        if not self.cells or topic.kind not in LINE_KINDS:
            return 0.0
        return max(
            (
                self.log_odds_shift(quoted.path, quoted.heading, line_form(topic.kind, quoted.text))
                for quoted in topic.evidence
            ),
            default=0.0,
        )


NO_SHIFTS: Final = ReadingShifts()


class ReaderExperience:
    """Learns from reactions; one lesson an offer, of which the last reaction counts."""

    def __init__(self) -> None:
        self._lessons: dict[str, ReadingLesson] = {}

    def learn(self, offer: Offer, reaction: Reaction, at: float) -> None:
        """Learn from the lines that an offer quoted, where the reaction says whose they were."""
        target = REACTION_MEANINGS[reaction].provenance
        if target is None or offer.topic.kind not in LINE_KINDS:
            return
        self._lessons.pop(offer.id, None)
        self._lessons[offer.id] = ReadingLesson(at, target.value, target.weight, _lines_of(offer.topic))
        while len(self._lessons) > MAX_TAUGHT_OFFERS:
            del self._lessons[next(iter(self._lessons))]

    def shifts_at(self, at: float) -> ReadingShifts:
        """What was learned, as it stands at `at` (unix seconds), never to change."""
        return ReadingShifts({counts.cell: counts.shift for counts in self.counts_at(at) if counts.shift})

    def counts_at(self, at: float) -> Iterator[CellCounts]:
        """Every cell with answers, as they stand at `at`."""
        lessons = dict(self._lessons)  # the loop may learn while a thread reads
        parts: dict[ReadingCell, dict[ReadingCell, dict[str, ReadingLesson]]] = {}
        headings: dict[ReadingCell, str] = {}
        for offer, lesson in lessons.items():
            for line in lesson.lines:
                headings[line.place] = line.heading
                for cell, part in ((line.place, line.place), (line.folder, line.place), (line.form, line.folder)):
                    parts.setdefault(cell, {}).setdefault(part, {})[offer] = lesson
        for cell, found in parts.items():
            answers = {offer: lesson for taught in found.values() for offer, lesson in taught.items()}
            yield CellCounts(
                cell=cell,
                shift=_cell_shift(cell, found.values(), at),
                offers=tuple(answers),
                denied=sum(lesson.yours < 0.5 for lesson in answers.values()),
                heading=headings.get(cell, ""),
            )


def line_form(kind: Kind, text: str) -> str:
    """The form of a line: its kind, and how it is told, as "task/box", "open question/item", "goal/prose"."""
    if BOX_LINE.match(text):
        return f"{kind}/box"
    mark = LINE_MARKS.get(text.lstrip()[:1], "prose")
    return f"{kind}/item" if LIST_LINE.match(text) else f"{kind}/{mark}"


def _lines_of(topic: Topic) -> tuple[TaughtLine, ...]:
    found = (_cells_of(quoted.path, quoted.heading, line_form(topic.kind, quoted.text)) for quoted in topic.evidence)
    return tuple(dict.fromkeys(found))


@cache
def calendar_names() -> frozenset[str]:
    """The names of days and months in all languages that have a lexicon, and their first three letters."""
    names = {name for lexicon in LEXICONS.values() for name in lexicon.calendar_words}
    return frozenset(names | {name[:3] for name in names})


@lru_cache(maxsize=65536)
def _cells_of(path: str, heading: tuple[str, ...], form: str) -> TaughtLine:
    folder = named_folder(path, FOLDER_LEVELS)
    written, name = _innermost_heading(heading)
    place = ReadingCell("heading", folder, name) if name else ReadingCell("note", folder, path)
    return TaughtLine(place, ReadingCell("folder", folder, ""), ReadingCell("form", "", form), written)


def _innermost_heading(heading: Sequence[str]) -> tuple[str, str]:
    """The innermost heading that says more than a date, as it is written and normalized; empty without one.

    Numbers, and beside them words of the calendar, are left out: "Sprint 42" is the place that "Sprint 43" is.
    """
    for title in reversed(heading):
        dated = any(letter.isdigit() for letter in title)
        words = [
            word
            for word in WORD_PATTERN.findall(strip_markdown(title).lower())
            if not (dated and word in calendar_names()) and not any(letter.isdigit() for letter in word)
        ]
        if words:
            return strip_markdown(title), " ".join(words)
    return "", ""


def _cell_shift(cell: ReadingCell, parts: Iterable[Mapping[str, ReadingLesson]], at: float) -> float:
    """The shift of a cell's log-odds. Each part of a folder or a form counts as one answer at the most."""
    prior, single = PRIOR_ANSWERS[cell.scope], cell.scope in {"heading", "note"}
    yours = others = 0.0
    known = 0
    for taught in parts:
        known += 1
        weights = [(lesson.yours, lesson.weight * _kept_share(at - lesson.at)) for lesson in taught.values()]
        good = sum(value * weight for value, weight in weights)
        bad = sum((1.0 - value) * weight for value, weight in weights)
        scale = 1.0 if single else 1.0 / max(1.0, good + bad)
        yours, others = yours + scale * good, others + scale * bad
    if not single and known < MIN_AGREEING_PARTS:
        return 0.0
    return math.log((yours + prior) / (others + prior))


def _kept_share(age: float) -> float:
    return float(0.5 ** (max(0.0, age) / EXPERIENCE_HALF_LIFE_SECONDS))
