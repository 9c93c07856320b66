"""Runs the face with very long texts, and measures how keys are delayed."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
from textual.events import Key, Paste
from textual.widgets import Input, Static

from proactive_tui.ipc.events import ConversationOpened, ReplyChunk, ReplyFinished
from proactive_tui.ipc.requests import OpenConversation, ResumeConversation, SearchNotes, SendMessage
from proactive_tui.model.talk_values import Conversation
from proactive_tui.tui.widgets.prompt_input import PromptInput
from proactive_tui.tui.widgets.turns import AssistantReply as Shown
from proactive_tui.tui.widgets.turns import UserMessage
from tests.hostile.result_rows import Row, memory
from tests.tui.fakes import AT, conversation, turn
from tests.tui.host import Stage, stage

SIZE = 110, 34


async def keys(it: Stage, field: Input | PromptInput, times: int) -> float:
    """The median of the seconds from a key press to the changed text."""
    took = []

    def length() -> int:
        return len(field.value if isinstance(field, Input) else field.text)

    for _ in range(times):
        for key, letter in (("backspace", None), ("q", "q")):
            before, began = length(), time.perf_counter()
            it.app.post_message(Key(key, letter))
            while length() == before and time.perf_counter() - began < 10:
                await asyncio.sleep(0.0005)
            took.append(time.perf_counter() - began)
            await asyncio.sleep(0.03)
    return statistics.median(took)


@asynccontextmanager
async def gaps() -> AsyncIterator[list[float]]:
    """Collect the delays of the event loop (seconds) while the block runs."""
    found = [0.0]

    async def look() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.005)
            found.append(time.perf_counter() - began - 0.005)

    looking = asyncio.create_task(look())
    try:
        yield found
    finally:
        looking.cancel()


async def typed_in(it: Stage, draft: str = "") -> PromptInput:
    """Open a conversation with `draft` in its prompt; returns the prompt."""
    it.app.conversations.open_new()
    await it.until(lambda: it.brain.asked(OpenConversation) and it.app.screen.query(PromptInput))
    await it.tell(ConversationOpened(request=it.brain.last(OpenConversation).request, conversation=conversation("c1")))
    prompt = it.app.screen.query_one(PromptInput)
    await it.until(lambda: prompt.can_send and prompt.has_focus)
    fill(prompt, draft)
    return prompt


def fill(prompt: PromptInput, text: str) -> None:
    """Set the text of the prompt, with the cursor at its end."""
    prompt.load_text(text)
    prompt.move_cursor(prompt.document.end)


def toasts(it: Stage) -> str:
    """The texts of the toasts."""
    return " ".join(f"{each.title} {each.message}".strip() for each in it.toasts)


@dataclass
class Face:
    """Runs the face through the cases; `idle` is the delay of a key at rest, in seconds."""

    rows: list[Row]
    times: int = 15
    """Keys pressed for a measurement."""
    idle: float = 0.0

    async def row(self, case: str, it: Stage, field: Input | PromptInput, do: Callable[[], Awaitable[str]]) -> None:
        """Run a case, and measure keys afterwards."""
        before, began = memory(), time.perf_counter()
        async with gaps() as found:
            seen = await do()
            took = time.perf_counter() - began
            key = await keys(it, field, self.times)
        times = f"a key {1000 * self.idle:.0f} ms at rest, {1000 * key:.0f} then, {1000 * max(found):.0f} at the most"
        self.rows.append(Row(case, took, memory() - before, f"{times}; {seen}", key / self.idle))

    async def pastes(self, big: str) -> None:
        """Paste into the prompt, and into the search line."""
        async with stage(size=SIZE) as it:
            prompt = await typed_in(it, "q")
            self.idle = await keys(it, prompt, self.times)

            async def pasted() -> str:
                it.app.post_message(Paste(big))
                await it.until(lambda: len(prompt.text) > 1000)
                await it.pilot.pause()
                return f"{len(prompt.text):,} characters in the prompt; “{toasts(it)}”"

            await self.row("a paste into the prompt", it, prompt, pasted)
            await it.press("escape", "slash")
            await it.until(lambda: it.app.screen.query(Input))

            async def searched() -> str:
                it.app.post_message(Paste(big))
                await it.until(lambda: it.brain.asked(SearchNotes))
                return f"{len(it.brain.last(SearchNotes).query):,} characters are searched for"

            await self.row("a paste into the search", it, it.app.screen.query_one(Input), searched)

    async def draft(self, big: str, place: Path) -> None:
        """Restore a draft that is too long."""
        file = place / "face-drafts.json"
        file.write_bytes(msgspec.json.encode({"new": big}))
        async with stage(size=SIZE, drafts=file) as it:
            prompt = await typed_in(it, "q")

            async def restored() -> str:
                return f"{len(prompt.text)} character in the prompt; “{toasts(it)}”"

            await self.row("a draft that is restored", it, prompt, restored)

    async def reply(self, name: str, text: str) -> None:
        """Stream a reply in twenty chunks."""
        async with stage(size=SIZE) as it:
            prompt = await typed_in(it)
            await it.press("w", "h", "y", "enter")
            await it.until(lambda: it.brain.asked(SendMessage))
            request = it.brain.last(SendMessage).request
            fill(prompt, "q")

            async def streamed() -> str:
                for at in range(0, len(text), len(text) // 20):
                    it.brain.tell(ReplyChunk(request=request, text=text[at : at + len(text) // 20]))
                    await asyncio.sleep(0.05)
                it.brain.tell(ReplyFinished(request=request, turn=turn("assistant", text)))
                await it.until(lambda: prompt.last_message == "why", 120)
                rest = it.app.screen.query(Shown).last().query_one(".rest", Static)
                return f"it ends with “{str(rest.content)[-32:]}”"

            await self.row(f"a reply: {name}", it, prompt, streamed)

    async def old(self, big: str) -> None:
        """Resume a conversation with turns of this text."""
        kept = Conversation(id="c9", title=big, at=AT, turns=(turn("user", big), turn("assistant", big)))
        async with stage(size=SIZE) as it:
            it.app.conversations.resume_conversation("c9", "old")
            await it.until(lambda: it.brain.asked(ResumeConversation) and it.app.screen.query(PromptInput))
            prompt = it.app.screen.query_one(PromptInput)

            async def opened() -> str:
                it.brain.tell(ConversationOpened(request=it.brain.last(ResumeConversation).request, conversation=kept))
                await it.until(lambda: prompt.can_send and it.app.screen.query(UserMessage), 60)
                fill(prompt, "q")
                said = it.app.screen.query_one(UserMessage)
                return f"it ends with “{str(said.content)[-32:]}”"

            await self.row("an old conversation", it, prompt, opened)


async def face(size: int, place: Path) -> list[Row]:
    """The rows for pastes, drafts, replies and old conversations of `size` characters."""
    it, big = Face([]), "lease word " * (size // 11)
    await it.pastes(big)
    await it.draft(big, place)
    for name, text in (("words", big), ("no blanks", "x" * size), ("open brackets", "[" * size)):
        await it.reply(name, text)
    await it.old(big)
    return it.rows
