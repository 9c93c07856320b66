"""The brain's application: runs its parts, answers the face's requests, and reports the status."""

from __future__ import annotations

import asyncio
import logging
import os
import random
import time
from collections.abc import Callable, Coroutine
from typing import Any, Never, Self, cast

from msgspec import structs

from proactive_tui.brain.agenda_lines import Agenda
from proactive_tui.brain.background_tasks import BackgroundTasks
from proactive_tui.brain.collecting.appointment_book import AppointmentBook
from proactive_tui.brain.collecting.source_poller import SourcePoller
from proactive_tui.brain.config_changes import apply_config
from proactive_tui.brain.conversations.archive import ConversationArchive
from proactive_tui.brain.conversations.name_lookup import complete_name
from proactive_tui.brain.conversations.sessions import ConversationSessions
from proactive_tui.brain.doors.absence import describe_absence
from proactive_tui.brain.doors.command_answers import CommandAnswers
from proactive_tui.brain.doors.desktop_door import DesktopDoor
from proactive_tui.brain.indexing.indexer_loop import IndexMaintainer
from proactive_tui.brain.indexing.note_edits import record_note_edits
from proactive_tui.brain.indexing.note_reader import NoteReader, is_owner_idle
from proactive_tui.brain.indexing.retention import RetentionEnforcer
from proactive_tui.brain.indexing.watch_loop import WatchLoop
from proactive_tui.brain.insight.explanation import explain_decision
from proactive_tui.brain.insight.service import InsightService
from proactive_tui.brain.model_picker import ModelSelector
from proactive_tui.brain.offers.reaction_handler import ReactionHandler
from proactive_tui.brain.offers.scheduler import OfferScheduler
from proactive_tui.brain.request_router import RequestRouter
from proactive_tui.brain.services import Services
from proactive_tui.brain.status import StatusPublisher
from proactive_tui.brain.worker import PriorityWorker
from proactive_tui.errors import ProactiveError
from proactive_tui.index.catalogs.note_catalog import NoteChanges
from proactive_tui.ipc import requests
from proactive_tui.ipc.events import (
    AvailableModels,
    DailyDigest,
    FailureReport,
    NamesFound,
    PreparedTopics,
    RankedSuggestions,
    ShelfListed,
    SourcePolled,
    TalkLeftOpen,
    WireEvent,
)
from proactive_tui.ipc.requests import WireRequest
from proactive_tui.journal import events
from proactive_tui.model.status_values import BrainProcess, BrainStatus
from proactive_tui.moment.tracker import ActivityTracker
from proactive_tui.recommend import explain

log = logging.getLogger(__name__)


class BrainApp:
    """The running brain: enter the context to start its parts, call `dispatch` for each request, leave it to stop.

    The parts may be looked at while it runs; whoever changes something asks by `dispatch`.
    """

    def __init__(
        self,
        services: Services,
        send_event: Callable[[WireEvent], None],
        *,
        clock: Callable[[], float] = time.time,
        rng: random.Random | None = None,
        describe_process: Callable[[], BrainProcess] = lambda: BrainProcess(pid=os.getpid(), since=0.0),
    ) -> None:
        self.services, self._send_event, self._clock = services, send_event, clock
        rng = rng or random.Random()
        services.warm = False
        self.background = BackgroundTasks()
        self.worker = PriorityWorker("index")
        self.status = StatusPublisher(services, send_event, self.current_status)
        self.tracker = ActivityTracker(
            services.config.sensors, clock(), services.history.note_edits, AppointmentBook(services).list_busy_times
        )
        self.model_selector = ModelSelector(services.config.llm, self.status.schedule_update)
        self.maintainer = IndexMaintainer(
            services,
            self.worker,
            clock,
            on_progress=self.status.schedule_update,
            on_edit=lambda paths: record_note_edits(services, self.tracker, paths, clock()),
            on_left=lambda changes: self.background.start(self.enforce_retention(changes)),
            on_trouble=self.status.send_warning,
        )
        self.watch_loop = WatchLoop(
            services, self.tracker, self.maintainer, clock=clock, notice=self.status.send_notice
        )
        self.desktop = DesktopDoor(
            send_event, lambda: services.config, self.background.start, self.status.schedule_update
        )
        self.scheduler = OfferScheduler(
            services,
            worker=self.worker,
            maintainer=self.maintainer,
            tracker=self.tracker,
            model_selector=self.model_selector,
            send_event=self.desktop.send_event,
            on_change=self.status.schedule_update,
            clock=clock,
            rng=rng,
            reaches_desktop=lambda: self.desktop.is_open,
        )
        self.note_reader = NoteReader(
            services,
            worker=self.worker,
            maintainer=self.maintainer,
            model_selector=self.model_selector,
            may_read=self._may_read_notes,
            order=self.model_selector.order,
        )
        self.poller = SourcePoller(
            services,
            worker=self.worker,
            maintainer=self.maintainer,
            tracker=self.tracker,
            clock=clock,
            rng=rng,
            on_change=self.status.schedule_update,
        )
        self.sessions = ConversationSessions(
            services,
            worker=self.worker,
            model_selector=self.model_selector,
            send_event=send_event,
            clock=clock,
            list_topics=lambda: self.maintainer.pool,
        )
        self.archive = ConversationArchive(services, sessions=self.sessions, send_event=send_event, clock=clock)
        self.insight = InsightService(
            services, worker=self.worker, send_event=send_event, clock=clock, set_paused=self.set_forgetting
        )
        self.retention = RetentionEnforcer(services, clock, self.insight.forget_expired, self.status.send_notice)
        self.reactions = ReactionHandler(
            services,
            scheduler=self.scheduler,
            sessions=self.sessions,
            tracker=self.tracker,
            maintainer=self.maintainer,
            insight=self.insight,
            send_event=send_event,
        )
        self.answers = CommandAnswers(
            services,
            worker=self.worker,
            maintainer=self.maintainer,
            model_selector=self.model_selector,
            send_event=send_event,
            status=self.current_status,
            describe_process=describe_process,
            clock=clock,
        )
        self.agenda = Agenda(
            services, worker=self.worker, maintainer=self.maintainer, send_event=send_event, clock=clock
        )
        self.router = self._build_router()
        self._left_open, self._unattended_since = "", cast("float | None", None)
        self.part_failed = self.background.failed
        """Set when a part has failed by a bug: the face starts the brain again, and nothing is lost."""

    async def __aenter__(self) -> Self:
        parts = (self.maintainer, self.watch_loop, self.model_selector, self.scheduler, self.retention)
        for part in (*parts, self.note_reader, self.poller, self.desktop):
            self.background.start(part.run())
        self.status.schedule_update()
        return self

    async def __aexit__(self, *_: object) -> None:
        self.status.close()
        await self.sessions.close()
        self.watch_loop.close()
        await self.background.cancel()
        self.scheduler.close()
        self.worker.close()
        await self.model_selector.close()
        self.services.close()

    def dispatch(self, request: WireRequest) -> None:
        """Handle one request of a client; slow work goes on in the background."""
        number = getattr(request, "request", 0)
        try:
            if work := self.router.handle(request):
                self.background.start(self._finish_request(number, work))
        except ProactiveError as error:
            self.send_failure(number, error)
        if not isinstance(request, requests.ReportKeyPress):  # key presses change the gates, which report it themselves
            self.status.schedule_update()

    def set_attended(self, attended: bool) -> None:
        """A face has come, or the last one has gone. One that comes is shown how things stand and what waited."""
        at = self._clock()
        last = self.tracker.leave_all(at)
        self._left_open = last or self._left_open
        told = self.desktop.set_attended(attended)
        self.sessions.set_attended(attended)
        if not attended:
            self._unattended_since = at
            self.scheduler.pending.set_attended(attended)
            return
        self.status.send_again()
        if (since := self._unattended_since) is not None:
            left = told if told != self.scheduler.pending.offer else None
            if waited := describe_absence(since, self.scheduler.count_held(), left):
                self.status.send_notice("While you were away", waited)
        self._unattended_since = None
        if self._left_open:
            self._send_event(TalkLeftOpen(conversation=self._left_open))
            self._left_open = ""
        self.scheduler.pending.set_attended(attended)

    def _build_router(self) -> RequestRouter[WireRequest]:
        """The table of which method handles which request. mypy finds a request that is missing here."""
        insight, archive, answers, clock = self.insight, self.archive, self.answers, self._clock
        router = (
            RequestRouter[Never]()
            # what the owner does
            .on(requests.ReportKeyPress, lambda ask: self.tracker.record_key_press(ask.at))
            .on(requests.ReportFocus, lambda ask: self.tracker.record_focus(ask.focused))
            # offers
            .on(requests.SuggestNow, lambda ask: self.scheduler.offer_now(ask.request, ask.topic))
            .on(requests.ReportOfferShown, lambda ask: self.scheduler.pending.mark_seen(ask.offer))
            .on(requests.ReactToOffer, lambda ask: self.reactions.record_reaction(ask, clock()))
            .on(requests.UndoReaction, lambda ask: self.reactions.undo(ask.request, ask.offer))
            .on(requests.RateMoment, lambda ask: self.reactions.rate_moment(ask.offer, ask.good, clock()))
            .on(requests.SetKindEnabled, self._set_kind_enabled)
            .on(requests.SetFolderEnabled, self._set_folder_enabled)
            .on(requests.SetQuietUntil, self._set_quiet_until)
            .on(requests.GetPreparedTopics, self._send_prepared_topics)
            .on(requests.GetSuggestions, self._send_suggestions)
            .on(requests.ListSuggestions, answers.list_suggestions)
            .on(requests.ListOpenEnds, answers.list_open_ends)
            .on(requests.FindRelatedNotes, answers.find_related_notes)
            .on(requests.GetDigest, self._send_digest)
            .on(requests.GetShelf, self._send_shelf)
            .on(requests.GetAgenda, self.agenda.send_agenda)
            .on(requests.AnswerTopic, self.reactions.answer_topic)
            .on(requests.ExplainDecision, self._explain_decision)
            .on(requests.DescribeDecision, answers.describe_decision)
            # conversations
            .on(requests.OpenConversation, self._open_conversation)
            .on(requests.ResumeConversation, self._resume_conversation)
            .on(requests.SendMessage, self._send_message)
            .on(requests.FollowReply, lambda ask: self.sessions.follow_reply(ask.request, ask.conversation))
            .on(requests.StopReply, lambda ask: self.sessions.stop_reply(ask.request))
            .on(requests.LeaveConversation, self._leave_conversation)
            .on(requests.ListConversations, archive.list_conversations)
            .on(requests.DeleteConversation, archive.delete_conversation)
            .on(requests.SaveConversation, archive.save_conversation)
            .on(requests.SelectModel, self._select_model)
            .on(requests.PlanCapture, archive.plan_capture)
            .on(requests.WriteCapture, archive.write_capture)
            # notes
            .on(requests.CompleteName, self._complete_name)
            .on(requests.SearchNotes, answers.search_notes)
            .on(requests.RefreshIndex, answers.refresh_index)
            .on(requests.PollSource, self._poll_source)
            .on(requests.ReadNote, archive.read_note)
            # what is kept
            .on(requests.GetStatistics, lambda ask: insight.send_statistics(ask.request))
            .on(requests.ComputeStatistics, answers.compute_statistics)
            .on(requests.GetStatus, answers.send_status)
            .on(requests.GetInventory, lambda ask: insight.send_inventory(ask.request))
            .on(requests.ExportData, lambda ask: insight.write_export(ask.request, ask.folder))
            .on(requests.ForgetData, insight.forget_selected)
            # the process
            .on(requests.UpdateConfig, lambda ask: apply_config(self, ask.config))
            .on(requests.ClientHello, lambda _: None)  # the hub of clients handles these three
            .on(requests.KeepRunning, lambda _: None)
            .on(requests.QuitBrain, lambda _: None)
        )
        return router  # noqa: RET504 - named, so that mypy checks what the table holds and not each `on`

    # --- what the owner asks for ----------------------------------------------------------------------------------

    def _set_kind_enabled(self, ask: requests.SetKindEnabled) -> None:
        self.reactions.set_kind_enabled(ask.kind, wanted=ask.wanted, at=self._clock())

    def _set_folder_enabled(self, ask: requests.SetFolderEnabled) -> None:
        self.reactions.set_folder_enabled(ask.folder, wanted=ask.wanted, at=self._clock())

    def _set_quiet_until(self, ask: requests.SetQuietUntil) -> None:
        self.services.record_event(events.SettingChanged(key=events.QUIET_UNTIL, value=ask.until), self._clock())

    def _send_prepared_topics(self, ask: requests.GetPreparedTopics) -> None:
        self._send_event(PreparedTopics(request=ask.request, topics=self.scheduler.openers.prepared_topics))

    def _explain_decision(self, ask: requests.ExplainDecision) -> None:
        self._send_event(explain_decision(ask, self.services, self.scheduler.gates, self._clock()))

    def _open_conversation(self, ask: requests.OpenConversation) -> None:
        if ask.about is not None:
            opened = self.sessions.open_about_evidence(ask.request, ask.about)
        elif ask.offer:
            self.reactions.start_conversation(ask.request, ask.offer, self._clock())
            return
        else:
            opened = self.sessions.open_fresh(ask.request, ask.like)
        self.tracker.enter_conversation(opened.id)

    def _resume_conversation(self, ask: requests.ResumeConversation) -> None:
        self.tracker.enter_conversation(self.sessions.resume(ask.request, ask.conversation).id)

    def _send_message(self, ask: requests.SendMessage) -> None:
        offer_id = self.sessions.start_reply(ask.request, ask.conversation, ask.text, ask.instead)
        self.reactions.record_follow_up(offer_id, self._clock())

    def _leave_conversation(self, ask: requests.LeaveConversation) -> None:
        self.sessions.leave(ask.conversation)
        self.tracker.end_conversation(ask.conversation, self._clock())

    async def _select_model(self, ask: requests.SelectModel) -> None:
        models = await self.model_selector.list_model_names()
        if ask.model:
            await self.model_selector.use_model(ask.model)
        self._send_event(AvailableModels(request=ask.request, models=models, now=self.model_selector.status))

    async def _complete_name(self, ask: requests.CompleteName) -> None:
        notes, pool = self.services.index.notes, self.maintainer.pool
        names = await asyncio.to_thread(complete_name, ask.typed, notes, pool)
        self._send_event(NamesFound(request=ask.request, names=names))

    async def _send_suggestions(self, ask: requests.GetSuggestions) -> None:
        moment = self.tracker.build_moment(self._clock(), self.services.history.past_outcomes)
        suggestions = (await self.scheduler.list_suggestions(moment))[: ask.n]
        reasons = tuple(explain.strongest_reasons(suggestion) for suggestion in suggestions)
        self._send_event(RankedSuggestions(request=ask.request, suggestions=suggestions, reasons=reasons))

    async def _poll_source(self, ask: requests.PollSource) -> None:
        changes, trouble = await self.poller.poll_source(ask.source)
        changed = tuple(item.path for item in changes.changed)
        self._send_event(SourcePolled(request=ask.request, changed=changed, gone=changes.gone, trouble=trouble))

    async def _send_digest(self, ask: requests.GetDigest) -> None:
        self._send_event(DailyDigest(request=ask.request, lines=await self.scheduler.list_digest()))

    async def _send_shelf(self, ask: requests.GetShelf) -> None:
        lines = await self.scheduler.list_shelf()
        silence = self.scheduler.build_rhythm(self.watch_loop.probed_sensors()).why_silent
        self._send_event(ShelfListed(request=ask.request, lines=lines, silence=silence))

    def set_forgetting(self, paused: bool) -> None:
        """Pause decisions while something is forgotten; afterwards, drop what memory still holds of it."""
        if paused:
            self.scheduler.pause()
            return
        self.tracker.replace_edits(self.services.history.note_edits)
        self.sessions.discard_forgotten()
        self.scheduler.reset()
        self.maintainer.invalidate_topics(reread=True)
        self.status.schedule_update()

    def _may_read_notes(self) -> bool:
        """Whether nobody is busy here, and no opener is being written, so that the model may read a note."""
        moment = self.tracker.build_moment(self._clock(), ())
        return is_owner_idle(moment, self.services.config.offers) and not self.scheduler.is_preparing

    def current_status(self) -> BrainStatus:
        """The status, put together from all parts."""
        now = self.services.build_status(self.maintainer.progress, self.maintainer.pool, self.model_selector.status)
        rhythm = self.scheduler.build_rhythm(self.watch_loop.probed_sensors())
        sources = tuple(source for source in self.poller.status if source.enabled or source.items)
        return structs.replace(
            now,
            notes=self.watch_loop.add_watcher_status(now.notes),
            rhythm=rhythm,
            sources=sources,
            mined_at=self.maintainer.mined_at,
        )

    async def enforce_retention(self, changes: NoteChanges | None = None) -> None:
        """Forget what is due, and say where that fails."""
        try:
            await self.retention.enforce(changes)
        except ProactiveError as error:
            self.send_failure(0, error)

    def send_failure(self, request: int, error: ProactiveError) -> None:
        """Tell who asked that a request failed; with 0, all faces that something else did."""
        self._send_event(FailureReport.of_error(request, error))

    async def _finish_request(self, number: int, work: Coroutine[Any, Any, None]) -> None:
        """Await the rest of a request, and tell the face when it fails or has changed the status."""
        try:
            await work
        except ProactiveError as error:
            self.send_failure(number, error)
        self.status.schedule_update()
