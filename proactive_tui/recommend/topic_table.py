"""The features of a pool's topics that do not depend on the moment, as arrays computed once for the pool."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from proactive_tui.learning.feature_table import FeatureTable, Ints, pad_rows
from proactive_tui.model.moment_values import OfferOutcome
from proactive_tui.model.note_values import ITEM_PATH_MARK
from proactive_tui.model.shared_words import TOPIC_KINDS, Kind
from proactive_tui.model.topic_values import UNKNOWN_DAY, Topic
from proactive_tui.recommend.identity import find_earlier_ids
from proactive_tui.recommend.outside.item_features import ItemTopics
from proactive_tui.recommend.random_projection import MEANING_DIMENSIONS, TopicMeanings, Vector
from proactive_tui.sources.contract import is_item_path

Floats = NDArray[np.float64]

Vectors = Mapping[str, Vector]
"""Passage id → vector; passages that are not embedded yet are missing."""

MAX_TAG_FEATURES: Final = 6
MAX_PERSON_FEATURES: Final = 4
MAX_AUTHOR_FEATURES: Final = 4
MAX_NAMED_TOPICS: Final = 8192
"""Topics of which the names of features are kept: a pool is prepared again after each edit, and is mostly the same."""
MEANING_FEATURES: Final = tuple(f"meaning:{number}" for number in range(MEANING_DIMENSIONS))
LEFT_OPEN_KINDS: Final[frozenset[Kind]] = frozenset({"open question", "task", "goal", "idea", "thread"})
"""The kinds that come from one line of a note each."""
KIND_PLACES: Final[Mapping[Kind, int]] = {kind: place for place, kind in enumerate(TOPIC_KINDS)}
KIND_FEATURES: Final = tuple(f"kind:{kind}" for kind in TOPIC_KINDS)


@dataclass(frozen=True, slots=True)
class TopicTable:
    """A pool of topics, in the order of ids. All arrays have a row for each topic.

    `table` has the features that do not depend on the moment: kind, meaning, folders, sources, authors, tags and
    people; `of_items` tells of the topics that rest on items, None where there are none. `meanings` float32
    [topics, size] are unit vectors, zeros where nothing is embedded. `kinds` are indices into TOPIC_KINDS. `written`
    float64 are the sorted times at which what notes leave open was written, where these are known; `undated` says of
    which topics nobody knows it. `due` is nan without a date, `path_indices` int64 [topics, most] are indices into
    `paths`, filled up with -1. `rows_by_id` has the rows of each topic id, alias and earlier id, `rows_by_passage`
    those of each passage, `rows_by_path` those of each path.
    """

    topics: tuple[Topic, ...]
    table: FeatureTable
    meanings: NDArray[np.float32]
    kinds: Ints
    at: Floats
    written: Floats
    undated: NDArray[np.bool_]
    due: Floats
    salience: Floats
    promised: NDArray[np.bool_]
    paths: tuple[str, ...]
    path_indices: Ints
    rows_by_id: Mapping[str, Sequence[int]]
    rows_by_passage: Mapping[str, Sequence[int]]
    rows_by_path: Mapping[str, Sequence[int]]
    of_items: ItemTopics | None = None

    @classmethod
    def from_topics(
        cls,
        pool: Iterable[Topic],
        vectors: Vectors,
        history: Iterable[OfferOutcome] = (),
        known: TopicMeanings | None = None,
    ) -> TopicTable:
        """Prepare a pool; the order of `pool` does not matter. `history` is every earlier offer, `known` has the
        meanings of the last pool.
        """
        topics = tuple(sorted(pool, key=lambda topic: topic.id))
        meanings, projected = (known or TopicMeanings()).read(topics, vectors)
        places: dict[str, int] = {}
        of_items = ItemTopics.from_topics(topics)
        paths = [topic.paths for topic in topics]
        path_indices = pad_rows([[places.setdefault(path, len(places)) for path in held] for held in paths])
        return cls(
            topics=topics,
            table=_static_features(topics, projected),
            meanings=meanings,
            kinds=_kind_places(topics),
            at=np.array([topic.at for topic in topics], dtype=np.float64),
            written=np.sort([topic.at for topic in topics if topic.kind in LEFT_OPEN_KINDS and not _is_undated(topic)]),
            undated=np.array([_is_undated(topic) for topic in topics], dtype=np.bool_),
            due=np.array([np.nan if topic.due is None else topic.due for topic in topics], dtype=np.float64),
            salience=np.array([topic.salience for topic in topics], dtype=np.float64),
            promised=np.array([topic.detail.promised_to is not None for topic in topics], dtype=np.bool_),
            paths=tuple(places),
            path_indices=path_indices,
            rows_by_id=_group_rows(chain(_topic_ids(topics), find_earlier_ids(topics, history))),
            rows_by_passage=_group_rows(
                (row, evidence.passage) for row, topic in enumerate(topics) for evidence in topic.evidence
            ),
            rows_by_path=_group_rows((row, path) for row, held in enumerate(paths) for path in held),
            of_items=of_items if len(of_items.rows) else None,
        )

    def __len__(self) -> int:
        """The number of topics."""
        return len(self.topics)


def _is_undated(topic: Topic) -> bool:
    return topic.detail.day_written == UNKNOWN_DAY


def _kind_places(topics: Sequence[Topic]) -> Ints:
    return np.array([KIND_PLACES[topic.kind] for topic in topics], dtype=np.int64)


def _static_features(topics: Sequence[Topic], meanings: Floats) -> FeatureTable:
    kinds = np.eye(len(TOPIC_KINDS))[_kind_places(topics)]
    places: dict[str, int] = {}
    held = pad_rows([[places.setdefault(name, len(places)) for name in _sparse_features(topic)] for topic in topics])
    found = FeatureTable(
        columns=KIND_FEATURES,
        dense=kinds,
        sparse_names=tuple(places),
        sparse_index=held,
    )
    return found.with_columns(MEANING_FEATURES, meanings) if meanings.shape[1] else found


def _sparse_features(topic: Topic) -> tuple[str, ...]:
    return _name_features(topic.paths, topic.authors, topic.tags, topic.people)


@lru_cache(maxsize=MAX_NAMED_TOPICS)
def _name_features(
    paths: tuple[str, ...], authors: tuple[str, ...], tags: tuple[str, ...], people: tuple[str, ...]
) -> tuple[str, ...]:
    """The names of the features that a topic has by where it stands, who wrote it, its tags and its people."""
    others = (person for person in people if person not in authors)  # who wrote it is not whom it is about
    return (
        *dict.fromkeys(f"folder:{path.partition('/')[0]}" for path in paths if "/" in path and not is_item_path(path)),
        *dict.fromkeys(f"source:{path.partition(ITEM_PATH_MARK)[0]}" for path in paths if is_item_path(path)),
        *(f"author:{author}" for author in islice(authors, MAX_AUTHOR_FEATURES)),
        *dict.fromkeys(f"tag:{tag}" for tag in islice(tags, MAX_TAG_FEATURES)),
        *dict.fromkeys(f"person:{person}" for person in islice(others, MAX_PERSON_FEATURES)),
    )


def _topic_ids(topics: Sequence[Topic]) -> Iterator[tuple[int, str]]:
    return ((row, name) for row, topic in enumerate(topics) for name in (topic.id, *topic.aliases))


def _group_rows(pairs: Iterable[tuple[int, str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row, name in pairs:
        found.setdefault(name, []).append(row)
    return found
