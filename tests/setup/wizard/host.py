"""Runs the guide in a terminal without one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Static

from proactive_tui.setup.wizard.app import WizardApp, WizardResult
from proactive_tui.setup.wizard.base import ChoiceList
from proactive_tui.setup.wizard.model_step import ModelStep


class Guide:
    """The guide in a terminal without one."""

    def __init__(self, app: WizardApp, pilot: Pilot[WizardResult]) -> None:
        self.app = app
        self.pilot = pilot

    async def until(self, true: Callable[[], object], seconds: float = 60.0) -> None:
        deadline = asyncio.get_running_loop().time() + seconds
        while not true():
            assert asyncio.get_running_loop().time() < deadline, self.text()
            await self.pilot.pause(0.01)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def at(self, step: type) -> None:
        await self.until(lambda: isinstance(self.app.screen, step))

    async def see(self, *texts: str) -> None:
        await self.until(lambda: all(text in self.text() for text in texts))

    def text(self) -> str:
        """All that the step says."""
        said = [str(each.content) for each in self.app.screen.query(Static) if each.display]
        for choices in self.app.screen.query(ChoiceList):
            said += [str(option.prompt) for option in choices.options] if choices.display else []
        return "\n".join(said)

    async def to(self, step: type) -> None:
        """Take what is offered first, until this step."""
        while not isinstance(self.app.screen, step):
            here = type(self.app.screen)
            if here is ModelStep:
                await self.until(lambda: self.app.screen.query_one(ChoiceList).display)
            await self.press("enter")
            await self.until(lambda here=here: type(self.app.screen) is not here)  # type: ignore[misc]


@asynccontextmanager
async def guide(home: Path, *, size: tuple[int, int] = (80, 24), examples: str = "example") -> AsyncIterator[Guide]:
    app = WizardApp(home / "config" / "config.toml", home / "data", home / examples if examples else None)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Guide(app, pilot)
