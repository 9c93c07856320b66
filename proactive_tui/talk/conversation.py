"""What follows an opener: every reply is worded from the notes that answer, and says which."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import suppress
from textwrap import shorten

import msgspec

from proactive_tui.config import LanguageModel as Settings
from proactive_tui.errors import LanguageModelError, ProactiveError
from proactive_tui.model import Conversation, Evidence, Hit, Opener, Topic, Turn
from proactive_tui.talk.context_window import fit
from proactive_tui.talk.llm import extractive
from proactive_tui.talk.llm.base import LanguageModel, PromptCutError
from proactive_tui.text.language import detect
from proactive_tui.text.lexicon import LEXICONS
from proactive_tui.text.stream_cleaner import StreamCleaner, clean

Retrieve = Callable[[str], Awaitable[Sequence[Hit]]]
"""Passages for a query, best first."""

MAX_TOKENS = 700
TITLE = 60
"""Characters of a title that is made of what the owner said first."""
WITHOUT = "template"
"""Who speaks where no language model does: the notes themselves."""


def opened(conversation: str, topic: Topic, opener: Opener, *, at: float, offer: str = "") -> Conversation:
    """A conversation that begins with an offer's opener; its sources are the topic's evidence."""
    turn = Turn(role="assistant", text=opener.text, at=at, sources=topic.evidence, spoken_by=opener.spoken_by)
    return Conversation(id=conversation, title=topic.title, at=at, turns=(turn,), offer=offer, topic=topic.id)


def about(conversation: str, evidence: Evidence, *, at: float) -> Conversation:
    """A conversation that the owner begins about a passage: its first turn quotes it."""
    quoted = "\n".join(f"> {line}" for line in clean(evidence.text).splitlines())
    turn = Turn(role="assistant", text=quoted, at=at, sources=(evidence,), spoken_by=WITHOUT)
    title = evidence.heading[-1] if evidence.heading else evidence.path
    return Conversation(id=conversation, title=title, at=at, turns=(turn,))


def anew(conversation: str, like: Conversation, *, at: float) -> Conversation:
    """A conversation about what another one began with; about nothing yet where the owner began that one."""
    first = like.turns[:1] if like.turns and like.turns[0].role == "assistant" else ()
    if not first:
        return Conversation(id=conversation, title="", at=at, turns=())
    turns = (msgspec.structs.replace(first[0], at=at),)
    return msgspec.structs.replace(like, id=conversation, at=at, turns=turns)


def also(conversation: Conversation, *turns: Turn) -> Conversation:
    """The conversation with more turns at its end."""
    return msgspec.structs.replace(conversation, turns=(*conversation.turns, *turns))


def exchange(conversation: Conversation, text: str) -> int:
    """How many turns the last exchange has, where the owner began it with this text; else none."""
    for back, turn in enumerate(reversed(conversation.turns), 1):
        if turn.role == "user":
            return back if turn.text == clean(text) else 0
    return 0


def without(conversation: Conversation, last: int) -> Conversation:
    """The conversation without its last turns."""
    return msgspec.structs.replace(conversation, turns=conversation.turns[: len(conversation.turns) - last])


def named(text: str) -> str:
    """A title for a conversation that the owner begins with these words."""
    return shorten(" ".join(clean(text).split()), TITLE, placeholder="…") or "A conversation"


class Reply:
    """One reply. Iterate over it for the pieces, as they come; afterwards `turn` is the whole and `problem` what went
    wrong.

        reply = Reply(conversation, text, retrieve=search, model=model, settings=config.llm, at=now)
        async for piece in reply:
            ...
        conversation = also(conversation, reply.question, reply.turn)

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
        retrieve: Retrieve,
        model: LanguageModel | None,
        settings: Settings,
        at: float,
    ) -> None:
        self.question = Turn(role="user", text=clean(text), at=at)
        self.problem = ""
        self._conversation = conversation
        self._retrieve = retrieve
        self.model = model
        """Who words it; may be set until the iteration begins."""
        self._settings = settings
        self._at = at
        self._said: list[str] = []
        self._sources: tuple[Evidence, ...] = ()
        self._spoken_by = WITHOUT
        self._stop = asyncio.Event()
        self._stopped = False

    @property
    def turn(self) -> Turn:
        """The reply so far."""
        return Turn(
            role="assistant",
            text="".join(self._said).strip(),
            at=self._at,
            sources=self._sources,
            spoken_by=self._spoken_by,
            stopped=self._stopped,
        )

    def stop(self) -> None:
        """Say no more. The iteration ends at once, without waiting for the model's next word."""
        self._stop.set()

    async def __aiter__(self) -> AsyncIterator[str]:
        """The pieces. Iterate once."""
        spoken = self._speak()
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
                    await _ended(coming)
                if piece:
                    self._said.append(piece)
                    yield piece
        except (asyncio.CancelledError, GeneratorExit):
            self._stopped = True
            raise
        finally:
            stopping.cancel()
            await spoken.aclose()

    async def _speak(self) -> AsyncGenerator[str, None]:
        hits = await self._found()
        if self.model is None:
            yield self._quoted(hits)
            return
        try:
            async for piece in self._worded(self.model, hits):
                yield piece
        except LanguageModelError as error:
            self.problem = str(error)
        if not "".join(self._said).strip():
            self.problem = self.problem or "The language model said nothing"
            yield self._quoted(hits)

    async def _found(self) -> Sequence[Hit]:
        """Passages for the question. Search that fails costs the passages, not the reply."""
        try:
            return await self._retrieve(query(self._conversation, self.question.text))
        except ProactiveError as error:
            self.problem = str(error)
            return ()

    async def _worded(self, model: LanguageModel, hits: Sequence[Hit]) -> AsyncGenerator[str, None]:
        """The model's reply; where its prompt turned out too long before it said anything, again with less."""
        context = model.context
        while True:
            try:
                async for piece in self._streamed(model, hits, context):
                    yield piece
            except PromptCutError:
                context = min(model.context, context // 2)
                if self._said or context < 1024:
                    raise
            else:
                return

    async def _streamed(self, model: LanguageModel, hits: Sequence[Hit], context: int) -> AsyncGenerator[str, None]:
        sources = extractive.merged(self._conversation.turns[0].sources if self._conversation.turns else (), hits)
        room = min(MAX_TOKENS, context // 4)
        messages, self._sources = fit(
            self._conversation.turns, self.question.text, sources, context=context, max_tokens=room
        )
        self._spoken_by = model.spoken_by
        cleaner = StreamCleaner(len(self._sources))
        stream = model.stream(messages, max_tokens=room, temperature=self._settings.temperature)
        try:
            async for piece in stream:
                if shown := cleaner.feed(piece):
                    yield shown
        finally:
            await stream.aclose()
        if rest := cleaner.flush():
            yield rest

    def _quoted(self, hits: Sequence[Hit]) -> str:
        first = self._conversation.turns[0].sources if self._conversation.turns else ()
        text, self._sources = extractive.reply(self.question.text, hits, first)
        self._spoken_by = WITHOUT
        return text


def query(conversation: Conversation, text: str) -> str:
    """What to search for: the words of the owner, with the conversation’s subject where they are few."""
    text = clean(text)
    own = LEXICONS[detect(text)]
    words = set(own.content(text)) - own.asking - own.talking
    return text if len(words) >= 3 else f"{text} {conversation.title}".strip()


async def _ended(task: asyncio.Future[str]) -> None:
    """Cancel what is under way and wait until it has let go of its connection."""
    if not task.done():
        task.cancel()
        with suppress(asyncio.CancelledError, StopAsyncIteration, ProactiveError):
            await task
