from __future__ import annotations

from proactive_tui.model.note_values import Note
from proactive_tui.topics import theme
from tests.topics.builders import NOW, library, note

LAG = (
    "The consumer lag grows after every rebalance of the notifier group, {} of them today, and the lag alert was late."
)
OTHER = (
    "Sourdough needs stronger flour and a longer proof than the book says.",
    "The bike chain is worn and the rear light is corroded again.",
    "Lamport orders events by counters that every process keeps.",
    "The passport office wants a photo with a grey background.",
    "Tile servers read one file by ranges and never list it.",
)


def story(days: list[float], text: str = LAG) -> list[Note]:
    return [note(f"# Consumer lag, part {n}\n\n{text.format(n)}\n", f"lag{n}.md", each) for n, each in enumerate(days)]


def background(count: int = 40) -> list[Note]:
    return [note(f"# Other {n}\n\n{OTHER[n % 5]} Number {n}.\n", f"o{n}.md", 30 + 3 * n) for n in range(count)]


def test_what_the_last_days_were_about_across_notes() -> None:
    (topic,) = theme.mine_themes(library(*story([1, 3, 6, 9]), *background(), vectors=True), NOW)
    assert "lag" in topic.title.lower()
    assert "consumer" in topic.title.lower()
    assert topic.detail.notes == "4"
    assert topic.detail.since == "2026-11-14"
    assert len({evidence.path for evidence in topic.evidence}) == 4


def test_it_began_before_the_last_days_where_the_story_did() -> None:
    (topic,) = theme.mine_themes(library(*story([1, 3, 6, 20, 35, 90]), *background(), vectors=True), NOW)
    assert topic.detail.since == "2026-10-19"


def test_more_notes_are_news_and_the_same_topic() -> None:
    (before,) = theme.mine_themes(library(*story([2, 3, 6]), *background(), vectors=True), NOW)
    (after,) = theme.mine_themes(library(*story([2, 3, 6, 1]), *background(), vectors=True), NOW)
    assert before.id == after.id
    assert before.cause != after.cause


def test_two_notes_an_old_story_and_what_is_always_there_are_no_themes() -> None:
    assert theme.mine_themes(library(*story([1, 3]), *background(), vectors=True), NOW) == []
    assert theme.mine_themes(library(*story([40, 41, 42, 43]), *background(), vectors=True), NOW) == []
    always = story([1, 5, 9, *range(20, 200, 2)])
    assert theme.mine_themes(library(*always, vectors=True), NOW) == []


def test_the_days_are_a_setting() -> None:
    notes = (*story([1, 10, 20]), *background())
    assert theme.mine_themes(library(*notes, vectors=True, theme_days=14), NOW) == []
    assert len(theme.mine_themes(library(*notes, vectors=True, theme_days=21), NOW)) == 1


def test_without_vectors_there_are_no_themes() -> None:
    assert theme.mine_themes(library(*story([1, 3, 6])), NOW) == []


def test_two_stories_are_two_themes_the_larger_first() -> None:
    bread = "Sourdough with {} percent water rose in the oven, the crumb of the sourdough was open and the oven hot."
    baking = [note(f"# Sourdough {n}\n\n{bread.format(n)}\n", f"bread{n}.md", n + 1) for n in range(3)]
    first, second = theme.mine_themes(library(*story([1, 3, 6, 9]), *baking, *background(), vectors=True), NOW)
    assert "lag" in first.title.lower()
    assert "sourdough" in second.title.lower()
    assert first.salience > second.salience
