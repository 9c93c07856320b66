"""Readings of any size as features."""

from __future__ import annotations

import math

import hypothesis.strategies as st
import pytest
from hypothesis import given

from proactive_tui.moment.discretizer import ReadingDiscretizer
from proactive_tui.moment.feature_names import RAW_READING_PREFIX
from proactive_tui.moment.receptivity import ReceptivityModel


def test_numbers_say_nothing_until_some_were_seen_and_are_told_by_bands_then() -> None:
    bands = ReadingDiscretizer()
    assert bands.encode({"pause": 3.0}) == {}
    for pause in range(20):
        bands.update_edges({"pause": float(pause)})
    low, high = bands.encode({"pause": -5.0}), bands.encode({"pause": 1e9})
    assert low["pause rank"] == -1.0
    assert high["pause rank"] == 1.0
    assert set(low) & set(high) == {"pause rank"}


def test_texts_missing_numbers_and_pairs() -> None:
    bands = ReadingDiscretizer()
    for hour in range(24):
        bands.update_edges({"hour": float(hour), "place": "home"})
    found = bands.encode({"hour": 3.0, "place": "work", "gone": math.nan})
    assert found["place=work"] == 1.0
    assert found["gone=?"] == 1.0
    assert sum(" & " in name for name in found) == 1


def test_a_flag_that_is_rarely_set_and_a_count_that_is_mostly_zero_are_told_from_nothing() -> None:
    bands = ReadingDiscretizer()
    for day in range(60):
        bands.update_edges({"flag": float(day % 15 == 0), "calls": float(day if day % 10 == 0 else 0), "same": 1.0})
    nothing, something = ({"flag": value, "calls": 10 * value, "same": 1.0} for value in (0.0, 1.0))
    assert set(bands.encode(nothing)).isdisjoint(set(bands.encode(something)) - {"flag rank", "calls rank"})
    assert not any(name.startswith("same") for name in bands.encode(something)), "a constant says nothing"
    one, other = ("flag##0 & place=home", "flag##1 & place=home")
    assert one in bands.encode(nothing | {"place": "home"}), "pairs tell them apart, too"
    assert other in bands.encode(something | {"place": "home"})


def test_many_readings_say_no_more_together_than_a_few() -> None:
    def size(number: int) -> float:
        found = ReadingDiscretizer().encode({f"text {n}": "a" for n in range(number)})
        return math.sqrt(math.fsum(value * value for value in found.values()))

    assert size(2) < size(8) == pytest.approx(size(40))


@given(st.dictionaries(st.text(max_size=3), st.floats() | st.text(max_size=3), max_size=5))
def test_every_reading_can_be_encoded(readings: dict[str, float | str]) -> None:
    bands = ReadingDiscretizer()
    for _ in range(20):
        bands.update_edges(readings)
    assert all(-1.0 <= value <= 1.0 for value in bands.encode(readings).values())
    assert bands.encode(dict(reversed(readings.items()))) == bands.encode(readings)


def test_receptivity_learns_an_hour_that_no_line_tells() -> None:
    """Welcome at noon only: neither early nor late is better, so a linear reading of the hour would see nothing."""
    model = ReceptivityModel()
    for day in range(40):
        for hour in (8.0, 12.0, 16.0):
            model.learn_moment({f"{RAW_READING_PREFIX}hour": hour}, float(hour == 12.0), 1.0, day * 86_400.0)
    predicted = {hour: model.predict({f"{RAW_READING_PREFIX}hour": hour}) for hour in (8.0, 12.0, 16.0)}
    assert predicted[12.0] > 0.5 > 0.35 > max(predicted[8.0], predicted[16.0])
    strongest = next(name for name in model.contributions({f"{RAW_READING_PREFIX}hour": 12.0}) if name != "always")
    assert strongest.startswith(f"{RAW_READING_PREFIX}hour")
