"""Openers prepared ahead, so that an offer opens with text at once; dropped when their topic changes."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from proactive_tui.model.offer_values import Opener
from proactive_tui.model.shared_words import Kind
from proactive_tui.model.topic_values import Topic
from proactive_tui.moment.clock import utc_offset
from proactive_tui.talk.opener import write_opener
from proactive_tui.topics.tenderness.gate import is_tender_opener

if TYPE_CHECKING:
    from proactive_tui.brain.model_picker import ModelSelector
    from proactive_tui.brain.services import Services


MINUTES_HOLD_SECONDS = 150.0
"""Seconds for which an opener with minutes in it ("in 40 minutes") may still be said."""


class PreparedOpener(Struct, frozen=True, kw_only=True):
    """An opener for a topic as it was then.

    `propensity` is the probability of its framing, `wanted_from` the language model that was to write it, `written_at`
    when it was written (unix seconds).
    """

    topic: Topic
    opener: Opener
    propensity: float
    wanted_from: str
    written_at: float = 0.0


class OpenerCache:
    """The prepared openers, by topic."""

    def __init__(
        self, services: Services, model_selector: ModelSelector, rng: random.Random, clock: Callable[[], float]
    ) -> None:
        self._services, self._model_selector, self._rng, self._clock = services, model_selector, rng, clock
        self._ready: dict[str, PreparedOpener] = {}
        self._withheld: set[str] = set()
        self._working = asyncio.Lock()

    def __len__(self) -> int:
        return len(self._ready)

    @property
    def prepared_topics(self) -> tuple[tuple[Kind, str], ...]:
        """Kind and title of each topic with an opener."""
        return tuple((ready.topic.kind, ready.topic.title) for ready in self._ready.values())

    def get(self, topic: Topic) -> PreparedOpener | None:
        """The opener prepared for this topic, if the topic and the language model are still the same."""
        ready = self._ready.get(topic.id)
        if ready is None or ready.wanted_from != self._model_selector.spoken_by:
            return None
        if ready.topic is not topic and ready.topic != topic:  # asked every second, nearly always about the same value
            return None
        if topic.kind == "meeting" and not 0.0 <= self._clock() - ready.written_at < MINUTES_HOLD_SECONDS:
            return None
        return ready

    async def prepare(self, topics: Sequence[Topic]) -> None:
        """Keep or write openers for these topics, in this order, and drop all others.

        Where a person asks the language model something meanwhile, the rest is left for later.
        """
        async with self._working:
            self._ready = {topic.id: ready for topic in topics if (ready := self.get(topic))}
            for topic in topics:
                if topic.id not in self._ready:
                    ready = await self._model_selector.order.run_behind(self.write_opener(topic))
                    if ready is None:
                        return
                    if not self.is_withheld(topic):
                        self._ready[topic.id] = ready

    async def write_opener(self, topic: Topic, *, plain: bool = False) -> PreparedOpener:
        """Write an opener for this topic now. Never fails: a template does it where no model answers, or `plain` words
        are enough.

        Where its words are tender, `is_withheld` is true of the topic from then on.
        """
        now = self._clock()
        history, learned = self._services.history, self._services.learned
        framing, propensity = learned.choose_framing(topic, history.past_outcomes, now, self._rng, history.recalls)
        wanted_from = self._model_selector.spoken_by
        opener = await write_opener(
            topic,
            framing,
            None if plain else self._model_selector.model,
            now=now,
            utc_offset=utc_offset(now),
            temperature=self._services.config.llm.temperature,
        )
        if is_tender_opener(opener.text, topic, self._services.config.topics.raise_tender_in):
            self._withheld.add(topic.id)
        return PreparedOpener(
            topic=topic, opener=opener, propensity=propensity, wanted_from=wanted_from, written_at=now
        )

    def is_withheld(self, topic: Topic) -> bool:
        """Whether the words found for this topic were tender, so that it is not raised."""
        return topic.id in self._withheld

    def clear(self) -> None:
        """Drop all openers."""
        self._ready.clear()
        self._withheld.clear()

    def discard(self, topic: Topic) -> None:
        """Drop the opener of a topic that was raised: the next time wants new words."""
        self._ready.pop(topic.id, None)
