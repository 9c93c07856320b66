from __future__ import annotations

from proactive_tui.tui.controllers.visibility_timer import VisibilityTimer


def test_only_stretches_in_sight_count() -> None:
    exposure = VisibilityTimer(guard=1.0, leave_after=10.0)
    assert exposure.visible_seconds(50.0) == 0.0
    assert not exposure.is_answerable(50.0)
    assert exposure.show(100.0)
    assert not exposure.show(101.0)
    exposure.hide(103.0)
    assert exposure.visible_seconds(999.0) == 3.0
    assert not exposure.is_answerable(999.0)
    assert not exposure.show(1_000.0)
    assert exposure.remaining_seconds(1_002.0) == 5.0
    assert exposure.remaining_seconds(2_000.0) == 0.0


def test_the_guard_counts_from_the_arrival() -> None:
    exposure = VisibilityTimer(guard=1.0, leave_after=10.0)
    exposure.show(0.0)
    assert not exposure.is_answerable(0.9)
    assert exposure.is_answerable(1.0)
