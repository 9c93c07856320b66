"""Every way in which Ollama fails, with the face over a brain: what is seen, what is kept, and that Esc works."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from msgspec import structs
from textual.pilot import Pilot
from textual.widgets import Static

from proactive_tui.brain import model_picker
from proactive_tui.brain.app import BrainApp
from proactive_tui.brain.services import Services
from proactive_tui.config import LanguageModelConfig, TopicsConfig
from proactive_tui.ipc.client import BrainClient, BrainState
from proactive_tui.ipc.events import WireEvent
from proactive_tui.ipc.requests import WireRequest
from proactive_tui.model.talk_values import Turn
from proactive_tui.model.topic_values import Evidence
from proactive_tui.talk.answers.reply_plan import MAX_REPLY_TOKENS
from proactive_tui.talk.llm import bounded
from proactive_tui.tui.app import ProactiveApp
from proactive_tui.tui.screens.conversation import ConversationScreen
from proactive_tui.tui.widgets.prompt_input import PromptInput
from proactive_tui.tui.widgets.turns import AssistantReply
from tests.brain.build import QUICK, services
from tests.ollama_server import SMOLLM, OllamaServer, Script, serving

pytestmark = pytest.mark.slow

BREAD = Evidence(path="2026-11-19-bread.md", line_start=3, line_end=3, text="Hydration of 75 % was too sticky.")
QUESTION = "How was the hydration of the bread?"
LARGE = replace(SMOLLM, parameters="4.0B")
"""Large enough to speak alone: what a small model leaves unsaid is quoted."""
NO_TOPICS = structs.replace(QUICK, topics=TopicsConfig(kinds=()))
"""Nothing to raise: only the conversation asks the model, and so takes the scripted replies."""


class Here(BrainClient):
    """A brain on the face's own loop."""

    def __init__(self, what: Services) -> None:
        super().__init__()
        self._services = what
        self._companion: BrainApp | None = None

    async def run(self, on_event: Callable[[WireEvent], None], on_state: Callable[[BrainState], None]) -> None:
        def hand_on(event: WireEvent) -> None:
            self.settle(event)
            on_event(event)

        self._companion = BrainApp(self._services, hand_on)
        await self._companion.__aenter__()
        on_state(BrainState("ready"))

    def send(self, request: WireRequest) -> None:
        if self._companion is not None:
            self._companion.dispatch(request)

    async def close(self) -> None:
        if self._companion is not None:
            await self._companion.__aexit__()


@dataclass
class Pane:
    """A conversation on screen."""

    app: ProactiveApp
    pilot: Pilot[None]
    services: Services

    async def until(self, true: Callable[[], object], seconds: float = 30.0) -> None:
        deadline = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < deadline, f"{self.said()!r} {self.mark()!r} {self.speaker()!r}"
            await asyncio.sleep(0.01)

    async def ask(self) -> None:
        """Ask, by the keys; the answer begins."""
        before = self.reply()
        self.app.screen.query_one(PromptInput).restore_text(QUESTION)
        await self.pilot.press("enter")
        await self.until(lambda: self.reply() not in {None, before})

    async def answered(self) -> None:
        await self.until(self.mark)

    def reply(self) -> AssistantReply | None:
        """The last answer, once it is whole as a widget."""
        return next((each for each in reversed(self.app.screen.query(AssistantReply)) if each.query(".mark")), None)

    def said(self) -> str:
        reply = self.reply()
        return reply.text if reply else ""

    def mark(self) -> str:
        """How the last answer ended, as the screen says."""
        reply = self.reply()
        mark = reply.query_one(".mark", Static) if reply else None
        return str(mark.content) if mark and mark.display else ""

    def speaker(self) -> tuple[str, str]:
        llm = self.app.latest_status.status.llm if self.app.latest_status else None
        return (llm.backend, llm.detail) if llm else ("", "")

    def kept(self) -> list[Turn]:
        """The turns in the journal, without the first."""
        screen = self.app.screen
        assert isinstance(screen, ConversationScreen)
        assert screen.conversation is not None
        found = self.services.journal.find_conversation(screen.conversation.id)
        assert found is not None
        return list(found.turns[1:])


@asynccontextmanager
async def pane(tmp_path: Path, host: str, backend: str = "ollama", timeout: float = 20.0) -> AsyncIterator[Pane]:
    config = structs.replace(NO_TOPICS, llm=LanguageModelConfig(host=host, timeout_seconds=timeout, read_notes=False))
    what = services(tmp_path, config)
    app = ProactiveApp(Here(what), config, str(tmp_path / "notes"))
    async with app.run_test(size=(90, 30)) as pilot:
        it = Pane(app, pilot, what)
        while it.speaker()[0] != backend or "looking" in it.speaker()[1]:
            await pilot.pause(0.01)
        app.conversations.open_for_passage(BREAD, "Bread")
        while not (isinstance(app.screen, ConversationScreen) and app.screen.query_one(PromptInput).can_send):
            await pilot.pause(0.01)
        yield it


@pytest.fixture
def ollama() -> Iterator[OllamaServer]:
    with serving() as server:
        server.models = [LARGE]  # a small one is told what to say by lines
        yield server


@pytest.fixture(autouse=True)
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """It looks who speaks twice a second instead of twice a minute."""
    monkeypatch.setattr(model_picker, "MODEL_CHECK_SECONDS", 0.5)


QUOTED = "Hydration of 75 %"
"""What the notes say to the question."""
SAYS, SHOWN = "Too sticky. It was the hydration. And half of a", "Too sticky [1]. It was the hydration [1]."
"""A reply that does not end, and what of it is shown after seven words: whole sentences that the notes carry."""


@pytest.mark.parametrize(
    ("script", "seen", "mark"),
    [
        (Script(says=SAYS, cut_after=7), SHOWN, "Broken off: The connection to Ollama"),
        (Script(says=SAYS, error_after=7), SHOWN, "Broken off: Ollama failed"),
        (Script(says=SAYS, garbage_after=7), SHOWN, "Broken off: Ollama cannot be under"),
        (Script(says="", garbage_after=0), QUOTED, "From your notes: Ollama cannot be understood"),
        (Script(says="", cut_after=0), QUOTED, "From your notes: The connection to Ollama broke"),
        (Script(status=500, error="out of memory"), QUOTED, "From your notes: The language model does not fit"),
        (Script(says="late", before=60), QUOTED, "From your notes: Ollama takes too long"),
        (Script(says="", one_line=True), QUOTED, "From your notes: The connection to Ollama broke"),
    ],
    ids=[
        "cut",
        "error",
        "garbage",
        "garbage at once",
        "cut at once",
        "500",
        "unloading for 60 s",
        "a line that never ends",
    ],
)
async def test_it_is_said_what_came_is_kept_and_the_next_reply_comes(
    tmp_path: Path, ollama: OllamaServer, monkeypatch: pytest.MonkeyPatch, script: Script, seen: str, mark: str
) -> None:
    monkeypatch.setattr(bounded.BoundedTransport.__init__, "__defaults__", (1 << 20,))
    async with pane(tmp_path, ollama.url, timeout=2.0 if script.before else 20.0) as it:
        ollama.say(script, "Sticky.")
        await it.ask()
        await it.answered()
        assert seen in it.said()
        assert it.mark().startswith(mark), it.mark()
        assert [(turn.role, turn.text) for turn in it.kept()] == [("user", QUESTION), ("assistant", it.said())]
        await it.until(lambda: it.app.screen.query_one(PromptInput).text == QUESTION)  # Enter asks again
        await it.ask()
        await it.answered()
        assert (it.said(), it.mark()) == ("Sticky [1].", "smollm2:135m")


async def test_not_there(tmp_path: Path) -> None:
    async with pane(tmp_path, "http://127.0.0.1:9", "template") as it:
        assert "Ollama cannot be reached" in it.speaker()[1]
        assert "ollama serve" in it.speaker()[1]
        await it.ask()
        await it.answered()
        assert QUOTED in it.said()
        assert it.mark() == "from your notes", "nothing went wrong"
        assert it.kept()[-1].spoken_by == "template"


async def test_going_away_in_mid_reply_and_coming_back(tmp_path: Path) -> None:
    with serving() as first:
        first.models = [LARGE]
        port = first.port
        async with pane(tmp_path, first.url) as it:
            first.say(Script(says=SAYS, between=0.2, cut_after=7))
            await it.ask()
            await it.until(lambda: "sticky" in it.said())
            first.stop()
            await it.answered()
            assert it.mark().startswith("Broken off: ")
            assert it.kept()[-1].text == it.said() != ""
            await it.until(lambda: it.speaker()[0] == "template")
            await it.ask()
            await it.answered()
            assert QUOTED in it.said()
            with serving(port) as second:
                second.models = [LARGE]
                await it.until(lambda: it.speaker()[0] == "ollama")
                second.say("Too sticky.")
                await it.ask()
                await it.answered()
                assert (it.said(), it.mark()) == ("Too sticky [1].", "smollm2:135m")


async def test_a_model_that_goes_missing(tmp_path: Path, ollama: OllamaServer) -> None:
    async with pane(tmp_path, ollama.url) as it:
        ollama.models.clear()
        await it.ask()
        await it.answered()
        assert QUOTED in it.said()
        assert it.mark().lower().startswith("from your notes"), "with why, unless it was noticed before"
        await it.until(lambda: it.speaker()[0] == "template")
        assert "ollama pull" in it.speaker()[1]
        ollama.models.append(SMOLLM)
        await it.until(lambda: it.speaker()[0] == "ollama")


async def test_output_that_does_not_end_is_ended(tmp_path: Path, ollama: OllamaServer) -> None:
    async with pane(tmp_path, ollama.url) as it:
        ollama.say(Script(says="on and", endless=True))
        await it.ask()
        await it.answered()
        assert it.mark().startswith("Broken off: The reply was cut off")
        assert it.said() == "on and", "once"
        await it.until(lambda: ollama.closed == 1)
        assert ollama.chats()[-1]["options"]["num_predict"] <= MAX_REPLY_TOKENS
        assert it.kept()[-1].text == it.said()


@pytest.mark.parametrize("fails", [1, 9])
async def test_a_prompt_larger_than_the_context(tmp_path: Path, ollama: OllamaServer, fails: int) -> None:
    async with pane(tmp_path, ollama.url) as it:
        ollama.say(*[Script(status=400, error="the prompt exceeds the context")] * fails, "Sticky.")
        await it.ask()
        await it.answered()
        if fails == 1:
            assert (it.said(), it.mark()) == ("Sticky [1].", "smollm2:135m"), (
                "asked again with less, and nothing to be seen"
            )
        else:
            assert QUOTED in it.said()
            assert it.mark().startswith("From your notes: The language model cannot read so much")
        assert [turn.role for turn in it.kept()] == ["user", "assistant"]


@pytest.mark.parametrize(
    ("script", "seen"),
    [
        (Script(says="late", before=600), ""),
        (Script(says=f"Too sticky. {'It was ' * 9}", between=0.3), "Too sticky [1]."),
        (Script(says=" ".join(["word"] * 60), between=600), ""),
        (Script(says=" ".join(map(str, range(9_000))), between=0.02), ""),
    ],
    ids=["unloading for ten minutes", "in mid-reply", "one token in ten minutes", "endless output"],
)
async def test_escape_stops_at_once_and_not_with_the_next_word(
    tmp_path: Path, ollama: OllamaServer, script: Script, seen: str
) -> None:
    async with pane(tmp_path, ollama.url) as it:
        ollama.say(script, "Sticky.")
        await it.ask()
        await it.until(lambda: ollama.chats() and seen in it.said())
        await it.pilot.press("escape")
        await it.until(lambda: it.mark() == "Stopped")
        await it.until(lambda: ollama.closed == 1)
        turns = it.kept()
        assert turns[0].text == QUESTION
        assert [turn.text for turn in turns[1:]] == ([it.said()] if it.said() else [])
        await it.ask()
        await it.answered()
        assert it.said() == "Sticky [1]."
