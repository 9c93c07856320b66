from __future__ import annotations

import sys
import time

from tests.cost import cost_ratio, count_calls, processor_seconds


def count_up(end: int) -> int:
    return sum(abs(number) for number in range(end))


def test_calls_are_counted_the_same_every_time() -> None:
    few, again, many = (count_calls(lambda end=end: count_up(end)) for end in (10, 10, 1000))  # type: ignore[misc]
    assert few == again
    assert 1000 < many < 3000
    assert sys.getprofile() is None


def test_waiting_costs_nothing_and_work_costs_by_its_amount() -> None:
    assert processor_seconds(lambda: time.sleep(0.05)) < processor_seconds(lambda: count_up(300_000))
    assert cost_ratio(lambda: count_up(300_000), lambda: count_up(10_000)) > 5
