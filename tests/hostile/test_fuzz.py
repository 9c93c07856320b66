from __future__ import annotations

import pytest

from tests.hostile.fuzz import SECONDS, TARGETS, run

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", TARGETS)
def test_whatever_comes_it_has_its_own_error_and_takes_no_time(name: str) -> None:
    tried, longest = run(name, examples=60)
    assert tried >= 10
    assert longest < SECONDS
