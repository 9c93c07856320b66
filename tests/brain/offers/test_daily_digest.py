"""What the digest holds, and in which order."""

from __future__ import annotations

from proactive_tui.brain.offers.daily_digest import MAX_DIGEST_LINES, MAX_GROUP_LINES, compose_digest
from proactive_tui.model.offer_values import Suggestion
from proactive_tui.model.shared_words import Kind
from proactive_tui.model.topic_values import Evidence, Topic


def suggestion(name: str, kind: Kind, score: float, *, weak: bool = False) -> Suggestion:
    lines = Evidence(path=f"{name}.md", line_start=1, line_end=1, text=name)
    topic = Topic(id=name, kind=kind, title=name, evidence=(lines,), at=0.0)
    return Suggestion(topic=topic, score=score, features={}, contributions={}, channels={}, weak=weak)


def told(*suggestions: Suggestion, held: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(line.group, line.topic.id) for line in compose_digest(suggestions, held)]


def test_lines_stand_in_groups_the_group_with_the_best_line_first() -> None:
    found = told(
        suggestion("story", "news", 0.3), suggestion("task", "task", 0.5), suggestion("pull", "review", 0.9),
        suggestion("branch", "unfinished work", 0.2), suggestion("call", "meeting", 0.6),
        suggestion("idea", "idea", 0.4), held=("idea",),
    )  # fmt: skip
    assert found == [
        ("work", "pull"), ("work", "branch"), ("meetings", "call"), ("notes", "task"), ("held", "idea"),
        ("stories", "story"),
    ]  # fmt: skip


def test_it_is_short_and_no_group_takes_the_room_of_another() -> None:
    many = [suggestion(f"t{number}", "task", 0.9 - number / 100) for number in range(20)]
    pulls = [suggestion(f"p{number}", "review", 0.5 - number / 100) for number in range(20)]
    calls = [suggestion(f"c{number}", "meeting", 0.4 - number / 100) for number in range(20)]
    found = told(*many, *pulls, *calls, suggestion("story", "news", 0.1), held=("t7",))
    assert len(found) == MAX_DIGEST_LINES
    assert ("stories", "story") in found
    assert ("held", "t7") in found
    assert max(sum(group == name for group, _ in found) for name in ("notes", "work", "meetings")) <= MAX_GROUP_LINES
    assert ("notes", "t0") in found


def test_what_is_weak_is_left_out_unless_it_was_held() -> None:
    found = told(suggestion("a", "task", 0.9, weak=True), suggestion("b", "task", 0.1, weak=True), held=("b",))
    assert found == [("held", "b")]
    assert told() == []


def test_the_order_of_what_is_given_changes_nothing() -> None:
    given = [suggestion(f"t{number}", "task" if number % 2 else "news", 0.5) for number in range(8)]
    assert told(*given) == told(*reversed(given))
