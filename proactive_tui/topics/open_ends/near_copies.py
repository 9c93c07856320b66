"""Finds what notes have in common, line by line: copies, prompts that every day repeats, tasks carried over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from proactive_tui.model import Note
from proactive_tui.topics.open_ends.voices import NoteVoice, Voice, VoicedLines
from proactive_tui.units import SECONDS_PER_DAY

LineForm = Literal["", "open", "done", "asks", "heading", "item"]

MIN_LINE_LETTERS = 5  # a shorter line says too little to be recognised
MAX_COPIES = 12  # a line in more notes than this is a phrase or a prompt, and no sign of a copy
MIN_COPY_LINES = 4
COPY_LINE_SHARE = 0.85
TELLING_LINE_SHARE = 0.6
MAX_COPY_GROWTH = 2.0
NAMED_COPY_LINE_SHARE = 0.5
MIN_PROMPT_NOTES = 3
MIN_REPEATED_ITEM_NOTES = 5
HABIT_SPAN_DAYS = 45.0
MIN_HABIT_DAYS = 6
CARRIED_ON_GRADE = 0.6  # the same task, still open: it is raised once, and its newest place counts

_LINE_START = re.compile(
    r"\s*(?:>\s*)*(#{1,6}\s+)?([-*+]\s+|\d{1,3}[.)]\s+)?(?:\[(.)\]\s+|(TODO|DOING|NOW|LATER|WAITING|DONE"
    r"|CANCELL?ED)\b:?\s*)?(?:\[#[ABC]\]\s*)?"
)
_TASK_FIELDS = re.compile(r"\s*(?:[➕🛫⏳✅📅❌🔁⏫🔼🔽]\ufe0f?\s*[\d-]*|\[\w+::[^\]]*\]|#\S+)")
_CONFLICT_NAME = re.compile(
    r"[ _.-]*\((?:[^()]*\b)?(?:conflicted copy|case conflict|conflict|konflikt|in konflikt stehende|copie en conflit"
    r"|copia en conflicto"
    r"|copia in conflitto)[^()]*\)|\.sync-conflict-[\w-]+|[ _.-]+conflict(?:ed)?(?:[-_ .]?(?:copy|\d[\w-]*|files?))*$"
    r"|_conf\(\d+\)|[ ._-]conflicted copy.*$",
    re.IGNORECASE,
)
_COPY_NAME = re.compile(
    r"(?: - (?:copy|kopie|copie|copia|cópia)(?: ?\(\d+\))?| (?:copy|kopie|copie|copia)(?: \d+)?| ?\(\d{1,2}\)| \d{1,2}"
    r"|[ ._-]+(?:backup|bak|old|orig)(?:[ ._-]?[\d-]+)?)$"
    r"|^(?:copy of|kopie von|copie de|copia de|copia di) ",
    re.IGNORECASE,
)


class NoteLine(NamedTuple):
    """A line: the hash of its words, its number, and its form."""

    key: int
    number: int
    form: LineForm


class _IndexedNote(NamedTuple):
    digest: str
    lines: tuple[NoteLine, ...]
    keys: frozenset[int]
    tasks: Mapping[int, frozenset[LineForm]]


class LineIndex:
    """The lines of all notes by the hash of their words. Only what has changed is read again."""

    def __init__(self) -> None:
        self._notes: dict[str, _IndexedNote] = {}
        self._holders: dict[int, list[str]] = {}

    def update(self, notes: Mapping[str, Note]) -> None:
        """Bring the index in step with the notes."""
        for path in [path for path in self._notes if path not in notes]:
            self._drop(path)
        for path, note in notes.items():
            known = self._notes.get(path)
            if known is None or known.digest != note.digest:
                if known is not None:
                    self._drop(path)
                lines = tuple(read_lines(note))
                keys = frozenset(line.key for line in lines)
                tasks: dict[int, frozenset[LineForm]] = {}
                for line in lines:
                    if line.form in ("open", "done"):
                        tasks[line.key] = tasks.get(line.key, frozenset()) | {line.form}
                self._notes[path] = _IndexedNote(note.digest, lines, keys, tasks)
                for key in keys:
                    self._holders.setdefault(key, []).append(path)

    def _drop(self, path: str) -> None:
        for key in self._notes.pop(path).keys:
            holders = self._holders[key]
            holders.remove(path)
            if not holders:
                del self._holders[key]

    def shared_lines(self, path: str) -> list[tuple[NoteLine, Sequence[str]]]:
        """The lines of a note that stand in other notes, too, each with the paths of all that hold it."""
        if path not in self._notes:
            return []
        return [(line, holders) for line in self._notes[path].lines if len(holders := self._holders[line.key]) > 1]

    def task_forms(self, path: str, key: int) -> frozenset[LineForm]:
        """Whether a note holds a line as an open task, as a done one, or both; empty where it is no task there."""
        return self._notes[path].tasks.get(key, frozenset())

    def copies_of(self, path: str) -> dict[str, float]:
        """The notes in which at least half of the telling lines of this one stand, and the share of them."""
        known = self._notes.get(path)
        if known is None:
            return {}
        telling = {key for key in known.keys if len(self._holders[key]) <= MAX_COPIES}
        shared = Counter(other for key in telling for other in self._holders[key] if other != path)
        if len(telling) < TELLING_LINE_SHARE * len(known.keys):
            return {}  # mostly phrases and prompts, which make no copy
        return {other: count / len(telling) for other, count in shared.items() if 2 * count >= len(telling)}

    def line_count(self, path: str) -> int:
        """How many different lines of a note can be recognised."""
        return len(self._notes[path].keys) if path in self._notes else 0


def read_lines(note: Note) -> Iterator[NoteLine]:
    """The lines of a note that can be recognised in another one."""
    for passage in note.passages:
        for number, text in enumerate(passage.text.split("\n"), passage.line_start):
            start = _LINE_START.match(text)
            bare = text[start.end() :] if start else text
            if len(bare) < MIN_LINE_LETTERS:
                continue
            heading, bullet, box, state = start.groups() if start else (None, None, None, None)
            form: LineForm = "item" if bullet else ""
            if box is not None or state:
                form = "done" if box in ("x", "X", "-") or (state or "").startswith(("DONE", "CANCEL")) else "open"
                bare = _TASK_FIELDS.sub("", bare)
            elif heading:
                form = "heading"
            bare = bare.strip().rstrip("*_ ").lower()
            if form in ("", "item") and bare.endswith(("?", ":", "：", "？", "::")):
                form = "asks"
            if len(bare) >= MIN_LINE_LETTERS:
                yield NoteLine(hash(bare), number, form)


def copy_voice(
    note: Note, notes: Mapping[str, Note], index: LineIndex, written_at: Callable[[Note], float]
) -> NoteVoice | None:
    """The voice of a note that is the older copy of another; None where it is none."""
    folder, slash, name = note.path.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    if _CONFLICT_NAME.search(stem) and f"{folder}{slash}{_CONFLICT_NAME.sub('', stem).strip()}{dot}{suffix}" in notes:
        return NoteVoice("archived", 0.05, "a conflict copy")
    if index.line_count(note.path) == 0:
        return None
    bare = _COPY_NAME.sub("", stem).strip()
    base = f"{folder}{slash}{bare}{dot}{suffix}" if bare != stem else ""
    copies = index.copies_of(note.path)
    if base in notes and copies.get(base, 0.0) >= NAMED_COPY_LINE_SHARE:
        return NoteVoice("archived", 0.1, f"a copy of {base}")
    for other, share in copies.items():
        theirs = notes[other]
        if theirs.path == note.path or share < COPY_LINE_SHARE:
            continue
        here, there = index.line_count(note.path), index.line_count(other)
        if min(here, there) < MIN_COPY_LINES or there > MAX_COPY_GROWTH * here:
            continue  # a collection that holds many notes is none of them
        if _copy_rank(note, written_at) < _copy_rank(theirs, written_at) and not _is_day_of_series(note, theirs):
            return NoteVoice("archived", 0.15, f"{other} says the same and is newer")
    return None


def _copy_rank(note: Note, written_at: Callable[[Note], float]) -> tuple[float, int, str]:
    """The newer note first; of those of one time the one with the plainer path."""
    return written_at(note), -len(note.path), note.path


def _is_day_of_series(note: Note, other: Note) -> bool:
    """Whether two notes are days of one journal, which share what was carried over and are no copies."""
    return note.date_from == "name" == other.date_from and note.date != other.date


class SharedLine(NamedTuple):
    """A line that several notes hold: whether a template does, how many notes of each folder and how many days of a
    journal do, whether it is a habit, and the path, date and state of the newest day that holds it as a task.
    """

    in_template: bool
    folders: Counter[str]
    days: int
    is_habit: bool
    newest: str
    newest_date: float
    newest_is_open: bool


class SharedLineTable:
    """The facts about shared lines, each gathered when it is first asked for."""

    def __init__(self, notes: Mapping[str, Note], index: LineIndex, is_template: Callable[[str], bool]) -> None:
        self._notes, self._index, self._is_template = notes, index, is_template
        self._known: dict[int, SharedLine] = {}

    def look_up(self, key: int, holders: Sequence[str]) -> SharedLine:
        """The facts about a line with these holders."""
        if key not in self._known:
            self._known[key] = self._gather(key, holders)
        return self._known[key]

    def _gather(self, key: int, holders: Sequence[str]) -> SharedLine:
        folders = Counter(path.rpartition("/")[0] for path in holders)
        days = sorted((self._notes[path].date, path) for path in holders if self._notes[path].date_from == "name")
        ticked = again = False
        newest, newest_date, newest_is_open = "", 0.0, False
        for date, path in days:
            forms = self._index.task_forms(path, key)
            if not forms:
                continue
            newest, newest_date, newest_is_open = path, date, "open" in forms
            again = again or (ticked and newest_is_open)
            ticked = ticked or "done" in forms
        span = (days[-1][0] - days[0][0]) / SECONDS_PER_DAY if days else 0.0
        habit = (len(days) >= MIN_PROMPT_NOTES and again) or (len(days) >= MIN_HABIT_DAYS and span >= HABIT_SPAN_DAYS)
        in_template = any(map(self._is_template, holders))
        return SharedLine(in_template, folders, len(days), habit, newest, newest_date, newest_is_open)


def repeated_lines(note: Note, index: LineIndex, table: SharedLineTable) -> Iterator[VoicedLines]:
    """The lines of a note that are prompts or habits, or a task that a later day carries on."""
    is_day = note.date_from == "name"
    folder = note.path.rpartition("/")[0]
    for line, holders in index.shared_lines(note.path):
        facts = table.look_up(line.key, holders)
        beside = facts.days if is_day else facts.folders[folder] if folder else 0
        shown: tuple[Voice, float, str] | None = None
        if facts.in_template:
            shown = ("template", 0.1, "it stands in a template")
        elif line.form == "open" and is_day and facts.days > 1:
            if facts.is_habit:
                shown = ("template", 0.2, "a habit that the days repeat")
            elif facts.newest_date > note.date:
                shown = (
                    ("archived", CARRIED_ON_GRADE, "a later note carries it on")
                    if facts.newest_is_open
                    else ("archived", 0.1, "it is done in a later note")
                )
        elif line.form in ("open", "item") and _is_done_later(note, facts):
            shown = ("archived", 0.1, "it is done in a later note")
        elif line.form in ("asks", "heading") and beside >= MIN_PROMPT_NOTES:
            shown = ("template", 0.2, "a prompt that many notes repeat")
        elif line.form == "item" and beside >= MIN_REPEATED_ITEM_NOTES:
            shown = ("template", 0.3, "an item that many notes repeat")
        if shown is not None:
            yield VoicedLines(line.number, line.number, *shown)


def _is_done_later(note: Note, facts: SharedLine) -> bool:
    """Whether a day that is no older than a note ticks a line of it, and no newer day opens it again."""
    is_ticked = bool(facts.newest) and not facts.newest_is_open and not facts.is_habit
    return is_ticked and facts.newest != note.path and facts.newest_date >= note.date
