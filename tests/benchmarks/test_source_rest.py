"""The measured hours at rest: every source is asked, nothing fails, and what has not changed is not sent again."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.source_rest import measure_day
from proactive_tui.model.shared_words import SOURCE_NAMES

pytestmark = pytest.mark.slow
NOON = datetime(2026, 11, 30, 12, tzinfo=UTC).timestamp()
"""A calendar is sent whole once a day: at midnight the days that are looked at move on."""


def test_an_hour_at_rest_is_quiet_for_every_source(tmp_path: Path) -> None:
    found = measure_day(2.0, tmp_path, NOON)
    assert set(found) == set(SOURCE_NAMES)
    assert not any(day.failures for day in found.values())
    assert found["git"].traffic.requests == 0
    for name in ("calendar", "news"):
        traffic = found[name].traffic
        assert traffic.not_modified == traffic.requests > 0
        assert traffic.received < 1000 * traffic.requests, "headers alone"
    assert found["forge"].traffic.requests == 2 * found["forge"].polls
