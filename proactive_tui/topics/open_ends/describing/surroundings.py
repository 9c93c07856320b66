"""Describes what stands around an entry: headings, the item above, neighbours, siblings, code."""

from __future__ import annotations

import operator
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from proactive_tui.text.asking import QUESTION_MARKS
from proactive_tui.text.item_marks.states import CLOSED_STATES
from proactive_tui.topics.open_ends.describing.entry_form import OPEN_STATES, TRAILING_MARKS, EntryForm, has_open_word
from proactive_tui.topics.open_ends.entries import Entry
from proactive_tui.topics.open_ends.words.headings import HEADING_CLASSES, heading_classes, heading_cues
from proactive_tui.topics.open_ends.words.plan_signs import NO_SIGNS, SIGN_NAMES, plan_signs

HEADING_PLACES = ("heading", "intro", "parent", "ancestors", "title")
SIGN_PLACES = ("heading", "intro", "parent", "ancestors")
NO_CLASSES: tuple[float, ...] = (0.0,) * len(HEADING_CLASSES)
NO_SHARES = (0.0,) * 7
MAX_SENTENCES_BESIDE = 5
HEADING_NAMES = (
    *(f"{place} {name}" for place in HEADING_PLACES for name in HEADING_CLASSES),
    *(f"heading cue {name}" for name in ("duty", "maybe", "unsure", "wish", "past")),
    "heading asks", "heading open word", "under heading", "heading depth",
)  # fmt: skip
"""The features of the headings above an entry, and of the lines that introduce it."""
AROUND_NAMES = (
    "parent open", "parent closed", "parent asks", "children", "children closed", "next answers",
    "next words", "next role",
    "position", "last",
    "siblings", "siblings open", "siblings closed", "siblings orders", "siblings reports", "siblings ask",
    "siblings words", "siblings labelled",
)  # fmt: skip
"""The features of the entries around an entry and of its siblings."""
PLAN_NAMES = tuple(f"{place} {name}" for place in SIGN_PLACES for name in SIGN_NAMES)
BESIDE_NAMES = (
    "parent order", "parent colon", "parent report", "parent words", "parent cue duty", "parent cue past",
    *(f"{place} {name}" for place in ("before", "after") for name in ("asks", "order", "report", "colon", "mine")),
    "code before", "code after", "sentence", "sentences left",
)  # fmt: skip
"""The features of the forms above, before and after an entry, of code beside it, and of its place among sentences."""


class GroupCounts(NamedTuple):
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
    def of(cls, forms: Sequence[EntryForm]) -> GroupCounts:
        """The counts of these."""
        return cls(*map(sum, zip(*map(cls._of_one, forms), strict=True)))

    @classmethod
    def _of_one(cls, form: EntryForm) -> GroupCounts:
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

    def without(self, form: EntryForm) -> GroupCounts:
        """The counts without one of them."""
        return GroupCounts(*map(operator.sub, self, self._of_one(form)))

    @property
    def shares(self) -> tuple[float, ...]:
        """The share of the items that each other count is, and the mean of the words; 0 without items."""
        items = self.items
        return tuple([count / items for count in self[1:]]) if items else NO_SHARES


def describe_headings(entry: Entry, entries: Sequence[Entry], title: tuple[float, ...]) -> tuple[float, ...]:
    """The features `HEADING_NAMES` of an entry. `title` has the heading classes of the note's name."""
    heading, ancestors, cues = _describe_titles(entry.headings)
    intro = heading_classes(entries[entry.intro].marks.words) if entry.intro >= 0 else NO_CLASSES
    parent = heading_classes(entries[entry.parent].marks.words) if entry.parent >= 0 else NO_CLASSES
    return (*heading, *intro, *parent, *ancestors, *title, *cues)


@lru_cache(maxsize=1024)
def _describe_titles(headings: tuple[str, ...]) -> tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]:
    """The classes of the nearest heading, those of the others together, and what the nearest one says."""
    heading = headings[-1] if headings else ""
    ancestors = NO_CLASSES
    for name in headings[:-1]:
        ancestors = tuple(map(max, ancestors, heading_classes(name)))
    cues = heading_cues(heading)
    said = (
        *(float(name in cues) for name in ("duty", "maybe", "unsure", "wish", "past")),
        float(heading.rstrip(TRAILING_MARKS)[-1:] in QUESTION_MARKS and bool(heading)),
        float(has_open_word(heading)),
        float(bool(heading)),
        float(len(headings)),
    )
    return heading_classes(heading), ancestors, said


def describe_signs(entry: Entry, entries: Sequence[Entry]) -> tuple[float, ...]:
    """The features `PLAN_NAMES` of an entry."""
    heading, above = _signs_of_titles(entry.headings)
    intro = plan_signs(entries[entry.intro].text) if entry.intro >= 0 else NO_SIGNS
    parent = plan_signs(entries[entry.parent].text) if entry.parent >= 0 else NO_SIGNS
    return (*heading, *intro, *parent, *above)


@lru_cache(maxsize=1024)
def _signs_of_titles(headings: tuple[str, ...]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The signs of the nearest heading, and those of the others together."""
    above = NO_SIGNS
    for name in headings[:-1]:
        above = tuple(map(max, above, plan_signs(name)))
    return plan_signs(headings[-1]) if headings else NO_SIGNS, above


def describe_surroundings(
    place: int, entries: Sequence[Entry], forms: Sequence[EntryForm], children: Sequence[int], siblings: GroupCounts
) -> tuple[float, ...]:
    """The features `AROUND_NAMES` of the entry at `place`."""
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
        share_of([forms[child].state in CLOSED_STATES for child in children]),
        float(answers),
        float(forms[place + 1].words) if answers else 0.0,
        float(following is None or following.role == "heading"),
        place / len(entries),
        float(len(entries) - place <= 2),
        float(min(siblings.items, 30)),
        *siblings.shares,
    )


def _describe_above(form: EntryForm) -> tuple[float, ...]:
    """The form of the entry above others."""
    return form.is_order, form.colon, form.is_report, min(form.words, 20), "duty" in form.cues, "past" in form.cues


def _describe_neighbour(form: EntryForm) -> tuple[float, ...]:
    """The form of an entry before or after another."""
    return form.asks, form.is_order, form.is_report, form.colon, "mine" in form.cues


def _describe_sentences(entries: Sequence[Entry]) -> Iterator[tuple[int, int]]:
    """How many sentences of its block stand before each entry and after it, up to `MAX_SENTENCES_BESIDE` each."""
    for _, sentences in groupby(entries, lambda entry: id(entry.block)):
        count = sum(1 for _ in sentences)
        for place in range(count):
            yield min(place, MAX_SENTENCES_BESIDE), min(count - 1 - place, MAX_SENTENCES_BESIDE)


def describe_beside(entries: Sequence[Entry], forms: Sequence[EntryForm], roles: str) -> Iterator[tuple[float, ...]]:
    """The features `BESIDE_NAMES` of each entry of a note with these `line_roles`."""
    code_beside = find_code_beside(roles)
    above = {entry.parent: _describe_above(forms[entry.parent]) for entry in entries if entry.parent >= 0}
    neighbours = [(0.0,) * 5, *map(_describe_neighbour, forms), (0.0,) * 5]
    for place, (entry, sentence) in enumerate(zip(entries, _describe_sentences(entries), strict=True)):
        before = code_beside[entry.line_start - 1][0] if entry.line_start <= len(code_beside) else False
        after = code_beside[entry.line_end - 1][1] if entry.line_end <= len(code_beside) else False
        yield (
            *above.get(entry.parent, (0.0,) * 6),
            *neighbours[place],
            *neighbours[place + 2],
            before,
            after,
            *sentence,
        )


def find_code_beside(roles: str) -> list[tuple[bool, bool]]:
    """Whether the nearest line before and after each line that is neither blank nor hidden is code."""
    if "c" not in roles:
        return [(False, False)] * len(roles)
    before, after = list[bool](), list[bool]()
    for found, letters in ((before, roles), (after, reversed(roles))):
        code = False
        for letter in letters:
            found.append(code)
            code = code if letter in " x" else letter == "c"
    return list(zip(before, reversed(after), strict=True))


def share_of(flags: Sequence[bool]) -> float:
    """The share of the flags that are set; 0 without flags."""
    return sum(flags) / len(flags) if flags else 0.0
