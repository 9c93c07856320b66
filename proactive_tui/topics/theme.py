"""Finds themes: what the last days were about, across notes, and since when."""

from __future__ import annotations

import math
from collections import Counter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from proactive_tui.model.note_values import Note, Passage
from proactive_tui.model.topic_values import Evidence, Topic, TopicDetails
from proactive_tui.text.blocks import classify_lines, quote_lines, split_blocks, split_sentences
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.language import language_or_default
from proactive_tui.text.words import shorten_text, stem_word
from proactive_tui.topics.connection import centre_vectors
from proactive_tui.topics.learning_path.next_in_theme import covered_titles, find_missing_note, find_open_end
from proactive_tui.topics.learning_path.theme_names import find_theme_words, join_names
from proactive_tui.topics.mining_context import MiningContext, Vector
from proactive_tui.topics.quoting import hash_parts, topic_id
from proactive_tui.units import SECONDS_PER_DAY

MIN_THEME_COSINE = 0.38  # centred cosine of a passage to the centre of its theme
SAME_THEME_COSINE = 0.5  # centred cosine from which two centres are those of one theme
MIN_THEME_NOTES = 3  # a theme runs through at least this many notes
MAX_RECENT_PASSAGES = 400  # the newest passages, which are clustered
MAX_BACKGROUND_PASSAGES = 3000  # older passages to compare with
THEME_PAUSE_DAYS = 21.0  # a longer silence ends the story that a theme goes back to
MIN_THEME_LIFT = 1.3  # a theme is at least this many times as frequent lately as before
MAX_THEMES = 6
MAX_THEME_EVIDENCE = 4


class PassageCluster(NamedTuple):
    """The indexes of recent passages that belong together, nearest to their centre first, and the centre."""

    members: list[int]
    middle: Vector


def mine_themes(context: MiningContext, at: float) -> list[Topic]:
    """The themes of the last `context.theme_days` days, the largest first."""
    passages, vectors = context.own_vectors
    if len(passages) < 2 * MIN_THEME_NOTES:
        return []
    touched = np.array([context.passage_written_at(passage) for passage in passages])
    order = np.argsort(-touched, kind="stable")[: MAX_RECENT_PASSAGES + MAX_BACKGROUND_PASSAGES]
    passages, vectors, touched = [passages[place] for place in order], vectors[order], touched[order]
    vectors = centre_vectors(vectors, [passage.path for passage in passages])
    fresh = (touched > at - context.theme_days * SECONDS_PER_DAY) & (touched <= at + SECONDS_PER_DAY)
    recent = np.flatnonzero(fresh)[:MAX_RECENT_PASSAGES]
    older = np.flatnonzero(touched <= at - context.theme_days * SECONDS_PER_DAY)
    words = context.count_words(passages)
    out: list[Topic] = []
    for whole in _cluster_passages(recent, vectors, [passage.path for passage in passages]):
        cluster = _without_tender(whole, passages, context)
        if cluster is None:
            continue
        near = vectors @ cluster.middle >= MIN_THEME_COSINE
        rate = (near[recent].sum() + 0.5) / (len(recent) + 1)
        before = (near[older].sum() + 0.5) / (len(older) + 1)
        lift = float(rate / before) if len(older) >= 30 else 2.0
        names = find_theme_words([passages[place] for place in cluster.members], words, context)
        if lift < MIN_THEME_LIFT or not names:
            continue
        since = _story_start(touched[near & (touched <= at + SECONDS_PER_DAY)])
        first = passages[cluster.members[0]].path
        arguments = (cluster, passages, names, lift, since, touched, context)
        topic = context.failures.attempt("theme", first, None, _theme_topic, *arguments)
        if topic is not None:
            out.append(topic)
        if len(out) == MAX_THEMES:
            break
    return out


def _cluster_passages(recent: NDArray[np.int64], vectors: Vector, paths: list[str]) -> list[PassageCluster]:
    """Clusters of recent passages: the passage with neighbours in most notes, with these, and so on (Butina, 1999)."""
    near = vectors[recent] @ vectors[recent].T >= MIN_THEME_COSINE
    by_note = np.array(sorted(range(len(recent)), key=lambda row: paths[recent[row]]), dtype=np.intp)
    starts = [
        row for row in range(len(recent)) if not row or paths[recent[by_note[row]]] != paths[recent[by_note[row - 1]]]
    ]
    free = np.ones(len(recent), dtype=bool)
    found: list[PassageCluster] = []
    while free.sum() >= MIN_THEME_NOTES and len(found) < 3 * MAX_THEMES:
        close = near & free[None, :] & free[:, None]
        reach = np.logical_or.reduceat(close[:, by_note], starts, axis=1).sum(axis=1)  # notes with a close passage
        seed = int(np.argmax(reach + 0.001 * close.sum(axis=1)))
        if reach[seed] < MIN_THEME_NOTES:
            break
        members = np.flatnonzero(close[seed])
        middle = vectors[recent[members]].mean(axis=0)
        middle = middle / max(float(np.linalg.norm(middle)), 1e-9)
        members = np.flatnonzero(free & (vectors[recent] @ middle >= MIN_THEME_COSINE))
        free[members] = False
        free[seed] = False
        same = next((cluster for cluster in found if float(cluster.middle @ middle) >= SAME_THEME_COSINE), None)
        if same is not None:
            same.members.extend(int(recent[member]) for member in members)
        elif len({paths[recent[member]] for member in members}) >= MIN_THEME_NOTES:
            by_nearness = sorted(members.tolist(), key=lambda member: -float(vectors[recent[member]] @ middle))
            found.append(PassageCluster([int(recent[member]) for member in by_nearness], middle.astype(np.float32)))
    return found


def _without_tender(cluster: PassageCluster, passages: list[Passage], context: MiningContext) -> PassageCluster | None:
    """The cluster without its tender passages; None where too few notes are left for a theme."""
    members = [place for place in cluster.members if not context.is_tender_passage(passages[place])]
    notes = {passages[place].path for place in members}
    return cluster._replace(members=members) if len(notes) >= MIN_THEME_NOTES else None


def _story_start(times: NDArray[np.float64]) -> float:
    """When the theme began: going back from the newest time, until a pause of three weeks."""
    newest_first = np.sort(times)[::-1]
    since = float(newest_first[0])
    for time in newest_first.tolist():
        if since - time > THEME_PAUSE_DAYS * SECONDS_PER_DAY:
            break
        since = time
    return since


def _theme_topic(
    cluster: PassageCluster,
    passages: list[Passage],
    names: list[str],
    lift: float,
    since: float,
    touched: NDArray[np.float64],
    context: MiningContext,
) -> Topic:
    members = [passages[place] for place in cluster.members]
    written = {passages[place].path: float(touched[place]) for place in reversed(cluster.members)}
    paths = list(dict.fromkeys(passage.path for passage in members))
    newest = max(written.values())
    first = [next(passage for passage in members if passage.path == path) for path in paths[:MAX_THEME_EVIDENCE]]
    first.sort(key=lambda passage: (written[passage.path], passage.path))
    notes = [context.notes[path] for path in sorted(paths, key=lambda path: (-written[path], path))]
    language = language_or_default("\n".join(passage.prose for passage in first))
    size = min(1.0, len(paths) / 6)
    tags = Counter(tag for path in paths for tag in context.notes[path].tags)
    evidence = [_quote_theme(context.notes[passage.path], passage, names) for passage in first]
    open_end = find_open_end(notes, names, context)
    missing = find_missing_note(notes, context)
    upcoming = open_end or missing
    if upcoming is not None and upcoming.evidence not in evidence:
        evidence.append(upcoming.evidence)
    return Topic(
        id=topic_id("theme", " ".join(sorted(stem_word(name.lower()) for name in names[:2]))),
        kind="theme",
        title=shorten_text(join_names(names[:3], language)),
        evidence=tuple(evidence),
        at=newest,
        cause=hash_parts(*sorted(paths)),
        salience=round(min(1.0, 0.35 + 0.3 * size + 0.15 * min(1.0, math.log2(max(1.0, lift)) / 3)), 4),
        tags=tuple(tag for tag, count in tags.most_common(4) if count > 1),
        detail=TopicDetails(
            since=local_day(since, context.utc_offset).isoformat(),
            notes=str(len(paths)),
            words=", ".join(names[:5]),
            covered=covered_titles(notes, written) or None,
            next=shorten_text(upcoming.words, 160) if upcoming else None,
            open_end=shorten_text(open_end.words, 90) if open_end else None,
            missing_note=missing.words if missing and not open_end else None,
        ),
    )


def _quote_theme(note: Note, passage: Passage, names: list[str]) -> Evidence:
    """The sentence of a passage with most words of the theme."""
    whole = classify_lines(note)
    low = [name.lower() for name in names]
    best: tuple[int, int, int, str] | None = None
    for block in split_blocks(note):
        if block.role not in ("prose", "item") or all(line.passage != passage.id for line in block.lines):
            continue
        for sentence in split_sentences(block):
            hits = sum(name in sentence.text.lower() for name in low)
            if best is None or hits > best[0]:
                best = (hits, sentence.line_start, sentence.line_end, sentence.text)
    if best is None:
        return quote_lines(whole, passage.line_start, min(passage.line_end, passage.line_start + 5), note.path)
    return quote_lines(whole, best[1], best[2], note.path, best[3])
