"""The brain's loop: hears the face, keeps the parts running, and tells the face how things stand."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable, Coroutine
from typing import Any, Self

from msgspec import structs

from proactive_tui.brain.conversations.archive import ArchiveRequest, ConversationArchive
from proactive_tui.brain.conversations.sessions import ConversationSessions
from proactive_tui.brain.indexing.indexer_loop import IndexMaintainer
from proactive_tui.brain.indexing.note_edits import record_note_edits
from proactive_tui.brain.indexing.retention import RetentionEnforcer
from proactive_tui.brain.indexing.watch_loop import WatchLoop
from proactive_tui.brain.insight.explanation import explain_decision
from proactive_tui.brain.insight.service import InsightService
from proactive_tui.brain.model_picker import ModelSelector
from proactive_tui.brain.offers.reactions import ReactionHandler
from proactive_tui.brain.offers.scheduler import OfferScheduler
from proactive_tui.brain.services import Services
from proactive_tui.brain.status import StatusPublisher
from proactive_tui.brain.worker import Priority, PriorityWorker
from proactive_tui.config import Config
from proactive_tui.errors import ProactiveError
from proactive_tui.index.note_catalog import NoteChanges
from proactive_tui.ipc import requests
from proactive_tui.ipc.events import (
    AvailableModels,
    FailureReport,
    PreparedTopics,
    RankedSuggestions,
    SearchResults,
    WireEvent,
)
from proactive_tui.ipc.requests import WireRequest
from proactive_tui.journal import events
from proactive_tui.model import BrainStatus, Evidence
from proactive_tui.moment.tracker import ActivityTracker
from proactive_tui.recommend import explain

log = logging.getLogger(__name__)


class BrainApp:
    """One life of the brain. Enter it to start, feed it with `dispatch`, leave it to end."""

    def __init__(
        self,
        services: Services,
        tell: Callable[[WireEvent], None],
        *,
        clock: Callable[[], float] = time.time,
        rng: random.Random | None = None,
    ) -> None:
        self._services, self._tell, self._clock = services, tell, clock
        rng = rng or random.Random()
        services.warm = False
        self._lane = PriorityWorker("index")
        self._publishing = StatusPublisher(services, tell, self._current_status)
        self._sensed = ActivityTracker(services.config.sensors, clock(), services.history.note_edits)
        self._speaking = ModelSelector(services.config.llm, self._publishing.schedule_update)
        self._upkeep = IndexMaintainer(
            services,
            self._lane,
            clock,
            on_progress=self._publishing.schedule_update,
            on_edit=lambda paths: record_note_edits(services, self._sensed, paths, clock()),
            on_left=lambda changes: self._start_task(self._enforce_retention(changes)),
            on_trouble=self._publishing.send_warning,
        )
        self._watching = WatchLoop(
            services, self._sensed, self._upkeep, clock=clock, notice=self._publishing.send_notice
        )
        self._initiative = OfferScheduler(
            services,
            self._lane,
            self._upkeep,
            self._sensed,
            self._speaking,
            tell,
            self._publishing.schedule_update,
            clock,
            rng,
        )
        self._conversing = ConversationSessions(services, self._lane, self._speaking, tell, clock)
        self._archive = ConversationArchive(services, self._conversing, clock)
        self._keeping = InsightService(services, self._lane, tell, clock, self._set_forgetting)
        self._retention = RetentionEnforcer(services, clock, self._keeping.forget_expired, self._publishing.send_notice)
        self._answering = ReactionHandler(
            services, self._initiative, self._conversing, self._sensed, self._upkeep, self._keeping, tell
        )
        self._tasks: set[asyncio.Task[None]] = set()
        self.part_failed = asyncio.Event()
        """Set when a part has failed by a bug."""

    async def __aenter__(self) -> Self:
        for part in (self._upkeep, self._watching, self._speaking, self._initiative, self._retention):
            self._start_task(part.run())
        self._publishing.schedule_update()
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

    def dispatch(self, ask: WireRequest) -> None:
        """Take one message; what takes time goes on in the background."""
        try:
            self._route_request(ask)
        except ProactiveError as error:
            self._send_failure(getattr(ask, "request", 0), error)
        if not isinstance(ask, requests.ReportKeyPress):  # what keys change is the gates, which tell of it themselves
            self._publishing.schedule_update()

    def _route_request(self, ask: WireRequest) -> None:
        at = self._clock()
        match ask:
            case requests.ReportKeyPress(at=pressed):
                self._sensed.record_key_press(pressed)
            case requests.ReportFocus(focused=focused):
                self._sensed.record_focus(focused)
            case requests.ReactToOffer() as react:
                self._answering.record_reaction(react, at)
            case requests.UndoReaction(request=request, offer=offer_id):
                self._run_request(request, self._undo_reaction(offer_id))
            case requests.SetKindEnabled(kind=kind, wanted=wanted):
                self._answering.set_kind_enabled(kind, wanted=wanted, at=at)
            case requests.GetPreparedTopics(request=request):
                self._tell(PreparedTopics(request=request, topics=self._initiative.openers.prepared_topics))
            case requests.RateMoment(offer=offer_id, good=good):
                self._answering.rate_moment(offer_id, good, at)
            case requests.OpenConversation(request=request, about=Evidence() as about):
                self._sensed.enter_conversation(self._conversing.open_about_evidence(request, about).id)
            case requests.OpenConversation(request=request, offer="", like=like):
                self._sensed.enter_conversation(self._conversing.open_fresh(request, like).id)
            case requests.OpenConversation(request=request, offer=offer_id):
                self._answering.start_conversation(request, offer_id, at)
            case requests.SendMessage(request=request, conversation=conversation, text=text, instead=instead):
                offer_id = self._conversing.start_reply(request, conversation, text, instead)
                self._answering.record_follow_up(offer_id, at)
            case (
                requests.ListConversations()
                | requests.DeleteConversation()
                | requests.SaveConversation()
                | requests.ReadNote()
            ):
                self._run_request(ask.request, self._answer_archive_request(ask))
            case requests.SelectModel(request=request, model=model):
                self._run_request(request, self._select_model(request, model))
            case requests.StopReply(request=request):
                self._conversing.stop_reply(request)
            case requests.LeaveConversation(conversation=conversation):
                self._conversing.leave(conversation)
                self._sensed.end_conversation(conversation, at)
            case requests.ResumeConversation(request=request, conversation=conversation):
                self._sensed.enter_conversation(self._conversing.resume(request, conversation).id)
            case requests.SearchNotes(request=request, query=query, k=k):
                self._run_request(request, self._search_notes(request, query, k))
            case requests.GetSuggestions(request=request, n=n):
                self._run_request(request, self._send_suggestions(request, n))
            case requests.SuggestNow(request=request):
                self._run_request(request, self._initiative.offer_now())
            case requests.ExplainDecision():
                self._tell(explain_decision(ask, self._services, self._initiative.gates, at))
            case requests.SetQuietUntil(until=until):
                self._services.record_event(events.SettingChanged(key=events.QUIET_UNTIL, value=until), at)
            case requests.ReportOfferShown(offer=offer_id):
                self._initiative.mark_seen(offer_id)
            case requests.GetStatistics(request=request):
                self._run_request(request, self._keeping.send_statistics(request))
            case requests.GetInventory(request=request):
                self._run_request(request, self._keeping.send_inventory(request))
            case requests.ExportData(request=request, folder=folder):
                self._run_request(request, self._keeping.write_export(request, folder))
            case requests.ForgetData(request=request):
                self._run_request(request, self._keeping.forget_selected(ask))
            case requests.UpdateConfig(config=config):
                self._apply_config(config)
            case requests.ClientHello() | requests.QuitBrain():
                pass  # the server's

    # --- what the owner asks for ----------------------------------------------------------------------------------

    async def _undo_reaction(self, offer_id: str) -> None:
        await self._answering.undo(offer_id)
        self._publishing.schedule_update()

    async def _answer_archive_request(self, wish: ArchiveRequest) -> None:
        self._tell(await self._archive.execute_request(wish))
        self._publishing.schedule_update()

    async def _select_model(self, request: int, model: str) -> None:
        models = await self._speaking.list_model_names()
        if model:
            await self._speaking.use_model(model)
        self._tell(AvailableModels(request=request, models=models, now=self._speaking.status))

    async def _search_notes(self, request: int, query: str, k: int) -> None:
        hits = await self._lane.run(Priority.PERSON, lambda: self._services.search_notes(query, k))
        self._tell(SearchResults(request=request, hits=tuple(hits)))

    async def _send_suggestions(self, request: int, n: int) -> None:
        moment = self._sensed.build_moment(self._clock(), self._services.history.past_outcomes)
        suggestions = (await self._initiative.list_suggestions(moment))[:n]
        reasons = tuple(explain.strongest_reasons(suggestion) for suggestion in suggestions)
        self._tell(RankedSuggestions(request=request, suggestions=suggestions, reasons=reasons))

    # --- what the owner changes --------------------------------------------------------------------------------------

    def _apply_config(self, config: Config) -> None:
        """Apply what can be applied while it runs: all but where the notes are, and how they are embedded."""
        services, before = self._services, self._services.config
        services.config = config
        self._sensed.configure(config.sensors)
        logging.getLogger("proactive_tui").setLevel(config.journal.log_level.upper())
        if config.sensors != before.sensors:
            self._start_task(self._watching.refresh_sensors())
        if config.llm != before.llm:
            self._speaking.configure(config.llm)
        if config.notes != before.notes:
            self._start_task(self._apply_notes_rules(config))
        if config.journal != before.journal:
            self._start_task(self._enforce_retention())
        if config.topics != before.topics:
            self._upkeep.invalidate_topics()
        if _learning_settings(config) != _learning_settings(before):
            self._start_task(self._rebuild_models())
        self._initiative.reset()

    async def _apply_notes_rules(self, config: Config) -> None:
        """Read the notes by other rules."""
        try:
            await self._lane.run(Priority.PERSON, lambda: self._services.index.configure(config))
            self._upkeep.invalidate_topics(reread=True)
            await self._watching.restart_watcher()
        except ProactiveError as error:
            self._send_failure(0, error)

    async def _rebuild_models(self) -> None:
        await self._keeping.rebuild_models()
        self._initiative.reset()

    def _set_forgetting(self, hushed: bool) -> None:
        """Something is being forgotten; afterwards nothing in memory may know of it."""
        if hushed:
            self._initiative.pause()
            return
        self._sensed.replace_edits(self._services.history.note_edits)
        self._conversing.discard_forgotten()
        self._initiative.reset()
        self._upkeep.invalidate_topics(reread=True)
        self._publishing.schedule_update()

    def _current_status(self) -> BrainStatus:
        """How things stand, as all parts know it."""
        now = self._services.build_status(self._upkeep.progress, self._upkeep.pool, self._speaking.status)
        rhythm = self._initiative.build_rhythm(self._watching.sensor_states())
        return structs.replace(now, notes=self._watching.add_watcher_status(now.notes), rhythm=rhythm)

    async def _enforce_retention(self, changes: NoteChanges | None = None) -> None:
        try:
            await self._retention.enforce(changes)
        except ProactiveError as error:
            self._send_failure(0, error)

    def _send_failure(self, request: int, error: ProactiveError) -> None:
        self._tell(FailureReport(request=request, title=error.title, message=error.message, hint=error.hint))

    # --- background work -------------------------------------------------------------------------------------------

    def _run_request(self, request: int, work: Coroutine[Any, Any, None]) -> None:
        async def report_errors() -> None:
            try:
                await work
            except ProactiveError as error:
                self._send_failure(request, error)

        self._start_task(report_errors())

    def _start_task(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._check_ended_task)

    def _check_ended_task(self, task: asyncio.Task[None]) -> None:
        """A part that ended by a bug takes the brain with it: it is started again, and nothing is lost."""
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.critical("a part of the brain failed", exc_info=error)
            self.part_failed.set()


def _learning_settings(config: Config) -> tuple[object, ...]:
    """The settings that models depend on."""
    sensors = config.sensors
    return config.offers.exploration, sensors.clock, sensors.reactions, sensors.conversations, sensors.edits
