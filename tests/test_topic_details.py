"""What is known of a topic besides is typed in the program and has the same names in every journal."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from proactive_tui.journal.events import event_from_json, event_to_json
from proactive_tui.model.topic_values import TopicDetails
from tests.golden import old


def test_the_details_of_an_old_journal_are_read_and_written_as_they_were(tmp_path: Path) -> None:
    with closing(sqlite3.connect(old.journal(tmp_path))) as database:
        bodies = [body for (body,) in database.execute("SELECT body FROM events WHERE kind = 'offered'")]
    assert len(bodies) == 50
    keys: set[str] = set()
    for body in bodies:
        detail = json.loads(body)["offer"]["topic"]["detail"]
        assert json.loads(event_to_json(event_from_json(body)))["offer"]["topic"]["detail"] == detail
        keys |= detail.keys()
    assert {"note", "promised to", "in common", "last written", "overdue"} <= keys


def test_what_is_missing_is_completed_and_nothing_is_replaced() -> None:
    first, second = TopicDetails(note="Plan", promised_to="Mara"), TopicDetails(note="Talk", next="write")
    assert first.complete_with(second) == TopicDetails(note="Plan", promised_to="Mara", next="write")
    assert second.facts() == {"note": "Talk", "next": "write"}
