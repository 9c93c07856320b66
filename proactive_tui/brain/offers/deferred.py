"""Topics that wait for a better moment. What is held is never lost, unless it is not there any more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from msgspec import Struct

from proactive_tui.model import Kind, Topic

DEFERRAL_EXPIRY_SECONDS = 3600.0
"""A topic that has not been the best there is for so long is not held any more."""


class TopicDeferral(Struct, frozen=True, kw_only=True):
    """A topic that waits, `since` when, and when it was last the best there is (unix seconds)."""

    topic: Topic
    since: float
    best_at: float


class DeferredTopics:
    """What is held, by the topic's id."""

    def __init__(self) -> None:
        self._deferred: dict[str, TopicDeferral] = {}
        self._checked_pool: tuple[Topic, ...] = ()  # the pool in which all that is held was last seen

    def deferred_since(self, topic: Topic) -> float | None:
        """When it was first held, None where it is not."""
        held = self._deferred.get(topic.id)
        return held.since if held else None

    def defer_topic(self, topic: Topic, at: float) -> float:
        """It is the best there is at `at` (unix seconds), and waits; returns when it was first held."""
        since = self.deferred_since(topic)
        held = TopicDeferral(topic=topic, since=at if since is None else since, best_at=at)
        self._deferred[topic.id] = held
        return held.since

    def release_topic(self, topic: Topic) -> None:
        """It was said."""
        self._deferred.pop(topic.id, None)

    def clear(self) -> None:
        """Nothing is held."""
        self._deferred.clear()

    def drop_stale(
        self, at: float, pool: tuple[Topic, ...], kinds: Collection[Kind], there: Callable[[Topic], bool]
    ) -> Iterator[Topic]:
        """Hold nothing that was not the best for long: its patience would be that of another day. Where the pool is
        another one, nothing either of other kinds than these, or that is not `there`; of the last, each is yielded.
        """
        self._deferred = {
            name: held for name, held in self._deferred.items() if held.best_at > at - DEFERRAL_EXPIRY_SECONDS
        }
        if self._checked_pool is pool:
            return
        self._checked_pool = pool
        for topic in [held.topic for held in self._deferred.values()]:
            if topic.kind not in kinds:  # nothing that was to be said
                self.release_topic(topic)
            elif not there(topic):
                self.release_topic(topic)
                yield topic
