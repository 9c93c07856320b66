"""What the pictures of the guide show: each step on a copy of the example notes, with Ollama or without."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from proactive_tui.config import LanguageModelConfig
from proactive_tui.errors import LanguageModelError
from proactive_tui.setup import steps
from proactive_tui.setup.wizard.choice_steps import PrivacyStep, ReadyStep, TalkativeStep
from proactive_tui.setup.wizard.model_step import ModelStep
from proactive_tui.setup.wizard.sources_step import SourcesStep
from proactive_tui.talk.llm.model_ranking import InstalledModel
from tests.conftest import ROOT
from tests.setup.wizard.host import Guide, guide
from tests.tui.fakes import AT

GuideScene = Callable[[Guide], Awaitable[None]]

HOST = "http://127.0.0.1:11434"
ASKED = LanguageModelConfig()
HEARD = steps.OllamaProbe(
    ASKED,
    (
        InstalledModel(name="qwen3:4b", parameters="4.0B", size=2_600_000_000),
        InstalledModel(name="gemma3:12b", parameters="12.2B", size=8_100_000_000),
    ),
)
DEAF = steps.OllamaProbe(ASKED, (), LanguageModelError("Ollama cannot be reached", f"{HOST}: nothing listens there"))


async def folder(it: Guide) -> None:
    """Where the notes are."""
    await it.see("would be read")


async def privacy(it: Guide) -> None:
    """What happens to them."""
    await it.to(PrivacyStep)


async def model(it: Guide) -> None:
    """What Ollama has."""
    await it.to(ModelStep)
    await it.see("The best one installed")


async def no_model(it: Guide) -> None:
    """There is no Ollama."""
    with patch.object(steps, "probe_ollama", _deaf):
        await it.to(ModelStep)
        await it.see("Go on without")


async def talkative(it: Guide) -> None:
    """How often."""
    await it.to(TalkativeStep)


async def sources(it: Guide) -> None:
    """What else it may talk about."""
    await it.to(SourcesStep)
    await it.see("Your repositories")
    await it.press("down")
    await it.see("branches")


async def ready(it: Guide) -> None:
    """What will be written."""
    await it.to(ReadyStep)


STEPS: dict[str, GuideScene] = {
    "guide-1-folder": folder,
    "guide-2-privacy": privacy,
    "guide-3-model": model,
    "guide-3-no-model": no_model,
    "guide-4-talkative": talkative,
    "guide-5-sources": sources,
    "guide-6-ready": ready,
}
"""By the names of their pictures."""


@asynccontextmanager
async def at_mara(size: tuple[int, int]) -> AsyncIterator[Guide]:
    """The guide in the home of somebody with a vault, at any time the same."""
    with TemporaryDirectory() as name:
        home = Path(name)
        shutil.copytree(ROOT / "examples" / "notes", home / "notes")
        for number, note in enumerate(sorted((home / "notes").rglob("*"))):
            os.utime(note, (AT - number, AT - number))
        (home / "example").mkdir()
        with patch.dict(os.environ, {"HOME": name, "OLLAMA_HOST": HOST}), patch.object(steps, "probe_ollama", _heard):
            async with guide(home, size=size) as it:
                yield it


async def _heard(_: object) -> steps.OllamaProbe:
    return HEARD


async def _deaf(_: object) -> steps.OllamaProbe:
    return DEAF
