"""Finds connections: two passages of different, unlinked notes that belong together."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from proactive_tui.model import Evidence, Note, Passage, Topic, TopicDetails
from proactive_tui.text.blocks import classify_lines, quote_lines
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.words import (
    DULL_WORDS,
    WORD_PATTERN,
    shorten_text,
    stop_words_of,
    strip_markdown,
    without_addresses,
)
from proactive_tui.topics.mining_context import PEOPLE_FOLDERS, MiningContext, Vector
from proactive_tui.topics.quoting import hash_parts
from proactive_tui.units import SECONDS_PER_DAY

MIN_PAIR_COSINE = 0.42
"""Centred cosine of MiniLM vectors from which two passages are about the same thing.

Chosen by reading pairs of three vaults: mutually nearest, unlinked pairs above it belong together; below 0.38 they only
share a vocabulary.
"""
COPY_WORD_SHARE = 0.7  # share of common content words from which one passage is a copy of the other
MUTUAL_NEIGHBOURS = 2  # each passage must be among this many nearest of the other
MAX_QUERY_PASSAGES = 1000  # the newest passages, whose neighbours are sought among all
PAIR_BLOCK_ROWS = 250  # rows of a matrix product at a time
MIN_PASSAGE_WORDS = 18  # a shorter passage says too little to be compared
CONNECTION_HALF_LIFE_DAYS = 30.0
MAX_CONNECTIONS = 200
MAX_CONNECTIONS_PER_NOTE = 3
JOURNAL_DAY_NAME = re.compile(r"^\W*(?:\d{4}-\d\d-\d\d|\d{8})\W*$")


class PassagePair(NamedTuple):
    """Two passages, by index, and their centred cosine."""

    one: int
    other: int
    cosine: float


def mine_connections(context: MiningContext, at: float) -> list[Topic]:
    """The nearest pairs of passages of different, unlinked notes; at least one of each pair is among the newest."""
    passages, vectors = context.embedded_passages(context.own_notes)
    spoken = [WORD_PATTERN.findall(without_addresses(passage.prose).lower()) for passage in passages]
    keep = [place for place, tokens in enumerate(spoken) if len(tokens) >= MIN_PASSAGE_WORDS]
    if len(keep) <= MUTUAL_NEIGHBOURS:
        return []
    passages, words = [passages[place] for place in keep], [frozenset(spoken[place]) for place in keep]
    vectors = centre_vectors(vectors[keep])
    touched = np.array([context.passage_written_at(passage) for passage in passages])
    rarity = _document_frequency(words, passages)
    used: Counter[str] = Counter()
    out: dict[str, Topic] = {}
    for pair in _mutual_pairs(passages, vectors, touched):
        one, other = passages[pair.one], passages[pair.other]
        one_words = words[pair.one] - stop_words_of(one.prose)
        other_words = words[pair.other] - stop_words_of(other.prose)
        if (
            used[one.path] >= MAX_CONNECTIONS_PER_NOTE
            or used[other.path] >= MAX_CONNECTIONS_PER_NOTE
            or _is_redundant(one, other, one_words, other_words, context)
        ):
            continue
        shared = _shared_rare_words(one_words, other_words, rarity, len(context.own_notes))
        if shared is None:
            continue
        used.update((one.path, other.path))
        arguments = (one, other, pair.cosine, shared, context, at)
        topic = context.failures.attempt("connection", one.path, None, _connection_topic, *arguments)
        if topic is not None:
            out.setdefault(topic.id, topic)
        if len(out) == MAX_CONNECTIONS:
            break
    return list(out.values())


def centre_vectors(vectors: Vector) -> Vector:
    """Unit vectors minus their mean, normalised again, float32 [n, dimensions].

    The part that all notes of a vault share (subject, boilerplate) makes everything look alike. Removing the mean sets
    passages apart (Mu and Viswanath, 2018, All-but-the-Top).
    """
    moved = vectors - vectors.mean(axis=0, keepdims=True)
    length = np.linalg.norm(moved, axis=1, keepdims=True)
    unit: Vector = (moved / np.maximum(length, 1e-9)).astype(np.float32)
    return unit


def _mutual_pairs(passages: list[Passage], vectors: Vector, touched: NDArray[np.float64]) -> list[PassagePair]:
    """Pairs in which each passage is among the nearest of the other in other notes, nearest pair first.

    The days of a journal count as one note: their form makes them alike.
    """
    numbers: dict[str, int] = {}
    note = np.array([numbers.setdefault(_series_path(passage.path), len(numbers)) for passage in passages])
    rows = np.argsort(-touched, kind="stable")[:MAX_QUERY_PASSAGES]
    best, near = _nearest_neighbours(vectors, note, rows)
    wanted = np.unique(best[near >= MIN_PAIR_COSINE])
    back, _ = _nearest_neighbours(vectors, note, wanted)
    partners = {int(place): set(others) for place, others in zip(wanted, back.tolist(), strict=True)}
    found = {
        (min(row, other), max(row, other)): value
        for row, others, values in zip(rows.tolist(), best.tolist(), near.tolist(), strict=True)
        for other, value in zip(others, values, strict=True)
        if value >= MIN_PAIR_COSINE and row in partners[other]
    }
    order = sorted(found.items(), key=lambda pair: (-pair[1], passages[pair[0][0]].id, passages[pair[0][1]].id))
    return [PassagePair(one, other, value) for (one, other), value in order]


def _nearest_neighbours(
    vectors: Vector, note: NDArray[np.int64], rows: NDArray[np.int64]
) -> tuple[NDArray[np.int64], Vector]:
    """For each of `rows`, the nearest passages of other notes and their cosines, both [rows, MUTUAL_NEIGHBOURS],
    unordered.
    """
    best = np.zeros((len(rows), MUTUAL_NEIGHBOURS), dtype=np.int64)
    near = np.full((len(rows), MUTUAL_NEIGHBOURS), -1.0, dtype=np.float32)
    for begin in range(0, len(rows), PAIR_BLOCK_ROWS):
        chunk = rows[begin : begin + PAIR_BLOCK_ROWS]
        product = vectors[chunk] @ vectors.T
        product[note[chunk][:, None] == note[None, :]] = -1.0
        top = np.argpartition(-product, MUTUAL_NEIGHBOURS - 1, axis=1)[:, :MUTUAL_NEIGHBOURS]
        best[begin : begin + PAIR_BLOCK_ROWS] = top
        near[begin : begin + PAIR_BLOCK_ROWS] = np.take_along_axis(product, top, axis=1)
    return best, near


def _series_path(path: str) -> str:
    """A note's path, or its folder where it is one day of a journal."""
    folder, _, name = path.rpartition("/")
    return f"{folder}/" if JOURNAL_DAY_NAME.match(name.rpartition(".")[0]) else path


def _is_redundant(
    one: Passage, other: Passage, words: frozenset[str], others: frozenset[str], context: MiningContext
) -> bool:
    """Whether a pair is no news: linked notes, copies, or the same section of a series."""
    first, second = context.notes[one.path], context.notes[other.path]
    if (
        context.are_linked(one.path, other.path)
        or first.title == second.title
        or _names_title(first, other)
        or _names_title(second, one)
    ):
        return True
    if len(words & others) > COPY_WORD_SHARE * min(len(words), len(others)):
        return True
    both_people = all(set(note.path.lower().split("/")[:-1]) & PEOPLE_FOLDERS for note in (first, second))
    return both_people or (one.heading[1:] == other.heading[1:] and bool(one.heading[1:]))


def _names_title(note: Note, passage: Passage) -> bool:
    """Whether a passage names the title of a note, which is as good as a link."""
    return len(WORD_PATTERN.findall(note.title)) > 1 and note.title.lower() in passage.prose.lower()


def _document_frequency(words: list[frozenset[str]], passages: list[Passage]) -> Counter[str]:
    """The number of notes in which each word stands."""
    notes: defaultdict[str, set[str]] = defaultdict(set)
    for passage, here in zip(passages, words, strict=True):
        notes[passage.path].update(here)
    return Counter(word for here in notes.values() for word in here)


def _shared_rare_words(
    one: frozenset[str], other: frozenset[str], rarity: Counter[str], notes: int
) -> list[str] | None:
    """The rare words that both passages contain, rarest first; None where there are too few to connect them."""
    common = max(4.0, 0.2 * notes) if notes < 200 else 0.05 * notes
    rare = sorted(word for word in (one & other) - DULL_WORDS if _is_distinctive(word) and rarity[word] <= common)
    rare.sort(key=lambda word: rarity[word])
    return rare[:4] if len(rare) >= 2 else None


def _is_distinctive(word: str) -> bool:
    return len(word) > 3 and not word[0].isdigit()


def _connection_topic(
    one: Passage, other: Passage, near: float, shared: list[str], context: MiningContext, at: float
) -> Topic:
    newer, older = sorted((one, other), key=lambda passage: (-context.passage_written_at(passage), passage.path))
    first, second = context.notes[newer.path], context.notes[older.path]
    when = context.passage_written_at(newer)
    between = abs(when - context.passage_written_at(older)) / SECONDS_PER_DAY
    recent = 0.5 ** (max(0.0, at - when) / SECONDS_PER_DAY / CONNECTION_HALF_LIFE_DAYS)
    apart = min(1.0, between / 30)  # what was written on the same day is remembered together anyway
    closeness = min(1.0, (near - MIN_PAIR_COSINE) / 0.25)
    elsewhere = (
        1.0 if first.path.rpartition("/")[0] != second.path.rpartition("/")[0] else 0.85
    )  # one folder: less of a surprise
    both = sorted((newer.id, older.id))
    pair = ((first, newer), (second, older))
    labels = [shorten_text(strip_markdown(_passage_label(passage, note)), 38) for passage, note in pair]
    return Topic(
        id=hash_parts("connection", *both),
        kind="connection",
        title=shorten_text(" ↔ ".join(labels)),
        evidence=(_quote_shared(first, newer, shared), _quote_shared(second, older, shared)),
        at=when,
        cause=hash_parts(*both),
        salience=round((0.45 + 0.35 * closeness) * (0.4 + 0.6 * recent) * (0.8 + 0.2 * apart) * elsewhere, 4),
        tags=tuple(dict.fromkeys((*first.tags, *second.tags))),
        detail=TopicDetails(
            similarity=f"{near:.2f}",
            in_common=", ".join(shared[:3]),
            since=local_day(context.passage_written_at(older), context.utc_offset).isoformat(),
        ),
    )


def _passage_label(note: Note, passage: Passage) -> str:
    return note.title if not passage.heading or len(note.title) > 12 else passage.heading[-1]


def _quote_shared(note: Note, passage: Passage, shared: list[str]) -> Evidence:
    """At most six lines of a passage, around those with most of the shared words."""
    whole = [
        line
        for line in classify_lines(note)
        if passage.line_start <= line.number <= passage.line_end
        and line.passage == passage.id  # the same section may stand elsewhere in the note, too, and a long line in two
        and line.role != "blank"
    ]
    if passage.line_end - passage.line_start < 6:
        return quote_lines(whole, passage.line_start, passage.line_end, note.path)
    text = [line for line in whole if line.role in ("prose", "item", "table", "quote")] or whole
    hits = [sum(word in line.text.lower() for word in shared) for line in text]
    centre = text[max(range(len(text)), key=lambda place: (hits[place], -place))].number
    first, last = max(passage.line_start, centre - 2), min(passage.line_end, centre + 2)
    inside = [line.number for line in whole if first <= line.number <= last and line.role != "code"]
    return quote_lines(whole, min(inside, default=centre), max(inside, default=centre), note.path)
