"""Every request of the face has one handler."""

from __future__ import annotations

from pathlib import Path
from typing import Never, get_args

import pytest

from proactive_tui.brain.request_router import RequestRouter
from proactive_tui.ipc.requests import ReportFocus, SetQuietUntil, WireRequest
from tests.brain.build import Face


async def test_the_brain_handles_every_request_of_the_wire(tmp_path: Path) -> None:
    async with Face(tmp_path) as face:
        assert face.companion.router.handled_types == set(get_args(WireRequest))


async def test_a_request_goes_to_the_handler_of_its_class_and_slow_work_comes_back() -> None:
    handled: list[object] = []

    async def work(request: SetQuietUntil) -> None:
        handled.append(request.until)

    router = (
        RequestRouter[Never]().on(ReportFocus, lambda request: handled.append(request.focused)).on(SetQuietUntil, work)
    )
    assert router.handle(ReportFocus(focused=True, at=1.0)) is None
    rest = router.handle(SetQuietUntil(until=2.0))
    assert handled == [True], "slow work has not begun yet"
    assert rest is not None
    await rest
    assert handled == [True, 2.0]


def test_a_class_has_one_handler() -> None:
    router = RequestRouter[Never]().on(ReportFocus, lambda _: None)
    with pytest.raises(ValueError, match="ReportFocus"):
        router.on(ReportFocus, lambda _: None)
