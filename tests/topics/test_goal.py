from __future__ import annotations

import pytest

from proactive_tui.model.topic_values import Topic
from proactive_tui.topics import goal
from tests.topics.builders import NOW, days_ago, library, mine_each_note, note, titles

LOG = """---
date: 2026-11-15
tags: [habit]
---
# Running, three times a week

Since 4 October. Aim: ten kilometres in December.

| date | km |
| --- | --- |
| 4 Oct | 3.0 |
| {last} | 3.2 |
"""


def wanted(text: str, path: str = "2026-11-20.md") -> list[Topic]:
    return mine_each_note("goal", library(note(text, path)), NOW)


@pytest.mark.parametrize(
    ("text", "title", "cadence"),
    [
        ("I want to read one paper every Sunday.", "I want to read one paper every Sunday.", "every Sunday"),
        (
            "I'd like to get better at chess, twice a week at lunch.",
            "I'd like to get better at chess, twice a week",
            "twice a week",
        ),
        ("Goal: a page of Spanish every day.", "a page of Spanish every day.", "every day"),
        ("# Me\n\n## Habits\n\n- stretch after lunch\n", "stretch after lunch", ""),
        ("Ich möchte jeden Morgen zehn Minuten lesen.", "Ich möchte jeden Morgen zehn Minuten lesen.", "jeden Morgen"),
    ],
)
def test_what_one_wanted_to_do_regularly_is_a_goal(text: str, title: str, cadence: str) -> None:
    (topic,) = wanted(f"{text}\n")
    assert topic.title.startswith(title) or title in topic.title
    assert (topic.detail.cadence or "") == cadence


@pytest.mark.parametrize(
    "text",
    [
        "The cron runs every day.",
        "If you want to back up every day, use this.",
        "The goal of this function is speed.",
        "Should I want to run every day?",
        "> I want to run every day.",
        "I want to try this library.",
    ],
)
def test_what_a_machine_or_a_reader_does_regularly_is_none(text: str) -> None:
    assert wanted(f"{text}\n") == []


def test_write_ups_and_clippings_have_no_goals_of_the_owner() -> None:
    assert wanted("I want to run this every day.\n", "cron.md") == []
    assert wanted("---\nsource: https://example.org\nauthor: A\n---\nI want to run every day.\n") == []


def test_a_habits_log_tells_its_gap_and_the_gap_makes_it_worth_raising() -> None:
    (kept,) = wanted(LOG.format(last="14 Nov"), "running.md")
    (lapsed,) = wanted(LOG.format(last="25 Oct"), "running.md")
    assert titles([kept]) == ["Running, three times a week"]
    assert kept.detail.since == "4 October"
    assert kept.detail.last_entry == "2026-11-14"
    assert lapsed.detail.gap == "29 days"
    assert lapsed.id == kept.id
    assert lapsed.cause != kept.cause


def test_a_gap_shorter_than_two_periods_is_none() -> None:
    weekly = LOG.replace("three times a week", "every week")
    assert wanted(weekly.format(last="14 Nov"), "running.md")[0].detail.gap is None
    assert wanted(weekly.format(last="4 Nov"), "running.md")[0].detail.gap


def test_it_knows_when_the_goal_was_last_mentioned_elsewhere() -> None:
    habit = note(LOG.format(last="14 Nov"), "running.md", days=8)
    daily = note("# Sun\n\nNo running, rain.\n", "daily/2026-11-22.md")
    (topic,) = mine_each_note("goal", library(habit, daily), NOW)
    assert topic.detail.last_mention == "2026-11-22"
    (alone,) = mine_each_note("goal", library(habit), NOW)
    assert alone.detail.last_mention == "2026-11-15"


def test_a_goal_of_which_nothing_was_heard_for_long_weighs_less() -> None:
    text = "I want to read one paper every Sunday.\n"
    new = mine_each_note("goal", library(note(text, "2026-11-20.md", days=3)), NOW)[0]
    old = mine_each_note("goal", library(note(text, "2026-01-20.md", days=300)), NOW)[0]
    assert old.salience < new.salience
    assert old.at < days_ago(200)


@pytest.mark.parametrize(
    ("cadence", "days"),
    [
        ("", 7),
        ("every day", 1),
        ("daily", 1),
        ("three times a week", 7 / 3),
        ("2 times a month", 15),
        ("monthly", 30),
        ("jeden Montag", 7),
        ("five nights of seven", 7 / 5),
    ],
)
def test_the_period_of_a_cadence(cadence: str, days: float) -> None:
    assert goal._period_days(cadence) == pytest.approx(days)
