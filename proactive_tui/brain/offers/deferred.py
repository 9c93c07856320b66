"""Topics that wait for a better moment. What is held is never lost, unless it is not there any more."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from msgspec import Struct

from proactive_tui.model import Kind, Topic

HELD_SECONDS = 3600.0
"""A topic that has not been the best there is for so long is not held any more."""


class Held(Struct, frozen=True, kw_only=True):
    """A topic that waits, `since` when, and when it was last the best there is (unix seconds)."""

    topic: Topic
    since: float
    best_at: float


class Holding:
    """What is held, by the topic's id."""

    def __init__(self) -> None:
        self._held: dict[str, Held] = {}
        self._seen_in: tuple[Topic, ...] = ()  # the pool in which all that is held was last seen

    def since(self, topic: Topic) -> float | None:
        """When it was first held, None where it is not."""
        held = self._held.get(topic.id)
        return held.since if held else None

    def hold(self, topic: Topic, at: float) -> float:
        """It is the best there is at `at` (unix seconds), and waits; returns when it was first held."""
        since = self.since(topic)
        held = Held(topic=topic, since=at if since is None else since, best_at=at)
        self._held[topic.id] = held
        return held.since

    def release(self, topic: Topic) -> None:
        """It was said."""
        self._held.pop(topic.id, None)

    def clear(self) -> None:
        """Nothing is held."""
        self._held.clear()

    def drop(
        self, at: float, pool: tuple[Topic, ...], kinds: Collection[Kind], there: Callable[[Topic], bool]
    ) -> Iterator[Topic]:
        """Hold nothing that was not the best for long: its patience would be that of another day. Where the pool is
        another one, nothing either of other kinds than these, or that is not `there`; of the last, each is yielded.
        """
        self._held = {name: held for name, held in self._held.items() if held.best_at > at - HELD_SECONDS}
        if self._seen_in is pool:
            return
        self._seen_in = pool
        for topic in [held.topic for held in self._held.values()]:
            if topic.kind not in kinds:  # nothing that was to be said
                self.release(topic)
            elif not there(topic):
                self.release(topic)
                yield topic
