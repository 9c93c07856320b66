"""Notes and libraries for the tests of topics: real parsing, hand-written text, and a vector for every passage."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from hashlib import blake2b
from pathlib import Path

import numpy as np

from proactive_tui.index.links import resolve_links
from proactive_tui.index.markdown import parse_note
from proactive_tui.model.note_values import Note
from proactive_tui.model.shared_words import TOPIC_KINDS, Kind
from proactive_tui.model.topic_values import Topic
from proactive_tui.text.dates.local_days import local_noon
from proactive_tui.text.words import content_stems
from proactive_tui.topics.memory.pool_cache import PoolCache
from proactive_tui.topics.mining_context import MiningContext, Vector
from proactive_tui.topics.pool import MINERS, NoteMiner, merge_topics, run_miners

TODAY = dt.date(2026, 11, 23)
NOW = local_noon(TODAY)
OFFSET = int(NOW - dt.datetime.combine(TODAY, dt.time(12), tzinfo=dt.UTC).timestamp()) * -1
DAY = 86400.0


def days_ago(days: float) -> float:
    return NOW - days * DAY


def note(text: str, path: str = "note.md", days: float = 1.0) -> Note:
    return parse_note(path, text.encode(), days_ago(days))


def vector(text: str, dimensions: int = 256) -> Vector:
    """A unit vector of the words of a text: texts with the same words are near, others are not."""
    out = np.zeros(dimensions, dtype=np.float32)
    for word in content_stems(text):
        seed = int.from_bytes(blake2b(word.encode(), digest_size=8).digest())
        out += np.random.default_rng(seed).standard_normal(dimensions).astype(np.float32)
    length = float(np.linalg.norm(out))
    return out / length if length else np.full(dimensions, dimensions**-0.5, dtype=np.float32)


def library(
    *notes: Note, vectors: bool = False, seen: Mapping[str, float] | None = None, theme_days: int = 14
) -> MiningContext:
    by_path = {each.path: each for each in notes}
    passages = [passage for each in notes for passage in each.passages] if vectors else []
    return MiningContext(
        notes=by_path,
        vectors={passage.id: vector(passage.prose) for passage in passages},
        links=resolve_links(by_path),
        utc_offset=OFFSET,
        seen=seen or {},
        theme_days=theme_days,
    )


def mine_each_note(kind: Kind, context: MiningContext, at: float) -> list[Topic]:
    """The topics of a kind that each note holds by itself, before any is merged or left out."""
    miner = MINERS[kind]
    assert isinstance(miner, NoteMiner)
    weighed = (
        miner.weigh(topic, context, at)
        for note in context.own_notes.values()
        for topic in miner.from_note(note, context)
    )
    return [topic for topic in weighed if topic is not None]


def build_pool(
    context: MiningContext, at: float, kinds: Collection[Kind] = TOPIC_KINDS, cache: PoolCache | None = None
) -> tuple[Topic, ...]:
    """The pool of these notes, without vectors of titles."""
    return merge_topics(run_miners(context, at, kinds, cache))


def read(folder: Path) -> MiningContext:
    """A folder of real notes; the newest is an hour old."""
    times: dict[str, float] = {}
    if (folder / ".mtimes.tsv").exists():
        rows = [line.split("\t", 1) for line in (folder / ".mtimes.tsv").read_text(encoding="utf-8").splitlines()]
        shift = NOW - 3600 - max(float(time) for time, _ in rows)
        times = {path: float(time) + shift for time, path in rows}
    notes = {}
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        if file.suffix in (".md", ".txt") and not any(part.startswith(".") for part in path.split("/")):
            notes[path] = parse_note(path, file.read_bytes(), times.get(path, NOW - 3600))
    return MiningContext(notes=notes, links=resolve_links(notes), utc_offset=OFFSET)


def titles(topics: list[Topic]) -> list[str]:
    return [topic.title for topic in topics]
