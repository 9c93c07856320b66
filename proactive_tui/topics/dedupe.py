"""Merges topics that say the same in other words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from proactive_tui.model.shared_words import Kind
from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.topics.memory.known_duplicates import KnownDuplicates
from proactive_tui.topics.quoting import hash_parts

MAX_MERGED_EVIDENCE = 4

KIND_PRECEDENCE: tuple[Kind, ...] = (
    "meeting", "review", "task", "open question", "goal", "unfinished work", "idea", "rhythm", "thread", "theme",
    "news", "fading", "connection",
)  # fmt: skip
"""Which kind stands for duplicates of several kinds: the one that asks most of its owner."""


def merge_duplicates(
    topics: Iterable[Topic],
    titles: Mapping[str, NDArray[np.float32]] | None = None,
    known: KnownDuplicates | None = None,
) -> tuple[Topic, ...]:
    """The topics with duplicates merged, sorted by id; the order of the input does not matter.

    `titles` maps topic ids to unit vectors of titles and may be partial. What `known` holds of the last topics is not
    compared again. Of several topics the most urgent one stays: the earliest due, else the first by `KIND_PRECEDENCE`,
    else the most salient. It keeps the ids of the others as `aliases` and shares their evidence.
    """
    every = sorted(topics, key=lambda topic: (topic.id, topic.evidence[0].path, topic.evidence[0].line_start))
    parent = list(range(len(every)))

    def find_root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for one, other in (known or KnownDuplicates()).find(every, titles or {}):
        parent[find_root(one)] = find_root(other)
    groups: defaultdict[int, list[Topic]] = defaultdict(list)
    for place, topic in enumerate(every):
        groups[find_root(place)].append(topic)
    return tuple(sorted(map(_merge_group, groups.values()), key=lambda topic: topic.id))


def _urgency_order(topic: Topic) -> tuple[float, int, bool, float, str, str, int]:
    """The most urgent first; of equals, one whose title names its people ("Mara", not "her")."""
    first = topic.evidence[0]
    due = topic.due if topic.due is not None else float("inf")
    unnamed = bool(topic.people) and not any(name in topic.title for name in topic.people)
    return due, KIND_PRECEDENCE.index(topic.kind), unnamed, -topic.salience, topic.id, first.path, first.line_start


def _merge_group(group: list[Topic]) -> Topic:
    if len(group) == 1:
        return group[0]
    group = sorted(group, key=_urgency_order)
    chosen = group[0]
    evidence: dict[tuple[str, int, int], Evidence] = {}
    for topic in group:
        for lines in topic.evidence:
            evidence.setdefault((lines.path, lines.line_start, lines.line_end), lines)
    detail = chosen.detail
    for topic in group[1:]:
        detail = detail.complete_with(topic.detail)
    return replace(
        chosen,
        evidence=tuple(evidence.values())[:MAX_MERGED_EVIDENCE],
        at=max(topic.at for topic in group),
        cause=hash_parts(*sorted({topic.cause for topic in group})),
        salience=max(topic.salience for topic in group),
        tags=tuple(dict.fromkeys(tag for topic in group for tag in topic.tags)),
        people=tuple(sorted({name for topic in group for name in topic.people})),
        aliases=tuple(sorted({name for topic in group for name in (topic.id, *topic.aliases)} - {chosen.id})),
        detail=detail,
    )
