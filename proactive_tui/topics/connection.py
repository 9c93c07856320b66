"""Finds connections: two passages of different, unlinked notes that belong together, by what their sentences say.

Passages near in meaning are compared sentence by sentence (`relations/sentence_pair.py`). What comes out are
candidates: of these, `relations/alike_in_meaning.py` keeps those whose sentences are near in meaning themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from proactive_tui.model.note_values import Note, Passage
from proactive_tui.model.topic_values import Evidence, Topic, TopicDetails
from proactive_tui.text.blocks import classify_lines, quote_lines
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.words import (
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
from proactive_tui.topics.relations.quoted_sentences import QuotedSentence
from proactive_tui.topics.relations.sentence_pair import (
    MIN_STRENGTH,
    SentencePair,
    SentenceRelation,
    compare_sentences,
    weigh_pairs,
)
from proactive_tui.units import SECONDS_PER_DAY

MIN_PAIR_COSINE = 0.3
"""Centred cosine of MiniLM vectors from which the sentences of two passages are compared.

Of the pairs worth telling that were found by hand, one in four lay between 0.3 and 0.38.
"""
MEAN_NOTES = 40  # notes that count against the mean of the vectors, see `centre_vectors`
COPY_WORD_SHARE = 0.7  # share of common content words from which one passage is a copy of the other
NEIGHBOURS = 5  # passages of other notes that each of the newest is compared with
MAX_QUERY_PASSAGES = 1000  # the newest passages, whose neighbours are sought among all
PAIR_BLOCK_ROWS = 250  # rows of a matrix product at a time
MIN_PASSAGE_CHARACTERS = 60  # a shorter passage says too little to be compared
RELATION_BONUS: dict[SentenceRelation, float] = {"answers": 0.15, "differs": 0.08, "both claim": 0.0}
"""What a relation adds to the salience: an answer to one's own question is worth most."""
CONNECTION_HALF_LIFE_DAYS = 30.0
STRONG_PAIR = 4.0  # strength of a pair of sentences that could not be stronger
MAX_CANDIDATES = 150
MAX_CANDIDATES_PER_NOTE = 6
MAX_SENTENCE_PAIRS = 2  # of two passages, of which the one nearer in meaning may be told
MAX_SHORT_TITLE_CHARACTERS = 12  # characters of a note's title beside which the heading tells more
MAX_PASSAGE_NAME_CHARACTERS = 50


class PassagePair(NamedTuple):
    """Two passages, by index, and their centred cosine."""

    one: int
    other: int
    cosine: float


class _Candidate(NamedTuple):
    one: Passage
    other: Passage
    pair: SentencePair


def mine_connections(context: MiningContext, at: float) -> list[Topic]:
    """Candidates: pairs of sentences of different, unlinked notes that have to do with each other, strongest first.

    At least one of each pair stands in one of the newest passages.
    """
    passages, vectors = context.own_vectors
    keep = [place for place, passage in enumerate(passages) if len(passage.prose) >= MIN_PASSAGE_CHARACTERS]
    passages = [passages[place] for place in keep]
    if len({passage.path for passage in passages}) < 2:
        return []
    vectors = centre_vectors(vectors[keep], [passage.path for passage in passages])
    found = sorted(
        _sentence_candidates(passages, vectors, context),
        key=lambda candidate: (-candidate.pair.strength, candidate.one.id, candidate.other.id),
    )
    topics = (
        context.failures.attempt("connection", candidate.one.path, None, _connection_topic, candidate, context, at)
        for candidate in _without_redundant(found, context)
    )
    return list(islice((topic for topic in topics if topic is not None), MAX_CANDIDATES))


def _sentence_candidates(passages: list[Passage], vectors: Vector, context: MiningContext) -> Iterator[_Candidate]:
    """The strongest pairs of sentences of each two passages that are near."""
    rarity = context.stem_rarity
    names = frozenset(stem for name in context.people_names for stem in content_stems(name))
    series = {path: series_key(context.notes[path]) for path in {passage.path for passage in passages}}
    written = {path: context.last_written_at(context.notes[path]) for path in series}
    touched = np.array([written[passage.path] for passage in passages])
    for near in _near_pairs(vectors, touched, [series[passage.path] for passage in passages]):
        one, other = passages[near.one], passages[near.other]
        if context.are_linked(one.path, other.path):
            continue
        said, other_said = (
            context.sentences(context.notes[passage.path]).get(passage.id, ()) for passage in (one, other)
        )
        if not said or not other_said:
            continue
        compared = context.recall_of_part(compare_sentences, _pair_name(one, other), said, other_said, names)
        for pair in weigh_pairs(compared, rarity, near.cosine)[:MAX_SENTENCE_PAIRS]:
            yield _Candidate(one, other, pair)


def _without_redundant(found: Sequence[_Candidate], context: MiningContext) -> Iterator[_Candidate]:
    """The candidates that are news, at most some of each note and two of each two notes."""
    used: Counter[str] = Counter()
    paired: Counter[frozenset[str]] = Counter()
    for candidate in found:
        one, other = candidate.one, candidate.other
        paths = frozenset((one.path, other.path))
        if paired[paths] >= MAX_SENTENCE_PAIRS or any(used[path] >= MAX_CANDIDATES_PER_NOTE for path in paths):
            continue
        notes = (context.notes[one.path], context.notes[other.path])
        if not context.recall_of_part(_is_redundant, _pair_name(one, other), one, other, *notes):
            used.update(paths)
            paired[paths] += 1
            yield candidate


def centre_vectors(vectors: Vector, paths: Sequence[str]) -> Vector:
    """Unit vectors minus the mean of their notes, normalised again, float32 [n, dimensions]; `paths` are their notes.

    The part that all notes of a vault share (subject, boilerplate) makes everything look alike. Removing the mean sets
    passages apart (Mu and Viswanath, 2018, All-but-the-Top). The mean of few notes is their subject rather than what
    every note shares, so it is drawn to zero: with 10 notes a fifth of it is removed, with 360 nine tenths. Each note
    counts once, however long it is.
    """
    numbers: dict[str, int] = {}
    note = np.array([numbers.setdefault(path, len(numbers)) for path in paths])
    order = np.argsort(note, kind="stable")
    starts = np.searchsorted(note[order], np.arange(len(numbers)))
    sums = np.add.reduceat(vectors[order], starts, axis=0, dtype=np.float64)
    mean = (sums / np.bincount(note)[:, None]).mean(axis=0, keepdims=True) * (
        len(numbers) / (len(numbers) + MEAN_NOTES)
    )
    moved = vectors - mean
    length = np.linalg.norm(moved, axis=1, keepdims=True)
    unit: Vector = (moved / np.maximum(length, 1e-9)).astype(np.float32)
    return unit


def _near_pairs(vectors: Vector, touched: NDArray[np.float64], series: Sequence[str]) -> list[PassagePair]:
    """Pairs of one of the newest passages and one of the nearest to it in other notes, in no order.

    The notes of one `series` count as one: their form makes them alike.
    """
    numbers: dict[str, int] = {}
    note = np.array([numbers.setdefault(key, len(numbers)) for key in series])
    rows = np.argsort(-touched, kind="stable")[:MAX_QUERY_PASSAGES]
    best, near = _nearest_neighbours(vectors, note, rows)
    found: dict[tuple[int, int], float] = {}
    for row, others, values in zip(rows.tolist(), best.tolist(), near.tolist(), strict=True):
        for other, value in zip(others, values, strict=True):
            if value >= MIN_PAIR_COSINE:
                found[min(row, other), max(row, other)] = value
    return [PassagePair(one, other, value) for (one, other), value in sorted(found.items())]


def _nearest_neighbours(
    vectors: Vector, note: NDArray[np.int64], rows: NDArray[np.int64]
) -> tuple[NDArray[np.int64], Vector]:
    """For each of `rows`, the nearest passages of other notes and their cosines, both [rows, NEIGHBOURS], unordered."""
    count = min(NEIGHBOURS, len(vectors))
    best = np.zeros((len(rows), count), dtype=np.int64)
    near = np.full((len(rows), count), -1.0, dtype=np.float32)
    for begin in range(0, len(rows), PAIR_BLOCK_ROWS):
        chunk = rows[begin : begin + PAIR_BLOCK_ROWS]
        product = vectors[chunk] @ vectors.T
        product[note[chunk][:, None] == note[None, :]] = -1.0
        top = np.argpartition(-product, count - 1, axis=1)[:, :count]
        best[begin : begin + PAIR_BLOCK_ROWS] = top
        near[begin : begin + PAIR_BLOCK_ROWS] = np.take_along_axis(product, top, axis=1)
    return best, near


def _pair_name(one: Passage, other: Passage) -> str:
    return f"{one.path}:{one.id}:{other.path}:{other.id}"


def _is_redundant(one: Passage, other: Passage, first: Note, second: Note) -> bool:
    """Whether two passages, of the first and the second note, are no news: copies, people, or the same section of a
    series.
    """
    if (
        first.title == second.title
        or are_of_one_series(first, second)
        or share_template(first, second)
        or _names_title(first, other)
        or _names_title(second, one)
    ):
        return True
    words, others = _content_words(one), _content_words(other)
    if len(words & others) > COPY_WORD_SHARE * min(len(words), len(others)):
        return True
    both_people = all(set(note.path.lower().split("/")[:-1]) & PEOPLE_FOLDERS for note in (first, second))
    return both_people or (one.heading[1:] == other.heading[1:] and bool(one.heading[1:]))


def _content_words(passage: Passage) -> frozenset[str]:
    return frozenset(WORD_PATTERN.findall(without_addresses(passage.prose).lower())) - stop_words_of(passage.prose)


def _names_title(note: Note, passage: Passage) -> bool:
    """Whether a passage names the title of a note, which is as good as a link."""
    return len(WORD_PATTERN.findall(note.title)) > 1 and note.title.lower() in passage.prose.lower()


def _connection_topic(candidate: _Candidate, context: MiningContext, at: float) -> Topic | None:
    """The topic of a candidate, its newer passage first."""
    one, other, pair = candidate
    when, before = context.passage_written_at(one), context.passage_written_at(other)
    told = [(one, pair.one, when), (other, pair.other, before)]
    told.sort(key=lambda side: (-side[2], side[0].path))
    (newer, found, when), (older, other_found, before) = told
    first, second = context.notes[newer.path], context.notes[older.path]
    recent = 0.5 ** (max(0.0, context.aged_until(at) - when) / SECONDS_PER_DAY / CONNECTION_HALF_LIFE_DAYS)
    apart = min(1.0, (when - before) / SECONDS_PER_DAY / 30)  # what was written on one day is remembered together
    closeness = min(1.0, (pair.strength - MIN_STRENGTH) / (STRONG_PAIR - MIN_STRENGTH))
    elsewhere = (
        1.0 if first.path.rpartition("/")[0] != second.path.rpartition("/")[0] else 0.85
    )  # one folder: less of a surprise
    both = sorted((newer.id, older.id))
    labels = [
        context.recall_of_part(_passage_label, f"{passage.path}:{passage.id}", note, passage)
        for note, passage in ((first, newer), (second, older))
    ]
    if labels[0] == labels[1]:
        return None
    worth = (0.45 + 0.35 * closeness) * (0.7 + 0.3 * recent) * (0.8 + 0.2 * apart) * elsewhere
    return Topic(
        id=hash_parts("connection", *both),
        kind="connection",
        title=shorten_text(" ↔ ".join(labels)),
        evidence=tuple(
            context.recall_of_part(_quote_sentence, f"{note.path}:{said.line_start}:{said.line_end}", note, said)
            for note, said in ((first, found), (second, other_found))
        ),
        at=when,
        cause=hash_parts(*both),
        salience=round(min(1.0, worth + RELATION_BONUS[pair.relation]), 4),
        tags=tuple(dict.fromkeys((*first.tags, *second.tags))),
        detail=TopicDetails(
            in_common=", ".join(pair.shared[:3]),
            relation=pair.relation,
            said=found.words,
            other_said=other_found.words,
            since=local_day(before, context.utc_offset).isoformat(),
        ),
    )


def _quote_sentence(note: Note, said: QuotedSentence) -> Evidence:
    return quote_lines(classify_lines(note), said.line_start, said.line_end, note.path, said.text)


def _passage_label(note: Note, passage: Passage) -> str:
    """What a passage is called beside another."""
    if not passage.heading or len(note.title) > MAX_SHORT_TITLE_CHARACTERS:
        return shorten_text(strip_markdown(name_note(note)), MAX_PASSAGE_NAME_CHARACTERS)
    heading = passage.heading[-1]
    is_bare = len(set(content_stems(heading))) <= MAX_BARE_TITLE_STEMS
    label = f"{note.title}: {heading}" if is_bare and note.title not in passage.heading else heading
    return shorten_text(strip_markdown(label), MAX_PASSAGE_NAME_CHARACTERS)
