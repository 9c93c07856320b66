"""The parts of one task rest after one of them was offered."""

from __future__ import annotations

import random
from typing import Any

from proactive_tui.config import Config
from proactive_tui.model.moment_values import Moment
from proactive_tui.model.topic_values import Topic, TopicDetails
from proactive_tui.recommend.context import RetrievalContext
from proactive_tui.recommend.cooldown import is_sibling_at_rest
from proactive_tui.recommend.suggest import Recommender
from proactive_tui.recommend.topic_table import TopicTable
from tests.recommend.build import DAY, HOUR, NOW, outcome, topic


def part(name: str, whole: str | None = "Move to Graz", path: str = "a.md", due: float | None = None) -> Topic:
    return topic(name, "task", path, due=due, detail=TopicDetails(part_of=whole))


def at_rest(*pool: Topic, offered: str, whole: str = "Move to Graz", ago: float = HOUR, **more: Any) -> set[str]:
    made = outcome(offered, at=NOW - ago, kind="task", paths=("a.md",), title=offered, part_of=whole, **more)
    table = TopicTable.from_topics(pool, {})
    now = Moment(at=NOW, history=(made,))
    left = Recommender(Config()).suggest(table, now, RetrievalContext(), random.Random(1), len(pool))
    resting = {each.id for each in pool if each.paths == made.paths and is_sibling_at_rest(each, made, NOW)}
    assert {each.topic.id for each in left} == {each.id for each in pool} - resting - {offered}
    return resting


POOL = (part("van"), part("boxes"), part("Move to Graz", None), part("taxes", None), part("keys", path="b.md"))


def test_the_other_parts_and_the_whole_rest_for_a_day() -> None:
    assert at_rest(*POOL, offered="van") == {"boxes", "Move to Graz"}
    assert at_rest(*POOL, offered="van", ago=1.1 * DAY) == set()
    assert at_rest(*POOL, offered="van", reaction="withdrawn") == set()


def test_the_parts_rest_after_the_whole() -> None:
    assert at_rest(*POOL, offered="Move to Graz", whole="") == {"van", "boxes"}
    assert at_rest(*POOL, offered="taxes", whole="") == set()


def test_what_is_due_soon_does_not_rest() -> None:
    assert at_rest(part("van"), part("boxes", due=NOW + HOUR), part("lamp", due=NOW + 9 * DAY), offered="van") == {
        "lamp"
    }
