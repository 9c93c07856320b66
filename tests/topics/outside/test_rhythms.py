"""Days beside what notes want: what is raised, when, on which evidence, and what is left unsaid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import pytest

from proactive_tui.index.catalogs.item_catalog import note_of_item
from proactive_tui.index.markdown import parse_note
from proactive_tui.model.note_values import Note
from proactive_tui.model.topic_values import Topic
from proactive_tui.recommend.cooldown import cooldown_until
from proactive_tui.talk.framings import suitable_framings
from proactive_tui.talk.opener import write_opener
from proactive_tui.talk.spoken_language import spoken_language
from proactive_tui.talk.templates import build_template_opener
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.outside.rhythms import mine_rhythms, next_rhythm_change
from proactive_tui.topics.pool import run_miners
from proactive_tui.topics.tenderness.gate import is_tender_topic
from tests.sources.activity.made_days import BERLIN, MONDAY, moment, offset_in, source_in, tell, week
from tests.talk.opener_checking import check_invitation, check_opener

DAY = dt.timedelta(days=1)
SUNDAY = MONDAY + 6 * DAY
GOAL = "I want to be in bed before 23:00."
LATE_WEEK = (
    ("08:00-12:00", "13:00-22:10"),
    ("08:00-12:00", "13:00-24:40"),
    ("09:00-12:00", "13:00-25:15"),
    ("09:30-12:00", "13:00-23:50"),
    ("08:00-12:00", "13:00-22:30"),
)


def context_of(
    notes: dict[str, str], days: Sequence[Sequence[str]], now: float, written: float, *, without_goal: bool = False
) -> MiningContext:
    """Notes that were all written at one time, and days from a Monday on as the source makes them."""
    active = week(days)
    items, _ = tell(source_in(), active, now)
    return MiningContext(
        notes={path: parse_note(path, text.encode(), written) for path, text in notes.items()},
        items={item.path: note_of_item(item) for item in items.values()},
        utc_offset=offset_in(BERLIN)(now),
        rhythms_without_goal=without_goal,
    )


def mined(
    text: str, days: Sequence[Sequence[str]] = LATE_WEEK, now: float | None = None, written: float | None = None
) -> list[Topic]:
    at = now if now is not None else moment(MONDAY + 5 * DAY, "11:00")
    before = moment(MONDAY - 4 * DAY, "12:00") if written is None else written
    return mine_rhythms(context_of({"goals.md": text}, days, at, before), at)


def test_late_evenings_are_told_beside_the_line_that_wants_them_early() -> None:
    (topic,) = mined(f"# Health\n\n{GOAL}\n")
    assert topic.kind == "rhythm"
    assert topic.evidence[0].path == "goals.md"
    assert topic.evidence[0].text == GOAL
    assert [lines.path for lines in topic.evidence[1:]] == [
        "activity://2026-11-19", "activity://2026-11-18", "activity://2026-11-17",
    ]  # fmt: skip
    assert all(lines.origin and lines.origin.own and "active from" in lines.text for lines in topic.evidence[1:])
    assert (topic.detail.times, topic.detail.since) == ("00:40, 01:15, 23:50", "2026-11-12")
    assert topic.detail.course == "missed"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOAL, "You wrote on 12 November that you want to be in bed before 23:00; you were active until 00:40, 01:15 "
            "and 23:50 "
            "this week."),
        ("Ich möchte vor 23 Uhr im Bett sein.", "Du hast am zwölften November geschrieben, dass du vor 23:00 im Bett "
            "sein willst; "
            "aktiv warst du diese Woche bis 00:40, 01:15 und 23:50."),
        ("Je voudrais être au lit avant 23h.", "Le 12 novembre, tu as écrit que tu veux être au lit avant 23:00 ; ton "
            "activité a pris fin cette semaine à 00:40, 01:15 et 23:50."),
        ("Quiero estar en la cama antes de las 23:00.", "Escribiste el 12 de noviembre que quieres estar en la cama "
            "antes "
            "de las 23:00; tu actividad duró esta semana hasta las 00:40, 01:15 y 23:50."),
    ],
)  # fmt: skip
async def test_the_offer_is_worded_and_passes_the_check_in_the_language_of_the_note(text: str, said: str) -> None:
    (topic,) = mined(text)
    now = moment(MONDAY + 5 * DAY, "11:00")
    language = spoken_language(topic)
    for framing in suitable_framings(topic):
        opener = await write_opener(topic, framing.name, None, now=now, utc_offset=3600)
        assert opener.text.startswith(said)
        assert check_opener(opener.text, topic.evidence, topic, language=language, now=now, utc_offset=3600) == []
        assert check_invitation(opener.text) == []


@pytest.mark.parametrize(
    "untrue",
    [
        "You wrote on 12 November that you want to be in bed before 23:00; you were active until 02:30 this week. "
        "Want to look?",
        "You wrote on 13 November that you want to be in bed before 23:00; you were active until 00:40 this week. "
        "Want to look?",
        "You wrote that you want to be in bed before 22:00; you were active until 00:40 this week. Want to look?",
        "You slept too little this week, for you were active until 00:40. Want to look?",
        "You have insomnia: you were active until 00:40, 01:15 and 23:50 this week. Want to look?",
    ],
)
def test_what_is_not_true_or_not_known_is_refused(untrue: str) -> None:
    (topic,) = mined(GOAL)
    assert check_opener(untrue, topic.evidence, topic, now=moment(MONDAY + 5 * DAY, "11:00"), utc_offset=3600)


def test_nothing_is_said_without_a_goal_unless_its_owner_asked_for_it() -> None:
    days = (("09:00-24:40",), ("13:00-25:15",), ("13:00-24:30",), ("13:00-24:20",))
    now = moment(MONDAY + 4 * DAY, "14:00")
    assert mined("# Health\n\nTea is green.", days, now) == []
    context = context_of({"a.md": "Tea is green."}, days, now, now - 9e5, without_goal=True)
    topics = mine_rhythms(context, now)
    assert {topic.detail.told for topic in topics} == {"stop", "breaks"}
    for topic in topics:
        for language in ("en", "de", "fr", "es"):
            for framing in suitable_framings(topic):
                said = build_template_opener(topic, framing.name, now=now, language=language, utc_offset=3600)
                assert check_opener(said, topic.evidence, topic, language=language, now=now, utc_offset=3600) == [], (
                    said
                )


@pytest.mark.parametrize("clock", ["22:05", "23:30", "24:40", "27:00", "30:30"])
def test_nobody_is_told_at_the_late_hour_itself(clock: str) -> None:
    assert mined(GOAL, now=moment(MONDAY + 5 * DAY, clock)) == []


def test_the_pool_is_mined_again_before_the_hour_itself_begins_and_when_it_is_over() -> None:
    at = moment(MONDAY + 5 * DAY, "21:30")
    context = context_of({"goals.md": GOAL}, LATE_WEEK, at, moment(MONDAY - 4 * DAY, "12:00"))
    edges = []
    for _ in range(4):
        at = next_rhythm_change(context, at) or 0.0
        edges.append(at)
    clocks = [("22:00", 5), ("00:00", 6), ("07:00", 6), ("22:00", 6)]
    assert edges == [moment(MONDAY + days * DAY, clock) for clock, days in clocks]


@pytest.mark.parametrize("clock", ["09:00", "15:00", "21:30"])
def test_the_next_day_is_a_good_moment(clock: str) -> None:
    assert mined(GOAL, now=moment(MONDAY + 5 * DAY, clock))


def test_days_before_the_goal_was_written_are_not_held_against_it() -> None:
    assert mined(GOAL, written=moment(MONDAY + 3 * DAY, "12:00")) == []


def test_a_note_that_was_edited_since_still_has_its_goal_from_its_own_day() -> None:
    now = moment(MONDAY + 5 * DAY, "11:00")
    dated = f"---\ndate: 2026-11-12\n---\n\n{GOAL}\n\n- tea at nine\n"
    (topic,) = mined(dated, written=now - 3600)
    assert topic.detail.since == "2026-11-12"
    assert mined(f"{GOAL}\n\n- tea at nine\n", written=now - 3600) == []


def test_a_day_that_was_taken_out_is_neither_counted_nor_shown() -> None:
    now = moment(MONDAY + 5 * DAY, "11:00")
    context = context_of({"goals.md": GOAL}, LATE_WEEK, now, moment(MONDAY - 4 * DAY, "12:00"))
    kept = {path: item for path, item in context.items.items() if not path.endswith(("11-17", "11-18"))}
    assert mine_rhythms(context, now)
    assert mine_rhythms(replace(context, items=kept), now) == []


def test_days_of_which_little_was_in_view_count_for_nothing() -> None:
    now = moment(MONDAY + 5 * DAY, "11:00")
    context = context_of({"goals.md": GOAL}, LATE_WEEK, now, moment(MONDAY - 4 * DAY, "12:00"))
    dim: dict[str, Note] = {}
    for path, item in context.items.items():
        dim[path] = parse_note(path, b"Little was in view.", item.date)
    assert mine_rhythms(replace(context, items=dim), now) == []


def test_good_news_are_told_where_evenings_are_known_to_have_ended() -> None:
    days = (("08:00-22:10",), ("08:00-22:40",), ("08:00-22:20",), ("08:00-22:45",))
    (topic,) = mined(GOAL, days, moment(MONDAY + 4 * DAY, "10:00"))
    assert (topic.detail.course, topic.detail.times) == ("kept", "22:10, 22:40, 22:20, 22:45")
    now = moment(MONDAY + 4 * DAY, "10:00")
    active = week(days)
    items, _ = tell(source_in(), active, now, watched=active)  # the program was quit each evening
    context = context_of({"goals.md": GOAL}, days, now, moment(MONDAY - 4 * DAY, "12:00"))
    unknown = replace(context, items={item.path: note_of_item(item) for item in items.values()})
    assert mine_rhythms(unknown, now) == []


@pytest.mark.parametrize(
    ("text", "days", "told"),
    [
        ("I want to stop working at 18:00.", (("09:00-19:30",), ("09:00-20:15",)), ("stop", "19:30, 20:15")),
        ("I want to take a break every hour.", (("09:00-12:10", "13:00-14:00"), ("09:00-11:00",)), ("breaks", "3 h "
            "10 min, 2 h")),
        ("I want at most 6 hours of screen time a day.", (("09:00-17:00",), ("10:00-18:30",)), ("screen time", "8 h, "
            "8 h 30 min")),
        ("I want my weekends off.", ((), (), (), (), (), ("10:00-13:00",), ()), ("days off", "3 h")),
        ("I want to start working at 8:00.", (("09:30-17:00",), ("10:00-17:00",), ("09:05-17:00",)), ("start",
            "09:30, 10:00, 09:05")),
    ],
)  # fmt: skip
def test_each_measure_is_met(text: str, days: Sequence[Sequence[str]], told: tuple[str, str]) -> None:
    now = moment(MONDAY + max(len(days), 4) * DAY, "14:00")
    (topic,) = mined(text, days, now)
    assert (topic.detail.told, topic.detail.times) == told
    assert topic.detail.course == "missed"
    assert all(lines.text for lines in topic.evidence)


def test_evenings_for_which_a_goal_is_not_meant_are_none_of_its() -> None:
    late_weekend = (("09:00-22:00",),) * 4 + (("09:00-25:00",), ("12:00-26:00",))
    now = moment(SUNDAY, "14:00")
    assert mined(GOAL, late_weekend, now)[0].detail.course == "missed"
    (topic,) = mined("I want to be in bed before 23:00 on weekdays.", late_weekend, now)
    assert topic.detail.course == "kept"


def test_nobody_is_told_on_a_day_off_that_they_work() -> None:
    days = ((), (), (), (), (), ("10:00-13:00",), ("10:00-11:00",))
    assert mined("I want my weekends off.", days, moment(SUNDAY, "16:00")) == []
    assert mined("I want my weekends off.", days, moment(SUNDAY + DAY, "09:30"))


def test_more_late_evenings_are_no_news_so_that_a_goal_is_raised_once_a_week() -> None:
    (first,) = mined(GOAL, LATE_WEEK[:4], moment(MONDAY + 4 * DAY, "11:00"))
    (later,) = mined(GOAL, (*LATE_WEEK[:4], ("08:00-24:50",)))
    assert (first.id, first.cause) == (later.id, later.cause)
    assert first.detail.times != later.detail.times


def test_tender_lines_beside_a_goal_hold_it_back_and_ordinary_ones_do_not() -> None:
    (topic,) = mined(f"# Goals\n\n{GOAL}\n")
    context = context_of({"goals.md": f"# Goals\n\n{GOAL}\n"}, LATE_WEEK, moment(MONDAY + 5 * DAY, "11:00"), 1.7e9)
    assert not is_tender_topic(topic, context.documents)
    hurt = "Since my father died I lie awake and cry, so I want to be in bed before 23:00."
    now = moment(MONDAY + 5 * DAY, "11:00")
    tender = context_of({"goals.md": hurt}, LATE_WEEK, now, moment(MONDAY - 4 * DAY, "12:00"))
    assert mine_rhythms(tender, now)
    assert not [topic for topic in run_miners(tender, now) if topic.kind == "rhythm"]


def test_the_pool_raises_it_by_the_registry() -> None:
    now = moment(MONDAY + 5 * DAY, "11:00")
    context = context_of({"goals.md": f"# Goals\n\n{GOAL}\n"}, LATE_WEEK, now, moment(MONDAY - 4 * DAY, "12:00"))
    assert [topic.detail.told for topic in run_miners(context, now) if topic.kind == "rhythm"] == ["bedtime"]
    assert cooldown_until(mined(GOAL)[0], ()) < now
