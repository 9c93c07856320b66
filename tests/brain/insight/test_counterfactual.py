"""What would have changed a decision."""

from __future__ import annotations

from msgspec import structs

from proactive_tui.brain.insight.counterfactual import describe_counterfactuals
from proactive_tui.model.moment_values import Gate
from proactive_tui.model.offer_values import Rival
from tests.journal.builders import offer, silence


def test_an_offer_names_what_decided_and_what_came_next() -> None:
    rival = Rival(topic="t2", kind="theme", title="Sleep", score=0.5)
    near = structs.replace(
        offer("o1"),
        score=0.6,
        needed=0.15,
        receptivity=0.5,
        rivals=(rival,),
        features={"due soon": 0.93},
        contributions={"due soon": 0.23},
    )
    said = describe_counterfactuals(near)
    assert said[0].endswith("it would have been “Sleep” instead")
    assert "below a worth of 0.30 (it has 0.60)" in said[-1]
    far = describe_counterfactuals(structs.replace(near, score=0.9))
    assert far[0] == "“Sleep” came next, 0.40 behind"
    tried = describe_counterfactuals(structs.replace(near, score=0.4))
    assert tried[0].startswith("by what is known it would have been “Sleep”; this one was tried")
    assert not any("without" in each for each in tried)


def test_a_shut_gate_is_what_would_have_to_open() -> None:
    closed = Gate(name="spacing", passed=False, detail="it rests after the last offer; next at 14:20")
    said = describe_counterfactuals(structs.replace(silence(), gates=(closed,), score=0.1, needed=0.5))
    assert said == ("it could have spoken, but for this: it rests after the last offer; next at 14:20",)


def test_a_silence_that_waited_tells_the_worth_and_the_moment_it_lacked() -> None:
    waited = structs.replace(silence(), gates=(), score=0.2, needed=0.1, receptivity=0.4)
    worth, moment = describe_counterfactuals(waited)
    assert "a topic worth 0.25" in worth
    assert "50% likely" in moment
    assert describe_counterfactuals(structs.replace(waited, score=0.5)) == (), "left out by chance: nothing was lacking"
