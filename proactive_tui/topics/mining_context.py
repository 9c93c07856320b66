"""The input of all miners: the notes, their vectors and their links."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from proactive_tui.learning.reader_experience import NO_SHIFTS, ReadingShifts
from proactive_tui.model.note_values import Note, Passage
from proactive_tui.model.shared_words import SourceName
from proactive_tui.model.talk_values import NoteRecall
from proactive_tui.model.topic_values import Topic
from proactive_tui.text.dates.day_order import DayOrder
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.topics.habits.day_log import LogEntry, read_note_log
from proactive_tui.topics.habits.goal_log import find_habit_stems, find_kept_log
from proactive_tui.topics.habits.habit_lines import FoundHabits
from proactive_tui.topics.ideas.explainable import ExplainedIdea, find_explained_idea, may_explain
from proactive_tui.topics.ideas.guide_text import is_guide_text
from proactive_tui.topics.memory.fading_memory import FadingMemory
from proactive_tui.topics.memory.mining_memory import NO_ITEMS, MiningMemory, SortedItems
from proactive_tui.topics.memory.note_memo import BoundedMemo
from proactive_tui.topics.memory.writing_times import AGE_OF_UNDATED_DAYS
from proactive_tui.topics.mining_failures import MiningFailures
from proactive_tui.topics.open_ends.finding import NoteReading, read_open_ends
from proactive_tui.topics.open_ends.named_lines import UNREAD, ModelReading
from proactive_tui.topics.open_ends.voices import NoteProvenance
from proactive_tui.topics.outside.tie_index import NoteTie, TieIndex
from proactive_tui.topics.quoting import section_written_at
from proactive_tui.topics.relations.quoted_sentences import NoteSentences, read_sentences
from proactive_tui.topics.relations.sentence_pair import StemRarity
from proactive_tui.topics.tenderness.gate import is_tender_text, may_raise_tender
from proactive_tui.topics.weighing.course_text import is_taught
from proactive_tui.units import SECONDS_PER_DAY

Made = TypeVar("Made")
Vector = NDArray[np.float32]
"""An embedding: float32 [dimensions], unit length."""

MIN_IMPORT_NOTES, MIN_IMPORT_SHARE = 20, 0.1
"""So many notes that were made on one day, and such a share of all (0..1), were imported on it."""


@dataclass(frozen=True)
class MiningContext:
    """Everything the miners may read; they change nothing in it.

    `items` are those of the sources that are on, by path. They are no notes of the owner's: only the miners of their
    kinds read them. `mined` has the topics of the kinds that were mined before, in the order of `TOPIC_KINDS`.

    `vectors` maps passage ids to unit float32 arrays and may be partial while notes are being embedded, which
    `awaits_vectors` says where more than a few are missing. `links` maps a
    path to the paths that its links resolve to. `seen` has the time at which the owner last viewed a note, where known.
    `locale_order` is the order of day and month where no date of the notes shows theirs.
    `reading` is what the owner's answers taught about whose lines stand where (`log_odds_shift` of a line).
    `memory` keeps what is known of the notes across contexts, `failures` what cannot be mined. In the folders
    `raise_tender_in`, what is tender may be raised. `rhythms_without_goal` says that late work and long stretches are
    raised although no note wants it otherwise. `model_readings` is what a language model read in notes, by path
    and digest.
    """

    notes: Mapping[str, Note]
    items: Mapping[str, Note] = field(default_factory=dict)
    mined: list[Topic] = field(default_factory=list, compare=False)
    vectors: Mapping[str, Vector] = field(default_factory=dict)
    links: Mapping[str, frozenset[str]] = field(default_factory=dict)
    utc_offset: int = 0
    theme_days: int = 14
    seen: Mapping[str, float] = field(default_factory=dict)
    recalls: Mapping[str, Sequence[NoteRecall]] = field(default_factory=dict)
    locale_order: DayOrder = "day first"
    reading: ReadingShifts = NO_SHIFTS
    memory: MiningMemory = field(default_factory=MiningMemory, compare=False)
    failures: MiningFailures = field(default_factory=MiningFailures, compare=False)
    raise_tender_in: tuple[str, ...] = ()
    model_readings: Mapping[tuple[str, str], ModelReading] = field(default_factory=dict)
    rhythms_without_goal: bool = False
    awaits_vectors: bool = False

    @cached_property
    def documents(self) -> Mapping[str, Note]:
        """Notes and items by path."""
        return {**self.notes, **self.items} if self.items else self.notes

    @property
    def _known(self) -> MiningMemory:
        return self.memory.follow(self)

    def read_open_ends(self, note: Note) -> NoteReading:
        """What a note leaves open, by the classifier and a language model; nothing, where that fails."""
        provenance = self.provenances[note.path]
        told = self.model_readings.get((note.path, note.digest), UNREAD)
        made_of = (note, provenance, told)
        return self.failures.attempt(
            "topic",
            note.path,
            NoteReading(told=told),
            self._known.readings.recall,
            note.path,
            made_of,
            lambda: read_open_ends(*made_of),
        )

    def is_tender_passage(self, passage: Passage) -> bool:
        """Whether a passage has tender lines, so that it may name no theme."""
        if may_raise_tender(passage.path, self.raise_tender_in):
            return False
        return self.memory.tender_passages.recall(passage.id, (), lambda: is_tender_text(passage.text))

    @property
    def provenances(self) -> Mapping[str, NoteProvenance]:
        """Whose words each note is, by path."""
        return self._known.provenances

    @property
    def own_notes(self) -> Mapping[str, Note]:
        """The notes that are their owner's own words: no templates, clippings, archives, copies and the like."""
        return self._known.own_notes

    def explained_idea(self, note: Note) -> ExplainedIdea | None:
        """The idea that a note explains; None where it explains none, teaches, or is about a person."""
        if note.title.strip() in self.people_names:
            return None
        return self.recall_of_note(_find_own_idea, note)

    def sentences(self, note: Note) -> NoteSentences:
        """The sentences of a note that say or ask something and are understood alone, by the id of their passage."""

        def read() -> NoteSentences:
            nothing: NoteSentences = {}
            return self.failures.attempt("connection", note.path, nothing, read_sentences, note)

        return self._known.quotable.recall(note.path, (note,), read)

    @cached_property
    def stem_rarity(self) -> StemRarity:
        """How rare stems are among the owner's notes; what changed since last time is read."""
        stems = self._known.stems
        stems.match(self.own_notes)
        return StemRarity(len(self.own_notes), stems.counts)

    @cached_property
    def tie_index(self) -> TieIndex:
        """What of the notes may bear on items, prepared; see `find_note_ties`."""
        return TieIndex(self._known.tie_words, self.vectors, self.is_tender_passage)

    def items_of(self, source: SourceName) -> SortedItems:
        """The items of a source, with their digests."""
        return self.memory.sort_items(self.items).get(source, NO_ITEMS)

    def recall_ties(self, item: Note, limit: int, make: Callable[[], list[NoteTie]]) -> list[NoteTie]:
        """The ties of an item, made anew where the item, or words or vectors of the notes are others than before."""
        embedded = sum(passage.id in self.vectors for passage in item.passages)
        made_of = (item.digest, limit, embedded, self._tie_state)
        return self.memory.item_ties.recall(item.path, made_of, make)

    @cached_property
    def _tie_state(self) -> tuple[object, ...]:
        words = self._known.tie_words
        embedded = sum(passage.id in self.vectors for passage in words.passages.values()) if self.vectors else 0
        return words.version, embedded, self.raise_tender_in

    @cached_property
    def linked_from(self) -> Mapping[str, frozenset[str]]:
        """The paths that link to each path, without lists of links."""
        found: dict[str, set[str]] = {}
        for source, targets in self.links.items():
            if source in self.own_notes:
                for target in targets - {source}:
                    found.setdefault(target, set()).add(source)
        return {path: frozenset(sources) for path, sources in found.items()}

    @property
    def heading_counts(self) -> Counter[str]:
        """In how many of the owner's notes each heading stands, in lower case."""
        return self._known.headings.counts

    @property
    def folder_counts(self) -> Counter[str]:
        """How many of the owner's notes are in each folder or below it."""
        return self._known.folders.counts

    @property
    def name_counts(self) -> Counter[str]:
        """How many notes have each name: see `note_names`."""
        return self._known.names.counts

    def count_words(self, passages: Sequence[Passage]) -> Counter[str]:
        """In how many notes each word of these passages stands, in lower case; what changed since last time is read."""
        found: dict[str, list[Passage]] = {}
        for passage in passages:
            found.setdefault(passage.path, []).append(passage)
        words = self.memory.window_words
        words.match({path: tuple(held) for path, held in found.items()})
        return words.counts

    @property
    def people_names(self) -> frozenset[str]:
        """First names and names of the people that have a note or are named in a `people` property."""
        return self._known.people_names

    @property
    def day_order(self) -> DayOrder:
        """The order of day and month in "12/05/2026": as the other dates of the notes say, else as the locale does."""
        return self._known.day_order or self.locale_order

    @cached_property
    def habits(self) -> FoundHabits:
        """The habits that daily notes keep as boxes, which are no tasks."""
        return self.failures.attempt("goal", "", FoundHabits(), lambda: self._known.habits)

    @cached_property
    def trackers(self) -> Mapping[str, tuple[LogEntry, ...]]:
        """The fields of dated notes that log a habit: `sleep: 7`."""
        nothing: Mapping[str, tuple[LogEntry, ...]] = {}
        return self.failures.attempt("goal", "", nothing, lambda: self._known.trackers)

    def read_goal_log(self, words: str, path: str, today: dt.date) -> tuple[LogEntry, ...]:
        """The log of the goal that the note at `path` states in these words, up to `today`; () without one."""
        note, known = self.notes[path], self._known
        own = known.logs.recall(path, (note, today), lambda: read_note_log(note, today))
        stems_of = partial(self.recall_wording, find_habit_stems)
        return own or find_kept_log(words, note, self.trackers, self.habits.lists, today, stems_of)

    def recall_of_note(self, make: Callable[[Note], Made], note: Note) -> Made:
        """What `make` (a function of a module) makes of a note by itself: made once while the note stays the same."""
        return self._known.recall_of_note(make, note)

    def recall_of_passage(self, make: Callable[[Note, Passage, frozenset[str]], Made], passage: Passage) -> Made:
        """What `make` (a function of a module, one for all passages) makes of a passage of a note, told its note and
        `people_names`.
        """
        made_of = (self.notes[passage.path], passage, self.people_names)
        known: BoundedMemo[Made] = self.memory.passage_terms
        return known.recall(f"{passage.path}:{passage.id}", made_of, lambda: make(*made_of))

    def recall_of_part(self, make: Callable[..., Made], name: str, *made_of: object) -> Made:
        """What `make` (a function of a module) makes of things of notes, such as two passages, which `name` names."""
        known: BoundedMemo[Made] = self.memory.parts
        return known.recall(f"{make.__name__}:{name}", made_of, lambda: make(*made_of))

    def recall_wording(self, make: Callable[[str], Made], text: str) -> Made:
        """What `make` returns for a short text, such as a title: made once in many rounds."""
        return self.memory.wordings.recall(make, text)

    @property
    def fading_memory(self) -> FadingMemory:
        """The fading topics of the last round."""
        return self._known.fading

    def last_written_at(self, note: Note) -> float:
        """When the owner last wrote this note: its own date, or its modification time where that was by hand."""
        return self._known.times.last_written_at(note.path)

    def written_between(self, first: float, last: float) -> list[tuple[str, float]]:
        """The notes that were written last between two moments (unix seconds), and when."""
        return self._known.times.written_between(first, last)

    def lines_written_at(self, note: Note, first: int, last: int, heading: tuple[str, ...] = ()) -> float:
        """When lines `first` to `last` of a note, under `heading`, were last written (unix seconds).

        Where one of them was seen to change, that is its time, else the day that the heading names, else the time of
        the note before any other of its lines changed.
        """
        seen = [run.at for run in note.line_times if run.first <= last and first <= run.last]
        if seen:
            return max(seen)
        touched = self.last_written_at(note)
        if note.first_seen is not None:
            date, modified = note.first_seen
            touched = min(touched, max(date, modified) if self._known.times.is_hand_time(modified) else date)
        return section_written_at(heading, touched, max(touched, note.modified))

    def days_counted_from(self, note: Note, first: int, last: int, heading: tuple[str, ...]) -> float:
        """The moment (unix seconds) from which lines `first` to `last` under `heading` count their days: the day that
        the heading names, else that of the note or, where it is older, of the lines.
        """
        touched = min(note.date, self.lines_written_at(note, first, last))
        return section_written_at(heading, touched, max(touched, note.modified))

    def aged_until(self, at: float) -> float:
        """The moment (unix seconds) up to which notes have grown older at `at`: they do not in a long pause."""
        return self._known.times.aged_until(at)

    def age_of_topic(self, topic: Topic, at: float) -> float:
        """The days since a topic was written, at `at` (unix seconds), without a long pause since. Nobody knows it of
        a note that came with many others, by a checkout or an import: it counts as at least AGE_OF_UNDATED_DAYS.
        """
        age = max(0.0, self.aged_until(at) - topic.at) / SECONDS_PER_DAY
        return max(age, AGE_OF_UNDATED_DAYS) if self.is_undated(topic.evidence[0].path) else age

    def is_undated(self, path: str) -> bool:
        """Whether nobody knows when a note was written, as it came with many others and says no day of its own."""
        note = self.notes.get(path)
        if note is None or note.line_times or self.is_written_by_hand(note):
            return False
        return note.date_from == "modified" or local_day(note.date, self.utc_offset) in self.import_days

    @cached_property
    def import_days(self) -> frozenset[dt.date]:
        """The days on which, by their properties, so many notes were made that a program made them."""
        days = self._known.days_made(self.utc_offset)
        least = max(MIN_IMPORT_NOTES, MIN_IMPORT_SHARE * len(self.notes))
        return frozenset(day for day, count in days.items() if count >= least)

    def passage_written_at(self, passage: Passage) -> float:
        """When the newest line of a passage was written (unix seconds)."""
        return self.lines_written_at(self.notes[passage.path], passage.line_start, passage.line_end, passage.heading)

    def is_written_by_hand(self, note: Note) -> bool:
        """Whether the modification time is informative: one shared by many notes comes from a checkout or a sync."""
        return self._known.times.is_by_hand(note.path)

    def watch_mentions(self, words: Collection[str]) -> None:
        """Get ready for words (lower case) of which the last mention will be asked for: all notes are read once."""
        self._known.watch_mentions(words)

    def last_mention_at(self, words: Collection[str], path: str) -> float | None:
        """When the newest other note with one of `words` (lower case) was written; None without such a note."""
        return self._known.last_mention_at(words, path)

    def last_encountered_at(self, path: str) -> float:
        """When the owner last wrote or, where known, viewed the note at `path`."""
        return max(self.last_written_at(self.notes[path]), self.seen.get(path, 0.0))

    def are_linked(self, one: str, other: str) -> bool:
        """Whether either of two notes links to the other."""
        return other in self.links.get(one, ()) or one in self.links.get(other, ())

    @cached_property
    def compared_notes(self) -> Mapping[str, Note]:
        """The owner's notes whose passages are compared by meaning; see `ComparedNotes`."""
        return self._known.compared_notes

    @cached_property
    def own_vectors(self) -> tuple[list[Passage], Vector]:
        """The passages of the compared notes that have a vector, and these as float32 [n, dimensions]."""
        return self.embedded_passages(self.compared_notes if self.vectors else {})

    def embedded_passages(self, paths: Mapping[str, Any]) -> tuple[list[Passage], Vector]:
        """The passages of `paths` that have a vector, and their vectors as float32 [n, dimensions]."""
        known = sorted(paths) if self.vectors else []
        passages = [
            passage for path in known for passage in self.documents[path].passages if passage.id in self.vectors
        ]
        if not passages:
            return [], np.zeros((0, 0), dtype=np.float32)
        return passages, np.stack([self.vectors[passage.id] for passage in passages]).astype(np.float32, copy=False)


def _find_own_idea(note: Note) -> ExplainedIdea | None:
    may_be_idea = may_explain(note) and not is_taught(note) and not is_guide_text(note)  # the cheapest first
    return find_explained_idea(note) if may_be_idea else None
