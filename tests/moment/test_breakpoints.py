from __future__ import annotations

from typing import Any

import pytest

from proactive_tui.moment.breakpoints import find_breakpoint
from tests.moment.moments import HOUR, MINUTE, OFFERS, TEN, edit, moment, outcome


def name(**changes: Any) -> str | None:
    found = find_breakpoint(moment(**changes), OFFERS)
    return found.name if found else None


def test_in_the_middle_of_things_there_is_none() -> None:
    assert name() is None


@pytest.mark.parametrize(
    ("signal", "called", "lasts"),
    [
        ("returned_at", "returned", 600),
        ("conversation_ended_at", "conversation ended", 600),
        ("committed_at", "commit", 600),
        ("started_at", "started", 900),
    ],
)
def test_an_event_is_a_break_for_a_while(signal: str, called: str, lasts: float) -> None:
    assert name(**{signal: TEN - lasts}) == called
    assert name(**{signal: TEN - lasts - 1}) is None
    assert name(**{signal: TEN + 60}) is None, "the clock was set back"


def test_a_note_saved_and_then_quiet() -> None:
    saved = (edit(TEN - MINUTE), edit(TEN - 2 * MINUTE))
    found = find_breakpoint(moment(edits=saved), OFFERS)
    assert found is not None
    assert (found.name, found.at) == ("saved", TEN - MINUTE)
    assert "a.md" not in found.detail, "reasons are journaled; which note it was is not for them"
    assert name(edits=saved, key_at=TEN - 5) is None, "still typing"
    assert name(edits=(edit(TEN - 5), *saved)) is None, "still saving"
    assert name(edits=(edit(TEN - HOUR),)) is None, "long over"


def test_the_clearest_break_is_named() -> None:
    now = moment(started_at=TEN - 60, edits=(edit(TEN - 60),), committed_at=TEN - 60, returned_at=TEN - 60)
    found = find_breakpoint(now, OFFERS)
    assert found is not None
    assert found.detail == "you came back 60 s ago"


def test_an_offer_uses_a_break_up() -> None:
    assert name(returned_at=TEN - 120, history=(outcome(TEN - 60),)) is None
    assert name(returned_at=TEN - 60, history=(outcome(TEN - 120),)) == "returned"
