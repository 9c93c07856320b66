"""A list that somebody asked for is short rather than padded."""

from __future__ import annotations

from proactive_tui.model import Evidence, Kind, Suggestion, Topic
from proactive_tui.recommend.listing import FEWEST_LISTED, LEAST_LISTED_WORTH, LEAST_OF_FEWEST, choose_listed


def suggestion(title: str, worth: float, kind: Kind = "task", path: str = "", **more: float) -> Suggestion:
    evidence = Evidence(path=path or f"{title}.md", line_start=1, line_end=1, text=title)
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


def test_what_would_not_be_raised_is_left_out() -> None:
    weak = Suggestion(
        topic=suggestion("weak", 1.0).topic, score=1.0, features={}, contributions={}, channels={}, weak=True
    )
    assert listed(weak, suggestion("a", GOOD)) == ["a"]
    assert listed(weak) == []


def test_the_best_is_listed_where_all_are_worth_little() -> None:
    assert listed(suggestion("poor", LEAST_OF_FEWEST - 0.03), suggestion("best", LEAST_OF_FEWEST - 0.02)) == ["best"]


def test_a_list_has_a_few_that_are_worth_somewhat_less() -> None:
    fair = [suggestion(f"fair {place}", LEAST_OF_FEWEST + 0.01) for place in range(9)]
    assert len(listed(*fair)) == FEWEST_LISTED
    assert len(listed(*(suggestion(str(place), GOOD) for place in range(FEWEST_LISTED)), *fair)) == FEWEST_LISTED


def test_that_a_topic_stands_out_little_counts_twice() -> None:
    edge = LEAST_OF_FEWEST + 0.01
    assert listed(suggestion("a", GOOD), suggestion("b", edge, salience=-0.9)) == ["a"]
    assert listed(suggestion("a", GOOD), suggestion("b", edge, salience=0.9)) == ["a", "b"]


def test_a_list_is_not_filled_by_one_rare_kind_nor_by_one_note() -> None:
    fading = [suggestion(f"fading {place}", LEAST_LISTED_WORTH - 0.03, "fading") for place in range(5)]
    assert len(listed(*fading)) == 1
    tasks = [suggestion(f"task {place}", LEAST_LISTED_WORTH + 0.02) for place in range(5)]
    assert len(listed(*tasks)) == 5
    others = [suggestion(f"other {place}", GOOD) for place in range(5)]
    of_note = [suggestion(f"task {place}", LEAST_LISTED_WORTH + 0.02, path="one.md") for place in range(5)]
    assert len(listed(*others, *of_note)) == 5 + 2


def test_there_are_at_most_as_many_as_were_asked_for() -> None:
    assert listed(*(suggestion(str(place), GOOD) for place in range(9)), n=4) == ["0", "1", "2", "3"]
