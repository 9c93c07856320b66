"""Habits that daily notes keep as boxes are one goal, and no tasks; a goal says how it goes by its log."""

from __future__ import annotations

import datetime as dt

from proactive_tui.model.note_values import Note
from proactive_tui.model.topic_values import Topic
from tests.topics.builders import NOW, TODAY, build_pool, library, note


def tracked(meditated: str, run: str) -> list[Note]:
    days = len(meditated)
    return [
        note(
            f"# Day\n\n## Habits\n\n- [{one}] meditate\n- [{other}] go for a run\n",
            f"daily/{TODAY - dt.timedelta(days=days - number)}.md",
        )
        for number, (one, other) in enumerate(zip(meditated.replace(".", " "), run.replace(".", " "), strict=True))
    ]


def goals(*notes: Note) -> list[Topic]:
    return [topic for topic in build_pool(library(*notes), NOW) if topic.kind == "goal"]


def test_a_list_of_habits_is_one_goal_and_no_task() -> None:
    today = note("# Day\n\n## Habits\n\n- [ ] meditate\n\n## Tasks\n\n- [ ] renew passport\n", f"daily/{TODAY}.md")
    pool = build_pool(library(*tracked("xxxx.xxx", "x.x.xx.x"), today), NOW)
    assert [topic.title for topic in pool if topic.kind == "goal"] == ["Habits: meditate"]
    assert [topic.title for topic in pool if topic.kind == "task"] == ["Day: Renew passport"]


def test_it_tells_the_habit_that_turned() -> None:
    (topic,) = goals(*tracked("xxxxxxxx", "xxxxx..."))
    assert (topic.detail.habit, topic.detail.course) == ("go for a run", "worse")
    assert topic.detail.turned == (TODAY - dt.timedelta(days=3)).isoformat()
    (steady,) = goals(*tracked("x.x.x.x.", "x.x.x.x."))
    assert topic.salience > steady.salience


def test_the_habits_of_last_year_are_none_now() -> None:
    old = [
        note("## Habits\n\n- [x] meditate\n", f"daily/{TODAY - dt.timedelta(days=400 - number)}.md")
        for number in range(8)
    ]
    assert goals(*old) == []


def test_a_goal_says_how_it_goes_by_a_tracker() -> None:
    goal = note("---\ntags: [goal]\n---\n# In bed by 23:00\n\nI want to be in bed by 23:00 every day.\n", "sleep.md")
    times = ["22:30", "22:45", "22:50", "22:40", "23:40", "0:10", "23:55"]
    dailies = [
        note(f"---\nbed: {time}\n---\nA day.\n", f"daily/{TODAY - dt.timedelta(days=len(times) - number)}.md")
        for number, time in enumerate(times)
    ]
    (topic,) = goals(goal, *dailies)
    assert (topic.detail.course, topic.detail.lapse) == ("worse", "3")
    assert topic.detail.last_entry == (TODAY - dt.timedelta(days=1)).isoformat()
