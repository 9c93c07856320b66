"""A few screens as pictures, at fixed sizes and a fixed clock: what nobody would put into words breaks here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from proactive_tui.config import Config, FaceConfig
from proactive_tui.ipc.events import DecisionExplanation, OfferMade, WireEvent
from proactive_tui.ipc.requests import ExplainDecision, WireRequest
from proactive_tui.tui.app import ProactiveApp
from tests.tui.fakes import FakeBrain, now, offer, score_reasons
from tests.tui.host import PATIENT, Clock

Compare = Callable[..., bool]


def app(answer: Callable[[WireRequest], list[WireEvent]] | None = None) -> tuple[ProactiveApp, FakeBrain]:
    brain, clock = FakeBrain(answer), Clock()
    return ProactiveApp(brain, PATIENT, "/home/mara/notes", now=clock.unix, ticks=clock.ticks), brain


def after(brain: FakeBrain, *steps: Callable[[], None]) -> Callable[[Pilot[None]], Awaitable[None]]:
    async def run(pilot: Pilot[None]) -> None:
        while not brain.started:
            await pilot.pause()
        for step in (lambda: brain.tell(now()), *steps):
            step()
            await pilot.pause()
            await pilot.pause()

    return run


def test_home(snap_compare: Compare) -> None:
    it, brain = app()
    assert snap_compare(it, terminal_size=(120, 36), run_before=after(brain))


@pytest.mark.parametrize("size", [(80, 24), (40, 20)])
@pytest.mark.slow
def test_an_offer(snap_compare: Compare, size: tuple[int, int]) -> None:
    it, brain = app()
    arrive = after(brain, lambda: brain.tell(OfferMade(offer=offer())))
    assert snap_compare(it, terminal_size=size, run_before=arrive)


def test_why(snap_compare: Compare) -> None:
    def because(ask: WireRequest) -> list[WireEvent]:
        reasons = score_reasons(("just edited", 0.42), ("shown before", -0.18))
        if not isinstance(ask, ExplainDecision):
            return []
        return [DecisionExplanation(request=ask.request, reasons=reasons, remarks=("Because.",), offer=offer())]

    it, brain = app(because)
    shown = after(brain, lambda: it.open_screen("why"), lambda: None)
    assert snap_compare(it, terminal_size=(80, 24), run_before=shown)


@pytest.mark.slow
def test_an_offer_in_a_light_theme(snap_compare: Compare) -> None:
    brain, clock = FakeBrain(), Clock()
    config = Config(face=FaceConfig(theme="textual-light", guard_seconds=1.0), offers=PATIENT.offers)
    it = ProactiveApp(brain, config, "/home/mara/notes", now=clock.unix, ticks=clock.ticks)
    arrive = after(brain, lambda: brain.tell(OfferMade(offer=offer())))
    assert snap_compare(it, terminal_size=(80, 24), run_before=arrive)
