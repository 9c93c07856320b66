from __future__ import annotations

import hypothesis.strategies as st
import msgspec
import pytest
from hypothesis import given

from proactive_tui.moment.breakpoints import find_breakpoint
from proactive_tui.moment.feature_names import RAW_READING_PREFIX
from proactive_tui.moment.features import moment_features
from tests.moment.moments import HOUR, MINUTE, MONDAY, OFFERS, SENSORS, TEN, edit, moment, outcome


def test_a_moment_in_numbers() -> None:
    now = moment(
        key_at=TEN - 30,
        edits=(edit(TEN - 2 * MINUTE), edit(TEN - 20 * MINUTE)),
        history=(outcome(TEN - HOUR), outcome(TEN - 3 * MINUTE, "withdrawn")),
        focused=True,
        idle=30.0,
    )
    features = moment_features(now, find_breakpoint(now, OFFERS), SENSORS, usual=0.3)
    assert set(features) == {
        "hour sin",
        "hour cos",
        "time: morning",
        "day: workday",
        "saved: 1–5 min",
        "pace of edits",
        "key: < 1 min",
        "last offer: ½–2 h",
        "boundary: none",
        "focused",
        "idle",
        "recent welcome",
        "~hour",
        "~edits",
        "~minutes since offer",
        "usually here",
    }
    assert (features["~hour"], features["~edits"], features["~minutes since offer"]) == (10.0, 2.0, 60.0)
    assert features["recent welcome"] == pytest.approx(1 / 3)


def test_what_is_off_or_unknown_leaves_no_trace() -> None:
    off = msgspec.structs.replace(SENSORS, clock=False)
    assert moment_features(moment(), None, off, usual=0.3) == {"boundary: none": 1.0}


def test_the_break_and_where_the_owner_looks() -> None:
    now = moment(MONDAY - HOUR, returned_at=MONDAY - HOUR - 60, focused=False)
    features = moment_features(now, find_breakpoint(now, OFFERS), SENSORS)
    assert {"boundary: returned", "not focused", "day: weekend", "time: night"} <= set(features)


@given(st.floats(0, 4e9), st.floats(0, 1e6), st.integers(0, 500))
def test_every_feature_but_raw_readings_is_small(at: float, idle: float, saves: int) -> None:
    now = moment(at, idle=idle, edits=tuple(edit(at - n) for n in range(saves)))
    features = moment_features(now, None, SENSORS)
    assert all(-1 <= value <= 1 for name, value in features.items() if not name.startswith(RAW_READING_PREFIX))
