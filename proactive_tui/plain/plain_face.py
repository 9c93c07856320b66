"""The plain face: the same loop as on screen, as lines that are read and written."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from proactive_tui import allowed_hosts
from proactive_tui.config import Config
from proactive_tui.config_reading import setting_value
from proactive_tui.errors import BrainError
from proactive_tui.ipc.client import BrainClient, BrainState
from proactive_tui.ipc.events import (
    ConfigChanged,
    FaceReleased,
    FailureReport,
    LearningFeedback,
    MomentQuestion,
    OfferMade,
    OfferWithdrawn,
    OwnerNotice,
    StatusUpdate,
    TalkLeftOpen,
    WireEvent,
)
from proactive_tui.ipc.requests import (
    ExplainDecision,
    ReportKeyPress,
    ResumeConversation,
    SetQuietUntil,
    UpdateConfig,
)
from proactive_tui.plain.conversation_commands import ConversationCommands
from proactive_tui.plain.line_output import LineOutput
from proactive_tui.plain.offer_desk import OfferDesk
from proactive_tui.plain.plain_lists import PlainLists
from proactive_tui.plain.plain_rooms import PlainRooms
from proactive_tui.plain.plain_talk import PlainTalk
from proactive_tui.plain.role_lines import spoken_words
from proactive_tui.plain.spoken_things import spoken_decision, spoken_error, spoken_index, spoken_status
from proactive_tui.plain.typed_commands import (
    TypedCall,
    TypedMessage,
    UnknownTyped,
    help_sentences,
    is_urgent,
    parse_typed,
)
from proactive_tui.tui.formatting import status_text
from proactive_tui.tui.formatting.face_words import LEFT_RUNNING, RELEASE_WORDS, describe_brain_state
from proactive_tui.tui.formatting.times import format_clock_time
from proactive_tui.units import SECONDS_PER_HOUR


class PlainFace:
    """Hears lines and events, one at a time each, and says what comes of them. `echoes` says what was typed, too;
    `save` writes settings that were changed, by their dotted names.
    """

    def __init__(
        self,
        brain: BrainClient,
        config: Config,
        out: LineOutput,
        *,
        echoes: bool = False,
        save: Callable[[Mapping[str, Any]], None] = lambda _: None,
    ) -> None:
        self._brain, self._config, self._out, self._echoes = brain, config, out, echoes
        self._save_settings = save
        self._waiting: deque[str | None] = deque()
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()
        self._status: StatusUpdate | None = None
        self._has_greeted = self._is_indexed = False
        self._quiet_until: float | None = None
        self._was_away = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._desk = OfferDesk(brain, config, out)
        self._lists = PlainLists(brain, out)
        self._talk = PlainTalk(brain, out, self._finish_reply)
        self._conversation_commands = ConversationCommands(
            brain, out, desk=self._desk, lists=self._lists, talk=self._talk
        )
        self._rooms = PlainRooms(brain, out, self._lists, lambda: self._config, self._apply_config)
        self.ended: int | None = None
        """The exit status, once this face ends."""

    def hear_line(self, line: str | None) -> None:
        """Take a line that was typed; None is the end of all lines."""
        self._lines.put_nowait(line)

    def interrupt(self) -> bool:
        """Stop the reply; returns False where none is given, and this face is to end."""
        return self._talk.stop()

    async def run(self) -> int:
        """Run until the owner, the brain or the end of the lines ends it; returns the exit status.

        Where it is cancelled, it ends as if the owner had said so.
        """
        self._out.on_gone = lambda: self._end(1)
        self._out.say_status("Starting.")
        for host in allowed_hosts.refused_hosts(self._config):
            self._out.say_status(host.refusal)
        running = asyncio.create_task(self._run_brain())
        try:
            while self.ended is None:
                await self._take_next()
        except asyncio.CancelledError:
            self._quit()
        finally:
            await self._brain.close()
            running.cancel()
        return self.ended or 0

    @property
    def _is_talking(self) -> bool:
        return self._talk.conversation is not None

    async def _run_brain(self) -> None:
        try:
            await self._brain.run(self._hear_event, self._hear_state)
        except OSError as error:
            self._brain.fail_pending("The brain cannot be started", "See the log.")
            self._hear_state(BrainState("gone", f"It cannot be started: {error}."))

    # --- events ------------------------------------------------------------------------------------------------

    def _hear_state(self, state: BrainState) -> None:
        """Say that the brain is away, and that it is back; at the start neither."""
        if state.name == "ready" and self._was_away:
            self._was_away = False
            self._out.say_status("It is back.")
        elif state.name in {"restarting", "gone"}:
            self._was_away = True
            if self.ended is None:
                self._out.say_status(f"{describe_brain_state(state)}.")
        if state.name == "gone" and self.ended is None:
            self._end(1)

    def _hear_event(self, event: WireEvent) -> None:
        """Say what nobody asked for; answers go to who asked."""
        match event:
            case StatusUpdate():
                self._hear_status(event)
            case OfferMade(offer=offer):
                self._desk.show_offer(offer)
                self._lists.remember(offer.topic.evidence)
            case OfferWithdrawn():
                self._desk.withdraw_offer(event)
            case LearningFeedback(words=words):
                self._out.say_status(f"It has learned: {words}." if words else "")
            case MomentQuestion(offer=offer_id):
                self._desk.ask_moment(offer_id)
            case OwnerNotice(title=title, message=text):
                self._out.say_status(*spoken_error((title, text)))
            case ConfigChanged(config=config):
                self._adopt_config(config)
            case TalkLeftOpen(conversation=conversation):
                self._tasks.add(asyncio.create_task(self._say_failures(self._resume_talk(conversation))))
            case FaceReleased(reason=reason):
                self._out.say_status(RELEASE_WORDS[reason])
                self._end(0)
            case FailureReport(request=0, title=title, message=text, hint=hint):
                self._out.say_status(*spoken_error((title, text, hint)))
            case _:
                pass

    def _hear_status(self, update: StatusUpdate) -> None:
        """Say how things stand at the start, and once when the notes are read; all else is said when asked for."""
        notes, self._status = update.status.notes, update
        if notes.mode == "idle":
            return  # it has not looked yet
        is_done = status_text.format_index_progress(notes) is None
        if not self._has_greeted:
            watched = spoken_words(status_text.format_notes_status(notes))
            self._out.say_status(
                f"{watched}.", spoken_index(update.status), "Type help for what you can type, quit to end."
            )
        elif is_done and not self._is_indexed:
            self._out.say_status("Your notes are read.")
        self._has_greeted, self._is_indexed = True, self._is_indexed or is_done

    def _adopt_config(self, config: Config) -> None:
        self._config = self._desk.config = config

    def _apply_config(self, config: Config, key: str) -> None:
        """Apply a config in which a key has changed, also in the brain, and save it. Raises ConfigError."""
        self._adopt_config(config)
        self._brain.send(UpdateConfig(config=config))
        self._save_settings({key: setting_value(config, key)})

    async def _resume_talk(self, conversation: str) -> None:
        """Go on with the conversation that was open when the last face left. Raises BrainError."""
        await self._conversation_commands.open_talk(ResumeConversation(conversation=conversation))

    # --- lines -------------------------------------------------------------------------------------------------

    async def _take_next(self) -> None:
        """Take the next line; during a reply all but the urgent ones wait for its end."""
        if self._waiting and not self._out.is_replying:
            line = self._waiting.popleft()
        else:
            line = await self._lines.get()
            if self._out.is_replying and (line is None or not is_urgent(line, talking=self._is_talking)):
                self._waiting.append(line)
                return
        if line is None:
            self._quit()
        elif line.strip():
            await self._take_line(line)

    async def _take_line(self, line: str) -> None:
        self._out.note_typed()
        if self._echoes:
            self._out.say("You", spoken_words(line))
        if self._config.sensors.keys:
            self._brain.send(ReportKeyPress(at=time.time()))
        await self._say_failures(self._take_words(line))

    async def _take_words(self, line: str) -> None:
        """Do what a line means: the consent that was asked for, a command, or something said. Raises BrainError."""
        if await self._rooms.hear_consent(line):
            return
        match parse_typed(line, talking=self._is_talking):
            case TypedCall(name=name, rest=rest):
                await self._carry_out(name, rest)
            case TypedMessage(text=text):
                self._talk.send(text)
            case UnknownTyped(reason=reason):
                self._out.say_status(reason)

    async def _say_failures(self, work: Coroutine[Any, Any, None]) -> None:
        """Await the work, and say what fails."""
        try:
            await work
        except BrainError as error:
            self._out.say_status(*spoken_error((error.title, error.message, error.hint)))

    async def _carry_out(self, name: str, rest: str) -> None:
        """Carry out a command, or have the part do so whose it is. Raises BrainError."""
        match name:
            case "search" | "ask" if not rest:
                self._out.say_status(f"Type {name}, and words after it.")
            case "undo":
                await self._undo_answer()
            case "why":
                await self._explain_decision()
            case "quiet":
                self._toggle_quiet()
            case "again":
                if not self._out.repeat():
                    self._out.say_status("Nothing was said yet.")
            case "status":
                self._say_status()
            case "help":
                self._out.say("Help", *help_sentences(rest))
            case "detach":
                self._brain.detach()
                self._out.say_status(LEFT_RUNNING)
                self._end(0)
            case "quit":
                self._quit()
            case _:
                for part in (self._desk, self._conversation_commands, self._lists, self._rooms):
                    if await part.carry_out(name, rest):
                        return

    async def _undo_answer(self) -> None:
        if call := self._desk.take_undo():
            self._talk.leave()
            await self._brain.request(call)
        else:
            self._out.say_status("There is no answer to take back.")

    async def _explain_decision(self) -> None:
        offer = self._desk.offer.id if self._desk.offer else ""
        if self._talk.conversation is not None:
            offer = self._talk.conversation.offer
            if not offer:
                self._out.say_status("Nothing was brought up: you began this conversation.")
                return
        explanation = await self._brain.request(ExplainDecision(offer=offer))
        self._out.say("Why", *spoken_decision(explanation, time.time()))

    def _toggle_quiet(self) -> None:
        now = time.time()
        is_quiet = self._quiet_until is not None and self._quiet_until > now
        self._quiet_until = None if is_quiet else now + SECONDS_PER_HOUR
        self._brain.send(SetQuietUntil(until=self._quiet_until))
        until = f"Quiet until {format_clock_time(self._quiet_until, now)}." if self._quiet_until else ""
        self._out.say_status(until or "It may speak again.")

    def _say_status(self) -> None:
        if self._status is None:
            self._out.say_status("It is starting.")
            return
        wanted, waits = self._config.llm.backend != "none", self._desk.offer is not None
        self._out.say("Status", *spoken_status(self._status.status, time.time(), wanted=wanted, waits=waits))

    def _finish_reply(self) -> None:
        """After a reply, its sources have numbers, what came meanwhile is said, and what was typed is heard."""
        self._conversation_commands.remember_sources()
        self._desk.say_waiting()
        self._lines.put_nowait("")

    def _quit(self) -> None:
        self._out.say_status(LEFT_RUNNING if self._brain.outlives_face else "It has ended.")
        self._end(0)

    def _end(self, status: int) -> None:
        self.ended = status
        self._lines.put_nowait("")
