from __future__ import annotations

import pytest

from proactive_tui.tui.controllers.drawing_pace import (
    DRAWING_SECONDS,
    KEY_PAUSE_SECONDS,
    LONGEST_HOLD_SECONDS,
    DrawingPace,
)


def test_text_is_drawn_soon_when_nobody_types() -> None:
    pace = DrawingPace()
    assert pace.seconds_until_drawing(100.0) == pytest.approx(DRAWING_SECONDS)
    assert pace.seconds_until_drawing(100.04) == pytest.approx(DRAWING_SECONDS - 0.04)


def test_a_key_holds_the_drawing_until_a_pause() -> None:
    pace = DrawingPace()
    pace.note_key(99.9)
    assert pace.seconds_until_drawing(100.0) == pytest.approx(KEY_PAUSE_SECONDS - 0.1)
    pace.note_key(100.2)
    assert pace.seconds_until_drawing(100.2) == pytest.approx(KEY_PAUSE_SECONDS)


def test_typing_on_holds_the_drawing_only_so_long() -> None:
    pace, now = DrawingPace(), 100.0
    drawn = now + pace.seconds_until_drawing(now)
    while now < 110.0 and drawn > now:
        now += 0.1
        pace.note_key(now)
        drawn = now + pace.seconds_until_drawing(now)
    assert now == pytest.approx(100.0 + LONGEST_HOLD_SECONDS, abs=0.11)
    pace.note_drawing()
    assert pace.seconds_until_drawing(now) == pytest.approx(KEY_PAUSE_SECONDS)


def test_a_key_long_ago_holds_nothing() -> None:
    pace = DrawingPace()
    pace.note_key(10.0)
    assert pace.seconds_until_drawing(100.0) == pytest.approx(DRAWING_SECONDS)


def test_a_key_makes_somebody_type_until_the_pause_is_over() -> None:
    pace = DrawingPace()
    assert not pace.is_typing(100.0)
    pace.note_key(100.0)
    assert pace.is_typing(100.0 + KEY_PAUSE_SECONDS / 2)
    assert not pace.is_typing(100.0 + KEY_PAUSE_SECONDS)
