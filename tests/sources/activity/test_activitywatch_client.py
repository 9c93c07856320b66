"""ActivityWatch as it is, as it may be, and when it is not there. Only its times away are asked for."""

from __future__ import annotations

import datetime as dt
import time
from http.server import BaseHTTPRequestHandler
from itertools import pairwise
from typing import Any

import pytest

from proactive_tui.config import ActivityConfig
from proactive_tui.errors import SourceError
from proactive_tui.sources.activity.activity_source import ActivitySource
from proactive_tui.sources.activity.activitywatch_client import (
    MAX_AFK_BUCKETS,
    ActivityWatchClient,
    activitywatch_origin,
    list_afk_buckets,
    parse_events,
)
from proactive_tui.sources.contract import OwnActivity, TimeSpan
from tests.sources.activity.aw_server import activitywatch, bucket, event
from tests.sources.activity.made_days import BERLIN, MONDAY, moment, offset_in, source_in, spans, week
from tests.sources.web_server import send_reply

DAY = dt.timedelta(days=1)
NOW = moment(MONDAY + 4 * DAY, "12:00")
LIVED = week([("08:00-12:00", "13:00-24:40")] * 4)


def told(active: list[TimeSpan]) -> list[dict[str, Any]]:
    """A bucket that was there all the time: active in these spans, and away between them."""
    away = [TimeSpan(one.end, other.start) for one, other in pairwise(active)]
    return [event(span) for span in active] + [event(span, "afk") for span in [*away, TimeSpan(active[-1].end, NOW)]]


def source_at(address: str) -> ActivitySource:
    return source_in(settings=ActivityConfig(enabled=True, activitywatch=address))


def test_days_are_made_of_its_times_away_alone() -> None:
    with activitywatch({"aw-watcher-afk_laptop": told(LIVED)}) as (address, seen):
        poll = source_at(address).poll("", NOW)
    assert [(item.facts["first_active"], item.facts["last_active"]) for item in poll.items] == [("08:00", "00:40")] * 4
    assert {item.facts["coverage_percent"] for item in poll.items} == {"100"}
    asked = [path for path, _ in seen]
    assert asked[0] == "/api/0/buckets/"
    assert all(path.startswith("/api/0/buckets/aw-watcher-afk_laptop/events?") for path in asked[1:])
    assert not poll.trouble


def test_the_next_poll_asks_for_the_last_hours_only() -> None:
    with activitywatch({"aw-watcher-afk_laptop": told(LIVED)}) as (address, seen):
        source = source_at(address)
        state = source.poll("", NOW).state
        del seen[:]
        source.poll(state, NOW + 300)
        assert len(seen) == 2
        assert "start=2026-11-20T09%3A00%3A00" in seen[1][0]


def test_machines_that_are_synced_are_one_owner() -> None:
    buckets = {
        "aw-watcher-afk_laptop": told(week([("08:00-12:00",)])),
        "aw-watcher-afk_tower-synced-from-tower": told(week([("11:00-18:00", "23:00-24:20")])),
    }
    with activitywatch(buckets) as (address, _):
        (day, *_) = source_at(address).poll("", NOW).items
    assert (day.facts["first_active"], day.facts["last_active"]) == ("08:00", "00:20")


@pytest.mark.parametrize(
    ("odd", "kept"),
    [
        ({"timestamp": "2026-11-16T07:00:00Z", "duration": 0, "data": {"status": "not-afk"}}, 1),
        ({"timestamp": "2026-11-16T07:00:00", "duration": 60, "data": {"status": "not-afk"}}, 1),
        ({"timestamp": "2026-11-16T07:00:00+00:00", "duration": "60", "data": {"status": "not-afk"}}, 1),
        ({"timestamp": "2026-11-16T07:00:00+00:00", "data": {"status": "not-afk"}}, 1),
        ({"timestamp": "2026-11-16T07:00:00+00:00", "duration": -5, "data": {"status": "not-afk"}}, 0),
        ({"timestamp": "2026-11-16T07:00:00+00:00", "duration": 9e9, "data": {"status": "not-afk"}}, 0),
        ({"timestamp": "2026-11-16T07:00:00+00:00", "duration": float("nan"), "data": {"status": "not-afk"}}, 0),
        ({"timestamp": "2099-01-01T00:00:00+00:00", "duration": 60, "data": {"status": "not-afk"}}, 0),
        ({"timestamp": "yesterday", "duration": 60, "data": {"status": "not-afk"}}, 0),
        ({"timestamp": 5, "duration": 60, "data": {"status": "not-afk"}}, 0),
        ({"timestamp": "2026-11-16T07:00:00+00:00", "duration": 60, "data": {"status": "hibernating"}}, 0),
        ({"timestamp": "2026-11-16T07:00:00+00:00", "duration": 60, "data": None}, 0),
        ({"timestamp": "2026-11-16T07:00:00+00:00", "duration": 60, "data": ["not-afk"]}, 0),
        ("not-afk", 0),
        (None, 0),
        ([], 0),
    ],
)
def test_odd_events_are_taken_or_left(odd: Any, kept: int) -> None:
    assert len(parse_events([odd], NOW).active) == kept


@pytest.mark.parametrize("answer", [None, "events", 7, {"events": []}])
def test_an_answer_without_events_has_none(answer: Any) -> None:
    assert parse_events(answer, NOW) == ((), ())


def test_events_that_overlap_count_once() -> None:
    nested = [TimeSpan(100.0, 500.0), TimeSpan(200.0, 300.0), TimeSpan(250.0, 700.0), TimeSpan(650.0, 650.0)]
    found = parse_events([event(span) for span in nested] + [event(TimeSpan(0.0, 1000.0), "afk")], NOW)
    assert found.active == (TimeSpan(100.0, 700.0),)
    assert found.watched == (TimeSpan(0.0, 1000.0),)


def test_ten_thousand_events_are_read_within_seconds() -> None:
    begin = moment(MONDAY, "08:00")
    many = [
        event(TimeSpan(begin + 30 * n, begin + 30 * n + 20), "not-afk" if n % 3 else "afk", n) for n in range(10_000)
    ]
    with activitywatch({"aw-watcher-afk_laptop": many}) as (address, _):
        started = time.process_time()
        poll = source_at(address).poll("", NOW)
        assert time.process_time() - started < 5
    assert poll.items
    assert len(poll.state) < 20_000


def test_only_buckets_of_times_away_are_read_and_not_too_many() -> None:
    named = {f"aw-watcher-afk_{number:02d}": bucket(f"aw-watcher-afk_{number:02d}") for number in range(40)}
    assert len(list_afk_buckets(named)) == MAX_AFK_BUCKETS
    odd: Any = {"aw-watcher-afk_x": {"type": "currentwindow"}, "b": None, "c": [], "d": {"type": None}, "": bucket("")}
    assert list_afk_buckets(odd) == []
    wrong: tuple[Any, ...] = (None, [], "buckets", 3)
    for answer in wrong:
        with pytest.raises(SourceError):
            list_afk_buckets(answer)


def test_days_wait_while_it_is_gone_and_are_made_when_it_is_back() -> None:
    with activitywatch({"aw-watcher-afk_laptop": told(LIVED)}) as (address, _):
        pass
    source = source_at(address)
    source.hear_activity(OwnActivity(active=tuple(spans(MONDAY + 2 * DAY, "09:00-18:00")), watched=()))
    gone = source.poll("", NOW)
    assert gone.trouble.startswith("ActivityWatch: ")
    assert not any(item.id == "2026-11-19" for item in gone.items)
    late = source.poll(gone.state, NOW + 4 * 86400)  # it waits for two days
    assert [item.id for item in late.items] == ["2026-11-18"]


def _close(handler: BaseHTTPRequestHandler) -> bool:
    handler.close_connection = True
    return True


def _not_json(handler: BaseHTTPRequestHandler) -> bool:
    send_reply(handler, 200, b"<html>Welcome</html>")
    return True


def _busy(handler: BaseHTTPRequestHandler) -> bool:
    send_reply(handler, 503)
    return True


def _elsewhere(handler: BaseHTTPRequestHandler) -> bool:
    send_reply(handler, 302, Location="http://127.0.0.2:1/api/0/buckets/")
    return True


def _deep(handler: BaseHTTPRequestHandler) -> bool:
    send_reply(handler, 200, b"[" * 100_000)
    return True


@pytest.mark.parametrize("answer", [_close, _not_json, _busy, _elsewhere, _deep])
def test_what_it_answers_wrongly_costs_nothing_else(answer: Any) -> None:
    with activitywatch({"aw-watcher-afk_laptop": told(LIVED)}, answer=answer) as (address, _):
        source = source_at(address)
        source.hear_activity(OwnActivity(active=tuple(LIVED), watched=(TimeSpan(LIVED[0].start, NOW),)))
        poll = source.poll("", NOW + 3 * 86400)
    assert poll.trouble
    assert [item.id for item in poll.items][:4] == ["2026-11-16", "2026-11-17", "2026-11-18", "2026-11-19"]


def test_one_that_is_slow_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("proactive_tui.sources.web_client.READ_SECONDS", 0.2)

    def slow(handler: BaseHTTPRequestHandler) -> bool:
        time.sleep(0.6)
        return False

    with activitywatch({"aw-watcher-afk_laptop": told(LIVED)}, answer=slow) as (address, _):
        assert "out of reach" in source_at(address).poll("", NOW).trouble


def test_the_address_may_be_short_and_must_be_one() -> None:
    assert activitywatch_origin("localhost") == "http://localhost:5600"
    assert activitywatch_origin("http://localhost:5666/api") == "http://localhost:5666"
    with pytest.raises(SourceError):
        ActivityWatchClient("http://[oops")
    assert offset_in(BERLIN)(NOW) == 3600
