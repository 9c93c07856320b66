from __future__ import annotations

import datetime as dt

import pytest

from proactive_tui.model.topic_values import Topic
from proactive_tui.text.dates.local_days import end_of_day
from proactive_tui.text.line_times import carry_line_times
from tests.topics.builders import DAY, NOW, OFFSET, library, mine_each_note, note, titles


def to_do(text: str, path: str = "2026-11-20-note.md", at: float = NOW, days: float = 3) -> list[Topic]:
    return mine_each_note("task", library(note(text, path, days)), at)


def due(topic: Topic) -> str | None:
    return topic.detail.due


@pytest.mark.parametrize(
    ("line", "title", "day"),
    [
        ("- [ ] buy the alarm clock, due 2026-11-27", "Buy the alarm clock", "2026-11-27"),
        ("- [ ] send the **figures** to Tom by Friday", "Send the figures to Tom by Friday", "2026-11-27"),
        ("- [ ] renew the passport 📅 2026-12-01", "Renew the passport", "2026-12-01"),
        ("- [ ] close the books by end of month", "Close the books by end of month", "2026-11-30"),
        ("- [ ] close the books by end of the year", "Close the books by end of the year", "2026-12-31"),
        ("- [ ] tidy the desk drawer", "Tidy the desk drawer", None),
        ("TODO: rotate the signing keys", "Rotate the signing keys", None),
        ("**TODO:** rotate the signing keys by tomorrow", "Rotate the signing keys", "2026-11-21"),
        ("Promised Tom the load figures by 2026-11-27.", "Promised Tom the load figures.", "2026-11-27"),
        ("I'll send Tom the load figures on Monday.", "I'll send Tom the load figures on Monday.", None),
        ("- [ ] write it up → [[adr-010]]", "Write it up", None),
        ("Nicht vergessen: die Steuer bezahlen", "Die Steuer bezahlen", None),
        ("- TODO ask the bank\n  DEADLINE: <2026-12-02 Wed>\n  id:: 65", "Ask the bank", "2026-12-02"),
        ("- collapsed:: true\n  LATER varnish the rudder", "Varnish the rudder", None),
        ("- [ ] get the roof inspection done 📅 2026-12-01", "Get the roof inspection done", "2026-12-01"),
        ("- [ ] replace ~~three~~ four bulbs", "Replace four bulbs", None),
        ("- [ ] pay the nanny [repeat:: every month on the last] [due:: 2026-11-30]", "Pay the nanny", "2026-11-30"),
        ("- [ ] scrub the grill ⛔ ab12cd 🆔 zz99yy 🔺 📅 2026-12-02", "Scrub the grill", "2026-12-02"),
        ("- [ ] #task prune the walnut #garden/tree", "Prune the walnut", None),
        ("-[ ] box without space", "Box without space", None),
        ("> [!todo] For Monday\n> - [ ] order beans 📅 2026-12-01", "Order beans", "2026-12-01"),
    ],
)
def test_what_is_undone_is_a_task(line: str, title: str, day: str | None) -> None:
    (topic,) = to_do(f"# Desk\n\n{line}\n", "2026-11-20.md")
    assert topic.title.removeprefix("Desk: ") == title
    assert due(topic) == day
    assert topic.due == (end_of_day(day, OFFSET) if day else None)


def test_a_heading_with_a_box_is_quoted_although_it_is_in_no_passage() -> None:
    (topic,) = to_do("# Desk\n\n## [ ] dust the shelves\n\nBefore the guests come.\n")
    assert topic.title == "Desk: Dust the shelves"
    assert (topic.evidence[0].line_start, topic.evidence[0].text) == (3, "dust the shelves")


@pytest.mark.parametrize(
    "text",
    [
        "- [x] buy the alarm clock",
        "- [-] buy the alarm clock",
        "- [ ] ",
        "- [ ] Do this",
        "- [ ] ~~buy the alarm clock~~",
        "- [ ] buy the alarm clock ❌ 2026-11-20",
        "- [ ] buy the alarm clock ✅ 2026-11-20",
        "- [>] buy the alarm clock",
        "- DONE buy the alarm clock",
        "- CANCELED buy the alarm clock",
        "%%\nTODO: buy the alarm clock\n%%",
        "<!-- TODO: buy the alarm clock -->",
        "> [!quote] From a book\n> - [ ] buy the alarm clock",
        "```\n- [ ] buy the alarm clock\n```",
        "> TODO: somebody else's task",
        "Told her by Friday. I'll send Mara the list.\nUpdate: list sent",
        "I'll use this whenever the build breaks.",
        "If you promised somebody a date, keep it.",
        "Remember to undo these changes when your laptop returns!",
    ],
)
def test_what_is_done_empty_quoted_or_said_to_readers_is_none(text: str) -> None:
    assert to_do(f"{text}\n", "note.md") == []


def test_a_task_ends_when_it_is_ticked() -> None:
    assert len(to_do("- [ ] buy the clock")) == 1
    assert to_do("- [x] buy the clock") == []


def test_the_due_day_ends_at_local_midnight() -> None:
    summer = dt.datetime(2026, 6, 1, 23, 59, 59, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    assert end_of_day("2026-06-01", 7200) == summer.timestamp()


def test_falling_overdue_and_another_day_are_news_but_the_same_topic() -> None:
    text = "- [ ] buy the clock, due {}"
    before = to_do(text.format("2026-11-24"))[0]
    later = to_do(text.format("2026-11-24"), at=NOW + 3 * DAY)[0]
    moved = to_do(text.format("2026-12-24"))[0]
    assert before.id == later.id == moved.id
    assert len({before.cause, later.cause, moved.cause}) == 3
    assert later.detail.overdue == "2 days"
    assert to_do(text.format("2026-11-22"))[0].detail.overdue == "1 day"


def test_what_is_due_first_comes_first_and_what_was_given_up_last() -> None:
    days = ["2026-11-23", "2026-11-27", "2027-03-01", "2026-01-01"]
    weights = [to_do(f"- [ ] buy the clock, due {day}")[0].salience for day in days]
    assert weights == sorted(weights, reverse=True)
    new, old = to_do("- [ ] buy the clock")[0], to_do("- [ ] buy the clock", "2026-01-20.md", days=300)[0]
    assert new.salience > old.salience


def test_a_promise_names_whom_it_was_made_to() -> None:
    people = note("---\ntags: [people]\n---\n# Mara\n\nI promised her the figures by 2026-11-27.\n", "people/mara.md")
    (topic,) = mine_each_note("task", library(people), NOW)
    assert topic.detail.promised_to == "Mara"
    assert topic.people == ("Mara",)
    assert topic.salience > to_do("- [ ] the figures for the board, due 2026-11-27")[0].salience
    (unnamed,) = to_do("Promised finance the list by 2026-11-27.")
    assert unnamed.detail.promised_to == "somebody"


def test_mentions_and_names_after_words_that_take_a_person() -> None:
    (mention,) = to_do("- [ ] ask @mara about the rota, mail a@b.org")
    assert mention.people == ("Mara",)
    (sent,) = to_do("- [ ] send the long report to Ada Byron before Friday")
    assert sent.people == ("Ada Byron",)
    assert to_do("- [ ] send metrics to Kafka on Monday")[0].people == ()


def test_relative_days_count_from_the_heading_that_names_one() -> None:
    text = "---\ndate: 2026-11-20\n---\n# Mara\n\n## 2026-10-29\n\n- [ ] send the list by Friday\n"
    (topic,) = to_do(text, "people/mara.md")
    assert due(topic) == "2026-10-30"


def test_a_short_task_is_led_by_what_it_is_about_unless_that_is_a_date() -> None:
    assert titles(to_do("# Presents\n\n- [ ] order the pan\n")) == ["Presents: Order the pan"]
    assert titles(to_do("# Fri 20 November\n\n## Plan\n\n- [ ] order the pan\n", "2026-11-20.md")) == ["Order the pan"]


def test_what_is_planned_for_today_says_so_and_comes_before_what_has_no_day() -> None:
    today = dt.date(2026, 11, 23)
    planned = {topic.title: topic for topic in to_do(PLANNED, "plan.md")}
    assert [topic.detail.planned for topic in planned.values()] == ["today", None, "today", None, None, None]
    assert planned["Call the insurance"].detail.scheduled == today.isoformat()
    order = sorted(planned, key=lambda title: -planned[title].salience)
    assert set(order[:2]) == {"Call the insurance", "Begin the sourdough course"}
    assert order[-1] == "Check the logs"


def test_what_starts_later_is_not_raised_before() -> None:
    text = "- [ ] plan the spring trip 🛫 2027-03-01 📅 2027-04-01"
    start = dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC).timestamp()
    assert to_do(text) == to_do(text, at=start - DAY) == []
    assert [topic.detail.start for topic in to_do(text, at=start)] == ["2027-03-01"]


PLANNED = """\
- [ ] call the insurance ⏳ 2026-11-23
- [ ] water the orchids
- [ ] begin the sourdough course 🛫 2026-11-23
- [ ] pick up the shoes ⏳ 2026-11-20
- [ ] check the logs ⏳ 2026-12-05
- [ ] pay the plumber 📅 2026-12-05
"""


def test_days_in_words_are_counted_from_the_day_on_which_the_line_was_written() -> None:
    first = note("- [ ] call Tom tomorrow\n- [ ] buy bread\n", "errands.md", days=8)
    later = note("- [ ] call Tom tomorrow\n- [ ] buy bread\n- [ ] pay rent tomorrow\n", "errands.md", days=1)
    found = mine_each_note("task", library(carry_line_times(first, later)), NOW)
    topics = {topic.title.removeprefix("errands: "): topic for topic in found}
    assert due(topics["Call Tom"]) == "2026-11-16"
    assert due(topics["Pay rent"]) == "2026-11-23"
    assert topics["Buy bread"].at == first.modified < topics["Pay rent"].at == later.modified


def test_days_count_from_the_heading_of_a_note_of_a_whole_quarter() -> None:
    text = "# 2026 Q4 syncs\n\n## 16 November 2026\n\n- [ ] send the figures by Friday\n"
    (topic,) = mine_each_note("task", library(note(text, "2026 Q4 syncs.md", 2)), NOW)
    assert topic.detail.due == "2026-11-20"
