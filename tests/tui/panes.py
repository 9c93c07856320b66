"""An open conversation, for tests of the conversation pane."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from msgspec import structs

from proactive_tui.ipc.events import ConversationOpened
from proactive_tui.ipc.requests import ResumeConversation, SendMessage
from proactive_tui.model.talk_values import Turn
from proactive_tui.tui.screens.conversation import ConversationScreen
from proactive_tui.tui.widgets.prompt_input import PromptInput
from proactive_tui.tui.widgets.turns import AssistantReply
from tests.tui.fakes import conversation, evidence, turn
from tests.tui.host import Stage, stage

OPENER = turn("assistant", "Did you find out?", sources=(evidence(),), spoken_by="template")


@asynccontextmanager
async def pane(
    *turns: Turn,
    size: tuple[int, int] = (80, 24),
    notes: str = "/home/mara/notes",
    said: Sequence[str] = (),
    offer: str = "o1",
) -> AsyncIterator[Stage]:
    """Run the app with a conversation resumed from the list."""
    async with stage(size=size, notes=notes) as it:
        await it.press("down", "enter")
        await it.until(lambda: isinstance(it.app.screen, ConversationScreen))
        kept = structs.replace(conversation("c1", *(turns or (OPENER,))), offer=offer)
        await it.tell(
            ConversationOpened(request=it.brain.last(ResumeConversation).request, conversation=kept, said=tuple(said))
        )
        await it.until(lambda: prompt(it).can_send)
        yield it


def prompt(it: Stage) -> PromptInput:
    return it.app.screen.query_one(PromptInput)


def reply(it: Stage) -> AssistantReply:
    return list(it.app.screen.query(AssistantReply))[-1]


def mark(it: Stage) -> str:
    return str(reply(it).query_one(".mark").content)  # type: ignore[attr-defined]


async def say(it: Stage, text: str) -> int:
    await it.write(text)
    await it.press("enter")
    await it.until(lambda: it.brain.asked(SendMessage) and it.brain.last(SendMessage).text == text)
    return it.brain.last(SendMessage).request
