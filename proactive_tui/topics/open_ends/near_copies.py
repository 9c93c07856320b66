"""Finds what notes have in common, line by line: copies, prompts that every day repeats, tasks carried over."""

from __future__ import annotations

import datetime as dt
import re
from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple, get_args

from proactive_tui.model.note_values import Note
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.topics.habits.habit_lines import came_back
from proactive_tui.topics.open_ends.voices import NoteVoice, Voice, VoicedLines

LineForm = Literal["", "open", "done", "asks", "heading", "item"]
_FORMS: tuple[LineForm, ...] = get_args(LineForm)
_FORM_PLACES = {form: place for place, form in enumerate(_FORMS)}

MIN_LINE_LETTERS = 5  # a shorter line says too little to be recognised
MAX_COPIES = 12  # a line in more notes than this is a phrase or a prompt, and no sign of a copy
MIN_COPY_LINES = 4
COPY_LINE_SHARE = 0.85
TELLING_LINE_SHARE = 0.6
MAX_COPY_GROWTH = 2.0
NAMED_COPY_LINE_SHARE = 0.5
MIN_PROMPT_NOTES = 3
MIN_REPEATED_ITEM_NOTES = 5
MOST_COUNTED = 5  # no rule asks for more notes than this
NO_FOLDERS: Mapping[str, int] = MappingProxyType({})
CARRIED_ON_GRADE = 0.6  # the same task, still open: it is raised once, and its newest place counts

_LINE_START = re.compile(
    r"\s*(?:>\s*)*(#{1,6}\s+)?([-*+]\s+|\d{1,3}[.)]\s+)?(?:\[(.)\]\s+|(TODO|DOING|NOW|LATER|WAITING|DONE"
    r"|CANCELL?ED)\b:?\s*)?(?:\[#[ABC]\]\s*)?"
)
_STATE_INITIALS = ("TO", "DO", "NO", "LA", "WA", "CA")
"""How the words begin that say how far a task is. Another line that begins with a letter has no mark before it."""
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


class SharedLine(NamedTuple):
    """What is known of a line that several notes hold, as far as it tells whose words it is.

    Whether a template holds it, how many notes of a folder do (where that is enough for a prompt) and how many days of
    a journal (both counted up to `MOST_COUNTED`), and whether it is a habit; of other tasks, path, date and state of
    the newest day that holds it.
    """

    in_template: bool
    folders: Mapping[str, int]
    days: int
    is_habit: bool = False
    newest: str = ""
    newest_date: float = 0.0
    newest_is_open: bool = False


class _IndexedNote(NamedTuple):
    """The lines of a note: keys, numbers and the places of their forms in `_FORMS`, each in the order of the lines."""

    keys: array[int]
    numbers: array[int]
    forms: bytes


class LineIndex:
    """The lines of all notes by the hash of their words, and what is known of those that several notes hold.

    It is brought in step note by note. A line of one note takes about 100 bytes; nothing of its text is kept.
    """

    def __init__(self) -> None:
        self._notes: dict[str, _IndexedNote] = {}
        self._sole: dict[int, str] = {}
        self._shared: dict[int, set[str]] = {}
        self._tasks: dict[int, dict[str, frozenset[LineForm]]] = {}
        self._days: dict[str, float] = {}
        self._templates: set[str] = set()
        self._facts: dict[int, SharedLine] = {}

    def update(self, changed: Mapping[str, Note | None], templates: Collection[str]) -> set[str]:
        """Bring the index in step with notes that changed or are new, or are gone (None); `templates` are those of them
        that are templates. Returns the paths of all notes of which `copies_of` or `shared_lines` may differ now.
        """
        affected = set(changed)
        touched: set[int] = set()
        for path, note in changed.items():
            affected |= self.partners_of(path)
            touched.update(self._drop(path))
            if note is not None:
                touched.update(self._add(note, is_template=path in templates))
                affected |= self.partners_of(path)
        for key in touched:
            known = self._facts.pop(key, None)
            if key in self._shared:
                now = self._facts[key] = self._gather(key)
                if now != known:
                    affected |= self._shared[key]
        return affected

    def partners_of(self, path: str) -> set[str]:
        """The notes with a line of this one that may be a sign of a copy, or was until this one came."""
        if path not in self._notes:
            return set()
        shared = (self._shared.get(key) for key in self._notes[path].keys)
        return set().union(*(holders for holders in shared if holders and len(holders) <= MAX_COPIES + 1))

    def _drop(self, path: str) -> Iterable[int]:
        known = self._notes.pop(path, None)
        self._templates.discard(path)
        self._days.pop(path, None)
        if known is None:
            return ()
        keys = set(known.keys)
        for key in keys:
            holders = self._shared.get(key)
            if holders is None:
                del self._sole[key]
            else:
                holders.remove(path)
                if len(holders) == 1:
                    (self._sole[key],) = self._shared.pop(key)
            if key in self._tasks:
                self._tasks[key].pop(path, None)
                if not self._tasks[key]:
                    del self._tasks[key]
        return keys

    def _add(self, note: Note, *, is_template: bool) -> Iterable[int]:
        lines = list(read_lines(note))
        path = note.path
        self._notes[path] = _IndexedNote(
            array("q", [line.key for line in lines]),
            array("i", [line.number for line in lines]),
            bytes([_FORM_PLACES[line.form] for line in lines]),
        )
        if is_template:
            self._templates.add(path)
        if note.date_from == "name":
            self._days[path] = note.date
        keys = {line.key for line in lines}
        for key in keys:
            if key in self._shared:
                self._shared[key].add(path)
            elif key in self._sole:
                self._shared[key] = {self._sole.pop(key), path}
            else:
                self._sole[key] = path
        for line in lines:
            if line.form in ("open", "done"):
                states = self._tasks.setdefault(line.key, {})
                states[path] = states.get(path, frozenset()) | {line.form}
        return keys

    def shared_lines(self, path: str) -> Iterator[tuple[NoteLine, SharedLine]]:
        """The lines of a note that stand in other notes, too, each with what is known of it."""
        if path in self._notes:
            for key, number, form in zip(*self._notes[path], strict=True):
                if key in self._shared:
                    yield NoteLine(key, number, _FORMS[form]), self._facts[key]

    def copies_of(self, path: str) -> dict[str, float]:
        """The notes in which at least half of the telling lines of this one stand, and the share of them, by path."""
        if path not in self._notes:
            return {}
        keys = set(self._notes[path].keys)
        telling = [key for key in keys if key not in self._shared or len(self._shared[key]) <= MAX_COPIES]
        if len(telling) < TELLING_LINE_SHARE * len(keys):
            return {}  # mostly phrases and prompts, which make no copy
        shared = Counter(other for key in telling for other in self._shared.get(key, ()) if other != path)
        return {other: count / len(telling) for other, count in sorted(shared.items()) if 2 * count >= len(telling)}

    def line_count(self, path: str) -> int:
        """How many different lines of a note can be recognised."""
        return len(set(self._notes[path].keys)) if path in self._notes else 0

    def _gather(self, key: int) -> SharedLine:
        """What is known of a line that several notes hold."""
        holders = self._shared[key]
        folders = Counter(path.rpartition("/")[0] for path in holders)
        many = {folder: min(count, MOST_COUNTED) for folder, count in folders.items() if count >= MIN_PROMPT_NOTES}
        in_template = not self._templates.isdisjoint(holders)
        days = [self._days[path] for path in holders if path in self._days]
        shared = SharedLine(in_template, many or NO_FOLDERS, min(len(days), MOST_COUNTED))
        if key not in self._tasks or not days:
            return shared
        states = {path: self._tasks[key][path] for path in self._tasks[key] if path in self._days}
        if came_back(_ticks_by_day(states, self._days)):
            return shared._replace(is_habit=True)
        newest_date, newest = max(((self._days[path], path) for path in states), default=(0.0, ""))
        newest_is_open = bool(newest) and "open" in states[newest]
        return shared._replace(newest=newest, newest_date=newest_date, newest_is_open=newest_is_open)


def _ticks_by_day(states: Mapping[str, frozenset[LineForm]], days: Mapping[str, float]) -> dict[dt.date, bool]:
    """The days on which a box stands, and whether all of them are ticked then."""
    ticks: dict[dt.date, bool] = {}
    for path, forms in states.items():
        day = local_day(days[path])
        ticks[day] = ticks.get(day, True) and "open" not in forms
    return ticks


def _read_start(text: str) -> tuple[str, LineForm]:
    """A line without its marks, and the form that these give it."""
    if text[:1].isalpha() and not text.startswith(_STATE_INITIALS):
        return text, ""
    start = _LINE_START.match(text)
    if start is None:
        return text, ""
    bare = text[start.end() :]
    heading, bullet, box, state = start.groups()
    if box is not None or state:
        is_done = box in ("x", "X", "-") or (state or "").startswith(("DONE", "CANCEL"))
        return _TASK_FIELDS.sub("", bare), "done" if is_done else "open"
    return bare, "heading" if heading else "item" if bullet else ""


def read_lines(note: Note) -> Iterator[NoteLine]:
    """The lines of a note that can be recognised in another one."""
    for passage in note.passages:
        for number, text in enumerate(passage.text.split("\n"), passage.line_start):
            bare, form = _read_start(text)
            bare = bare.strip().rstrip("*_ ").lower()
            if form in ("", "item") and bare.endswith(("?", ":", "：", "？")):
                form = "asks"
            if len(bare) >= MIN_LINE_LETTERS:
                yield NoteLine(hash(bare), number, form)


def conflict_base(path: str) -> str:
    """The path of the note of which a path names a conflict copy of a sync tool; empty where it names none."""
    folder, slash, name = path.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
    if not _CONFLICT_NAME.search(stem):
        return ""
    return f"{folder}{slash}{_CONFLICT_NAME.sub('', stem).strip()}{dot}{suffix}"


def copy_voice(
    note: Note, notes: Mapping[str, Note], index: LineIndex, written_at: Callable[[str], float]
) -> NoteVoice | None:
    """The voice of a note that is the older copy of another; None where it is none."""
    if conflict_base(note.path) in notes:
        return NoteVoice("archived", 0.05, "a conflict copy")
    folder, slash, name = note.path.rpartition("/")
    stem, dot, suffix = name.rpartition(".")
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


def _copy_rank(note: Note, written_at: Callable[[str], float]) -> tuple[float, int, str]:
    """The newer note first; of those of one time the one with the plainer path."""
    return written_at(note.path), -len(note.path), note.path


def _is_day_of_series(note: Note, other: Note) -> bool:
    """Whether two notes are days of one journal, which share what was carried over and are no copies."""
    return note.date_from == "name" == other.date_from and note.date != other.date


def repeated_lines(note: Note, index: LineIndex) -> Iterator[VoicedLines]:
    """The lines of a note that are prompts or habits, or a task that a later day carries on."""
    is_day = note.date_from == "name"
    folder = note.path.rpartition("/")[0]
    for line, facts in index.shared_lines(note.path):
        beside = facts.days if is_day else facts.folders.get(folder, 0) if folder else 0
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
        elif line.form == "item" and facts.days and note.date_from == "modified":
            shown = ("archived", 0.3, "it is gathered from a day")
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
