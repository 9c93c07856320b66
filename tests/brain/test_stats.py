"""What came of the offers, counted from the journal alone."""

from __future__ import annotations

import pytest
from msgspec import structs

from proactive_tui.brain.beliefs import share
from proactive_tui.brain.stats import stats
from proactive_tui.brain.wiring import Learned
from proactive_tui.config import Config
from proactive_tui.journal.events import Event, Offered, Reacted, Recorded
from proactive_tui.journal.replay import replay
from proactive_tui.model import Kind, Reaction
from tests.journal.things import T0, offer, topic

HOUR = 3600.0


def lived(*days: tuple[Kind, Reaction]) -> tuple[list[Recorded], Learned]:
    """One offer an hour, answered a minute later."""
    recorded: list[Recorded] = []
    for number, (kind, reaction) in enumerate(days):
        at, about = T0 + number * HOUR, structs.replace(topic(f"t{number}", f"{kind}/a.md"), kind=kind)
        made = structs.replace(offer(f"o{number}", about, at), propensity={"topic": 0.5, "framing": 0.5})
        events: tuple[Event, ...] = (Offered(offer=made), Reacted(offer=made.id, reaction=reaction, seconds=60))
        for shift, event in enumerate(events):
            recorded.append(Recorded(id=2 * number + shift + 1, at=at + 60 * shift, event=event))
    return recorded, Learned(Config())


def test_nothing_offered_is_nothing_believed() -> None:
    found = stats(replay([]), Learned(Config()), 0)
    assert (found.offers, found.beliefs, found.chance) == (0, (), None)
    assert (found.welcome.low, found.welcome.high) == (0.0, 1.0)


def test_what_stands_out_is_believed_with_the_offers_it_rests_on() -> None:
    days: list[tuple[Kind, Reaction]] = [("task", "not this"), ("open question", "engaged")] * 9
    recorded, learned = lived(*days)
    found = stats(replay(recorded, learned.pupils), learned, 0)
    assert (found.welcome.welcome, found.welcome.answered) == (9, 18)
    assert found.by["kind"]["tasks"].welcome == 0
    beliefs = {each.text: each.offers for each in found.beliefs}
    assert beliefs["You take up open questions: 9 of 9."] == tuple(f"o{number}" for number in range(1, 18, 2))
    assert "You seldom take up tasks: 0 of 9." in beliefs
    assert found.reward == pytest.approx(9 * 0.7 + 9 * 0.1)
    assert found.chance == pytest.approx(found.reward), "all were as likely, so chance would have earned as much"
    assert found.support == pytest.approx(18)


def test_few_answers_are_no_evidence() -> None:
    recorded, learned = lived(("task", "not this"), ("theme", "engaged"), ("task", "not this"))
    found = stats(replay(recorded, learned.pupils), learned, 0)
    assert found.beliefs == ()
    assert found.chance is None


def test_the_interval_is_wilsons() -> None:
    days: list[tuple[Kind, Reaction]] = [*[("task", "engaged")] * 8, *[("task", "not this")] * 2]  # type: ignore[list-item]
    recorded, learned = lived(*days)
    found = share(replay(recorded, learned.pupils).history)
    assert found.low == pytest.approx(0.490, abs=0.001)
    assert found.high == pytest.approx(0.943, abs=0.001)
