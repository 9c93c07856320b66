from __future__ import annotations

from proactive_tui.brain.offers.meetings_first import prefer_meetings
from proactive_tui.model.offer_values import Suggestion
from proactive_tui.model.shared_words import Kind
from proactive_tui.model.topic_values import Topic
from tests.moment.moments import HOUR, MINUTE, TEN, moment


def suggestion(name: str, kind: Kind, *, weak: bool = False) -> Suggestion:
    topic = Topic(id=name, kind=kind, title=name, evidence=(), at=TEN)
    return Suggestion(topic=topic, score=0.5, features={}, contributions={}, channels={}, propensity=0.5, weak=weak)


LISTED = (suggestion("a", "task"), suggestion("b", "meeting"), suggestion("c", "theme"), suggestion("d", "meeting"))


def names(suggestions: tuple[Suggestion, ...]) -> str:
    return "".join(each.topic.id for each in suggestions)


def test_what_is_about_the_appointment_comes_first_just_before_it() -> None:
    found = prefer_meetings(LISTED, moment(appointment_at=TEN + 4 * MINUTE))
    assert names(found) == "bdac"
    assert [each.propensity for each in found] == [1.0, 0.5, 0.5, 0.5], "the first was not drawn"


def test_at_any_other_time_nothing_is_changed() -> None:
    for now in (moment(), moment(busy_until=TEN + HOUR), moment(busy_until=TEN + HOUR, appointment_at=TEN + MINUTE)):
        assert prefer_meetings(LISTED, now) is LISTED
    weak = (LISTED[0], suggestion("b", "meeting", weak=True))
    assert prefer_meetings(weak, moment(appointment_at=TEN + MINUTE)) is weak
