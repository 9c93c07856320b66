"""Keeps the connections whose two sentences are near in meaning, and of these the strongest of each note."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from proactive_tui.model.topic_values import Topic

MIN_SENTENCE_COSINE, MIN_TWO_WORD_COSINE = 0.5, 0.6
"""Cosine of the MiniLM vectors of two sentences, below which they only use the same words: from three words that both
have on, or where one answers the other, and with two words. Of 69 pairs of seven vaults that were read by hand, 46 of
the 53 above it were worth telling, and 6 of the 16 below it.
"""
COPY_COSINE = 0.93  # from which two sentences say the same in the same words
MAX_CONNECTIONS = 60
MAX_CONNECTIONS_PER_NOTE = 2


def connection_sentences(topics: Collection[Topic]) -> set[str]:
    """The sentences whose vectors say which connections hold."""
    return {
        words
        for topic in topics
        if topic.kind == "connection"
        for words in (topic.detail.said, topic.detail.other_said)
        if words
    }


def choose_connections(
    topics: Collection[Topic], vectors: Mapping[str, NDArray[np.float32]] | None = None
) -> tuple[Topic, ...]:
    """The topics, of the connections only those that hold: one for two notes and two for each, most salient first.

    `vectors` has the unit vectors of their sentences; a connection without them waits. None judges by words alone.
    """
    others = tuple(topic for topic in topics if topic.kind != "connection")
    near = [
        told for topic in topics if topic.kind == "connection" and (told := _judge_meaning(topic, vectors)) is not None
    ]
    used: Counter[str] = Counter()
    paired: set[frozenset[str]] = set()
    kept: list[Topic] = []
    for topic in sorted(near, key=lambda topic: (-topic.salience, topic.id)):
        paths = frozenset(topic.paths[:2])
        if paths in paired or any(used[path] >= MAX_CONNECTIONS_PER_NOTE for path in paths):
            continue
        used.update(paths)
        paired.add(paths)
        kept.append(topic)
    return (*others, *kept[:MAX_CONNECTIONS])


def _judge_meaning(topic: Topic, vectors: Mapping[str, NDArray[np.float32]] | None) -> Topic | None:
    """A connection with the cosine of its sentences as its similarity; None where they are not near, or copies."""
    if vectors is None:
        return topic
    one, other = vectors.get(topic.detail.said or ""), vectors.get(topic.detail.other_said or "")
    if one is None or other is None:
        return None
    cosine = float(one @ other)
    claims = topic.detail.relation == "both claim"
    few = claims and (topic.detail.in_common or "").count(",") < 2
    if cosine < (MIN_TWO_WORD_COSINE if few else MIN_SENTENCE_COSINE) or (claims and cosine >= COPY_COSINE):
        return None
    return replace(topic, detail=replace(topic.detail, similarity=f"{cosine:.2f}"))
