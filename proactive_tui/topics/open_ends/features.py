"""Describes the entries of a note by numbers: form, words, what stands around them, and the note as a whole."""

from __future__ import annotations

import math
import operator
import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import chain
from statistics import fmean
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from proactive_tui.model import Note
from proactive_tui.text.asking import QUESTION_MARKS, ends_asking
from proactive_tui.text.item_marks.states import CLOSED_STATES
from proactive_tui.topics.open_ends.entries import Entry
from proactive_tui.topics.open_ends.voices import NoteProvenance
from proactive_tui.topics.open_ends.words.headings import HEADING_CLASSES, heading_classes, heading_cues
from proactive_tui.topics.open_ends.words.open_cues import ASKING_CUE, ASKING_STARTS, CUE_NAMES, CUES, WIDE_CUES
from proactive_tui.topics.open_ends.words.tokens import WIDE
from proactive_tui.topics.open_ends.words.verbs import VERB_FORMS, verb_forms

FeatureTable = NDArray[np.float32]
"""Features: float32 [entries, features]."""

STATES = ("open", "doing", "waiting", "question", "done", "cancelled", "moved")
OPEN_STATES = frozenset({"open", "doing", "waiting", "question"})
HEADING_PLACES = ("heading", "intro", "parent", "ancestors", "title")
SIGNS = ("->", "→", "✅", "~~", "http", "[[", "`", "@", "📅", '"', "“", "=", "|", "%", "¿")
"""Characters whose presence in an entry is a feature."""
OPEN_WORD = re.compile(r"\b(?:TODO|FIXME|TBD|XXX|WIP|UNRESOLVED|BLOCKED)\b|#to-?do\b|#task\b", re.IGNORECASE)
OPEN_WORD_PARTS = ("todo", "fixme", "tbd", "xxx", "wip", "unresolved", "blocked", "#to-do", "#task")
"""What a text in ASCII has, in lower case, where it has an open word: looking for them is ten times faster."""
LEAD_LABEL = re.compile(r"^\W*\w[\w /-]{0,30}\W{0,3}[:：](?!\w)")
BOLD_START = re.compile(r"\*\*|__")
ONLY_LINK = re.compile(r"^\W*(?:\[\[[^\]]*\]\]|https?:\S+|\[[^\]]*\]\([^)]*\)|·+)\W*$")
PERSON_OR_TIME = re.compile(r"\b\d{1,2}:\d\d\b|\b\d{4}-\d\d-\d\d\b|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
DIGIT = re.compile(r"\d")
COLONS = (":", "：")
FULL_STOPS = (".", "!", "…", "。")
TRAILING_MARKS = " *_~\"'”’»)]"
OPEN_CALLOUTS = frozenset({"todo", "question", "help"})


class _Form(NamedTuple):
    """What an entry is by itself."""

    state: str
    cues: frozenset[str]
    verbs: tuple[float, ...]
    asks: bool
    last: str
    label_end: int
    words: int

    @property
    def colon(self) -> bool:
        """Whether it ends with a colon."""
        return self.last in COLONS

    @property
    def labelled(self) -> bool:
        """Whether it begins with a label."""
        return self.label_end > 0

    @property
    def is_order(self) -> bool:
        """Whether it begins like something to do."""
        return any(self.verbs[:4])

    @property
    def is_report(self) -> bool:
        """Whether it tells of the past."""
        return bool(self.verbs[VERB_FORMS.index("past")] or "past" in self.cues)


class _GroupCounts(NamedTuple):
    """How many list items stand beside each other, how many of them are of each form, and the sum of their words."""

    items: int = 0
    open: int = 0
    closed: int = 0
    orders: int = 0
    reports: int = 0
    asking: int = 0
    words: int = 0
    labelled: int = 0

    @classmethod
    def of(cls, forms: Sequence[_Form]) -> _GroupCounts:
        """The counts of these."""
        return cls(*map(sum, zip(*map(cls._of_one, forms), strict=True)))

    @classmethod
    def _of_one(cls, form: _Form) -> _GroupCounts:
        return cls(
            1,
            form.state in OPEN_STATES,
            form.state in CLOSED_STATES,
            form.is_order,
            form.is_report,
            form.asks,
            min(form.words, 40),
            form.colon or form.labelled,
        )

    def without(self, form: _Form) -> _GroupCounts:
        """The counts without one of them."""
        return _GroupCounts(*map(operator.sub, self, self._of_one(form)))

    def share(self, count: int) -> float:
        """The share of the items that a count is, or the mean that a sum makes; 0 without items."""
        return count / self.items if self.items else 0.0


_NO_SIBLINGS = _GroupCounts()
_GroupKey = tuple[tuple[str, ...], int, int]
"""Where list items stand beside each other: the headings above them, the line that introduces them, their parent."""


def _names() -> tuple[str, ...]:
    local = [
        *(f"cue {name}" for name in CUE_NAMES),
        *(f"verb {name}" for name in VERB_FORMS),
        *(f"verb after label {name}" for name in VERB_FORMS[:3]),
        *(f"state {name}" for name in STATES),
        *(f"sign {sign}" for sign in SIGNS),
        "asks", "asks inside", "ends with colon", "ends with full stop", "open word", "label", "only link", "bold",
        "lower case", "upper case", "digits", "day or time", "person", "due", "priority",
        "callout open", "callout other",
        "words", "few words", "many words", "item", "prose", "heading", "table", "quote", "numbered", "depth", "alone",
        "own line",
    ]  # fmt: skip
    around = [
        *(f"{place} {name}" for place in HEADING_PLACES for name in HEADING_CLASSES),
        *(f"heading cue {name}" for name in ("duty", "maybe", "unsure", "wish", "past")),
        "heading asks", "heading open word", "under heading", "heading depth",
        "parent open", "parent closed", "parent asks", "children", "children closed", "next answers",
        "next words", "next role",
        "position", "last",
        "siblings", "siblings open", "siblings closed", "siblings orders", "siblings reports", "siblings ask",
        "siblings words", "siblings labelled",
    ]  # fmt: skip
    whole = [
        "dated name", "dated", "entries", "items share", "headings share", "code share", "links share", "reader share",
        "self share", "asking headings", "open share", "closed share", "words mean", "numbered share", "past share",
        "orders share", "own note",
    ]  # fmt: skip
    return (*local, *around, *whole)


FEATURE_NAMES = _names()


def describe_entries(note: Note, entries: Sequence[Entry], provenance: NoteProvenance) -> FeatureTable:
    """The features of the entries of a note, in their order."""
    forms = [_read_form(entry) for entry in entries]
    whole = _describe_note(note, entries, forms, provenance)
    groups = {
        key: _GroupCounts.of([forms[place] for place in places]) for key, places in sibling_groups(entries).items()
    }
    children: defaultdict[int, list[int]] = defaultdict(list)
    for place, entry in enumerate(entries):
        if entry.parent >= 0:
            children[entry.parent].append(place)
    title = heading_classes(re.sub(r"[_-]", " ", note.path.rpartition("/")[2].rpartition(".")[0]))
    headings: dict[_GroupKey, tuple[float, ...]] = {}
    table = np.empty((len(entries), len(FEATURE_NAMES)), dtype=np.float32)
    for place, entry in enumerate(entries):
        key = _group_key(entry)
        if key not in headings:
            headings[key] = _describe_headings(entry, entries, title)
        group = groups.get(key, _NO_SIBLINGS)
        siblings = group.without(forms[place]) if entry.role == "item" else group
        table[place] = (
            *_describe_form(entry, forms[place], provenance),
            *headings[key],
            *_describe_surroundings(place, entries, forms, children.get(place, []), siblings),
            *whole,
        )
    return table


def sibling_groups(entries: Sequence[Entry]) -> dict[_GroupKey, list[int]]:
    """The places of the list items that stand beside each other."""
    groups: defaultdict[_GroupKey, list[int]] = defaultdict(list)
    for place, entry in enumerate(entries):
        if entry.role == "item":
            groups[_group_key(entry)].append(place)
    return dict(groups)


def _group_key(entry: Entry) -> _GroupKey:
    return entry.headings, entry.intro, entry.parent


def _read_form(entry: Entry) -> _Form:
    tokens = entry.tokens
    cues = CUES.find(tokens)
    if ASKING_STARTS.find_first(tokens):
        cues.add(ASKING_CUE)
    if WIDE.search(entry.masked):
        cues |= {name for name, pattern in WIDE_CUES.items() if pattern.search(entry.masked)}
    words = [token for token in tokens if token[0].isalnum()]
    label = LEAD_LABEL.match(entry.marks.words)
    return _Form(
        entry.marks.state,
        frozenset(cues),
        verb_forms(words),
        ends_asking(entry.masked),
        entry.masked.rstrip(TRAILING_MARKS)[-1:],
        label.end() if label else 0,
        len(words),
    )


def _describe_form(entry: Entry, form: _Form, provenance: NoteProvenance) -> tuple[float, ...]:
    marks, text, words = entry.marks, entry.text, entry.marks.words
    after = verb_forms(entry.tokens[words[: form.label_end].count(" ") + 1 :])[:3] if form.labelled else (0.0,) * 3
    first = words.lstrip("*_ ")[:1]
    flags = (
        form.asks,
        not form.asks and any(mark in words for mark in QUESTION_MARKS),
        form.colon,
        form.last in FULL_STOPS,
        _has_open_word(text),
        form.labelled,
        bool(ONLY_LINK.match(entry.masked)),
        bool(BOLD_START.match(words)),
        first.islower(),
        first.isupper(),
        any(map(str.isdigit, words)),
        bool(DIGIT.search(text) and PERSON_OR_TIME.search(text)),
        bool(marks.person),
        "due" in marks.fields or "scheduled" in marks.fields,
        bool(marks.priority),
        entry.block.callout in OPEN_CALLOUTS,
        bool(entry.block.callout) and entry.block.callout not in OPEN_CALLOUTS,
    )
    return (
        *[float(name in form.cues) for name in CUE_NAMES],
        *form.verbs,
        *after,
        *[float(form.state == state) for state in STATES],
        *[float(sign in text) for sign in SIGNS],
        *map(float, flags),
        float(min(form.words, 40)),
        float(form.words <= 1),
        float(form.words > 18),
        *(float(entry.role == role) for role in ("item", "prose", "heading", "table", "quote")),
        float(marks.marker[:1].isdigit()),
        float(min(entry.block.depth, 4)),
        float(entry.alone),
        provenance.own_at(entry.line_start, entry.line_end),
    )


def _has_open_word(text: str) -> bool:
    if text.isascii():
        low = text.lower()
        if not any(part in low for part in OPEN_WORD_PARTS):
            return False
    return bool(OPEN_WORD.search(text))


def _describe_headings(entry: Entry, entries: Sequence[Entry], title: tuple[float, ...]) -> tuple[float, ...]:
    nothing = (0.0,) * len(HEADING_CLASSES)
    heading = entry.headings[-1] if entry.headings else ""
    ancestors = nothing
    for name in entry.headings[:-1]:
        ancestors = tuple(map(max, ancestors, heading_classes(name)))
    intro = heading_classes(entries[entry.intro].marks.words) if entry.intro >= 0 else nothing
    parent = heading_classes(entries[entry.parent].marks.words) if entry.parent >= 0 else nothing
    cues = heading_cues(heading)
    return (
        *chain(heading_classes(heading), intro, parent, ancestors, title),
        *(float(name in cues) for name in ("duty", "maybe", "unsure", "wish", "past")),
        float(heading.rstrip(TRAILING_MARKS)[-1:] in QUESTION_MARKS and bool(heading)),
        float(_has_open_word(heading)),
        float(bool(heading)),
        float(len(entry.headings)),
    )


def _describe_surroundings(
    place: int, entries: Sequence[Entry], forms: Sequence[_Form], children: Sequence[int], siblings: _GroupCounts
) -> tuple[float, ...]:
    entry = entries[place]
    parent = forms[entry.parent] if entry.parent >= 0 else None
    following = entries[place + 1] if place + 1 < len(entries) else None
    answers = following is not None and (
        following.parent == place or (entry.role != "item" and following.role not in ("heading", "item"))
    )
    return (
        float(parent is not None and parent.state in OPEN_STATES),
        float(parent is not None and parent.state in CLOSED_STATES),
        float(parent is not None and parent.asks),
        float(min(len(children), 8)),
        _share([forms[child].state in CLOSED_STATES for child in children]),
        float(answers),
        float(forms[place + 1].words) if answers else 0.0,
        float(following is None or following.role == "heading"),
        place / len(entries),
        float(len(entries) - place <= 2),
        float(min(siblings.items, 30)),
        siblings.share(siblings.open),
        siblings.share(siblings.closed),
        siblings.share(siblings.orders),
        siblings.share(siblings.reports),
        siblings.share(siblings.asking),
        siblings.share(siblings.words),
        siblings.share(siblings.labelled),
    )


def _describe_note(
    note: Note, entries: Sequence[Entry], forms: Sequence[_Form], provenance: NoteProvenance
) -> tuple[float, ...]:
    lines = max(1, len(note.line_roles) - note.line_roles.count(" "))
    return (
        float(note.date_from == "name"),
        float(note.date_from != "modified"),
        math.log2(1 + len(entries)),
        _share([entry.role == "item" for entry in entries]),
        _share([entry.role == "heading" for entry in entries]),
        note.line_roles.count("c") / lines,
        _share(["http" in entry.text or "[[" in entry.text for entry in entries]),
        _share(["reader" in form.cues for form in forms]),
        _share(["self" in form.cues for form in forms]),
        float(min(4, sum(form.asks and entry.role == "heading" for form, entry in zip(forms, entries, strict=True)))),
        _share([form.state in OPEN_STATES for form in forms]),
        _share([form.state in CLOSED_STATES for form in forms]),
        fmean([min(form.words, 40) for form in forms]) if forms else 0.0,
        _share([entry.marks.marker[:1].isdigit() for entry in entries]),
        _share(["past" in form.cues for form in forms]),
        _share([form.is_order for form in forms]),
        provenance.whole.own,
    )


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags) if flags else 0.0
