"""A list that somebody asked for is short rather than padded."""

from __future__ import annotations

from msgspec.structs import replace

from proactive_tui.model.offer_values import Suggestion
from proactive_tui.model.shared_words import Kind
from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.recommend.listing import (
    FEWEST_LISTED,
    LEAST_APPEAL,
    LEAST_APPEAL_LISTED,
    LEAST_APPEAL_OF_FEWEST,
    LEAST_LISTED_WORTH,
    LEAST_WORTH_OF_RARE,
    choose_listed,
)


def suggestion(
    title: str, worth: float, kind: Kind = "task", path: str = "", line: int = 1, passage: str = "", **more: float
) -> Suggestion:
    evidence = Evidence(
        path=path or f"{title}.md", line_start=line, line_end=line, text=title, passage=passage or f"{path}{title}"
    )
    topic = Topic(id=title, kind=kind, title=title, evidence=(evidence,), at=0.0, cause=title, salience=0.5)
    return Suggestion(topic=topic, score=worth, features=more, contributions={}, channels={})


def listed(*made: Suggestion, n: int = 20) -> list[str]:
    return [found.topic.title for found in choose_listed(made, n)]


def weak(title: str, appeal: float, **features: float) -> Suggestion:
    """What would not be raised by itself, and appeals so much (0..1) if it is as new as it seems."""
    topic = suggestion(title, 0.0).topic
    features = {"salience": 2 * appeal - 1, **features}
    return Suggestion(topic=topic, score=0.3, features=features, contributions={}, channels={}, weak=True)


GOOD = LEAST_LISTED_WORTH + 0.1


def test_what_is_worth_little_is_left_out_and_the_order_is_kept() -> None:
    assert listed(suggestion("b", GOOD), weak("poor", 0.1), suggestion("a", GOOD)) == ["b", "a"]


def test_what_would_not_be_raised_is_left_out_unless_it_still_appeals() -> None:
    old = {"old evidence": 0.5}
    good = [suggestion(str(place), GOOD) for place in range(FEWEST_LISTED)]
    assert listed(*good, weak("old", 0.8, **old), weak("poor", LEAST_APPEAL - 0.05))[FEWEST_LISTED:] == ["old"]
    assert listed(weak("poor", LEAST_APPEAL_OF_FEWEST - 0.05)) == []


def test_the_older_something_is_the_more_it_has_to_appeal() -> None:
    good = [suggestion(str(place), GOOD) for place in range(FEWEST_LISTED)]
    of_a_month = weak("of a month", 0.65, **{"old evidence": 0.5})
    given_up = weak("given up", 0.5, **{"old evidence": 0.95})
    assert listed(*good, of_a_month, given_up)[FEWEST_LISTED:] == ["of a month"]


def test_a_list_has_a_few_that_appeal_less_and_no_more_of_them() -> None:
    fair = [weak(f"fair {place}", LEAST_APPEAL_OF_FEWEST + 0.1) for place in range(FEWEST_LISTED + 3)]
    assert len(listed(*fair)) == FEWEST_LISTED
    assert len(listed(*(suggestion(str(place), GOOD) for place in range(FEWEST_LISTED)), *fair)) == FEWEST_LISTED


def test_what_is_hardly_an_open_end_is_left_out_unless_it_is_due() -> None:
    late = suggestion("late", GOOD, salience=2 * (LEAST_APPEAL_LISTED - 0.15) - 1)
    due = replace(late, topic=replace(late.topic, id="due", title="due", due=1.0))
    assert listed(*(suggestion(str(place), GOOD) for place in range(3)), late) == ["0", "1", "2"]
    assert listed(suggestion("a", GOOD), due) == ["a", "due"]
    long_overdue = replace(due, features={**due.features, "overdue": 0.02})
    assert listed(*(suggestion(str(place), GOOD) for place in range(3)), long_overdue) == ["0", "1", "2"]


def test_a_new_idea_that_is_worth_it_is_listed_and_an_old_one_has_to_appeal() -> None:
    new = suggestion("new", GOOD, "idea", salience=-0.3)
    old = weak("old", 0.8)
    old = replace(old, topic=replace(old.topic, kind="idea"))
    assert listed(new, old) == ["new"]


def test_the_steps_of_one_list_leave_places_for_other_things() -> None:
    steps = [suggestion(f"step {place}", GOOD, path="one.md", line=place, passage="p") for place in range(12)]
    lines = [suggestion(f"line {place}", GOOD, path="two.md", line=place, passage=f"p{place}") for place in range(12)]
    others = [suggestion(f"other {place}", GOOD) for place in range(FEWEST_LISTED)]
    assert 0 < len(listed(*others, *steps)) < len(listed(*others, *lines))


def test_of_what_stands_in_one_line_one_is_listed() -> None:
    made = [suggestion(title, GOOD, path="note.md") for title in ("a", "b")]
    assert listed(*made) == ["a"]


def test_where_nothing_appeals_nothing_is_listed() -> None:
    assert listed(weak("poor", 0.1), weak("best", LEAST_APPEAL_OF_FEWEST - 0.1)) == []


def test_that_a_topic_stands_out_little_counts_twice() -> None:
    edge = LEAST_LISTED_WORTH + 0.05
    assert listed(suggestion("a", edge, "review", salience=0.4)) == ["a"]
    assert listed(suggestion("a", edge, "review", salience=-0.35), suggestion("b", edge, "review")) == ["a", "b"]
    assert listed(suggestion("a", edge - 0.04, "review", salience=-0.35), suggestion("b", edge, "review")) == ["b"]


def test_kinds_that_are_welcome_once_in_a_while_have_to_be_good() -> None:
    poor = suggestion("poor", LEAST_WORTH_OF_RARE - 0.01, "fading", salience=1.0)
    assert listed(poor, suggestion("good", LEAST_WORTH_OF_RARE + 0.01, "fading")) == ["good"]


def test_a_list_is_not_filled_by_one_rare_kind_nor_by_one_note() -> None:
    fading = [suggestion(f"fading {place}", LEAST_LISTED_WORTH + 0.06, "fading") for place in range(5)]
    assert len(listed(*fading)) == 3
    tasks = [suggestion(f"task {place}", LEAST_LISTED_WORTH + 0.02) for place in range(5)]
    assert len(listed(*tasks)) == 5
    others = [suggestion(f"other {place}", GOOD) for place in range(FEWEST_LISTED)]
    of_note = [
        suggestion(f"task {place}", LEAST_LISTED_WORTH + 0.05, path="one.md", line=place, salience=-0.3)
        for place in range(5)
    ]
    assert len(listed(*others, *of_note)) < FEWEST_LISTED + 5


def test_where_a_note_ends_is_no_entry_of_a_list() -> None:
    thread = suggestion("thread", GOOD + 0.2, "thread")
    last_line = replace(thread.topic, detail=replace(thread.topic.detail, told="last line"))
    assert listed(thread) == ["thread"]
    assert listed(replace(thread, topic=last_line)) == []


def test_there_are_at_most_as_many_as_were_asked_for() -> None:
    assert listed(*(suggestion(str(place), GOOD) for place in range(9)), n=4) == ["0", "1", "2", "3"]
