"""What journals hold is read for ever, and written under the same names."""

from __future__ import annotations

import json

import pytest

from proactive_tui.journal.events import EVENT_KINDS, event_from_json, event_kind, event_to_json
from tests.golden.events import EVENTS
from tests.golden.pinned import missing, read

GOLDEN = read("journal.json")


@pytest.mark.parametrize("name", GOLDEN)
def test_what_was_written_reads_and_is_written_the_same(name: str) -> None:
    body = json.dumps(GOLDEN[name], ensure_ascii=False)
    event = event_from_json(body)
    assert event == EVENTS[name], "the names of fields stand for the same things"
    assert missing(GOLDEN[name], json.loads(event_to_json(event))) == []
    assert event_kind(event) == GOLDEN[name]["kind"]


def test_every_event_is_written_down() -> None:
    assert GOLDEN.keys() == EVENTS.keys(), "python -m tests.golden.renew journal"
    assert {each["kind"] for each in GOLDEN.values()} == EVENT_KINDS
    for name, event in EVENTS.items():
        assert missing(json.loads(event_to_json(event)), GOLDEN[name]) == [], "a new field: see tests/golden/events.py"
