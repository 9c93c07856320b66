from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from proactive_tui.brain.indexing.battery import MAX_BATTERY_REST_SECONDS, rest_seconds


def battery(monkeypatch: pytest.MonkeyPatch, read: Any) -> None:
    monkeypatch.setattr(psutil, "sensors_battery", read, raising=False)


def broken() -> None:
    raise OSError("no such device")


def test_on_battery_a_step_is_followed_by_a_rest_as_long(monkeypatch: pytest.MonkeyPatch) -> None:
    battery(monkeypatch, lambda: SimpleNamespace(power_plugged=False))
    assert rest_seconds(0.4) == 0.4
    assert rest_seconds(60.0) == MAX_BATTERY_REST_SECONDS


@pytest.mark.parametrize(
    "read",
    [
        lambda: SimpleNamespace(power_plugged=True),
        lambda: SimpleNamespace(power_plugged=None),
        lambda: None,
        broken,
        None,
    ],
    ids=["plugged in", "unknown", "no battery", "broken", "not on this system"],
)
def test_else_there_is_no_rest(monkeypatch: pytest.MonkeyPatch, read: Any) -> None:
    battery(monkeypatch, read)
    assert rest_seconds(0.4) == 0.0
