"""The brain's loop: hears the face, keeps the parts running, and tells the face how things stand."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable, Coroutine
from typing import Any, Self

from msgspec import structs

from proactive_tui.brain.conversations.archive import Archive, Wish
from proactive_tui.brain.conversations.sessions import Conversing
from proactive_tui.brain.indexing.indexer_loop import Upkeep
from proactive_tui.brain.indexing.note_edits import saved
from proactive_tui.brain.indexing.retention import Retention
from proactive_tui.brain.indexing.watch_loop import Watching
from proactive_tui.brain.insight.explanation import because
from proactive_tui.brain.insight.service import Keeping
from proactive_tui.brain.model_picker import Speaking
from proactive_tui.brain.offers.reactions import Answering
from proactive_tui.brain.offers.scheduler import Initiative
from proactive_tui.brain.services import Services
from proactive_tui.brain.status import Publishing
from proactive_tui.brain.worker import Lane, Priority
from proactive_tui.config import Config
from proactive_tui.errors import ProactiveError
from proactive_tui.index.note_catalog import Changes
from proactive_tui.ipc import requests
from proactive_tui.ipc.events import Ahead, Failed, Found, Speakers, Suggested, Tell
from proactive_tui.ipc.requests import Ask
from proactive_tui.journal import events
from proactive_tui.model import Evidence, Status
from proactive_tui.moment.tracker import Sensed
from proactive_tui.recommend import explain

log = logging.getLogger(__name__)


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
        self._publishing = Publishing(services, tell, self._status)
        self._sensed = Sensed(services.config.sensors, clock(), services.history.edits)
        self._speaking = Speaking(services.config.llm, self._publishing.soon)
        self._upkeep = Upkeep(
            services,
            self._lane,
            clock,
            on_progress=self._publishing.soon,
            on_edit=lambda paths: saved(services, self._sensed, paths, clock()),
            on_left=lambda changes: self._start(self._retain(changes)),
            on_trouble=self._publishing.trouble,
        )
        self._watching = Watching(services, self._sensed, self._upkeep, clock=clock, notice=self._publishing.notice)
        self._initiative = Initiative(
            services, self._lane, self._upkeep, self._sensed, self._speaking, tell, self._publishing.soon, clock, rng
        )
        self._conversing = Conversing(services, self._lane, self._speaking, tell, clock)
        self._archive = Archive(services, self._conversing, clock)
        self._keeping = Keeping(services, self._lane, tell, clock, self._hush)
        self._retention = Retention(services, clock, self._keeping.let_go, self._publishing.notice)
        self._answering = Answering(
            services, self._initiative, self._conversing, self._sensed, self._upkeep, self._keeping, tell
        )
        self._tasks: set[asyncio.Task[None]] = set()
        self.dead = asyncio.Event()
        """Set when a part has failed by a bug."""

    async def __aenter__(self) -> Self:
        for part in (self._upkeep, self._watching, self._speaking, self._initiative, self._retention):
            self._start(part.run())
        self._publishing.soon()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._publishing.close()
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
        if not isinstance(ask, requests.Pressed):  # what keys change is the gates, which tell of it themselves
            self._publishing.soon()

    def _hear(self, ask: Ask) -> None:
        at = self._clock()
        match ask:
            case requests.Pressed(at=pressed):
                self._sensed.pressed(pressed)
            case requests.Focused(focused=focused):
                self._sensed.focus(focused)
            case requests.React() as react:
                self._answering.react(react, at)
            case requests.Undo(request=request, offer=offer_id):
                self._answer(request, self._undo(offer_id))
            case requests.Want(kind=kind, wanted=wanted):
                self._answering.want(kind, wanted=wanted, at=at)
            case requests.LookAhead(request=request):
                self._tell(Ahead(request=request, topics=self._initiative.openers.ahead))
            case requests.Answer(offer=offer_id, good=good):
                self._answering.moment(offer_id, good, at)
            case requests.Talk(request=request, about=Evidence() as about):
                self._sensed.talking(self._conversing.about(request, about).id)
            case requests.Talk(request=request, offer="", like=like):
                self._sensed.talking(self._conversing.anew(request, like).id)
            case requests.Talk(request=request, offer=offer_id):
                self._answering.take_up(request, offer_id, at)
            case requests.Say(request=request, conversation=conversation, text=text, instead=instead):
                offer_id = self._conversing.say(request, conversation, text, instead)
                self._answering.followed_up(offer_id, at)
            case requests.Browse() | requests.Drop() | requests.Save() | requests.Look():
                self._answer(ask.request, self._kept(ask))
            case requests.Speak(request=request, model=model):
                self._answer(request, self._speak(request, model))
            case requests.Stop(request=request):
                self._conversing.stop(request)
            case requests.Leave(conversation=conversation):
                self._conversing.leave(conversation)
                self._sensed.left(conversation, at)
            case requests.Resume(request=request, conversation=conversation):
                self._sensed.talking(self._conversing.resume(request, conversation).id)
            case requests.Search(request=request, query=query, k=k):
                self._answer(request, self._search(request, query, k))
            case requests.Suggest(request=request, n=n):
                self._answer(request, self._suggest(request, n))
            case requests.SpeakNow(request=request):
                self._answer(request, self._initiative.speak_now())
            case requests.Why():
                self._tell(because(ask, self._services, self._initiative.gates, at))
            case requests.Quiet(until=until):
                self._services.record(events.Set(key=events.QUIET_UNTIL, value=until), at)
            case requests.Arrived(offer=offer_id):
                self._initiative.arrived(offer_id)
            case requests.LookBack(request=request):
                self._answer(request, self._keeping.learned(request))
            case requests.TakeStock(request=request):
                self._answer(request, self._keeping.stock(request))
            case requests.Export(request=request, folder=folder):
                self._answer(request, self._keeping.export(request, folder))
            case requests.Forget(request=request):
                self._answer(request, self._keeping.forget(ask))
            case requests.Reconfigure(config=config):
                self._reconfigure(config)
            case requests.Hello() | requests.Quit():
                pass  # the server's

    # --- what the owner asks for ----------------------------------------------------------------------------------

    async def _undo(self, offer_id: str) -> None:
        await self._answering.undo(offer_id)
        self._publishing.soon()

    async def _kept(self, wish: Wish) -> None:
        self._tell(await self._archive.answer(wish))
        self._publishing.soon()

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
        if _learned_by(config) != _learned_by(before):
            self._start(self._relearn())
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
        self._sensed.remember(self._services.history.edits)
        self._conversing.forgot()
        self._initiative.anew()
        self._upkeep.anew(reread=True)
        self._publishing.soon()

    def _status(self) -> Status:
        """How things stand, as all parts know it."""
        now = self._services.status(self._upkeep.progress, self._upkeep.pool, self._speaking.status)
        rhythm = self._initiative.rhythm(self._watching.sensors())
        return structs.replace(now, notes=self._watching.notes(now.notes), rhythm=rhythm)

    async def _retain(self, changes: Changes | None = None) -> None:
        try:
            await self._retention.look(changes)
        except ProactiveError as error:
            self._failed(0, error)

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


def _learned_by(config: Config) -> tuple[object, ...]:
    """The settings that models depend on."""
    sensors = config.sensors
    return config.offers.exploration, sensors.clock, sensors.reactions, sensors.conversations, sensors.edits
