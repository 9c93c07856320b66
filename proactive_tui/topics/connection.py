"""Connections: two passages of different notes, not linked to each other, that belong together."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from proactive_tui.model import Evidence, Note, Passage, Topic
from proactive_tui.text.blocks import lines, quote
from proactive_tui.text.words import ALL_STOP, DULL, WORD, plain, shorten, without_addresses
from proactive_tui.topics.mining_context import PEOPLE_FOLDERS, Library, Vector
from proactive_tui.topics.quoting import DAY, day_of, digest

NEAR = 0.42
"""Centred cosine of MiniLM from which two passages are about the same thing.

Read through by hand on three vaults: unlinked pairs above it, nearest of each other, belong together; below 0.38 they
share a vocabulary only.
"""
ALIKE = 0.7  # share of words that mean something, from which one is a copy of the other
MUTUAL = 2  # each must be among so many nearest of the other
ROWS = 1000  # the newest passages, whose neighbours are sought among all
BLOCK = 250  # rows of a matrix product at a time
FEW_WORDS = 18  # a shorter passage says too little to be compared
RECENT_DAYS = 30.0
KEEP = 200
PER_NOTE = 3
DATE_NAME = re.compile(r"^\W*(?:\d{4}-\d\d-\d\d|\d{8})\W*$")


class Pair(NamedTuple):
    """Two passages and how near they are (centred cosine)."""

    one: int
    other: int
    near: float


def mine(library: Library, at: float) -> list[Topic]:
    """The nearest passages of different, unlinked notes, at least one of them among the newest."""
    passages, vectors = library.embedded(library.own)
    spoken = [WORD.findall(without_addresses(passage.prose).lower()) for passage in passages]
    keep = [place for place, each in enumerate(spoken) if len(each) >= FEW_WORDS]
    if len(keep) <= MUTUAL:
        return []
    passages, words = [passages[place] for place in keep], [frozenset(spoken[place]) for place in keep]
    vectors = centred(vectors[keep])
    touched = np.array([library.touched(library.notes[passage.path]) for passage in passages])
    rarity = _rarity(words, passages)
    used: Counter[str] = Counter()
    out: dict[str, Topic] = {}
    for pair in _pairs(passages, vectors, touched):
        one, other = passages[pair.one], passages[pair.other]
        if (
            used[one.path] >= PER_NOTE
            or used[other.path] >= PER_NOTE
            or _apart(one, other, words[pair.one], words[pair.other], library)
        ):
            continue
        shared = _shared(words[pair.one], words[pair.other], rarity, len(library.own))
        if shared is None:
            continue
        used.update((one.path, other.path))
        topic = _topic(one, other, pair.near, shared, library, at)
        out.setdefault(topic.id, topic)
        if len(out) == KEEP:
            break
    return list(out.values())


def centred(vectors: Vector) -> Vector:
    """Unit vectors without what all of them share, float32 [n, dimensions].

    What a vault's notes have in common (its subject, its boilerplate) makes everything look alike; taking the mean away
    sets the rest apart (Mu and Viswanath, 2018, All-but-the-Top).
    """
    moved = vectors - vectors.mean(axis=0, keepdims=True)
    length = np.linalg.norm(moved, axis=1, keepdims=True)
    unit: Vector = (moved / np.maximum(length, 1e-9)).astype(np.float32)
    return unit


def _pairs(passages: list[Passage], vectors: Vector, touched: NDArray[np.float64]) -> list[Pair]:
    """Pairs of which each is among the nearest of the other in other notes, nearest first.

    The days of a journal count as one note: they are alike by their form.
    """
    numbers: dict[str, int] = {}
    note = np.array([numbers.setdefault(_series(passage.path), len(numbers)) for passage in passages])
    rows = np.argsort(-touched, kind="stable")[:ROWS]
    best, near = _nearest(vectors, note, rows)
    wanted = np.unique(best[near >= NEAR])
    back, _ = _nearest(vectors, note, wanted)
    partners = {int(place): set(others) for place, others in zip(wanted, back.tolist(), strict=True)}
    found = {
        (min(row, other), max(row, other)): value
        for row, others, values in zip(rows.tolist(), best.tolist(), near.tolist(), strict=True)
        for other, value in zip(others, values, strict=True)
        if value >= NEAR and row in partners[other]
    }
    order = sorted(found.items(), key=lambda each: (-each[1], passages[each[0][0]].id, passages[each[0][1]].id))
    return [Pair(one, other, value) for (one, other), value in order]


def _nearest(vectors: Vector, note: NDArray[np.int64], rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], Vector]:
    """For each of `rows` the nearest passages of other notes and how near they are, both [rows, MUTUAL], unordered."""
    best = np.zeros((len(rows), MUTUAL), dtype=np.int64)
    near = np.full((len(rows), MUTUAL), -1.0, dtype=np.float32)
    for begin in range(0, len(rows), BLOCK):
        chunk = rows[begin : begin + BLOCK]
        product = vectors[chunk] @ vectors.T
        product[note[chunk][:, None] == note[None, :]] = -1.0
        top = np.argpartition(-product, MUTUAL - 1, axis=1)[:, :MUTUAL]
        best[begin : begin + BLOCK] = top
        near[begin : begin + BLOCK] = np.take_along_axis(product, top, axis=1)
    return best, near


def _series(path: str) -> str:
    """A note's path, or its folder where it is one day of a journal."""
    folder, _, name = path.rpartition("/")
    return f"{folder}/" if DATE_NAME.match(name.rpartition(".")[0]) else path


def _apart(one: Passage, other: Passage, words: frozenset[str], others: frozenset[str], library: Library) -> bool:
    """Whether two passages are no news together: linked notes, copies, the same section of a series."""
    first, second = library.notes[one.path], library.notes[other.path]
    if (
        library.linked(one.path, other.path)
        or first.title == second.title
        or _names(first, other)
        or _names(second, one)
    ):
        return True
    words, others = words - ALL_STOP, others - ALL_STOP
    if len(words & others) > ALIKE * min(len(words), len(others)):
        return True
    both_people = all(set(each.path.lower().split("/")[:-1]) & PEOPLE_FOLDERS for each in (first, second))
    return both_people or (one.heading[1:] == other.heading[1:] and bool(one.heading[1:]))


def _names(note: Note, passage: Passage) -> bool:
    """Whether a passage names the title of a note: as good as a link."""
    return len(WORD.findall(note.title)) > 1 and note.title.lower() in passage.prose.lower()


def _rarity(words: list[frozenset[str]], passages: list[Passage]) -> Counter[str]:
    """In how many notes each word stands."""
    notes: defaultdict[str, set[str]] = defaultdict(set)
    for passage, here in zip(passages, words, strict=True):
        notes[passage.path].update(here)
    return Counter(word for here in notes.values() for word in here)


def _shared(one: frozenset[str], other: frozenset[str], rarity: Counter[str], notes: int) -> list[str] | None:
    """The rare words that both passages have, rarest first; None where there are too few: they are merely alike."""
    common = max(4.0, 0.2 * notes) if notes < 200 else 0.05 * notes
    rare = sorted(word for word in (one & other) - DULL - ALL_STOP if _tells(word) and rarity[word] <= common)
    rare.sort(key=lambda word: rarity[word])
    return rare[:4] if len(rare) >= 2 else None


def _tells(word: str) -> bool:
    return len(word) > 3 and not word[0].isdigit()


def _topic(one: Passage, other: Passage, near: float, shared: list[str], library: Library, at: float) -> Topic:
    newer, older = sorted((one, other), key=lambda each: (-library.touched(library.notes[each.path]), each.path))
    first, second = library.notes[newer.path], library.notes[older.path]
    when = library.touched(first)
    between = abs(when - library.touched(second)) / DAY
    recent = 0.5 ** (max(0.0, at - when) / DAY / RECENT_DAYS)
    apart = min(1.0, between / 30)  # what was written on the same day is remembered together anyway
    closeness = min(1.0, (near - NEAR) / 0.25)
    elsewhere = (
        1.0 if first.path.rpartition("/")[0] != second.path.rpartition("/")[0] else 0.85
    )  # one folder: less of a surprise
    both = sorted((newer.id, older.id))
    return Topic(
        id=digest("connection", *both),
        kind="connection",
        title=shorten(f"{shorten(plain(_about(first, newer)), 38)} ↔ {shorten(plain(_about(second, older)), 38)}"),
        evidence=(_evidence(first, newer, shared), _evidence(second, older, shared)),
        at=when,
        cause=digest(*both),
        salience=round((0.45 + 0.35 * closeness) * (0.4 + 0.6 * recent) * (0.8 + 0.2 * apart) * elsewhere, 4),
        tags=tuple(dict.fromkeys((*first.tags, *second.tags))),
        detail={
            "similarity": f"{near:.2f}",
            "in common": ", ".join(shared[:3]),
            "since": day_of(library.touched(second), library.utc_offset).isoformat(),
        },
    )


def _about(note: Note, passage: Passage) -> str:
    return note.title if not passage.heading or len(note.title) > 12 else passage.heading[-1]


def _evidence(note: Note, passage: Passage, shared: list[str]) -> Evidence:
    """The lines of a passage, around the ones with most of what is shared, at most six."""
    whole = [line for line in lines(note) if line.passage == passage.id and line.role != "blank"]
    if passage.line_end - passage.line_start < 6:
        return quote(whole, passage.line_start, passage.line_end, note.path)
    text = [line for line in whole if line.role in ("prose", "item", "table", "quote")] or whole
    hits = [sum(word in line.text.lower() for word in shared) for line in text]
    centre = text[max(range(len(text)), key=lambda place: (hits[place], -place))].number
    first, last = max(passage.line_start, centre - 2), min(passage.line_end, centre + 2)
    inside = [line.number for line in whole if first <= line.number <= last and line.role != "code"]
    return quote(whole, min(inside), max(inside), note.path)
