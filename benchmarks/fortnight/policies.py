"""Four ways to choose the moment. All but chance raise the best topic of the same ranker, and all teach its models."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from benchmarks.fortnight.assistant import Assistant, Held
from benchmarks.fortnight.material import Material
from proactive_tui.brain.offers.scheduler import OfferScheduler
from proactive_tui.brain.speaking_order import SpeakingOrder
from proactive_tui.brain.worker import Priority
from proactive_tui.ipc.events import WireEvent
from proactive_tui.model.moment_values import Moment
from proactive_tui.model.offer_values import Offer, Suggestion
from proactive_tui.model.shared_words import Reaction
from proactive_tui.model.topic_values import Topic
from proactive_tui.moment.gates import closed_gates, gates_open_at
from proactive_tui.recommend.topic_table import TopicTable

if TYPE_CHECKING:
    from proactive_gate import Candidate

T = TypeVar("T")

RERANK_SECONDS: Final = 900.0
"""The gate's candidates are ranked anew so often, and after every reaction."""
SHUT_SECONDS: Final = 300.0
"""While a gate is shut the shipped loop is asked this often, which is how finely it then knows what it holds."""
TRIED: Final = 10
SOON: Final = 86_400.0
EVENTS: Final[dict[Reaction, Literal["acted", "dismissed"]]] = {
    "engaged": "acted",
    "followed up": "acted",
    "not now": "dismissed",
    "not this": "dismissed",
}


class Project(Assistant):
    """This project: the loop of the brain itself (`OfferScheduler`), asked once a minute and answered at once."""

    def __init__(self, material: Material, seed: int) -> None:
        super().__init__(material, seed)
        self._seed, self._at = seed, material.monday
        self._told: list[WireEvent] = []
        self._loop = asyncio.new_event_loop()
        self._asked_at = float("-inf")
        self._initiative = self._made()

    def started(self, at: float) -> None:
        super().started(at)
        self._at = at
        self._initiative = self._made()

    def look(self, at: float) -> Offer | None:
        closed = closed_gates(self._initiative.gates)
        if closed and (gates_open_at(closed, at) or at) > at and at - self._asked_at < SHUT_SECONDS:
            return None
        self._at = self._asked_at = self._beside.at = at
        self._loop.run_until_complete(self._ticked())
        return self._initiative.pending.offer

    def answered(self, offer: Offer, reaction: Reaction, seconds: float, talked: float) -> None:
        super().answered(offer, reaction, seconds, talked)
        self._initiative.pending.resolve_offer(offer.id)
        self._asked_at = float("-inf")

    def close(self) -> None:
        self._loop.close()

    async def _ticked(self) -> None:
        """A tick, and another one once the opener that the first asked for is there."""
        await self._initiative.tick()
        if others := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.gather(*others)
            if not closed_gates(self._initiative.gates):
                await self._initiative.tick()

    def _made(self) -> OfferScheduler:
        self._beside = _Beside(self._material, self._at)
        beside: Any = self._beside
        return OfferScheduler(
            self.services,
            worker=beside,
            maintainer=beside,
            tracker=self._sensed,
            model_selector=beside,
            send_event=self._told.append,
            on_change=lambda: None,
            clock=lambda: self._at,
            rng=self._rng,
        )


class _Beside:
    """What stands beside the loop: a lane without a thread, an upkeep whose notes stay as they are, and no model."""

    model = None
    spoken_by = "template"
    mined_at = None
    outdated = False

    def __init__(self, material: Material, at: float) -> None:
        self._material, self.at = material, at
        self.order = SpeakingOrder()

    @property
    def topic_table(self) -> TopicTable:
        """The pool of topics now."""
        return self._material.table_at(self.at)

    @property
    def pool(self) -> tuple[Topic, ...]:
        """The topics of the pool now."""
        return self.topic_table.topics

    def holds_topic(self, topic: Topic) -> bool:
        """Whether the pool has a topic."""
        return any(topic.id in (mined.id, *mined.aliases) for mined in self.pool)

    def queue_changes(self, paths: frozenset[str]) -> None:
        """Notes that are to be read again; they do not change here."""

    async def run(self, priority: Priority, call: Callable[[], T]) -> T:  # noqa: ARG002
        return call()


class Timed(Held):
    """Speaks at times fixed in the morning, as often as it is allowed; it knows when its owner will be there."""

    def __init__(self, material: Material, seed: int) -> None:
        super().__init__(material, seed)
        self._due: list[float] = []

    def plan(self, allowed: int, present: Sequence[float]) -> None:
        self._due = self._times(allowed, present)

    def look(self, at: float) -> Offer | None:
        if not self._due or at < self._due[0]:
            return None
        moment = self.moment(at)
        suggestion = self._topic(moment)
        if suggestion is None:
            return None
        self._due.pop(0)
        return self.offer(moment, suggestion)

    def _times(self, allowed: int, present: Sequence[float]) -> list[float]:
        """Evenly over the time at the machine."""
        return [present[int((number + 0.5) / allowed * len(present))] for number in range(allowed if present else 0)]

    def _topic(self, moment: Moment) -> Suggestion | None:
        return next(iter(self.ranked(moment, 1)), None)


class Chance(Timed):
    """Random times and random topics."""

    def _times(self, allowed: int, present: Sequence[float]) -> list[float]:
        return sorted(self._rng.sample(list(present), min(allowed, len(present))))

    def _topic(self, moment: Moment) -> Suggestion | None:  # noqa: ARG002
        topic = self._rng.choice(self._material.standing.topics)
        return Suggestion(topic=topic, score=0.0, features={}, contributions={}, channels={})


class ProactiveGate(Held):
    """The package `proactive-gate` 0.9.0 says whether now is a moment; it is asked whenever somebody is there.

    Its default checks with the shipped quiet hours and the daily limit; its bounded deferral, which is told that the
    owner is busy while the shipped sensors hear keys or saves; its rate limit set to the shipped spacing. Topics are
    its candidates, kinds their types; what is due within a day has priority "high". Dismissals are recorded with it, so
    that a kind which was dismissed three times is silent, and the next best of another kind is tried. Its trust ramp is
    left out by giving no `created_at`: else it would let hardly anything through for half of the fortnight.
    """

    def __init__(self, material: Material, seed: int) -> None:
        from proactive_gate import MemoryStore, UserState  # noqa: PLC0415  (the extra `bench`)
        from proactive_gate.types import QuietWindow  # noqa: PLC0415

        super().__init__(material, seed)
        start, _, end = self.config.offers.quiet_hours[0].partition("-")
        self._user = UserState(id="owner", consent=True, timezone="UTC", quiet_hours=QuietWindow(start, end))
        self._store = MemoryStore()
        self._left = 0
        self._suggestions: list[Suggestion] = []
        self._ranked_at = (float("-inf"), -1)
        self._deliver_at = 0.0

    def plan(self, allowed: int, present: Sequence[float]) -> None:  # noqa: ARG002
        from proactive_gate import Gate, checks, default_checks  # noqa: PLC0415

        self._left = allowed
        spacing = checks.RateLimit(1, int(self.config.offers.spacing_minutes * 60))
        deferral = checks.BoundedDeferral()
        self._gate = Gate([*default_checks(daily_limit=max(1, self._left)), deferral, spacing], self._store)

    def look(self, at: float) -> Offer | None:
        from proactive_gate import EvaluateInput  # noqa: PLC0415

        if not self._left or at < self._deliver_at:
            return None
        moment = self.moment(at)
        if at - self._ranked_at[0] >= RERANK_SECONDS or self._ranked_at[1] != self.history.last_id:
            self._suggestions, self._ranked_at = self.ranked(moment, TRIED), (at, self.history.last_id)
        busy = self._busy(moment)
        waited, self._deliver_at = self._deliver_at > 0.0, 0.0
        for suggestion in self._suggestions:
            asked = EvaluateInput(
                self._user, self._candidate(suggestion.topic, at, busy=busy), datetime.fromtimestamp(at, UTC)
            )
            decision = self._gate.evaluate(asked)
            if not decision.allowed:
                continue
            if decision.deliver_at is not None and not waited:  # its deferral is bounded: once, then it is delivered
                self._deliver_at = decision.deliver_at.timestamp()
                return None
            if self._gate.commit(decision, asked):
                self._left -= 1
                return self.offer(moment, suggestion)
        return None

    def answered(self, offer: Offer, reaction: Reaction, seconds: float, talked: float) -> None:
        super().answered(offer, reaction, seconds, talked)
        at = datetime.fromtimestamp(offer.at + seconds, UTC)
        self._gate.record(self._user, self._candidate(offer.topic, offer.at), EVENTS.get(reaction, "ignored"), at)

    def _candidate(self, topic: Topic, at: float, *, busy: bool = False) -> Candidate:
        from proactive_gate import Candidate  # noqa: PLC0415

        soon = topic.due is not None and topic.due - at < SOON
        return Candidate(id=topic.id, type=topic.kind, priority="high" if soon else "normal", busy=busy)

    def _busy(self, moment: Moment) -> bool:
        signs = [moment.key_at or 0.0, moment.edits[0].at if moment.edits else 0.0]
        return moment.at - max(signs) < self.config.offers.idle_seconds


PROJECT: Final = "this project"
POLICIES: Final[dict[str, Callable[[Material, int], Assistant]]] = {
    PROJECT: Project,
    "proactive-gate": ProactiveGate,
    "fixed interval": Timed,
    "random": Chance,
}
