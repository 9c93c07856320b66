"""A list that somebody asked for is short rather than padded."""

from __future__ import annotations

from msgspec.structs import replace

from proactive_tui.model import Evidence, Kind, Suggestion, Topic
from proactive_tui.recommend.listing import (
    FEWEST_LISTED,
    LEAST_LISTED_WORTH,
    LEAST_OF_FEWEST,
    LEAST_SALIENCE_LISTED,
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


GOOD = LEAST_LISTED_WORTH + 0.1


def test_what_is_worth_little_is_left_out_and_the_order_is_kept() -> None:
    assert listed(suggestion("b", GOOD), suggestion("poor", LEAST_OF_FEWEST - 0.01), suggestion("a", GOOD)) == [
        "b",
        "a",
    ]


def weak(title: str, worth: float, **features: float) -> Suggestion:
    topic = suggestion(title, worth).topic
    return Suggestion(topic=topic, score=worth, features=features, contributions={}, channels={}, weak=True)


def test_what_would_not_be_raised_is_left_out_unless_it_is_only_old() -> None:
    poor = weak("poor", LEAST_OF_FEWEST - 0.01)
    old = weak("old", LEAST_OF_FEWEST - 0.01, **{"old evidence": 1.0})
    assert listed(suggestion("a", GOOD), old, poor) == ["a", "old"]
    assert listed(old, poor) == ["old"]
    assert listed(poor) == []


def test_a_list_that_is_long_enough_has_nothing_that_would_not_be_raised() -> None:
    good = [suggestion(str(place), GOOD) for place in range(FEWEST_LISTED)]
    assert len(listed(*good, weak("middling", LEAST_LISTED_WORTH - 0.01, salience=-0.2))) == FEWEST_LISTED


def test_what_is_old_and_surely_worth_a_talk_fills_the_places_that_are_left() -> None:
    good = [suggestion(str(place), GOOD) for place in range(FEWEST_LISTED)]
    old = weak("old", LEAST_OF_FEWEST - 0.01, **{"old evidence": 0.8, "salience": -0.2})
    assert listed(*good, old)[-1] == "old"
    given_up = weak("given up", LEAST_OF_FEWEST - 0.01, **{"old evidence": 1.0, "salience": -0.2})
    assert listed(*good, given_up)[-1] != "given up"
    assert len(listed(*good, old, n=FEWEST_LISTED)) == FEWEST_LISTED


def test_what_is_hardly_an_open_end_is_left_out_unless_it_is_due() -> None:
    late = suggestion("late", GOOD, salience=2 * LEAST_SALIENCE_LISTED - 1.05)
    due = replace(late, topic=replace(late.topic, id="due", title="due", due=1.0))
    assert listed(suggestion("a", GOOD), late) == ["a"]
    assert listed(suggestion("a", GOOD), due) == ["a", "due"]


def test_the_steps_of_one_list_leave_places_for_other_things() -> None:
    steps = [suggestion(f"step {place}", GOOD, path="one.md", line=place, passage="p") for place in range(12)]
    lines = [suggestion(f"line {place}", GOOD, path="two.md", line=place, passage=f"p{place}") for place in range(12)]
    others = [suggestion(f"other {place}", GOOD) for place in range(FEWEST_LISTED)]
    assert 0 < len(listed(*others, *steps)) < len(listed(*others, *lines))


def test_of_what_stands_in_one_line_one_is_listed() -> None:
    made = [suggestion(title, GOOD, path="note.md") for title in ("a", "b")]
    assert listed(*made) == ["a"]


def test_the_best_is_listed_where_all_are_worth_little() -> None:
    assert listed(suggestion("poor", LEAST_OF_FEWEST - 0.03), suggestion("best", LEAST_OF_FEWEST - 0.02)) == ["best"]


def test_a_list_has_a_few_that_are_worth_somewhat_less() -> None:
    fair = [suggestion(f"fair {place}", LEAST_OF_FEWEST + 0.01) for place in range(FEWEST_LISTED + 3)]
    assert len(listed(*fair)) == FEWEST_LISTED
    assert len(listed(*(suggestion(str(place), GOOD) for place in range(FEWEST_LISTED)), *fair)) == FEWEST_LISTED


def test_that_a_topic_stands_out_little_counts_twice() -> None:
    edge = LEAST_OF_FEWEST + 0.01
    assert listed(suggestion("a", GOOD), suggestion("b", edge, salience=-0.9)) == ["a"]
    assert listed(suggestion("a", GOOD), suggestion("b", edge, salience=0.9)) == ["a", "b"]


def test_a_list_is_not_filled_by_one_rare_kind_nor_by_one_note() -> None:
    fading = [suggestion(f"fading {place}", LEAST_OF_FEWEST + 0.01, "fading") for place in range(5)]
    assert len(listed(*fading)) == 1
    tasks = [suggestion(f"task {place}", LEAST_LISTED_WORTH + 0.02) for place in range(5)]
    assert len(listed(*tasks)) == 5
    others = [suggestion(f"other {place}", GOOD) for place in range(FEWEST_LISTED)]
    of_note = [suggestion(f"task {place}", LEAST_LISTED_WORTH + 0.02, path="one.md", line=place) for place in range(5)]
    assert len(listed(*others, *of_note)) == FEWEST_LISTED + 2


def test_there_are_at_most_as_many_as_were_asked_for() -> None:
    assert listed(*(suggestion(str(place), GOOD) for place in range(9)), n=4) == ["0", "1", "2", "3"]
