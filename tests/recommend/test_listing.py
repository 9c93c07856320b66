"""A list that somebody asked for is short rather than padded."""

from __future__ import annotations

from proactive_tui.model import Evidence, Kind, Suggestion, Topic
from proactive_tui.recommend.listing import FEWEST_LISTED, LEAST_LISTED_WORTH, LEAST_OF_FEWEST, choose_listed


def suggestion(
    title: str, worth: float, kind: Kind = "task", path: str = "", line: int = 1, **more: float
) -> Suggestion:
    evidence = Evidence(path=path or f"{title}.md", line_start=line, line_end=line, text=title)
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
    assert len(listed(*good, weak("old", LEAST_LISTED_WORTH - 0.01, **{"old evidence": 1.0}))) == FEWEST_LISTED


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
