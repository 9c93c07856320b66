"""Reduces the meaning of a topic to a few numbers: a fixed random projection of the vectors of its evidence.

The projection roughly preserves distances (Johnson and Lindenstrauss 1984). Sixteen weights can be learned from a
handful of reactions; 384 cannot. The projection never changes, so that old snapshots keep their meaning.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from proactive_tui.model.topic_values import Topic

Floats = NDArray[np.float64]

MEANING_DIMENSIONS: Final = 16
PROJECTION_SEED: Final = 20_240_607
"""A change of this seed, or of MEANING_DIMENSIONS, makes every journaled snapshot meaningless."""


def topic_vectors(topics: Sequence[Topic], vectors: Mapping[str, Sequence[float] | NDArray[np.float32]]) -> Floats:
    """The mean of the vectors of each topic's evidence, of unit length: float64 [topics, size of a vector].

    A topic none of whose evidence has a vector yet is a row of zeros; where no passage has a vector, the size is 0.
    """
    found = [
        (row, vectors[evidence.passage])
        for row, topic in enumerate(topics)
        for evidence in topic.evidence
        if evidence.passage in vectors
    ]
    if not found:
        return np.zeros((len(topics), 0))
    rows = np.asarray([vector for _, vector in found], dtype=np.float64)
    sums = np.zeros((len(topics), rows.shape[1]))
    np.add.at(sums, [row for row, _ in found], rows)
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


@functools.cache
def _projection_matrix(size: int) -> Floats:
    drawn = np.random.Generator(np.random.PCG64(PROJECTION_SEED)).standard_normal((size, MEANING_DIMENSIONS))
    drawn /= np.sqrt(MEANING_DIMENSIONS)
    return drawn
