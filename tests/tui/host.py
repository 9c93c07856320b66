"""Runs the app with a fake brain and with clocks that only a test advances."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from textual.notifications import Notification
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Static

from proactive_tui.config import Config, FaceConfig, OffersConfig
from proactive_tui.ipc.events import OfferMade, StatusUpdate, WireEvent
from proactive_tui.ipc.requests import ReportFocus, ReportKeyPress, ReportOfferShown, WireRequest
from proactive_tui.model.offer_values import Offer
from proactive_tui.tui.app import ProactiveApp
from tests.tui.fakes import AT, FakeBrain, now, offer

PATIENT = Config(face=FaceConfig(guard_seconds=1.0), offers=OffersConfig(ignored_after_seconds=1_000.0))


class Clock:
    """The wall clock (unix seconds) and the monotonic clock of the app; a test advances both by `passed`."""

    def __init__(self) -> None:
        self.passed = 0.0

    def unix(self) -> float:
        return AT + self.passed

    def ticks(self) -> float:
        return 100.0 + self.passed


@dataclass
class Stage:
    """The running app with its brain, pilot and clock, and helpers for tests."""

    app: ProactiveApp
    brain: FakeBrain
    pilot: Pilot[None]
    clock: Clock

    async def until(self, seen: Callable[[], object], seconds: float = 20.0) -> None:
        """Wait until `seen` returns something true; a failure shows its last value and the screen."""
        deadline = asyncio.get_running_loop().time() + seconds
        while not (value := seen()):
            if asyncio.get_running_loop().time() >= deadline:
                raise AssertionError(f"still {value!r} after {seconds} s; {self.describe()}")
            await self.pilot.pause()

    def describe(self) -> str:
        """The screen, its texts and the last requests to the brain, for the message of a failure."""
        texts = [str(widget.content) for widget in self.app.screen.query(Static) if widget.display]
        return f"{self.app.screen!r} says {[text for text in texts if text]}; the brain was told {self.told()[-5:]}"

    async def tell(self, *tells: WireEvent) -> None:
        """Send events of the brain, and let the app handle them."""
        self.brain.tell(*tells)
        await self.pilot.pause()
        await self.pilot.pause()

    async def offer(self, what: Offer | None = None, *, guarded: bool = False) -> None:
        """Make an offer arrive; unless `guarded`, let the guard time pass."""
        what = what or offer()
        await self.tell(OfferMade(offer=what))
        await self.until(lambda: [each for each in self.brain.asked(ReportOfferShown) if each.offer == what.id])
        if not guarded:
            self.clock.passed += 2

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def write(self, text: str) -> None:
        await self.press(*("space" if each == " " else each for each in text))

    def told(self) -> list[WireRequest]:
        """The requests to the brain, without those of the sensors."""
        return [ask for ask in self.brain.asks if not isinstance(ask, ReportKeyPress | ReportFocus)]

    @property
    def toasts(self) -> list[Notification]:
        """The toasts that are shown; Textual has no other way to ask for them."""
        return list(self.app._notifications)

    def text(self, selector: str) -> str:
        """The text of a Static on the screen."""
        widget = self.app.screen.query_one(selector)
        assert isinstance(widget, Static)
        return str(widget.content)

    def seen(self, selector: str) -> bool:
        return any(each.display for each in self.app.screen.query(selector))

    def one(self, kind: type[Widget]) -> Widget:
        return self.app.screen.query_one(kind)


@asynccontextmanager
async def stage(
    *,
    config: Config = PATIENT,
    size: tuple[int, int] = (80, 24),
    answer: Callable[[WireRequest], list[WireEvent]] | None = None,
    standing: StatusUpdate | None = None,
    state: str = "ready",
    notes: str = "/home/mara/notes",
    config_file: Path | None = None,
    drafts: Path | None = None,
) -> AsyncIterator[Stage]:
    """Run the app, with the brain in `state`; a brain that is ready has sent the status `standing`."""
    brain, clock = FakeBrain(answer, state=state), Clock()
    app = ProactiveApp(brain, config, notes, config_file, drafts, now=clock.unix, ticks=clock.ticks)
    async with app.run_test(size=size) as pilot:
        it = Stage(app, brain, pilot, clock)
        await it.until(lambda: brain.started)
        if state == "ready":
            await it.tell(standing or now())
            await it.until(lambda: app.latest_status is not None)
        yield it
