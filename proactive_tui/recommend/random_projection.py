"""Reduces the meaning of a topic to a few numbers: a fixed random projection of the vectors of its evidence.

The projection roughly preserves distances (Johnson and Lindenstrauss 1984). Sixteen weights can be learned from a
handful of reactions; 384 cannot. The projection never changes, so that old snapshots keep their meaning.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from operator import is_ as is_same_object
from typing import Final, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from proactive_tui.model.topic_values import Topic

Floats = NDArray[np.float64]
Vector = Sequence[float] | NDArray[np.float32]
Number = TypeVar("Number", np.float32, np.float64)

MEANING_DIMENSIONS: Final = 16
PROJECTION_SEED: Final = 20_240_607
"""A change of this seed, or of MEANING_DIMENSIONS, makes every journaled snapshot meaningless."""


def topic_vectors(topics: Sequence[Topic], vectors: Mapping[str, Vector]) -> Floats:
    """The mean of the vectors of each topic's evidence, of unit length: float64 [topics, size of a vector].

    A topic none of whose evidence has a vector yet is a row of zeros; where no passage has a vector, the size is 0.
    """
    found = [
        (row, vector)
        for row, topic in enumerate(topics)
        for evidence in topic.evidence
        if (vector := vectors.get(evidence.passage)) is not None
    ]
    if not found:
        return np.zeros((len(topics), 0))
    rows = np.stack([vector for _, vector in found]).astype(np.float64)
    places, starts = np.unique([row for row, _ in found], return_index=True)
    sums = np.zeros((len(topics), rows.shape[1]))
    sums[places] = np.add.reduceat(rows, starts)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    return sums / np.where(lengths > 0.0, lengths, 1.0)


def project_vectors(vectors: Floats) -> Floats:
    """Each unit vector (a row of [n, size]) in MEANING_DIMENSIONS numbers within -1..1, of length about 1.

    Rows of zeros stay zeros; without vectors (size 0) the result is [n, 0].
    """
    if not vectors.shape[1]:
        return vectors
    small: Floats = np.clip(vectors @ _projection_matrix(vectors.shape[1]), -1.0, 1.0).round(4)
    return small


class _TopicMeaning(NamedTuple):
    """The unit vector of a topic, its projection, and the vectors of the evidence that it was made of."""

    made_of: tuple[Vector, ...]
    unit: NDArray[np.float32]
    small: Floats


class TopicMeanings:
    """The meanings of a pool's topics, kept from pool to pool while a topic rests on the same vectors."""

    def __init__(self) -> None:
        self._known: dict[str, _TopicMeaning] = {}

    def read(self, topics: Sequence[Topic], vectors: Mapping[str, Vector]) -> tuple[NDArray[np.float32], Floats]:
        """The meanings of these topics, each of another id: float32 [topics, size of a vector] of `topic_vectors`, and
        their projections by `project_vectors`.
        """
        before, self._known = self._known, {}
        new: list[Topic] = []
        for topic in topics:
            found = (vectors.get(evidence.passage) for evidence in topic.evidence)
            made_of = tuple(vector for vector in found if vector is not None)
            known = before.get(topic.id)
            if known is None or not _is_same(known.made_of, made_of):
                new.append(topic)
                known = _TopicMeaning(made_of, *_NO_MEANING)
            self._known[topic.id] = known
        units = topic_vectors(new, vectors)
        small = project_vectors(units)
        for topic, unit, projected in zip(new, units.astype(np.float32), small, strict=True):
            self._known[topic.id] = _TopicMeaning(self._known[topic.id].made_of, unit, projected)
        rows = [self._known[topic.id] for topic in topics]
        return _stack([row.unit for row in rows], np.float32), _stack([row.small for row in rows], np.float64)


_NO_MEANING: Final = (np.zeros(0, np.float32), np.zeros(0))


def _is_same(made_of: Sequence[Vector], vectors: Sequence[Vector]) -> bool:
    return len(made_of) == len(vectors) and all(map(is_same_object, made_of, vectors))


def _stack(rows: Sequence[NDArray[Number]], kind: type[Number]) -> NDArray[Number]:
    """Rows of one length as one array; an empty one is a row of zeros."""
    nothing = np.zeros(max(map(len, rows), default=0), kind)
    return np.stack([row if len(row) else nothing for row in rows]) if rows else nothing.reshape(0, 0)


@functools.cache
def _projection_matrix(size: int) -> Floats:
    drawn = np.random.Generator(np.random.PCG64(PROJECTION_SEED)).standard_normal((size, MEANING_DIMENSIONS))
    drawn /= np.sqrt(MEANING_DIMENSIONS)
    return drawn
