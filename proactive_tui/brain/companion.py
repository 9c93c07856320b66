"""The brain's loop: hears the face, keeps the parts running, and tells the face how things stand."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable, Coroutine
from typing import Any, Self

from msgspec import structs

from proactive_tui.brain import headless, protocol, taught
from proactive_tui.brain.archive import Archive, Wish
from proactive_tui.brain.conversing import Conversing
from proactive_tui.brain.initiative import Initiative
from proactive_tui.brain.keeping import Keeping
from proactive_tui.brain.lanes import Lane, Priority
from proactive_tui.brain.latest import keep_status
from proactive_tui.brain.otherwise import otherwise
from proactive_tui.brain.protocol import (
    Ahead,
    Ask,
    Because,
    Failed,
    Found,
    Notice,
    Now,
    Speakers,
    Suggested,
    Taught,
    Tell,
)
from proactive_tui.brain.retention import Retention
from proactive_tui.brain.sensing import Sensed
from proactive_tui.brain.speaking import Speaking
from proactive_tui.brain.upkeep import Upkeep
from proactive_tui.brain.watching import Watching
from proactive_tui.brain.wiring import Services
from proactive_tui.config import Config
from proactive_tui.errors import ProactiveError
from proactive_tui.index.catalogue import Changes
from proactive_tui.journal import events
from proactive_tui.journal.forget import take_back
from proactive_tui.model import Conversation, Edit, Evidence, Kind, Offer, Silence, Status
from proactive_tui.moment.sensors import edits
from proactive_tui.recommend import explain

log = logging.getLogger(__name__)

PUBLISH_SECONDS = 0.25
"""The face is told how things stand at most so often."""
CONVERSATIONS = 20
ASKING_SECONDS = 3.0


class Companion:
    """One life of the brain. Enter it to start, feed it with `hear`, leave it to end."""

    def __init__(
        self,
        services: Services,
        tell: Callable[[Tell], None],
        *,
        clock: Callable[[], float] = time.time,
        rng: random.Random | None = None,
    ) -> None:
        self._services, self._tell, self._clock = services, tell, clock
        rng = rng or random.Random()
        services.warm = False
        self._lane = Lane("index")
        self._sensed = Sensed(services.config.sensors, clock(), self._touches())
        self._speaking = Speaking(services.config.llm, self._publish)
        self._upkeep = Upkeep(
            services,
            self._lane,
            clock,
            on_progress=self._publish,
            on_edit=self._edited,
            on_left=self._left,
            on_trouble=self._trouble,
        )
        self._watching = Watching(services, self._sensed, self._upkeep, clock=clock, notice=self._notice)
        self._initiative = Initiative(
            services, self._lane, self._upkeep, self._sensed, self._speaking, tell, self._publish, clock, rng
        )
        self._conversing = Conversing(services, self._lane, self._speaking, tell, clock)
        self._undoing = asyncio.Lock()
        self._archive = Archive(services, self._conversing, clock)
        self._keeping = Keeping(services, self._lane, tell, clock, self._hush)
        self._retention = Retention(services, clock, self._keeping.let_go, self._notice)
        self._tasks: set[asyncio.Task[None]] = set()
        self._publishing: asyncio.TimerHandle | None = None
        self.dead = asyncio.Event()
        """Set when a part has failed by a bug."""
        self._published: tuple[Status, tuple[Conversation, ...]] | None = None
        self._stopping = False

    async def __aenter__(self) -> Self:
        for work in (
            self._upkeep.run(),
            self._watching.run(),
            self._speaking.run(),
            self._initiative.run(),
            self._retention.run(),
        ):
            self._start(work)
        self._publish()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stopping = True
        if self._publishing:
            self._publishing.cancel()
        await self._conversing.close()
        self._watching.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._initiative.close()
        self._lane.close()
        await self._speaking.close()
        self._services.close()

    def hear(self, ask: Ask) -> None:
        """Take one message; what takes time goes on in the background."""
        try:
            self._hear(ask)
        except ProactiveError as error:
            self._failed(getattr(ask, "request", 0), error)
        if not isinstance(ask, protocol.Pressed):  # what keys change is the gates, which tell of it themselves
            self._publish()

    def _hear(self, ask: Ask) -> None:
        at = self._clock()
        match ask:
            case protocol.Pressed(at=pressed):
                self._sensed.pressed(pressed)
            case protocol.Focused(focused=focused):
                self._sensed.focus(focused)
            case protocol.React() as react:
                self._react(react, at)
            case protocol.Undo(request=request, offer=offer_id):
                self._answer(request, self._undo(offer_id))
            case protocol.Want(kind=kind, wanted=wanted):
                self._want(kind, wanted=wanted, at=at)
            case protocol.LookAhead(request=request):
                self._tell(Ahead(request=request, topics=self._initiative.openers.ahead))
            case protocol.Answer(offer=offer_id, good=good):
                self._answered(offer_id, good, at)
            case protocol.Talk(request=request, about=Evidence() as about):
                self._sensed.talking(self._conversing.about(request, about).id)
            case protocol.Talk(request=request, offer="", like=like):
                self._sensed.talking(self._conversing.anew(request, like).id)
            case protocol.Talk(request=request, offer=offer_id):
                self._take_up(request, offer_id, at)
            case protocol.Say(request=request, conversation=conversation, text=text, instead=instead):
                offer_id = self._conversing.say(request, conversation, text, instead)
                self._followed_up(offer_id, at)
            case protocol.Browse() | protocol.Drop() | protocol.Save() | protocol.Look():
                self._answer(ask.request, self._kept(ask))
            case protocol.Speak(request=request, model=model):
                self._answer(request, self._speak(request, model))
            case protocol.Stop(request=request):
                self._conversing.stop(request)
            case protocol.Leave(conversation=conversation):
                self._conversing.leave(conversation)
                self._sensed.left(conversation, at)
            case protocol.Resume(request=request, conversation=conversation):
                self._sensed.talking(self._conversing.resume(request, conversation).id)
            case protocol.Search(request=request, query=query, k=k):
                self._answer(request, self._search(request, query, k))
            case protocol.Suggest(request=request, n=n):
                self._answer(request, self._suggest(request, n))
            case protocol.SpeakNow(request=request):
                self._answer(request, self._speak_now())
            case protocol.Why(request=request, offer=offer_id):
                self._why(request, offer_id)
            case protocol.Quiet(until=until):
                self._services.record(events.Set(key=events.QUIET_UNTIL, value=until), at)
            case protocol.Arrived(offer=offer_id):
                self._initiative.arrived(offer_id)
            case protocol.LookBack(request=request):
                self._answer(request, self._keeping.learned(request))
            case protocol.TakeStock(request=request):
                self._answer(request, self._keeping.stock(request))
            case protocol.Export(request=request, folder=folder):
                self._answer(request, self._keeping.export(request, folder))
            case protocol.Forget(request=request):
                self._answer(request, self._keeping.forget(ask))
            case protocol.Reconfigure(config=config):
                self._reconfigure(config)
            case protocol.Hello() | protocol.Quit():
                pass  # the server's

    # --- what the owner does ---------------------------------------------------------------------------------------

    def _react(self, react: protocol.React, at: float) -> None:
        offer = self._offer(react.offer)
        until = react.until if react.reaction == "snoozed" else None
        reacted = events.Reacted(offer=offer.id, reaction=react.reaction, seconds=react.seconds, until=until)
        self._learn(offer, reacted, at)
        if react.never:
            self._want(offer.topic.kind, wanted=False, at=at, offer=offer.id)

    def _answered(self, offer_id: str, good: bool, at: float) -> None:
        """The owner said how the moment of an offer was; what was said first stands."""
        outcome = self._services.history.outcomes.get(offer_id)
        if outcome is None:
            raise ProactiveError("That offer is gone", offer_id, "It may have been forgotten.")
        if outcome.good is None:
            self._services.record(events.Answered(offer=offer_id, good=good), at)

    def _take_up(self, request: int, offer_id: str, at: float) -> None:
        offer = self._offer(offer_id)
        self._learn(offer, events.Reacted(offer=offer.id, reaction="engaged", seconds=at - offer.at), at)
        self._sensed.talking(self._conversing.take_up(request, offer).id)

    def _offer(self, offer_id: str) -> Offer:
        offer = self._services.history.offers.get(offer_id)
        if offer is None:
            raise ProactiveError("That offer is gone", offer_id, "It may have been forgotten.")
        return offer

    def _learn(self, offer: Offer, reacted: events.Reacted, at: float) -> None:
        """Keep an answer, and say what it has changed."""
        before = taught.view(self._services.learned, offer)
        self._services.record(reacted, at)
        self._initiative.settled(offer.id)
        words = taught.words(offer, reacted.reaction, before, taught.view(self._services.learned, offer))
        self._tell(Taught(offer=offer.id, words=words))

    def _want(self, kind: Kind, *, wanted: bool, at: float, offer: str = "") -> None:
        if wanted != (kind in self._services.history.unwanted):
            return  # as it is
        self._services.record(events.Set(key=f"{events.KIND}{kind}", value=wanted, offer=offer), at)
        if not wanted:
            self._initiative.unwanted(kind)
        self._upkeep.anew()

    async def _undo(self, offer_id: str) -> None:
        """Take an answer back: models are built anew beside the loop, and take the place of the old ones at once.

        The offer need not wait for that: a new answer to it is journaled, and so the new models know of it as well.
        """
        async with self._undoing:
            offer = self._offer(offer_id) if offer_id else self._initiative.left_alone()
            if offer is None:
                raise ProactiveError("Nothing has left by itself", "", "There is nothing to bring back.")
            services, kinds = self._services, self._services.kinds
            if services.history.outcomes[offer.id].reaction == "followed up":
                raise ProactiveError("You have talked about it", "", "What was learned from that can be forgotten.")
            for conversation in self._conversing.take_back(offer.id):
                self._sensed.never_talked(conversation)
            await asyncio.to_thread(take_back, services.journal, offer.id)
            self._initiative.put_back(offer)
            await self._keeping.relearn()
            self._initiative.rank_again()
            if services.kinds != kinds:
                self._upkeep.anew()
            self._publish()

    def _followed_up(self, offer_id: str, at: float) -> None:
        """The owner asked on: the strongest welcome there is. Later turns are counted, and teach nothing more."""
        if outcome := self._services.history.outcomes.get(offer_id):
            reacted = events.Reacted(offer=offer_id, reaction="followed up", turns=outcome.turns + 1)
            self._services.record(reacted, at)

    async def _kept(self, wish: Wish) -> None:
        self._tell(await self._archive.answer(wish))
        self._publish()

    async def _speak(self, request: int, model: str) -> None:
        models = await self._speaking.models()
        if model:
            await self._speaking.use(model)
        self._tell(Speakers(request=request, models=models, now=self._speaking.status))

    async def _search(self, request: int, query: str, k: int) -> None:
        hits = await self._lane.run(Priority.PERSON, lambda: self._services.search(query, k))
        self._tell(Found(request=request, hits=tuple(hits)))

    async def _suggest(self, request: int, n: int) -> None:
        moment = self._sensed.moment(self._clock(), self._services.history.history)
        suggestions = (await self._initiative.suggestions(moment))[:n]
        reasons = tuple(explain.reasons(each) for each in suggestions)
        self._tell(Suggested(request=request, suggestions=suggestions, reasons=reasons))

    async def _speak_now(self) -> None:
        if not await self._initiative.speak_now():
            raise ProactiveError("There is nothing to raise now", "", "It looks again when notes change.")

    def _why(self, request: int, offer_id: str) -> None:
        history = self._services.history
        decision = history.offers.get(offer_id) if offer_id else self._newest_decision()
        if decision is None:
            self._tell(
                Because(request=request, reasons=("Nothing has been decided yet.",), gates=self._initiative.gates)
            )
            return
        outcome = history.outcomes.get(decision.id) if isinstance(decision, Offer) else None
        reasons, changed = headless.reasons(decision, outcome.good if outcome else None), otherwise(decision)
        because = Because(
            request=request,
            reasons=tuple(each for each in reasons if each not in changed),
            otherwise=changed,
            gates=decision.gates,
        )
        if isinstance(decision, Offer):
            weighed = tuple((why.words, why.contribution) for why in explain.weighed(decision))
            self._tell(structs.replace(because, weighed=weighed, offer=decision))
        else:
            self._tell(structs.replace(because, silence=decision))

    def _newest_decision(self) -> Offer | Silence | None:
        """The newest decision before the key that asks for it, which itself is a reason to be silent."""
        journal = self._services.journal
        return journal.newest_decision(before=self._clock() - ASKING_SECONDS) or journal.newest_decision()

    # --- what the owner changes --------------------------------------------------------------------------------------

    def _reconfigure(self, config: Config) -> None:
        """Apply what can be applied while it runs: all but where the notes are, and how they are embedded."""
        services, before = self._services, self._services.config
        services.config = config
        self._sensed.configure(config.sensors)
        logging.getLogger("proactive_tui").setLevel(config.journal.log_level.upper())
        if config.sensors != before.sensors:
            self._start(self._watching.probe())
        if config.llm != before.llm:
            self._speaking.configure(config.llm)
        if config.notes != before.notes:
            self._start(self._read_by(config))
        if config.journal != before.journal:
            self._start(self._retain())
        if config.topics != before.topics:
            self._upkeep.anew()
        if (config.offers.exploration, config.sensors.clock) != (before.offers.exploration, before.sensors.clock):
            self._start(self._relearn())  # both are part of the recommender
        self._initiative.anew()

    async def _read_by(self, config: Config) -> None:
        """Read the notes by other rules."""
        try:
            await self._lane.run(Priority.PERSON, lambda: self._services.index.configure(config))
            self._upkeep.anew(reread=True)
            await self._watching.watch()
        except ProactiveError as error:
            self._failed(0, error)

    async def _relearn(self) -> None:
        await self._keeping.relearn()
        self._initiative.anew()

    def _hush(self, hushed: bool) -> None:
        """Something is being forgotten; afterwards nothing in memory may know of it."""
        if hushed:
            self._initiative.hush()
            return
        self._sensed.remember(self._touches())
        self._conversing.forgot()
        self._initiative.anew()
        self._upkeep.anew(reread=True)
        self._publish()

    def _touches(self) -> tuple[Edit, ...]:
        """When notes were changed, as the journal knows it, in the order of time."""
        touches = self._services.history.touches
        edits = (Edit(path=path, at=at) for path, times in touches.items() for at in times)
        return tuple(sorted(edits, key=lambda edit: edit.at))

    # --- what the notes do -----------------------------------------------------------------------------------------

    def _edited(self, paths: frozenset[str]) -> None:
        """Notes were saved while it ran, by whoever it was."""
        paths = frozenset(path for path in paths if not self._services.wrote(path))
        at, touches = self._clock(), self._services.history.touches
        if not self._services.config.sensors.edits or not (saved := edits.own(paths)):
            return
        self._sensed.edited(saved, at)
        last = {path: touches[path][-1] for path in saved if path in touches}
        if kept := edits.worth_keeping(saved, at, last):
            self._services.record(events.Touched(paths=kept), at)

    def _left(self, changes: Changes) -> None:
        """Notes left the folder or were excluded, or all was read."""
        self._start(self._retain(changes))

    async def _retain(self, changes: Changes | None = None) -> None:
        try:
            await self._retention.look(changes)
        except ProactiveError as error:
            self._failed(0, error)

    # --- what the face is told -------------------------------------------------------------------------------------

    def _publish(self) -> None:
        """Tell the face how things stand, soon."""
        if self._publishing is None and not self._stopping:
            self._publishing = asyncio.get_running_loop().call_later(PUBLISH_SECONDS, self._publish_now)

    def _publish_now(self) -> None:
        self._publishing = None
        try:
            now = self._services.status(self._upkeep.progress, self._upkeep.pool, self._speaking.status)
            rhythm = self._initiative.rhythm(self._watching.sensors())
            status = structs.replace(now, notes=self._watching.notes(now.notes), rhythm=rhythm)
            conversations = self._services.journal.conversations(CONVERSATIONS)
        except ProactiveError as error:
            self._trouble(error.title, f"{error.message} {error.hint}")
            return
        if self._published != (status, conversations):
            self._published = status, conversations
            self._tell(Now(status=status, conversations=conversations))
            keep_status(self._services.paths, status)

    def _trouble(self, title: str, message: str) -> None:
        self._tell(Notice(title=title, message=message, severity="warning"))

    def _notice(self, title: str, message: str) -> None:
        self._tell(Notice(title=title, message=message))
        self._publish()

    def _failed(self, request: int, error: ProactiveError) -> None:
        self._tell(Failed(request=request, title=error.title, message=error.message, hint=error.hint))

    # --- background work -------------------------------------------------------------------------------------------

    def _answer(self, request: int, work: Coroutine[Any, Any, None]) -> None:
        async def answered() -> None:
            try:
                await work
            except ProactiveError as error:
                self._failed(request, error)

        self._start(answered())

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """A part that ended by a bug takes the brain with it: it is started again, and nothing is lost."""
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.critical("a part of the brain failed", exc_info=error)
            self.dead.set()
