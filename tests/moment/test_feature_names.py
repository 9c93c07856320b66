"""A name is read as it was built, whoever wrote it."""

from __future__ import annotations

import json
from typing import get_args

import pytest

from proactive_tui.config import SensorsConfig
from proactive_tui.model.moment_values import Moment, NoteEdit
from proactive_tui.moment.breakpoints import Breakpoint, BreakpointName
from proactive_tui.moment.discretizer import ReadingDiscretizer
from proactive_tui.moment.feature_names import (
    RECOMPUTED_SIGNALS,
    MomentFeature,
    MomentSignal,
    feature_sensor,
    is_band,
    is_raw_reading,
    parse_feature,
)
from proactive_tui.moment.features import moment_features
from tests.golden.pinned import DATA
from tests.moment.moments import TEN, outcome

FULL = Moment(
    at=TEN,
    edits=(NoteEdit(path="a.md", at=TEN - 90),),
    history=(outcome(TEN - 900, "engaged"),),
    key_at=TEN - 30,
    focused=True,
    idle=20.0,
)


def seen(name: BreakpointName) -> dict[str, float]:
    return moment_features(FULL, Breakpoint(name=name, at=TEN, detail=""), SensorsConfig(), usual=0.5)


@pytest.mark.parametrize("name", get_args(BreakpointName))
def test_every_feature_of_a_moment_has_a_known_signal_that_is_sensed_or_follows(name: BreakpointName) -> None:
    for feature in seen(name):
        signal, value = parse_feature(feature)
        assert signal in get_args(MomentSignal)
        assert feature == (f"{signal}: {value}" if value else signal)
        assert (
            feature_sensor(feature)
            or signal in RECOMPUTED_SIGNALS
            or value in {"conversation ended", "appointment ended", "started"}
        )


def test_a_sensor_that_is_off_brings_nothing() -> None:
    assert {feature_sensor(name) for name in seen("saved")} == {"clock", "edits", "keys", "focus", "idle", None}
    assert [feature_sensor(f"boundary: {name}") for name in ("saved", "returned", "commit", "none")] == [
        "edits", "idle", "commits", None
    ]  # fmt: skip


def test_what_a_model_made_of_readings_is_read_as_the_reading() -> None:
    bands = ReadingDiscretizer()
    for hour in range(20):
        bands.update_edges({"~hour": float(hour), "~minutes since offer": float(hour)})
    for name in bands.encode({"~hour": 9.0}):
        assert is_band(name)
        assert parse_feature(name) == MomentFeature("~hour")
    assert parse_feature("both: ~hour##1 & ~edits##0") == MomentFeature("")


def test_the_names_of_an_old_journal_are_known() -> None:
    learned = json.loads((DATA / "journal-38a7ba8.json").read_text())["models"]["receptivity"]
    of_the_model = {"always", "lately 5", "lately 30"}
    assert len(learned) == 50
    for name in learned.keys() - of_the_model:
        assert parse_feature(name).signal in {*get_args(MomentSignal), ""}, name
    assert {name for name in learned if is_raw_reading(name)} < {name for name in learned if is_band(name)}
