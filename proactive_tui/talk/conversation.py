"""Conversations: every reply is worded from the notes that answer, and cites them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import suppress
from functools import partial
from textwrap import shorten

import msgspec

from proactive_tui.config import LanguageModelConfig
from proactive_tui.errors import LanguageModelError, ProactiveError
from proactive_tui.model.offer_values import Opener
from proactive_tui.model.talk_values import Conversation, Turn
from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.talk.answers.answer_finding import FoundAnswer
from proactive_tui.talk.answers.asked_question import read_question
from proactive_tui.talk.answers.extracted_reply import quote_blocks, word_answer, word_untold
from proactive_tui.talk.answers.reply_checking import ReplyChecker
from proactive_tui.talk.answers.reply_phrases import reply_phrases
from proactive_tui.talk.answers.reply_plan import (
    ReplyPlan,
    item_origins,
    leaves_to_say,
    left_unsaid,
    plan_reply,
)
from proactive_tui.talk.llm.base import ChatModel, PromptCutError, UnfitModelError
from proactive_tui.talk.recall_check import can_be_recalled, compare_recall, recall_share, word_recall
from proactive_tui.talk.walk import (
    WALK_COMMAND,
    asks_to_go_on,
    first_steps,
    keep_statement,
    next_step,
    word_next_step,
)
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.language import language_or_default
from proactive_tui.text.plain import is_question
from proactive_tui.text.stream_cleaner import StreamCleaner, sanitize_text
from proactive_tui.text.streaming.repetition import find_repetition

FindAnswer = Callable[[str, Conversation], Awaitable[FoundAnswer]]
"""What the notes have for a question in a conversation."""

MAX_CONVERSATION_TITLE_CHARACTERS = 60
"""Maximum characters of a title made of the owner's first words."""
SPOKEN_BY_TEMPLATE = "template"
"""The speaker where no language model is available: the notes are quoted."""


def start_from_offer(conversation: str, topic: Topic, opener: Opener, *, at: float, offer: str = "") -> Conversation:
    """A conversation that begins with the opener of an offer; its sources are the evidence of the topic."""
    turn = Turn(role="assistant", text=opener.text, at=at, sources=topic.evidence, spoken_by=opener.spoken_by)
    return Conversation(id=conversation, title=topic.title, at=at, turns=(turn,), offer=offer, topic=topic.id)


def start_about_passage(conversation: str, evidence: Evidence, *, at: float) -> Conversation:
    """A conversation that the owner begins about a passage: its first turn quotes it."""
    quoted = "\n".join(f"> {line}" for line in sanitize_text(evidence.text).splitlines())
    turn = Turn(role="assistant", text=quoted, at=at, sources=(evidence,), spoken_by=SPOKEN_BY_TEMPLATE)
    title = evidence.heading[-1] if evidence.heading else evidence.path
    return Conversation(id=conversation, title=title, at=at, turns=(turn,))


def restart_conversation(conversation: str, original: Conversation, *, at: float) -> Conversation:
    """A conversation about the same subject as `original`; without a subject where the owner began that one."""
    first = original.turns[:1] if original.turns and original.turns[0].role == "assistant" else ()
    if not first:
        return Conversation(id=conversation, title="", at=at, turns=())
    turns = (msgspec.structs.replace(first[0], at=at),)
    return msgspec.structs.replace(original, id=conversation, at=at, turns=turns)


def append_turns(conversation: Conversation, *turns: Turn) -> Conversation:
    """The conversation with more turns at its end."""
    return msgspec.structs.replace(conversation, turns=(*conversation.turns, *turns))


def last_exchange_length(conversation: Conversation, text: str) -> int:
    """The number of turns of the last exchange if the owner began it with this text, else 0."""
    for back, turn in enumerate(reversed(conversation.turns), 1):
        if turn.role == "user":
            return back if turn.text == sanitize_text(text) else 0
    return 0


def drop_last_turns(conversation: Conversation, last: int) -> Conversation:
    """The conversation without its last `last` turns."""
    return msgspec.structs.replace(conversation, turns=conversation.turns[: len(conversation.turns) - last])


def title_from_text(text: str) -> str:
    """A title for a conversation that the owner begins with these words."""
    return (
        shorten(" ".join(sanitize_text(text).split()), MAX_CONVERSATION_TITLE_CHARACTERS, placeholder="…")
        or "A conversation"
    )


class ReplyStream:
    """A reply. Iterate over it for the pieces, as they come; afterwards `turn` is the whole and `problem` what went
    wrong.

        reply = ReplyStream(conversation, text, find_answer=find, model=model, settings=config.llm, at=now)
        async for piece in reply:
            ...
        conversation = append_turns(conversation, reply.question, reply.turn)

    `stop()` ends it at once, as does cancelling the task that iterates; what was said until then is kept, with
    `turn.stopped`. When the model fails, what it said is kept too and `problem` says how; if it had said nothing yet,
    the notes are quoted instead. `turn.sources[n - 1]` is what `[n]` cites; citations of sources that are not there
    are left out.
    """

    def __init__(
        self,
        conversation: Conversation,
        text: str,
        *,
        find_answer: FindAnswer,
        model: ChatModel | None,
        settings: LanguageModelConfig,
        at: float,
        is_quiz: bool = False,
    ) -> None:
        """`is_quiz` says that the conversation began with a question to be answered from memory."""
        self.question = Turn(role="user", text=sanitize_text(text), at=at)
        self.problem = ""
        self.is_silent = False
        """Whether the reply says that the notes do not tell."""
        self._conversation = conversation
        self._find_answer = find_answer
        self.model = model
        """The model that words the reply; may be set until the iteration begins."""
        self.on_reading: Callable[[tuple[Evidence, ...]], object] = lambda _: None
        """Called with the passages that the model is to read, before it says anything."""
        self.on_anew: Callable[[], object] = lambda: None
        """Called where all that was said so far is taken back; the next piece begins the reply anew."""
        self._settings = settings
        self._at = at
        self._asks_recall = is_quiz and len(conversation.turns) == 1 and not is_question(self.question.text)
        self._recalled: float | None = None
        self._pieces: list[str] = []
        self._checker: ReplyChecker | None = None
        self._sources: tuple[Evidence, ...] = ()
        self._spoken_by = SPOKEN_BY_TEMPLATE
        self._stop = asyncio.Event()
        self._stopped = False

    @property
    def turn(self) -> Turn:
        """The reply so far."""
        return Turn(
            role="assistant",
            text="".join(self._pieces).strip(),
            at=self._at,
            sources=self._sources,
            spoken_by=self._spoken_by,
            stopped=self._stopped,
            recalled=self._recalled,
        )

    def stop(self) -> None:
        """Stop the reply at once, without waiting for the model's next token."""
        self._stop.set()

    async def __aiter__(self) -> AsyncIterator[str]:
        """The pieces of the reply. Iterate once."""
        spoken = self._generate_pieces()
        stopping = asyncio.create_task(self._stop.wait())
        try:
            while True:
                coming = asyncio.ensure_future(anext(spoken))
                try:
                    await asyncio.wait({coming, stopping}, return_when=asyncio.FIRST_COMPLETED)
                    if stopping.done() or not coming.done():
                        self._stopped = True
                        return
                    piece = await coming
                except StopAsyncIteration:
                    return
                finally:
                    await _cancel_and_wait(coming)
                if piece:
                    self._pieces.append(piece)
                    yield piece
        except (asyncio.CancelledError, GeneratorExit):
            self._stopped = True
            raise
        finally:
            stopping.cancel()
            await spoken.aclose()

    async def _generate_pieces(self) -> AsyncGenerator[str, None]:
        if self.question.text.strip() == WALK_COMMAND:
            yield self._walk_on()
            return
        if self._asks_recall and can_be_recalled(self._conversation.turns[0].sources):
            yield self._compare_recall()
            return
        found = await self._find_sources()
        if self.model is None or not leaves_to_say(self.model, found):
            yield self._quote_notes(found)
            return
        try:
            async for piece in self._stream_with_retry(self.model, found):
                yield piece
        except (PromptCutError, UnfitModelError) as error:  # what it said was worded without the notes
            self._begin_anew()
            self.problem = str(error)
        except LanguageModelError as error:
            self.problem = str(error)
        if not "".join(self._pieces).strip():
            yield self._quote_instead(found)

    def _quote_instead(self, found: FoundAnswer) -> str:
        """What is quoted where the model said nothing that may be shown."""
        checker = self._checker
        if checker is None or not (checker.left_out or checker.tells_not or checker.misfits):
            self.problem = self.problem or "The language model said nothing"
        elif checker.tells_not or not checker.left_out or not found.answers:  # nothing, or not what was asked for
            found = found.as_silent()
        else:  # it garbles what answers
            return f"{reply_phrases(found.question.language).ungrounded} {self._quote_notes(found)}"
        return self._quote_notes(found)

    async def _find_sources(self) -> FoundAnswer:
        """What the notes have; nothing where the search fails, since the reply goes on without it."""
        try:
            return await self._find_answer(self.question.text, self._conversation)
        except ProactiveError as error:
            self.problem = str(error)
            question = read_question(self.question.text, self._conversation.turns, self._at)
            return FoundAnswer(question=question, answers=False)

    async def _stream_with_retry(self, model: ChatModel, found: FoundAnswer) -> AsyncGenerator[str, None]:
        """The model's reply; where the prompt was too long, a second try with a smaller one, unless pieces were already
        sent.
        """
        context = model.context_tokens
        while True:
            try:
                async for piece in self._stream_model(model, found, context):
                    yield piece
            except PromptCutError:
                context = min(model.context_tokens, context // 2)
                if self._pieces or context < 1024:
                    raise
            else:
                return

    async def _stream_model(self, model: ChatModel, found: FoundAnswer, context: int) -> AsyncGenerator[str, None]:
        plan = plan_reply(found, self._conversation.turns, model, context, self._settings.temperature, self._at)
        self._sources, self._spoken_by = plan.read, model.spoken_by
        self.on_reading(self._sources)
        cleaner, taken_back = StreamCleaner(len(self._sources)), 0
        fresh = partial(self._new_checker, found, plan)
        checker = fresh()
        stream = model.stream(plan.messages, max_tokens=plan.max_tokens, temperature=plan.temperature)
        try:
            async for piece in stream:
                self._end_loop(cleaner.kept, model.spoken_by, fresh)  # before: the model's own error goes first
                shown = cleaner.feed(piece)
                if cleaner.retractions > taken_back:
                    taken_back = cleaner.retractions
                    self._begin_anew()
                    checker, shown = fresh(), cleaner.kept
                if checked := checker.feed(shown):
                    yield checked
                if cleaner.is_over:
                    break
        finally:
            await stream.aclose()
        rest = cleaner.flush()
        if cleaner.retractions > taken_back:
            self._begin_anew()
            checker, rest = fresh(), cleaner.kept
        if checked := checker.feed(rest) + checker.flush():
            yield checked
        self._checker = checker
        if checker.said and plan.quoted:
            if unsaid := left_unsaid(plan.quoted, checker.carries):
                yield f"\n\n{quote_blocks(unsaid)}"
            self.is_silent = bool(found.untold)
            yield word_untold(found)

    def _new_checker(self, found: FoundAnswer, plan: ReplyPlan) -> ReplyChecker:
        told = [turn.text for turn in self._conversation.turns if turn.role == "user"]
        return ReplyChecker(
            self._sources,
            [*told, self.question.text],
            found.question.language,
            local_day(self._at),
            beyond=self._settings.beyond_notes,
            replaces=not plan.quoted,
            fits=plan.fits,
        )

    def _begin_anew(self) -> None:
        """Take back all that was said so far."""
        if self._pieces:
            self._pieces.clear()
            self.on_anew()

    def _end_loop(self, said: str, spoken_by: str, fresh: Callable[[], ReplyChecker]) -> None:
        """Raise LanguageModelError where the model says the same again and again; once is kept."""
        if (length := find_repetition(said)) is not None:
            checker = fresh()
            self._pieces[:] = [checker.feed(said[:length]) + checker.flush()]
            hint = "Ask in other words, or choose a larger model with llm.model."
            raise LanguageModelError("The reply was cut off", f"{spoken_by} said the same again and again", hint)

    def _walk_on(self) -> str:
        """The next of the remarks that the conversation is about, by itself: no model words it."""
        text, self._sources = word_next_step(self._conversation)
        self._spoken_by = SPOKEN_BY_TEMPLATE
        return text

    def _compare_recall(self) -> str:
        """What the answer from memory had of the notes that the quiz was about, and what was missing."""
        first = self._conversation.turns[0]
        points = compare_recall(self.question.text, first.sources, given=first.text)
        self._recalled, self._sources = recall_share(points), first.sources
        self._spoken_by = SPOKEN_BY_TEMPLATE
        return word_recall(points, language_or_default(" ".join(source.text for source in first.sources)))

    def _quote_notes(self, found: FoundAnswer) -> str:
        steps = first_steps(self._conversation)
        if steps and asks_to_go_on(self.question.text) and next_step(self._conversation) < len(steps):
            return self._walk_on()
        if kept := keep_statement(self._conversation, self.question.text):
            self._spoken_by = SPOKEN_BY_TEMPLATE
            return kept
        reply = word_answer(found, item_origins(found), self._at)
        self._sources, self.is_silent = reply.sources, reply.is_silent
        self._spoken_by = SPOKEN_BY_TEMPLATE
        return reply.text


async def _cancel_and_wait(task: asyncio.Future[str]) -> None:
    """Cancel a task and wait until it has released its connection."""
    if not task.done():
        task.cancel()
        with suppress(asyncio.CancelledError, StopAsyncIteration, ProactiveError):
            await task
