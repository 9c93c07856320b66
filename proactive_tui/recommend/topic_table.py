"""What holds of the topics of a pool at any moment, as arrays: made once for a pool, asked at every ranking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from proactive_tui.learning.feature_table import Ints, Table, padded
from proactive_tui.model import KINDS, Outcome, Topic
from proactive_tui.recommend.identity import known_before
from proactive_tui.recommend.random_projection import DIMENSIONS, project, topic_vectors

Floats = NDArray[np.float64]

Vectors = Mapping[str, Sequence[float] | NDArray[np.float32]]
"""Passage id → vector. Passages that are not embedded yet are missing."""

TAGS: Final = 6
PEOPLE: Final = 4
MEANING_NAMES: Final = tuple(f"meaning:{number}" for number in range(DIMENSIONS))
KIND_NAMES: Final = tuple(f"kind:{kind}" for kind in KINDS)


@dataclass(frozen=True, slots=True)
class Standing:
    """A pool, in the order of ids. All arrays have a row for each topic.

    `table` has the features that a topic has at any moment: its kind, its meaning, where it stands, who and what it is
    about. `meanings` float32 [topics, size] are unit vectors, zeros where nothing is embedded. `kinds` are places in
    KINDS, `due` is nan without a date, `paths_of` int64 [topics, most] are places in `paths`, filled up with -1.
    `named` has the rows of each topic id, alias and id under which it was known before, `told_by` those of each
    passage, `standing_in` those of each path.
    """

    topics: tuple[Topic, ...]
    table: Table
    meanings: NDArray[np.float32]
    kinds: Ints
    at: Floats
    due: Floats
    salience: Floats
    promised: NDArray[np.bool_]
    paths: tuple[str, ...]
    paths_of: Ints
    named: Mapping[str, Sequence[int]]
    told_by: Mapping[str, Sequence[int]]
    standing_in: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, pool: Iterable[Topic], vectors: Vectors, history: Iterable[Outcome] = ()) -> Standing:
        """Prepare a pool; the order of `pool` does not matter. `history` is every earlier offer."""
        topics = tuple(sorted(pool, key=lambda topic: topic.id))
        meanings = topic_vectors(topics, vectors)
        places: dict[str, int] = {}
        paths_of = padded([[places.setdefault(path, len(places)) for path in topic.paths] for topic in topics])
        return cls(
            topics=topics,
            table=_table(topics, project(meanings)),
            meanings=meanings.astype(np.float32),
            kinds=np.array([KINDS.index(topic.kind) for topic in topics], dtype=np.int64),
            at=np.array([topic.at for topic in topics], dtype=np.float64),
            due=np.array([np.nan if topic.due is None else topic.due for topic in topics], dtype=np.float64),
            salience=np.array([topic.salience for topic in topics], dtype=np.float64),
            promised=np.array(["promised to" in topic.detail for topic in topics], dtype=np.bool_),
            paths=tuple(places),
            paths_of=paths_of,
            named=_rows(chain(_names(topics), known_before(topics, history))),
            told_by=_rows((row, each.passage) for row, topic in enumerate(topics) for each in topic.evidence),
            standing_in=_rows((row, path) for row, topic in enumerate(topics) for path in topic.paths),
        )

    def __len__(self) -> int:
        """How many topics there are."""
        return len(self.topics)


def _table(topics: Sequence[Topic], meanings: Floats) -> Table:
    kinds = np.array([[float(topic.kind == kind) for kind in KINDS] for topic in topics])
    places: dict[str, int] = {}
    held = padded([[places.setdefault(name, len(places)) for name in _marks(topic)] for topic in topics])
    found = Table(columns=KIND_NAMES, dense=kinds.reshape(len(topics), len(KINDS)), marks=tuple(places), held=held)
    return found.beside(MEANING_NAMES, meanings) if meanings.shape[1] else found


def _marks(topic: Topic) -> Iterator[str]:
    folders = dict.fromkeys(path.partition("/")[0] for path in topic.paths if "/" in path)
    yield from (f"folder:{folder}" for folder in folders)
    yield from dict.fromkeys(f"tag:{tag}" for tag in islice(topic.tags, TAGS))
    yield from dict.fromkeys(f"person:{person}" for person in islice(topic.people, PEOPLE))


def _names(topics: Sequence[Topic]) -> Iterator[tuple[int, str]]:
    return ((row, name) for row, topic in enumerate(topics) for name in (topic.id, *topic.aliases))


def _rows(pairs: Iterable[tuple[int, str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row, name in pairs:
        found.setdefault(name, []).append(row)
    return found
