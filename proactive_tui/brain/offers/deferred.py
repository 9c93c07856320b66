"""Topics that wait for a better moment. Only a topic that the notes no longer hold is lost."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from msgspec import Struct

from proactive_tui.model.shared_words import Kind
from proactive_tui.model.topic_values import Topic

DEFERRAL_EXPIRY_SECONDS = 3600.0
"""A deferred topic is dropped after this long without being the best suggestion."""


class TopicDeferral(Struct, frozen=True, kw_only=True):
    """A topic that waits: `since` when, and when it was last the best suggestion (unix seconds)."""

    topic: Topic
    since: float
    best_at: float


class DeferredTopics:
    """The deferred topics, by their ids."""

    def __init__(self) -> None:
        self._deferred: dict[str, TopicDeferral] = {}
        self._checked_pool: tuple[Topic, ...] = ()  # the pool against which the topics were last checked

    def deferred_since(self, topic: Topic) -> float | None:
        """When the topic was first deferred (unix seconds), or None."""
        held = self._deferred.get(topic.id)
        return held.since if held else None

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the topics that wait."""
        return frozenset(self._deferred)

    @property
    def listed(self) -> tuple[TopicDeferral, ...]:
        """The topics that wait, those first that have waited longest."""
        return tuple(sorted(self._deferred.values(), key=lambda held: held.since))

    def defer_topic(self, topic: Topic, at: float) -> float:
        """Defer the topic, which is the best suggestion at `at` (unix seconds). Returns when it was first deferred."""
        since = self.deferred_since(topic)
        held = TopicDeferral(topic=topic, since=at if since is None else since, best_at=at)
        self._deferred[topic.id] = held
        return held.since

    def release_topic(self, topic: Topic) -> None:
        """Remove a topic."""
        self._deferred.pop(topic.id, None)

    def clear(self) -> None:
        """Remove all topics."""
        self._deferred.clear()

    def drop_stale(
        self, at: float, pool: tuple[Topic, ...], kinds: Collection[Kind], is_current: Callable[[Topic], bool]
    ) -> Iterator[Topic]:
        """Remove topics that were not the best suggestion for long: so old a deferral says nothing about now.

        When the pool has changed, remove those of other kinds than `kinds`, and those that `is_current` denies; the
        latter are yielded.
        """
        self._deferred = {
            name: held for name, held in self._deferred.items() if held.best_at > at - DEFERRAL_EXPIRY_SECONDS
        }
        if self._checked_pool is pool:
            return
        self._checked_pool = pool
        for topic in [held.topic for held in self._deferred.values()]:
            if topic.kind not in kinds:
                self.release_topic(topic)
            elif not is_current(topic):
                self.release_topic(topic)
                yield topic
