"""At rest it costs next to nothing; `python -m tests.endurance.idle` looks longer."""

from __future__ import annotations

import pytest

from tests.endurance.idle import MOST, shares


@pytest.mark.slow
@pytest.mark.alone
def test_at_rest_it_costs_next_to_nothing() -> None:
    assert max(shares(15.0).values()) < MOST
