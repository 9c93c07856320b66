"""Days as they are lived: from pause to pause, over midnight, clock changes, journeys and holes."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proactive_tui.config import ActivityConfig
from proactive_tui.sources.activity.activity_source import ActivitySource
from proactive_tui.sources.activity.activity_state import read_state
from proactive_tui.sources.contract import OwnActivity, SourceItem, TimeSpan
from proactive_tui.topics.tenderness.gate import is_tender_text
from tests.sources.activity.made_days import BERLIN, MONDAY, moment, offset_in, source_in, spans, tell, week

ORDINARY = ("08:00-12:00", "13:00-18:30")
DAY = dt.timedelta(days=1)


def shown(item: SourceItem) -> tuple[str, str]:
    return item.facts["first_active"], item.facts["last_active"]


def test_a_day_goes_from_pause_to_pause_and_not_to_midnight() -> None:
    days = [ORDINARY, ("08:10-12:00", "13:00-24:40"), ("09:30-25:15",), ORDINARY]
    items, _ = tell(source_in(), week(days), moment(MONDAY + 4 * DAY, "12:00"))
    assert {day: shown(item) for day, item in items.items()} == {
        "2026-11-16": ("08:00", "18:30"),
        "2026-11-17": ("08:10", "00:40"),
        "2026-11-18": ("09:30", "01:15"),
        "2026-11-19": ("08:00", "18:30"),
    }
    late = items["2026-11-17"]
    assert (late.facts["longest_stretch_minutes"], late.facts["breaks"]) == ("700", "1")
    assert late.facts["active_minutes"] == str(230 + 700)
    assert "until 00:40 the next day" in late.text
    assert late.origin.own


def test_an_item_is_made_once_its_day_is_over_and_not_before() -> None:
    active = week([ORDINARY, ("08:00-24:40",)])
    source = source_in()
    _, state = tell(source, active, moment(MONDAY + DAY, "23:00"))
    items, state = tell(source, active, moment(MONDAY + 2 * DAY, "01:30"), state)
    assert not items
    items, state = tell(
        source, [*active, *spans(MONDAY + 2 * DAY, "08:00-09:00")], moment(MONDAY + 2 * DAY, "09:00"), state
    )
    assert list(items) == ["2026-11-17"]


def test_polls_in_small_steps_make_the_same_days_as_one() -> None:
    days = [ORDINARY, ("08:10-12:00", "13:00-24:40"), ("09:30-25:15",), ("10:00-11:00",), ORDINARY]
    active, end = week(days), moment(MONDAY + 5 * DAY, "12:00")
    whole, _ = tell(source_in(), active, end)
    stepped: dict[str, SourceItem] = {}
    source, state, now = source_in(), "", active[0].start
    while now < end:
        now = min(end, now + 5 * 3600)
        heard = [TimeSpan(span.start, min(span.end, now)) for span in active if span.start <= now]
        items, state = tell(source, heard, now, state)
        stepped |= items
    assert {day: shown(item) for day, item in stepped.items()} == {day: shown(item) for day, item in whole.items()}


def test_whoever_works_at_night_has_the_night_in_the_daytime() -> None:
    nights = [("21:50-26:00", "26:40-30:10")] * 9
    items, _ = tell(source_in(), week(nights), moment(MONDAY + 10 * DAY, "20:00"))
    worked = [item for item in items.values() if "first_active" in item.facts]
    assert {shown(item) for item in worked[-5:]} == {("21:50", "06:10")}
    assert [item.id for item in worked[-5:]] == [(MONDAY + number * DAY).isoformat() for number in range(4, 9)]


@pytest.mark.parametrize("sunday", [dt.date(2026, 3, 29), dt.date(2026, 10, 25)])
def test_a_change_of_the_clocks_moves_no_day(sunday: dt.date) -> None:
    days = week([ORDINARY] * 5, sunday - 2 * DAY)
    items, _ = tell(source_in(), days, moment(sunday + 3 * DAY, "12:00"))
    assert [shown(item) for item in items.values()] == [("08:00", "18:30")] * 5
    assert {item.facts["counts"] for item in items.values()} == {"yes"}
    late = spans(sunday - DAY, "20:00-25:30")  # and over the change itself
    items, _ = tell(source_in(), [*late, *spans(sunday, "09:00-12:00")], moment(sunday + DAY, "12:00"))
    assert [shown(item) for item in items.values()] == [("20:00", "01:30"), ("09:00", "12:00")]


@pytest.mark.parametrize("there", ["America/New_York", "Asia/Tokyo", "Pacific/Auckland", "Pacific/Honolulu"])
def test_a_journey_keeps_each_day_in_its_own_zone_and_counts_its_own_for_nothing(there: str) -> None:
    zone = ZoneInfo(there)
    at_home, state = tell(source_in(), week([ORDINARY] * 3), moment(MONDAY + 2 * DAY, "19:00"))
    arrived = moment(MONDAY + 4 * DAY, "09:00", zone)
    abroad = week([ORDINARY] * 3, MONDAY + 4 * DAY, zone)
    items, state = tell(source_in(zone), [span for span in abroad if span.end <= arrived], arrived, state)
    later, state = tell(source_in(zone), abroad, moment(MONDAY + 7 * DAY, "12:00", zone), state)
    days = {**at_home, **items, **later}
    assert [shown(days[f"2026-11-{day}"]) for day in ("16", "17", "18")] == [("08:00", "18:30")] * 3
    known = [item for item in days.values() if item.facts["counts"] == "yes"]
    assert {shown(item) for item in known} == {("08:00", "18:30")}
    assert len(known) >= 5
    assert list(days) == sorted(days)


def test_a_hole_is_unknown_and_no_rest() -> None:
    days = week([ORDINARY, (), ORDINARY])
    seen = [TimeSpan(span.start - 60, span.end + 60) for span in days]
    items, _ = tell(source_in(), days, moment(MONDAY + 3 * DAY, "12:00"), watched=seen)
    assert list(items) == ["2026-11-16", "2026-11-18"]
    rest, _ = tell(source_in(), days, moment(MONDAY + 3 * DAY, "12:00"))
    assert rest["2026-11-17"].text.startswith("You were not active here on this day.")
    assert "first_active" not in rest["2026-11-17"].facts


def test_a_day_of_which_little_was_in_view_says_so_and_counts_for_nothing() -> None:
    days = spans(MONDAY, "08:00-08:30", "17:00-18:00")
    items, _ = tell(
        source_in(), days, moment(MONDAY + DAY, "12:00"), watched=spans(MONDAY, "08:00-08:30", "17:00-18:00")
    )
    assert items["2026-11-16"].facts["counts"] == "no"
    assert "15 % of the time), so it counts for nothing" in items["2026-11-16"].text


def test_a_clock_that_was_ahead_leaves_no_days_behind() -> None:
    source = source_in()
    _, state = tell(source, week([ORDINARY] * 2), moment(MONDAY + DAY, "19:00"))
    ahead = MONDAY + 30 * DAY
    wrong, state = tell(
        source, [*week([ORDINARY] * 2), *spans(ahead, "08:00-12:00")], moment(ahead + DAY, "12:00"), state
    )
    assert "2026-11-17" in wrong
    lived = week([ORDINARY] * 2)
    source.hear_activity(OwnActivity(active=tuple(lived), watched=(TimeSpan(lived[0].start, lived[-1].end),)))
    poll = source.poll(state, moment(MONDAY + DAY, "20:00"))
    assert set(poll.gone) >= set(wrong)
    items, _ = tell(source, week([ORDINARY] * 3), moment(MONDAY + 3 * DAY, "12:00"), poll.state)
    assert shown(items["2026-11-17"]) == ("08:00", "18:30")
    assert shown(items["2026-11-18"]) == ("08:00", "18:30")


def test_a_lone_sign_at_night_may_be_a_programs_and_ends_no_day_late() -> None:
    at = moment(MONDAY, "27:30")
    items, _ = tell(source_in(), [*week([ORDINARY]), TimeSpan(at, at)], moment(MONDAY + DAY, "12:00"))
    assert shown(items["2026-11-16"]) == ("08:00", "18:30")


def test_a_night_without_a_pause_is_cut_in_its_middle() -> None:
    items, _ = tell(source_in(), week([("20:00-31:00",), ORDINARY]), moment(MONDAY + 2 * DAY, "12:00"))
    assert [shown(item) for item in items.values()] == [("20:00", "04:00"), ("04:00", "18:30")]


def test_a_day_that_is_over_is_not_made_again_whatever_comes_later() -> None:
    source = source_in()
    days = week([ORDINARY, ("08:00-24:40",), ORDINARY])
    first, state = tell(source, days[:3], moment(MONDAY + 2 * DAY, "12:00"))
    assert list(first) == ["2026-11-16", "2026-11-17"]
    for hours in range(0, 60, 7):
        again, state = tell(source, days, moment(MONDAY + 2 * DAY, "12:00") + hours * 3600, state)
        assert set(again) <= {"2026-11-18", "2026-11-19"}
    assert "activity://" not in state


def test_nothing_is_said_of_a_state_that_cannot_be_read() -> None:
    for state in ("[", "{}", '{"slots": [1]}', '{"cuts": "no"}'):
        assert not source_in().poll(state, moment(MONDAY, "12:00")).items


def test_nothing_is_known_of_sleep_and_nothing_said_of_it() -> None:
    shapes = [ORDINARY, ("08:10-24:40",), (), ("23:00-23:05",), ("00:10-23:50",)]
    items, _ = tell(source_in(), week(shapes), moment(MONDAY + 6 * DAY, "12:00"))
    assert items
    for item in items.values():
        assert not any(word in item.text.lower() for word in ("sleep", "slept", "awake", "rest", "bed", "lazy"))
        assert not is_tender_text(f"{item.title}\n{item.text}")


def test_the_state_stays_small() -> None:
    source, state = source_in(), ""
    busy = [f"{hour:02d}:{minute:02d}-{hour:02d}:{minute + 4:02d}" for hour in range(8, 23) for minute in (0, 20, 40)]
    for day in range(40):
        _, state = tell(source, spans(MONDAY + day * DAY, *busy), moment(MONDAY + day * DAY, "23:30"), state)
    assert len(state) < 12_000
    assert len(read_state(state).cuts) == 40


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 20 * 24 * 60), st.integers(0, 600)), min_size=1, max_size=60),
    st.sampled_from(["Europe/Berlin", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia"]),
)
def test_days_never_overlap_and_hold_all_that_was_noticed(made: list[tuple[int, int]], there: str) -> None:
    zone = ZoneInfo(there)
    begin = moment(dt.date(2026, 3, 15), "00:00", zone)
    active = [TimeSpan(begin + 60 * start, begin + 60 * (start + length)) for start, length in made]
    items, _ = tell(source_in(zone), active, begin + 24 * 86400)
    assert list(items) == sorted(set(items))
    ends = [(item.facts["began"], item.facts["ended"]) for item in items.values() if "began" in item.facts]
    for (_, ended), (began, _) in pairwise(ends):
        assert dt.datetime.fromisoformat(ended) <= dt.datetime.fromisoformat(began)
    for item in items.values():
        if "began" in item.facts:
            lasted = dt.datetime.fromisoformat(item.facts["ended"]) - dt.datetime.fromisoformat(item.facts["began"])
            assert lasted <= dt.timedelta(hours=50)


def test_two_machines_are_one_owner() -> None:
    source = ActivitySource(ActivityConfig(enabled=True), offset_in(BERLIN))
    laptop, desktop = week([("08:00-12:00",)]), week([("11:30-17:00", "22:00-24:20")])
    items, _ = tell(source, sorted([*laptop, *desktop]), moment(MONDAY + DAY, "12:00"))
    assert shown(items["2026-11-16"]) == ("08:00", "00:20")
    assert items["2026-11-16"].facts["longest_stretch_minutes"] == "540"
