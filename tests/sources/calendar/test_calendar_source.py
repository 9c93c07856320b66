"""The source as it is polled: what is read, what is left alone, and what a failure costs."""

from __future__ import annotations

import os
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import msgspec
import pytest

from proactive_tui.config import CalendarConfig, Config
from proactive_tui.errors import SourceError, SourcePausedError
from proactive_tui.sources.calendar import calendar_source
from proactive_tui.sources.calendar.calendar_source import CalendarCursor, CalendarSource
from proactive_tui.sources.contract import SourcePoll
from proactive_tui.sources.source_registry import SOURCES
from tests.sources.calendar.made_calendars import at, calendar, event, local_zone
from tests.sources.web_server import send_reply, web_server

NOW = at("2026-12-01T08:00:00Z")
MINUTE, HOUR, DAY = 60.0, 3600.0, 86_400.0


def source(*files: Path, **changes: object) -> CalendarSource:
    settings = CalendarConfig(enabled=True, files=tuple(map(str, files)))
    return CalendarSource(msgspec.structs.replace(settings, **changes))


def titles(poll: SourcePoll) -> list[str]:
    return sorted(item.title for item in poll.items)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "work.ics"
    found.write_bytes(calendar(event()))
    return found


def test_a_file_is_read_once_and_again_when_it_changes(file: Path) -> None:
    first = source(file).poll("", NOW)
    assert titles(first) == ["Planning"]
    again = source(file).poll(first.state, NOW + MINUTE)
    assert (again.items, again.gone) == ((), ())
    file.write_bytes(calendar(event(uid="two", summary="Lunch")))
    changed = source(file).poll(again.state, NOW + 2 * MINUTE)
    assert titles(changed) == ["Lunch"]
    assert changed.gone == (first.items[0].id,)


def test_nothing_is_opened_while_nothing_changes(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state = source(file).poll("", NOW).state
    monkeypatch.setattr(calendar_source, "read_calendar_file", lambda _: pytest.fail("it was opened"))
    assert source(file).poll(state, NOW + MINUTE).items == ()


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Auckland"])
def test_the_window_moves_at_local_midnight(file: Path, zone: str) -> None:
    with local_zone(zone):
        before, after = at("2026-12-01T23:59:00"), at("2026-12-02T00:01:00")
        file.write_bytes(calendar(event("RRULE:FREQ=DAILY", start=":20200101T120000Z")))
        first = source(file).poll("", before)
        moved = source(file).poll(first.state, after)
        assert {item.id for item in moved.items} - {item.id for item in first.items}
        assert len(moved.gone) == 1, "the day of two weeks ago"
        assert len(first.items) in (74, 75)


def test_a_folder_is_read_and_one_bad_file_costs_itself(tmp_path: Path) -> None:
    for name, data in {
        "home/a.ics": calendar(event(uid="a", summary="A")), "home/b.ICS": calendar(event(uid="b", summary="B")),
        "bad.ics": b"no calendar", "notes.txt": calendar(event()), ".Radicale.props": b"{}", ".hidden/c.ics": b"x",
    }.items():  # fmt: skip
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    poll = source(tmp_path).poll("", NOW)
    assert titles(poll) == ["A", "B"]
    assert poll.trouble == "1 file is no calendar"
    assert source(tmp_path).poll(poll.state, NOW + MINUTE).trouble == poll.trouble, "it is said until it is mended"
    (tmp_path / "bad.ics").unlink()
    assert source(tmp_path).poll(poll.state, NOW + MINUTE).trouble == ""


def test_what_cannot_be_read_for_now_keeps_what_is_known(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.ics"
    other.write_bytes(calendar(event(uid="o", summary="Other")))
    first = source(file, other).poll("", NOW)
    other.unlink()
    poll = source(file, other).poll(first.state, NOW + MINUTE)
    assert (poll.items, poll.gone) == ((), ())
    assert "other.ics" in poll.trouble
    other.write_bytes(calendar(event(uid="o", summary="Other, again")))
    assert titles(source(file, other).poll(poll.state, NOW + 2 * MINUTE)) == ["Other, again"]
    with pytest.raises(SourceError, match="calendar file"):
        source(tmp_path / "nowhere.ics").poll("", NOW)


def test_a_calendar_that_is_taken_out_of_the_config_takes_its_items_along(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.ics"
    other.write_bytes(calendar(event(uid="o", summary="Other")))
    first = source(file, other).poll("", NOW)
    gone = source(file).poll(first.state, NOW + MINUTE).gone
    assert gone == tuple(item.id for item in first.items if item.title == "Other")


def test_other_own_addresses_are_seen_at_once(file: Path) -> None:
    file.write_bytes(calendar(event("DURATION:PT1H", "ATTENDEE;PARTSTAT=DECLINED:mailto:me@example.org")))
    first = source(file).poll("", NOW)
    mine = source(file, own_addresses=("Me@example.org",)).poll(first.state, NOW + MINUTE)
    assert [item.facts.get("busy") for item in (*first.items, *mine.items)] == ["yes", None]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.ics")
    with pytest.raises(SourceError, match="no regular file"):
        source(tmp_path / "pipe.ics").poll("", NOW)
    assert source(tmp_path).poll("", NOW).items == ()


def test_a_state_of_another_program_is_begun_anew(file: Path) -> None:
    assert titles(source(file).poll("{broken", NOW)) == ["Planning"]


class Answers:
    """An address with an ETag; `status` and `body` may be changed."""

    def __init__(self) -> None:
        self.status, self.body, self.etag, self.to = 200, calendar(event()), '"1"', ""

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        if self.to:
            send_reply(handler, 302, Location=self.to)
        elif self.status == 200 and handler.headers.get("If-None-Match") == self.etag:
            send_reply(handler, 304)
        else:
            send_reply(handler, self.status, self.body if self.status == 200 else b"", ETag=self.etag)


def test_an_address_is_asked_in_its_time_and_only_for_what_is_new() -> None:
    answers = Answers()
    with web_server(answers) as (origin, seen):
        address = f"{origin}/secret-token/work.ics"
        first = source(addresses=(address,)).poll("", NOW)
        assert (titles(first), first.wait_seconds) == (["Planning"], 15 * MINUTE)
        soon = source(addresses=(address,)).poll(first.state, NOW + MINUTE)
        assert (len(seen), soon.items) == (1, ())
        same = source(addresses=(address,)).poll(soon.state, NOW + 16 * MINUTE)
        assert (same.items, same.gone) == ((), ())
        assert [headers.get("If-None-Match") for _, headers in seen] == [None, '"1"']
        answers.body, answers.etag = calendar(event(uid="two", summary="Lunch")), '"2"'
        assert titles(source(addresses=(address,)).poll(same.state, NOW + 32 * MINUTE)) == ["Lunch"]
        tomorrow = source(addresses=(address,)).poll(same.state, NOW + DAY)
        assert titles(tomorrow) == ["Lunch"], "a new day is expanded from the whole file"
        assert "secret-token" not in tomorrow.state


@pytest.mark.parametrize("status", [401, 403, 404, 410, 429, 500, 503])
def test_no_failure_tells_the_address(status: int) -> None:
    answers = Answers()
    answers.status = status
    with web_server(answers) as (origin, _), pytest.raises(SourceError) as caught:
        source(addresses=(f"{origin}/secret-token/work.ics?key=secret",)).poll("", NOW)
    assert "secret" not in f"{caught.value.title} {caught.value.message} {caught.value.hint} {caught.value!r}"
    assert caught.value.__cause__ is None
    assert isinstance(caught.value, SourcePausedError) == (status in (429, 500, 503))


@pytest.mark.parametrize("to", ["http://127.0.0.1:1/secret", "http://10.0.0.1/secret", "file:///etc/secret"])
def test_a_redirect_leads_into_no_private_network(to: str) -> None:
    answers = Answers()
    answers.to = to
    with web_server(answers) as (origin, _), pytest.raises(SourceError) as caught:
        source(addresses=(f"{origin}/x",)).poll("", NOW)
    assert "secret" not in f"{caught.value.title} {caught.value.message}"


def test_one_calendar_of_several_may_be_out_of_reach(file: Path) -> None:
    poll = source(file, addresses=("http://127.0.0.1:9/secret-token",)).poll("", NOW)
    assert titles(poll) == ["Planning"]
    assert "out of reach" in poll.trouble
    assert "secret-token" not in poll.trouble + poll.state


@pytest.mark.parametrize(
    "where", ["env:NO_SUCH_CALENDAR_ADDRESS", "ftp://host/hush", "hush words", "http://me:hush@host/x"]
)
def test_what_is_no_address_is_said_without_it(where: str) -> None:
    with pytest.raises(SourceError) as caught:
        source(addresses=(where,)).poll("", NOW)
    assert "hush" not in str(caught.value)


def test_hosts_are_known_without_running_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_CALENDAR", "webcal://calendar.example/token/work.ics")
    config = Config(
        calendar=CalendarConfig(
            enabled=True, addresses=("env:MY_CALENDAR", f"command:touch {tmp_path / 'ran'}"),
            caldav="https://dav.example/me/",
        )
    )  # fmt: skip
    assert list(SOURCES["calendar"].origins(config)) == ["https://calendar.example:443", "https://dav.example:443"]
    assert not (tmp_path / "ran").exists()


def test_a_password_is_not_sent_unencrypted() -> None:
    with pytest.raises(SourceError, match="unencrypted"):
        source(caldav="http://dav.example/me/", caldav_user="me", caldav_password="pass").poll("", NOW)


def test_the_state_is_small(file: Path) -> None:
    state = msgspec.json.decode(source(file).poll("", NOW).state, type=CalendarCursor)
    assert [len(known.items) for known in state.calendars.values()] == [1]
