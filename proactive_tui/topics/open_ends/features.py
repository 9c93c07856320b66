"""Describes the entries of a note by numbers: form, words, what stands around them, and the note as a whole."""

from __future__ import annotations

import math
import re
import struct
from collections import defaultdict
from collections.abc import Sequence
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from proactive_tui.model.note_values import Note
from proactive_tui.text.item_marks.states import CLOSED_STATES
from proactive_tui.topics.open_ends.describing.entry_form import (
    FORM_NAMES,
    OPEN_STATES,
    EntryForm,
    describe_entry_form,
    read_entry_form,
)
from proactive_tui.topics.open_ends.describing.surroundings import (
    AROUND_NAMES,
    BESIDE_NAMES,
    HEADING_NAMES,
    PLAN_NAMES,
    GroupCounts,
    describe_beside,
    describe_headings,
    describe_signs,
    describe_surroundings,
    share_of,
)
from proactive_tui.topics.open_ends.entries import Entry
from proactive_tui.topics.open_ends.voices import NoteProvenance
from proactive_tui.topics.open_ends.words.headings import heading_classes
from proactive_tui.topics.open_ends.words.plan_signs import MAX_STATUS_ENTRIES, SIGN_NAMES, plan_signs, status_signs

FeatureTable = NDArray[np.float32]
"""Features: float32 [entries, features]."""

NOTE_NAMES = (
    "dated name", "dated", "entries", "items share", "headings share", "code share", "links share", "reader share",
    "self share", "asking headings", "open share", "closed share", "words mean", "numbered share", "past share",
    "orders share", "own note", "mine share", "colons share", "prose share",
    *(f"status {name}" for name in SIGN_NAMES), *(f"title {name}" for name in SIGN_NAMES),
)  # fmt: skip
FEATURE_NAMES = (*FORM_NAMES, *HEADING_NAMES, *AROUND_NAMES, *PLAN_NAMES, *BESIDE_NAMES, *NOTE_NAMES)
_ENTRY_ROW = struct.Struct(f"{len(FEATURE_NAMES) - len(NOTE_NAMES)}f")
"""The features of an entry as float32. NumPy takes several times as long to read tuples of flags."""
_NO_SIBLINGS = GroupCounts()
_GroupKey = tuple[tuple[str, ...], int, int]
"""Where list items stand beside each other: the headings above them, the line that introduces them, their parent."""


def describe_entries(note: Note, entries: Sequence[Entry], provenance: NoteProvenance) -> FeatureTable:
    """The features of the entries of a note, in their order."""
    forms = [read_entry_form(entry) for entry in entries]
    name = re.sub(r"[_-]", " ", note.path.rpartition("/")[2].rpartition(".")[0])
    whole = _describe_note(note, name, entries, forms, provenance)
    groups = {
        key: GroupCounts.of([forms[place] for place in places]) for key, places in sibling_groups(entries).items()
    }
    children: defaultdict[int, list[int]] = defaultdict(list)
    for place, entry in enumerate(entries):
        if entry.parent >= 0:
            children[entry.parent].append(place)
    title = heading_classes(name)
    headings: dict[_GroupKey, tuple[tuple[float, ...], tuple[float, ...]]] = {}
    rows: list[bytes] = []
    own = provenance.own_at_each([(entry.line_start, entry.line_end) for entry in entries])
    for place, (entry, beside) in enumerate(
        zip(entries, describe_beside(entries, forms, note.line_roles), strict=True)
    ):
        key = _group_key(entry)
        if key not in headings:
            headings[key] = describe_headings(entry, entries, title), describe_signs(entry, entries)
        above, signs = headings[key]
        group = groups.get(key, _NO_SIBLINGS)
        siblings = group.without(forms[place]) if entry.role == "item" else group
        rows.append(
            _ENTRY_ROW.pack(
                *describe_entry_form(entry, forms[place], own[place]),
                *above,
                *describe_surroundings(place, entries, forms, children.get(place, []), siblings),
                *signs,
                *beside,
            )
        )
    table = np.empty((len(entries), len(FEATURE_NAMES)), dtype=np.float32)
    if rows:
        table[:, : -len(NOTE_NAMES)] = np.frombuffer(b"".join(rows), dtype=np.float32).reshape(len(rows), -1)
        table[:, -len(NOTE_NAMES) :] = np.array(whole, dtype=np.float32)
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


def _describe_note(
    note: Note, name: str, entries: Sequence[Entry], forms: Sequence[EntryForm], provenance: NoteProvenance
) -> tuple[float, ...]:
    lines = max(1, len(note.line_roles) - note.line_roles.count(" "))
    return (
        float(note.date_from == "name"),
        float(note.date_from != "modified"),
        math.log2(1 + len(entries)),
        share_of([entry.role == "item" for entry in entries]),
        share_of([entry.role == "heading" for entry in entries]),
        note.line_roles.count("c") / lines,
        share_of(["http" in entry.text or "[[" in entry.text for entry in entries]),
        share_of(["reader" in form.cues for form in forms]),
        share_of(["self" in form.cues for form in forms]),
        float(min(4, sum(form.asks and entry.role == "heading" for form, entry in zip(forms, entries, strict=True)))),
        share_of([form.state in OPEN_STATES for form in forms]),
        share_of([form.state in CLOSED_STATES for form in forms]),
        fmean([min(form.words, 40) for form in forms]) if forms else 0.0,
        share_of([entry.marks.marker[:1].isdigit() for entry in entries]),
        share_of(["past" in form.cues for form in forms]),
        share_of([form.is_order for form in forms]),
        provenance.whole.own,
        share_of(["mine" in form.cues for form in forms]),
        share_of([form.colon for form in forms]),
        share_of([entry.role == "prose" for entry in entries]),
        *status_signs(note.properties.get("status", ""), (entry.text for entry in entries[:MAX_STATUS_ENTRIES])),
        *plan_signs(name),
    )
