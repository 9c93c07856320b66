"""Keeps what is known of the notes across rounds of mining, and finds out what a change of some of them changes.

What depends on a note alone is made once for each state of the note. What depends on other notes too is kept in maps
from what notes have in common (lines, days, boxes, fields, words) to the notes, so that only those that share something
with a changed note are looked at again. After a change it is equal to what a new memory makes of all notes
(`tests/topics/memory/test_same_as_anew.py`).
"""

from __future__ import annotations

import datetime as dt
import re
import weakref
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

from proactive_tui.model.note_values import Note, Passage
from proactive_tui.model.shared_words import SourceName
from proactive_tui.text.dates.day_order import DateForms, DayOrder, count_date_forms
from proactive_tui.topics.habits.day_log import LogEntry, TrackerIndex, read_note_fields
from proactive_tui.topics.habits.habit_lines import FoundHabits, HabitIndex, read_dated_boxes
from proactive_tui.topics.memory.compared_notes import ComparedNotes
from proactive_tui.topics.memory.fading_memory import FadingMemory
from proactive_tui.topics.memory.note_counts import NoteCounts, day_made, folder_keys, heading_keys, passage_words
from proactive_tui.topics.memory.note_memo import (
    MAX_KNOWN_ITEMS,
    MAX_KNOWN_PARTS,
    MAX_KNOWN_PASSAGES,
    MAX_NAMED_PASSAGES,
    BoundedMemo,
    Made,
    NoteMemo,
    WordingMemo,
)
from proactive_tui.topics.memory.note_names import note_names
from proactive_tui.topics.memory.tie_words import TieWords
from proactive_tui.topics.memory.word_mentions import WordMentions
from proactive_tui.topics.memory.writing_times import WritingTimes
from proactive_tui.topics.mining_failures import MiningFailures
from proactive_tui.topics.open_ends.finding import NoteReading
from proactive_tui.topics.open_ends.named_lines import ModelReading
from proactive_tui.topics.open_ends.near_copies import LineIndex, conflict_base
from proactive_tui.topics.open_ends.provenance import read_note_alone, read_provenance
from proactive_tui.topics.open_ends.voices import NoteProvenance
from proactive_tui.topics.relations.quoted_sentences import NoteSentences, note_stem_hashes

if TYPE_CHECKING:
    from proactive_tui.topics.mining_context import MiningContext
    from proactive_tui.topics.outside.tie_index import NoteTie

PEOPLE_FOLDERS = {"people", "person", "persons", "contacts", "personen", "personnes", "personas", "gens"}


class SortedItems(NamedTuple):
    """The items of one source by path, and their digests."""

    items: Mapping[str, Note]
    digests: Mapping[str, str]


NO_ITEMS = SortedItems({}, {})


class MiningMemory:
    """What is known of the notes of the context that it follows. It is used by one thread.

    It grows with the notes, by about twice their text, and forgets a note that is gone. `MiningContext` asks it;
    miners ask the context.
    """

    def __init__(self) -> None:
        self._notes: dict[str, Note] = {}
        self._source: Mapping[str, Note] = {}
        self._followed: weakref.ref[MiningContext] | None = None
        self._failed: set[str] = set()
        self._told: Mapping[tuple[str, str], ModelReading] = {}
        self._lines = LineIndex()
        self._alone: dict[str, NoteProvenance] = {}
        self._conflicts: dict[str, set[str]] = {}
        self._habits, self._trackers = HabitIndex(), TrackerIndex()
        self._date_forms: dict[str, DateForms] = {}
        self._all_date_forms = DateForms()
        self._names: dict[str, frozenset[str]] = {}
        self._people_names: frozenset[str] | None = None
        self._mentions = WordMentions()
        self.headings: NoteCounts[Note, str] = NoteCounts(heading_keys)
        self.folders: NoteCounts[Note, str] = NoteCounts(folder_keys)
        self.names: NoteCounts[Note, str] = NoteCounts(note_names)
        self._days_made: NoteCounts[Note, dt.date] = NoteCounts(partial(day_made, 0))
        self._days_offset = 0
        self.window_words: NoteCounts[tuple[Passage, ...], str] = NoteCounts(passage_words)
        self.parts: BoundedMemo[Any] = BoundedMemo(MAX_KNOWN_PARTS)
        self.passage_terms: BoundedMemo[Any] = BoundedMemo(MAX_NAMED_PASSAGES)
        self._chosen = ComparedNotes()
        self._compared: tuple[Mapping[str, Note], Mapping[str, Note]] | None = None
        self._moved_at: dict[str, int] = {}
        self.version = 0
        self.times = WritingTimes()
        self.provenances: dict[str, NoteProvenance] = {}
        self.own_notes: dict[str, Note] = {}
        self.readings: NoteMemo[NoteReading] = NoteMemo()
        self._of_notes: dict[Callable[[Note], object], NoteMemo[Any]] = {}
        self.fading = FadingMemory()
        self.logs: NoteMemo[tuple[LogEntry, ...]] = NoteMemo()
        self.quotable: NoteMemo[NoteSentences] = NoteMemo()
        self.stems: NoteCounts[Note, int] = NoteCounts(note_stem_hashes)
        self.wordings = WordingMemo()
        self.tender_passages: BoundedMemo[bool] = BoundedMemo(MAX_KNOWN_PASSAGES)
        self.item_ties: BoundedMemo[list[NoteTie]] = BoundedMemo(MAX_KNOWN_ITEMS)
        self._sorted_items: tuple[Mapping[str, Note], Mapping[SourceName, SortedItems]] | None = None
        self._tie_words = TieWords()
        self._tied_of: tuple[object, ...] | None = None

    def follow(self, context: MiningContext) -> MiningMemory:
        """Itself, in step with the notes of a context."""
        if self._followed is None or self._followed() is not context:
            self._followed = weakref.ref(context)
            if context.notes is not self._source or self._failed:
                self._catch_up(context.notes, context.failures)
                self._source = context.notes
            self._hear(context.model_readings)
        return self

    def recall_of_note(self, make: Callable[[Note], Made], note: Note) -> Made:
        """What `make` makes of a note by itself. It must be a function of a module, which lives as long."""
        memo: NoteMemo[Made] = self._of_notes.setdefault(make, NoteMemo())
        return memo.recall(note.path, (note,), partial(make, note))

    def reading_of(self, note: Note) -> NoteReading | None:
        """What the classifier read in a note as it is; None where it has not yet."""
        known = self.readings.peek(note.path)
        return known[1] if known is not None and known[0][0] == note else None

    def days_made(self, utc_offset: int) -> Counter[dt.date]:
        """How many notes say in their properties that they were made on each day, by the clock of a zone."""
        if self._days_offset != utc_offset:
            self._days_made, self._days_offset = NoteCounts(partial(day_made, utc_offset)), utc_offset
            self._days_made.match(self._notes)
        return self._days_made.counts

    def moved_since(self, version: int) -> list[str]:
        """The notes that changed since then, or of which times, whose words, or what a model read did."""
        newest = takewhile(lambda moved: moved[1] > version, reversed(self._moved_at.items()))
        return [path for path, _ in newest][::-1]

    def _catch_up(self, notes: Mapping[str, Note], failures: MiningFailures) -> None:
        before, again = self._notes, self._failed
        gone = before.keys() - notes.keys()
        other = [path for path, note in notes.items() if before.get(path) is not note]
        moved = {path for path in other if before.get(path) != notes[path]}
        changed: dict[str, Note | None] = dict.fromkeys(gone)
        changed.update((path, notes[path]) for path in moved | (again & notes.keys()))
        self._notes, self._failed = dict(notes), set()
        turned = self.times.update(notes)
        self._mentions.times_changed(turned)
        if not changed and not turned:
            return
        self._forget(gone)
        affected = self._read_alone(changed, failures)
        for path in turned:
            affected |= {path} | self._lines.partners_of(path)
        for path in changed:
            if (path in before) != (path in notes):
                affected |= self._conflicts.get(path, set())
        was_own = {path for path in affected if path in self.own_notes}
        moved |= turned | {path for path in affected & notes.keys() if self._regrade(notes[path], failures)}
        moved |= (again & notes.keys()) - self._failed
        now_own = {path for path in affected & notes.keys() if self.provenances[path].is_own}
        if was_own == now_own and before.keys() == notes.keys():
            self.own_notes = self.own_notes | {path: notes[path] for path in other if path in self.own_notes}
        else:
            self.own_notes = {path: note for path, note in notes.items() if self.provenances[path].is_own}
        for path in (was_own ^ now_own) | changed.keys():
            self._gather(path, self.own_notes.get(path), failures)
        self.version += bool(moved or gone)
        self._note_moved(moved)

    def _note_moved(self, paths: Iterable[str]) -> None:
        """Note that notes moved in this version: what moved last is last."""
        for path in paths:
            self._moved_at.pop(path, None)
            self._moved_at[path] = self.version

    def _read_alone(self, changed: Mapping[str, Note | None], failures: MiningFailures) -> set[str]:
        """Read notes that changed by themselves; returns the notes of which the voice may differ now."""
        for path, note in changed.items():
            base = conflict_base(path)
            if note is None:
                self._conflicts.get(base, set()).discard(path)
                continue
            if base:
                self._conflicts.setdefault(base, set()).add(path)
            alone = failures.attempt("topic", path, None, read_note_alone, note)
            if alone is None:
                self._failed.add(path)
            self._alone[path] = alone or NoteProvenance()
        for path, note in changed.items():
            self.names.replace(path, note)
            self._days_made.replace(path, note)
        templates = {path for path in changed if path in self._alone and self._alone[path].whole.voice == "template"}
        return self._lines.update(changed, templates)

    def _regrade(self, note: Note, failures: MiningFailures) -> bool:
        """Tell anew whose words a note is; returns whether that is another answer than before."""
        path = note.path
        arguments = (note, self._alone[path], self._notes, self._lines, self.times.last_written_at)
        found = failures.attempt("topic", path, None, read_provenance, *arguments)
        if found is None:
            self._failed.add(path)
        before = self.provenances.get(path)
        self.provenances[path] = found or NoteProvenance()
        return self.provenances[path] != before

    def _gather(self, path: str, note: Note | None, failures: MiningFailures) -> None:
        """Take what a note adds to what several notes make together; None where it is gone or not its owner's."""
        nothing: Mapping[str, LogEntry] = {}
        boxes = failures.attempt("goal", path, (), read_dated_boxes, note) if note is not None else ()
        fields = failures.attempt("goal", path, nothing, read_note_fields, note) if note is not None else nothing
        self._habits.replace(path, boxes)
        self._trackers.replace(path, fields)
        self._mentions.replace(path, note)
        self.headings.replace(path, note)
        self.folders.replace(path, note)
        forms = DateForms() if note is None else count_date_forms(passage.text for passage in note.passages)
        total = self._all_date_forms.plus(self._date_forms.pop(path, DateForms()), -1)
        self._all_date_forms = total.plus(forms)
        if any(forms):
            self._date_forms[path] = forms
        names = frozenset() if note is None else names_in_note(note)
        if names != self._names.pop(path, frozenset()):
            self._people_names = None
        if names:
            self._names[path] = names

    def _forget(self, gone: Collection[str]) -> None:
        for path in gone:
            for known in (self._alone, self.provenances, self._moved_at):
                known.pop(path, None)
        if gone:
            self.item_ties.clear()
            self._tied_of = None
        memos: list[NoteMemo[Any]] = [self.readings, self.logs, self.quotable]
        for memo in (*memos, *self._of_notes.values()):
            memo.forget(gone)

    def _hear(self, told: Mapping[tuple[str, str], ModelReading]) -> None:
        """Take what a language model read: the notes of which it says something else have moved."""
        other = [key for key in self._told.keys() | told.keys() if self._told.get(key) != told.get(key)]
        self._told = told
        if moved := [path for path, digest in other if path in self._notes and self._notes[path].digest == digest]:
            self.version += 1
            self._note_moved(moved)

    @property
    def people_names(self) -> frozenset[str]:
        """First names and names of the people that have a note or are named in a `people` property."""
        if self._people_names is None:
            names = frozenset().union(*self._names.values())
            names |= {name.split()[0] for name in names if name}
            self._people_names = frozenset(name for name in names if 2 < len(name) < 40 and name[0].isupper())
        return self._people_names

    @property
    def day_order(self) -> DayOrder | None:
        """The order of day and month that the dates of the owner's notes show; None where they show none."""
        return self._all_date_forms.order

    @property
    def compared_notes(self) -> Mapping[str, Note]:
        """The owner's notes whose passages are compared by meaning: chosen once for each state of the notes."""
        if self._compared is None or self._compared[0] is not self.own_notes:
            self._compared = self.own_notes, self._chosen.choose(self.own_notes, self.times.last_written_at)
        return self._compared[1]

    @property
    def habits(self) -> FoundHabits:
        """The habits that daily notes keep as boxes."""
        return self._habits.habits

    @property
    def trackers(self) -> Mapping[str, tuple[LogEntry, ...]]:
        """The fields of dated notes that log a habit."""
        return self._trackers.trackers

    def sort_items(self, items: Mapping[str, Note]) -> Mapping[SourceName, SortedItems]:
        """The items of each source: made once for as long as `items` is the same mapping, which nobody changes."""
        if self._sorted_items is None or self._sorted_items[0] is not items:
            found: dict[SourceName, dict[str, Note]] = {}
            for path, item in items.items():
                if item.origin is not None:
                    found.setdefault(item.origin.source, {})[path] = item
            of_sources = {
                source: SortedItems(held, {path: item.digest for path, item in held.items()})
                for source, held in found.items()
            }
            self._sorted_items = items, of_sources
        return self._sorted_items[1]

    @property
    def tie_words(self) -> TieWords:
        """The passages that may be tied, of the notes that are compared, with their terms; see `ComparedNotes`."""
        made_of = (self.version, self.people_names)
        if self._tied_of != made_of:
            self._tie_words.follow(self.compared_notes, self.provenances, self.people_names)
            self._tied_of = made_of
        return self._tie_words

    def watch_mentions(self, words: Iterable[str]) -> None:
        """Get ready for words (lower case) of which the mentions will be asked for."""
        self._mentions.watch(words, self.own_notes.values)

    def last_mention_at(self, words: Iterable[str], path: str) -> float | None:
        """When the newest note of the owner's other than the one at `path` that mentions one of `words` (lower case)
        was written; None without such a note.
        """
        found = (self._mentions.newest(word, self.own_notes.values, self.times.last_written_at) for word in words)
        return max((at for newest in found for at, other in newest if other != path), default=None)


def names_in_note(note: Note) -> frozenset[str]:
    """The names of people that a note is about or names in a `people` property."""
    names = set(re.findall(r"[^\W\d_][\w'-]+(?: [^\W\d_][\w'-]+)*", note.properties.get("people", "")))
    folders = {part.lower() for part in note.path.split("/")[:-1]}
    if folders & PEOPLE_FOLDERS or {"people", "person"} & {tag.lower() for tag in note.tags}:
        names.add(note.title.strip())
    return frozenset(names)
