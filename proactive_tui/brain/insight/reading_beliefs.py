"""Beliefs about where the owner's open ends stand, and what the owner excluded from being raised. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, assert_never

from proactive_tui.brain.insight.beliefs import MIN_GROUP_ANSWERS
from proactive_tui.journal.events import FOLDER_SETTING_PREFIX, KIND_SETTING_PREFIX
from proactive_tui.journal.projection import JournalState
from proactive_tui.learning.reader_experience import CellCounts, ReaderExperience
from proactive_tui.model.learned_values import Belief
from proactive_tui.model.shared_words import TOPIC_KINDS
from proactive_tui.recommend.feature_words import KIND_PLURALS
from proactive_tui.text.places.raised_places import SOURCE_WORDS, describe_place, is_source_place

MIN_TOLD_SHIFT: Final = 0.8
"""Shift (log-odds, either way) from which a place is told of."""
MIN_DENIED: Final = 2
"""Answers *not mine* from which it is told of as rarely the owner's; for the contrary it takes MIN_GROUP_ANSWERS."""
MAX_READING_BELIEFS: Final = 8

FORM_PHRASES: Final = {
    "box": "in boxes",
    "item": "in lists",
    "heading": "in headings",
    "quote": "in quotations",
    "table": "in tables",
    "prose": "in sentences",
}


def find_reading_beliefs(reading: ReaderExperience, at: float) -> Iterator[Belief]:
    """Beliefs about headings, notes, folders and forms of lines at `at` (unix seconds), the surest first.

    While nothing was said not to be the owner's, there is nothing that a place could stand out from.
    """
    known = sorted(reading.counts_at(at), key=lambda counts: (-abs(counts.shift), counts.cell))
    if not any(counts.denied for counts in known):
        return
    told = [Belief(text=text, offers=counts.offers) for counts in known if (text := _describe_cell(counts))]
    yield from told[:MAX_READING_BELIEFS]


def find_exclusions(history: JournalState) -> Iterator[Belief]:
    """The kinds and folders that the owner never wants raised, each with the offer whose answer said so."""
    for kind in TOPIC_KINDS:
        if kind in history.disabled_kinds:
            offers = _asking_offer(history, f"{KIND_SETTING_PREFIX}{kind}")
            text = f"You never want {KIND_PLURALS[kind]} raised."
            yield Belief(text=text, offers=offers, unwanted_kind=kind)
    for folder in sorted(history.unraised_folders):
        offers = _asking_offer(history, f"{FOLDER_SETTING_PREFIX}{folder}")
        text = f"You never want anything in {describe_place(folder)} raised; search still finds it."
        yield Belief(text=text, offers=offers, unwanted_folder=folder)


def _asking_offer(history: JournalState, key: str) -> tuple[str, ...]:
    offer = history.setting_offers.get(key, "")
    return (offer,) if offer in history.offers else ()


def _describe_cell(counts: CellCounts) -> str:
    """The sentence about a cell, or "" where too little was answered, or nothing stands out."""
    total = len(counts.offers)
    if abs(counts.shift) < MIN_TOLD_SHIFT:
        return ""
    if counts.shift < 0.0:
        return (
            f"{_name_lines(counts)} are rarely yours: {counts.denied} of {total}."
            if counts.denied >= MIN_DENIED
            else ""
        )
    yours = total - counts.denied
    return f"{_name_lines(counts)} are mostly yours: {yours} of {total}." if total >= MIN_GROUP_ANSWERS else ""


def _name_where(path: str) -> str:
    """Where lines stand: in a note or folder, or what a source brought."""
    return f"of {SOURCE_WORDS[path.partition(':')[0]]}" if is_source_place(path) else f"in {path}"


def _name_lines(counts: CellCounts) -> str:
    cell = counts.cell
    match cell.scope:
        case "heading":
            return f"Lines under “{counts.heading}”{f' {_name_where(cell.folder)}' if cell.folder else ''}"
        case "note":
            return f"Lines {_name_where(cell.name)}"
        case "folder":
            return f"Lines {_name_where(cell.folder or 'no folder')}"
        case "form":
            kind, _, how = cell.name.partition("/")
            plural = next(plural for name, plural in KIND_PLURALS.items() if name == kind)
            return f"{plural.capitalize()} {FORM_PHRASES[how]}"
        case _:
            assert_never(cell.scope)
