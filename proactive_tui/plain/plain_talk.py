"""The conversation of the plain face: opens one, sends what is said, and says the reply sentence by sentence."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from proactive_tui.errors import BrainError
from proactive_tui.ipc.base import AnsweredRequest
from proactive_tui.ipc.client import BrainClient, ReplyEvents
from proactive_tui.ipc.events import ConversationOpened, ReplyChunk, ReplyFinished, ReplyReading
from proactive_tui.ipc.requests import FollowReply, LeaveConversation, SendMessage, StopReply
from proactive_tui.model.talk_values import Conversation, Turn
from proactive_tui.model.topic_values import Evidence
from proactive_tui.plain.line_output import LineOutput, SpokenBlock
from proactive_tui.plain.role_lines import SpeakerRole, spoken_words
from proactive_tui.plain.sentence_stream import SentenceStream
from proactive_tui.plain.spoken_things import last_exchange, source_lines, spoken_error
from proactive_tui.text.quantities import format_count
from proactive_tui.text.terminal_safe import sanitize_text
from proactive_tui.tui.formatting.status_text import format_llm_name

PATIENT_SECONDS = 4.0
"""Seconds after which it is said, once, that the reply takes its time."""


class PlainTalk:
    """One conversation at most. `on_reply_end` is called when a reply has ended, however it did."""

    def __init__(self, brain: BrainClient, out: LineOutput, on_reply_end: Callable[[], None]) -> None:
        self._brain, self._out, self._on_reply_end = brain, out, on_reply_end
        self._task: asyncio.Task[None] | None = None
        self._stream: ReplyEvents | None = None
        self._last_speaker = ""
        self._last_message = ""
        self._received = ""
        self.conversation: Conversation | None = None
        """The conversation that is open."""
        self.sources: tuple[Evidence, ...] = ()
        """The sources of the last reply."""

    async def open(self, call: AnsweredRequest[ConversationOpened], *, said: bool = False) -> Conversation:
        """Open a conversation and say what was said last in it, unless that was `said`. Raises BrainError."""
        self.leave()
        answer = await self._brain.request(call)
        opened = answer.conversation
        self.conversation, self._last_message, self._last_speaker = opened, "", ""
        self.sources = next((turn.sources for turn in reversed(opened.turns) if turn.role == "assistant"), ())
        self._last_message = next((turn.text for turn in reversed(opened.turns) if turn.role == "user"), "")
        if opened.turns and not said:
            named = f"Conversation: {spoken_words(opened.title)}, {format_count(len(opened.turns), 'turn')}."
            self._out.say_block([("Status", (named,)), *last_exchange(opened.turns)])
        if answer.replying:
            self._begin_reply(FollowReply(conversation=opened.id))
        return opened

    def leave(self) -> bool:
        """Leave the conversation, which is kept; returns whether there was one."""
        left, self.conversation = self.conversation, None
        if left is not None:
            self._brain.send(LeaveConversation(conversation=left.id))
        return left is not None

    def send(self, text: str, instead: str = "") -> None:
        """Say something; the reply comes by itself. `instead` is the last message, where this replaces it."""
        assert self.conversation is not None
        self._last_message = text
        self._begin_reply(SendMessage(conversation=self.conversation.id, text=text, instead=instead))

    def _begin_reply(self, call: SendMessage | FollowReply) -> None:
        self._received = ""
        self._out.begin_reply()
        self._stream = self._brain.stream_reply(call)
        self._task = asyncio.create_task(self._follow_reply(self._stream))

    def retry(self) -> bool:
        """Have the last message answered again; returns whether there is one."""
        if self._last_message:
            self.send(self._last_message, self._last_message)
        return bool(self._last_message)

    def stop(self) -> bool:
        """Ask the brain to stop the reply; returns whether one was being given."""
        if self._stream is None:
            return False
        self._brain.send(StopReply(request=self._stream.request))
        return True

    async def _follow_reply(self, stream: ReplyEvents) -> None:
        sentences = SentenceStream()
        patience = asyncio.get_running_loop().call_later(PATIENT_SECONDS, self._say_waiting, 0)
        ending: SpokenBlock = ()
        try:
            async for piece in stream:
                match piece:
                    case ReplyReading(sources=sources):
                        patience.cancel()
                        patience = asyncio.get_running_loop().call_later(
                            PATIENT_SECONDS, self._say_waiting, len(sources)
                        )
                    case ReplyChunk(text=text, anew=anew):
                        if anew:
                            self._take_back()
                            sentences = SentenceStream()
                        patience.cancel()
                        self._received += text
                        self._out.say_of_reply(sentences.take(sanitize_text(text)))
                    case ReplyFinished(turn=turn, problem=problem):
                        ending = self._end_reply(turn, problem, sentences)
        except BrainError as error:
            self._out.say_of_reply(sentences.finish())
            told = spoken_error((error.title, error.message, error.hint))
            ending = [("Status", (f"Not answered. {' '.join(told)} Retry asks again.",))]
        finally:
            patience.cancel()
            self._stream = None
            self._out.end_reply(ending)
            self._on_reply_end()

    def _say_waiting(self, passages: int) -> None:
        if not self._out.has_begun_reply:
            doing = f"It reads {format_count(passages, 'passage')}" if passages else "It looks in your notes"
            self._out.interrupt_reply(f"{doing}, and answers in a while. Stop ends that.")

    def _take_back(self) -> None:
        self._received = ""
        if self._out.has_begun_reply:
            self._out.interrupt_reply("That is taken back. The answer begins anew.")

    def _end_reply(self, turn: Turn, problem: str, sentences: SentenceStream) -> SpokenBlock:
        """Say the rest of a reply; returns what is to be said of its end."""
        if turn.text and turn.text.strip() != self._received.strip():
            if not turn.text.startswith(self._received):
                self._take_back()
                sentences = SentenceStream()
            self._out.say_of_reply(sentences.take(sanitize_text(turn.text.removeprefix(self._received))))
        self._out.say_of_reply(sentences.finish())
        self.sources = turn.sources
        return [*source_lines(turn.sources), *self._spoken_outcome(turn, problem)]

    def _spoken_outcome(self, turn: Turn, problem: str) -> Sequence[tuple[SpeakerRole, Sequence[str]]]:
        """How a reply ended; who spoke only where that is another than before."""
        if problem:
            whose = "From your notes" if turn.spoken_by == "template" else "Broken off"
            return [("Status", (f"{whose}: {spoken_words(problem)}. Retry asks again.",))]
        if turn.stopped:
            return [("Status", ("Stopped.",))]
        if turn.spoken_by in {"", self._last_speaker}:
            return ()
        self._last_speaker = turn.spoken_by
        if ":" not in turn.spoken_by:
            return [("Status", ("That is quoted from your notes, without a language model.",))]
        return [("Status", (f"{spoken_words(format_llm_name(turn.spoken_by))} said that.",))]
