"""River's mean with forgetting: the same as sums that fade."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proactive_tui.learning.fading_mean import FadingMean

steps = st.lists(st.tuples(st.floats(0, 1), st.floats(0.01, 1), st.floats(0.1, 1)), max_size=30)


@given(steps, st.floats(0, 1), st.floats(0.1, 10))
def test_it_is_the_ratio_of_sums_that_fade(seen: list[tuple[float, float, float]], prior: float, doubt: float) -> None:
    mean, total, number = FadingMean(), 0.0, 0.0
    for value, weight, kept in seen:
        mean.fade(kept)
        mean.update(value, weight)
        total, number = total * kept + value * weight, number * kept + weight
    assert mean.shrunk(prior, doubt) == pytest.approx((total + doubt * prior) / (number + doubt), abs=1e-12)
    assert mean.n == pytest.approx(number)


def test_without_evidence_it_is_the_prior() -> None:
    assert FadingMean().shrunk(0.4, 8.0) == 0.4
