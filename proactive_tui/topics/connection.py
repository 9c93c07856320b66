"""Finds connections: two passages of different, unlinked notes that belong together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from proactive_tui.model import Note, Passage, Topic, TopicDetails
from proactive_tui.text.blocks import classify_lines, quote_lines
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.words import (
    DULL_WORDS,
    WORD_PATTERN,
    content_stems,
    shorten_text,
    stop_words_of,
    strip_markdown,
    without_addresses,
)
from proactive_tui.topics.memory.mining_memory import PEOPLE_FOLDERS
from proactive_tui.topics.mining_context import MiningContext, Vector
from proactive_tui.topics.quoting import MAX_BARE_TITLE_STEMS, hash_parts, name_note
from proactive_tui.topics.relations.note_series import are_of_one_series, series_key, share_template
from proactive_tui.topics.relations.sentence_pair import (
    SentenceRelation,
    find_sentence_pair,
    list_sentences,
    stem_frequency,
)
from proactive_tui.units import SECONDS_PER_DAY

MIN_PAIR_COSINE = 0.42
"""Centred cosine of MiniLM vectors from which two passages are about the same thing.

Chosen by reading pairs of three vaults: mutually nearest, unlinked pairs above it belong together; below 0.38 they only
share a vocabulary.
"""
MEAN_NOTES = 40  # notes that count against the mean of the vectors, see `centre_vectors`
COPY_WORD_SHARE = 0.7  # share of common content words from which one passage is a copy of the other
MUTUAL_NEIGHBOURS = 2  # each passage must be among this many nearest of the other
MAX_QUERY_PASSAGES = 1000  # the newest passages, whose neighbours are sought among all
PAIR_BLOCK_ROWS = 250  # rows of a matrix product at a time
MIN_PASSAGE_WORDS = 18  # a shorter passage says too little to be compared
RELATION_BONUS: dict[SentenceRelation, float] = {"answers": 0.15, "differs": 0.08, "both claim": 0.0}
"""What a relation adds to the salience: an answer to one's own question is worth most."""
CONNECTION_HALF_LIFE_DAYS = 30.0
MAX_CONNECTIONS = 200
MAX_CONNECTIONS_PER_NOTE = 3
MAX_SHORT_TITLE_CHARACTERS = 12  # characters of a note's title beside which the heading tells more


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
    vectors = centre_vectors(vectors[keep], [passage.path for passage in passages])
    touched = np.array([context.passage_written_at(passage) for passage in passages])
    rarity = _document_frequency(words, passages)
    stems = stem_frequency(passages)
    used: Counter[str] = Counter()
    paired: set[tuple[str, str]] = set()
    out: dict[str, Topic] = {}
    keys = {path: series_key(context.notes[path]) for path in {passage.path for passage in passages}}
    for pair in _mutual_pairs(passages, vectors, touched, [keys[passage.path] for passage in passages]):
        one, other = passages[pair.one], passages[pair.other]
        one_words = words[pair.one] - stop_words_of(one.prose)
        other_words = words[pair.other] - stop_words_of(other.prose)
        if (
            (one.path, other.path) in paired
            or used[one.path] >= MAX_CONNECTIONS_PER_NOTE
            or used[other.path] >= MAX_CONNECTIONS_PER_NOTE
            or _is_redundant(one, other, one_words, other_words, context)
        ):
            continue
        shared = _shared_rare_words(one_words, other_words, rarity, len(context.own_notes))
        if shared is None:
            continue
        arguments = (one, other, pair.cosine, stems, context, at)
        topic = context.failures.attempt("connection", one.path, None, _connection_topic, *arguments)
        if topic is not None:
            used.update((one.path, other.path))
            paired.update(((one.path, other.path), (other.path, one.path)))
            out.setdefault(topic.id, topic)
        if len(out) == MAX_CONNECTIONS:
            break
    return list(out.values())


def centre_vectors(vectors: Vector, paths: Sequence[str]) -> Vector:
    """Unit vectors minus the mean of their notes, normalised again, float32 [n, dimensions]; `paths` are their notes.

    The part that all notes of a vault share (subject, boilerplate) makes everything look alike. Removing the mean sets
    passages apart (Mu and Viswanath, 2018, All-but-the-Top). The mean of few notes is their subject rather than what
    every note shares, so it is drawn to zero: with 10 notes a fifth of it is removed, with 360 nine tenths. Each note
    counts once, however long it is.
    """
    numbers: dict[str, int] = {}
    note = np.array([numbers.setdefault(path, len(numbers)) for path in paths])
    sums = np.zeros((len(numbers), vectors.shape[1]), dtype=np.float64)
    np.add.at(sums, note, vectors)
    mean = (sums / np.bincount(note)[:, None]).mean(axis=0, keepdims=True) * (
        len(numbers) / (len(numbers) + MEAN_NOTES)
    )
    moved = vectors - mean
    length = np.linalg.norm(moved, axis=1, keepdims=True)
    unit: Vector = (moved / np.maximum(length, 1e-9)).astype(np.float32)
    return unit


def _mutual_pairs(
    passages: list[Passage], vectors: Vector, touched: NDArray[np.float64], series: Sequence[str]
) -> list[PassagePair]:
    """Pairs in which each passage is among the nearest of the other in other notes, nearest pair first.

    The notes of one `series` count as one: their form makes them alike.
    """
    numbers: dict[str, int] = {}
    note = np.array([numbers.setdefault(key, len(numbers)) for key in series])
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


def _is_redundant(
    one: Passage, other: Passage, words: frozenset[str], others: frozenset[str], context: MiningContext
) -> bool:
    """Whether a pair is no news: linked notes, copies, or the same section of a series."""
    first, second = context.notes[one.path], context.notes[other.path]
    if (
        context.are_linked(one.path, other.path)
        or first.title == second.title
        or are_of_one_series(first, second)
        or share_template(first, second)
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
    one: Passage, other: Passage, near: float, stems: Counter[str], context: MiningContext, at: float
) -> Topic | None:
    """The topic of two passages; None where no sentences of theirs say what they have to do with each other."""
    newer, older = sorted((one, other), key=lambda passage: (-context.passage_written_at(passage), passage.path))
    first, second = context.notes[newer.path], context.notes[older.path]
    found = find_sentence_pair(
        list_sentences(first, newer), list_sentences(second, older), stems, len(context.own_notes)
    )
    if found is None:
        return None
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
    worth = (0.45 + 0.35 * closeness) * (0.4 + 0.6 * recent) * (0.8 + 0.2 * apart) * elsewhere
    return Topic(
        id=hash_parts("connection", *both),
        kind="connection",
        title=shorten_text(" ↔ ".join(labels)),
        evidence=tuple(
            quote_lines(classify_lines(note), said.line_start, said.line_end, note.path, said.text)
            for note, said in ((first, found.one), (second, found.other))
        ),
        at=when,
        cause=hash_parts(*both),
        salience=round(min(1.0, worth + RELATION_BONUS[found.relation]), 4),
        tags=tuple(dict.fromkeys((*first.tags, *second.tags))),
        detail=TopicDetails(
            similarity=f"{near:.2f}",
            in_common=", ".join(found.shared[:3]),
            relation=found.relation,
            said=found.one.words,
            other_said=found.other.words,
            since=local_day(context.passage_written_at(older), context.utc_offset).isoformat(),
        ),
    )


def _passage_label(note: Note, passage: Passage) -> str:
    if not passage.heading or len(note.title) > MAX_SHORT_TITLE_CHARACTERS:
        return name_note(note)
    heading = passage.heading[-1]
    is_bare = len(set(content_stems(heading))) <= MAX_BARE_TITLE_STEMS
    return f"{note.title}: {heading}" if is_bare and note.title not in passage.heading else heading
