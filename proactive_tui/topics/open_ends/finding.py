"""Finds what a note leaves open: the entries of which the classifier says so, but for closed ones and others' words."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from proactive_tui.model.note_values import Note
from proactive_tui.model.shared_words import Kind
from proactive_tui.text.asking import ends_asking
from proactive_tui.text.item_marks.states import CLOSED_STATES
from proactive_tui.topics.cues import ANSWER_START, UNCERTAINTY_CUE
from proactive_tui.topics.open_ends.describing.entry_form import OPEN_STATES
from proactive_tui.topics.open_ends.describing.surroundings import HEADING_PLACES
from proactive_tui.topics.open_ends.entries import Entry, read_entries
from proactive_tui.topics.open_ends.features import FEATURE_NAMES, FeatureTable, describe_entries
from proactive_tui.topics.open_ends.lone_questions import find_lone_questions
from proactive_tui.topics.open_ends.named_lines import LEAST_PROBABILITY_ASKED, UNREAD, ModelReading, weigh_naming
from proactive_tui.topics.open_ends.open_end_classifier import OPEN_KINDS, OpenKind, load_classifier
from proactive_tui.topics.open_ends.voices import OWN_FROM, NoteProvenance
from proactive_tui.topics.open_ends.words.asking_form import has_asking_form
from proactive_tui.topics.weighing.standing import measure_standings

LEAST_PROBABILITY_OF_ITEMS = 0.27
"""The probability (0..1) from which a list item counts as an open end. Over owners it never saw, F1 is best near it."""
LEAST_PROBABILITY_OF_FRAGMENTS = 0.3
MAX_WORDS_OF_FRAGMENT = 5
"""The same for a list item without a task mark and of few words; most lists of bare names are no tasks."""
LEAST_PROBABILITY_UNDER_PLANS = 0.2
"""The same for an item without a mark under what announces open ends ("Next steps", "Ideas")."""
LEAST_PROBABILITY_OF_PROSE = 0.75
"""The same for sentences of prose, headings, tables: the classifier is wrong on two of three of them below it."""
LEAST_PROBABILITY_OF_ASKING_PROSE, LEAST_PROBABILITY_WHERE_ANSWERED = 0.3, 0.4
"""The same for sentences of prose that ask, more than half of which are open; and where what follows may answer."""
LEAST_PROBABILITY_OF_PLANNED_PROSE = 0.5
"""The same for other sentences under plans or ideas. These bounds were chosen on the thirty-nine owners beside
those of the yardstick, each read by a classifier that never saw them."""
TOPIC_KIND_OF: dict[OpenKind, Kind] = {"question": "open question", "task": "task", "goal": "goal", "idea": "idea"}
SHARE_OF_STATEMENT = 0.6
"""The share of its probability that an entry keeps that is read as a question and does not ask by any of its words."""
PROBABILITY_OF_ASKED = 0.6
"""The probability (0..1) that a question is open that stands alone or that its owner marked as one."""
GOAL_SIGNS = [
    FEATURE_NAMES.index(name) for name in ("cue wish", "cue often", *(f"{place} goals" for place in HEADING_PLACES))
]
"""The features of which a goal has one: somebody wishes for it, it is regular, or it stands under goals."""
ASKS, MAY_BE_ANSWERED = FEATURE_NAMES.index("asks"), FEATURE_NAMES.index("next answers")
PLANNING_HEADINGS = [FEATURE_NAMES.index(f"heading {kind}") for kind in ("planned", "tasks", "ideas")]
ANNOUNCING_HEADINGS = [*PLANNING_HEADINGS, *(FEATURE_NAMES.index(f"heading {kind}") for kind in ("goals", "questions"))]
"""The features that say that the heading above an entry announces plans, and open ends of any kind: below goals and
questions prose tells how it goes."""
WHOLE_SENTENCE = re.compile(r"[.!?…。！？]\W*$")
"""The end of a sentence that neither breaks off nor only introduces what follows."""
MARKED_STATES = OPEN_STATES - {"question"}


class OpenEnd(NamedTuple):
    """An entry that leaves something open: the kind of topic it is, the probability (0..1) that it is open, and the
    entry that it stands below or that introduces it, which may be needed to understand it. `has_below` says that
    others stand below it, and `standing` what its place adds to the log odds of its worth.
    """

    kind: Kind
    probability: float
    entry: Entry
    above: Entry | None
    has_below: bool = False
    standing: float = 0.0


class NoteReading(NamedTuple):
    """The open ends of a note in order, at most one a line, and the probability that each line is open.

    `possible` are the first lines of the entries that the classifier finds possible, of which a language model may be
    asked; `told` is what it said, which is in the probabilities. `provenance` says whose words the lines are, and
    `standings` what the place of a line adds to the log odds of its worth.
    """

    ends: tuple[OpenEnd, ...] = ()
    by_line: dict[int, float] = {}  # noqa: RUF012  never changed
    possible: frozenset[int] = frozenset()
    told: ModelReading = UNREAD
    provenance: NoteProvenance = NoteProvenance()
    standings: dict[int, float] = {}  # noqa: RUF012  never changed

    def probability_at(self, first: int, last: int) -> float | None:
        """The highest probability of the lines; None where they have no entry."""
        return max((self.by_line[line] for line in range(first, last + 1) if line in self.by_line), default=None)

    def standing_at(self, first: int, last: int) -> float:
        """What the place of the first of the lines that has an entry adds to the log odds of its worth; 0 for none."""
        return next((self.standings[line] for line in range(first, last + 1) if line in self.standings), 0.0)


def read_open_ends(note: Note, provenance: NoteProvenance, told: ModelReading = UNREAD) -> NoteReading:
    """What a note leaves open, by the classifier and by what a language model `told` of its lines."""
    entries = read_entries(note)
    if not entries:
        return NoteReading(told=told)
    features = describe_entries(note, entries, provenance)
    probabilities = load_classifier().classify(entries, features)
    wished = features[:, GOAL_SIGNS].max(axis=1)
    by_line: dict[int, float] = {}
    standing_of = measure_standings(features).tolist()
    standings: dict[int, float] = {}
    found: dict[int, OpenEnd] = {}
    possible: set[int] = set()
    lone = frozenset(find_lone_questions(entries))
    parents = {entry.parent for entry in entries}
    closed = frozenset(item.line for item in note.tasks if item.done)
    for place, (entry, not_open) in enumerate(zip(entries, probabilities[:, 0].tolist(), strict=True)):
        asked = place in lone or _is_marked_question(entry)
        classified = max(1 - not_open, PROBABILITY_OF_ASKED) if asked else 1 - not_open
        probability, least, raised = classified, 1.0, False
        if (
            classified >= LEAST_PROBABILITY_ASKED
            and entry.line_start not in closed
            and may_be_left_open(entry, provenance.own_at(entry.line_start, entry.line_end))
        ):
            possible.add(entry.line_start)
            least = least_probability(entry, features[place], entries[place + 1] if place + 1 < len(entries) else None)
            least = min(least, PROBABILITY_OF_ASKED) if asked else least
            probability, raised = weigh_naming(classified, least, entry.line_start, told)
        for line in range(entry.line_start, entry.line_end + 1):
            by_line[line] = max(probability, by_line.get(line, 0.0))
            standings.setdefault(line, standing_of[place])
        known = found.get(entry.line_start)
        if raised and (known is None or known.probability < probability):
            row = probabilities[place]
            kind = "open question" if asked else _likeliest_kind(row, entry)
            if classified < least:  # it is open by the model's word, and of the model's kind
                kind = TOPIC_KIND_OF[told.named[entry.line_start]]
            elif kind == "task" and entry.marks.state == "none" and UNCERTAINTY_CUE.search(entry.masked):
                kind = "open question"
            if kind == "goal" and entry.marks.state in MARKED_STATES:
                kind = "task"
            if kind == "goal" and wished[place] <= 0:
                continue
            if kind != "open question" and _is_said_to_ask(row) and not asked:
                probability *= SHARE_OF_STATEMENT
            above = entry.parent if entry.parent >= 0 else entry.intro
            found[entry.line_start] = OpenEnd(
                kind,
                probability,
                entry,
                entries[above] if above >= 0 else None,
                place in parents,
                standing_of[place],
            )
    ends = tuple(found[line] for line in sorted(found))
    return NoteReading(ends, by_line, frozenset(possible), told, provenance, standings)


def _likeliest_kind(row: NDArray[np.float64], entry: Entry) -> Kind:
    """The likeliest kind of an open entry; what does not ask by any of its words is no question."""
    kinds = sorted(OPEN_KINDS[1:], key=lambda kind: -float(row[OPEN_KINDS.index(kind)]))
    is_statement = _is_said_to_ask(row) and not has_asking_form(entry.marks.words)
    return TOPIC_KIND_OF[kinds[1] if is_statement else kinds[0]]


def _is_said_to_ask(row: NDArray[np.float64]) -> bool:
    """Whether of all kinds of open end an entry is a question most likely."""
    return OPEN_KINDS[1 + int(row[1:].argmax())] == "question"


def least_probability(entry: Entry, features: FeatureTable, following: Entry | None = None) -> float:
    """The probability (0..1) from which an entry with these features [features] counts as an open end; `following` is
    the entry after it.
    """
    if entry.role == "prose" and not entry.block.callout:
        if features[ASKS]:
            if not features[MAY_BE_ANSWERED]:
                return LEAST_PROBABILITY_OF_ASKING_PROSE
            is_answered = following is not None and ANSWER_START.match(following.text)
            return LEAST_PROBABILITY_OF_PROSE if is_answered else LEAST_PROBABILITY_WHERE_ANSWERED
        is_planned = features[PLANNING_HEADINGS].any() and WHOLE_SENTENCE.search(entry.text)
        return LEAST_PROBABILITY_OF_PLANNED_PROSE if is_planned else LEAST_PROBABILITY_OF_PROSE
    if entry.role != "item":
        return LEAST_PROBABILITY_OF_PROSE
    if entry.marks.state != "none":
        return LEAST_PROBABILITY_OF_ITEMS
    if features[ANNOUNCING_HEADINGS].any():
        return LEAST_PROBABILITY_UNDER_PLANS
    words = sum(token[0].isalnum() for token in entry.tokens)
    return LEAST_PROBABILITY_OF_FRAGMENTS if words <= MAX_WORDS_OF_FRAGMENT else LEAST_PROBABILITY_OF_ITEMS


def _is_marked_question(entry: Entry) -> bool:
    """Whether its owner marked an entry as a question ("[?]", "❓") and it asks."""
    return entry.marks.state == "question" and ends_asking(entry.masked)


def may_be_left_open(entry: Entry, own: float) -> bool:
    """Whether an entry has words, is not closed, and is the owner's by its grade `own` (0..1)."""
    return (
        entry.marks.state not in CLOSED_STATES and any(token[0].isalnum() for token in entry.tokens) and own >= OWN_FROM
    )
