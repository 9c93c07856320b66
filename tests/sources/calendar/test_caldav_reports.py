"""CalDAV: a real Radicale where one is installed, and servers that lie."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from proactive_tui.config import CalendarConfig
from proactive_tui.errors import SourceError
from proactive_tui.sources.calendar.calendar_source import CalendarSource
from tests.sources.calendar.made_calendars import at, calendar, event
from tests.sources.web_server import send_reply, web_server

NOW = at("2026-12-01T08:00:00Z")
PASSWORD = "quiet-garden"


class Server(NamedTuple):
    origin: str

    def put(self, path: str, data: bytes) -> None:
        answer = httpx.put(
            f"{self.origin}{path}", content=data, auth=("me", PASSWORD), headers={"Content-Type": "text/calendar"}
        )
        assert answer.status_code in (201, 204), answer.text

    def delete(self, path: str) -> None:
        assert httpx.delete(f"{self.origin}{path}", auth=("me", PASSWORD)).status_code in (200, 204)

    def make_calendar(self, path: str) -> None:
        assert httpx.request("MKCALENDAR", f"{self.origin}{path}", auth=("me", PASSWORD)).status_code == 201


@pytest.fixture(scope="module")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    command = shutil.which("radicale")
    if command is None:
        pytest.skip("needs Radicale: pipx install radicale")
    folder: Path = tmp_path_factory.mktemp("radicale")
    (folder / "users").write_text(f"me:{PASSWORD}\n")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "config").write_text(
        f"[server]\nhosts = 127.0.0.1:{port}\n[auth]\ntype = htpasswd\nhtpasswd_filename = {folder / 'users'}\n"
        f"htpasswd_encryption = plain\ndelay = 0\n[storage]\nfilesystem_folder = {folder / 'data'}\n"
    )
    with subprocess.Popen(
        [command, "--config", str(folder / "config")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        server = Server(f"http://127.0.0.1:{port}")
        try:
            for _ in range(200):
                try:
                    httpx.get(server.origin)
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            server.make_calendar("/me/work/")
            server.make_calendar("/me/home/")
            yield server
        finally:
            process.terminate()


def source(where: str, password: str = PASSWORD) -> CalendarSource:
    return CalendarSource(
        CalendarConfig(enabled=True, caldav=where, caldav_user="me", caldav_password=password, poll_minutes=1)
    )


@pytest.mark.parametrize("where", ["/me/work/", "/me/", "/"])
def test_a_real_server_by_any_of_its_addresses(radicale: Server, where: str) -> None:
    radicale.put("/me/work/plan.ics", calendar(event("RRULE:FREQ=WEEKLY", start=":20260901T093000Z")))
    radicale.put("/me/work/old.ics", calendar(event(uid="old", summary="Long past", start=":20200101T093000Z")))
    radicale.put("/me/home/dinner.ics", calendar(event(uid="home", summary="Dinner", start=":20261202T180000Z")))
    found = {item.title for item in source(f"{radicale.origin}{where}").poll("", NOW).items}
    assert found == ({"Planning"} if where == "/me/work/" else {"Planning", "Dinner"})


def test_what_has_not_changed_there_is_not_asked_for(radicale: Server) -> None:
    radicale.put("/me/work/plan.ics", calendar(event()))
    first = source(f"{radicale.origin}/me/").poll("", NOW)
    again = source(f"{radicale.origin}/me/").poll(first.state, NOW + 120)
    assert (again.items, again.gone, again.trouble) == ((), (), "")
    radicale.put("/me/work/plan.ics", calendar(event(summary="Planning moved")))
    changed = source(f"{radicale.origin}/me/").poll(again.state, NOW + 240)
    assert "Planning moved" in {item.title for item in changed.items}
    assert PASSWORD not in changed.state


def test_what_is_taken_out_there_is_gone_here(radicale: Server) -> None:
    radicale.make_calendar("/me/gone/")
    radicale.put("/me/gone/a.ics", calendar(event(uid="a", summary="Stays")))
    radicale.put("/me/gone/b.ics", calendar(event(uid="b", summary="Leaves")))
    first = source(f"{radicale.origin}/me/gone/").poll("", NOW)
    assert {item.title for item in first.items} == {"Stays", "Leaves"}
    radicale.delete("/me/gone/b.ics")
    later = source(f"{radicale.origin}/me/gone/").poll(first.state, NOW + 120)
    assert later.gone == tuple(item.id for item in first.items if item.title == "Leaves")


def test_a_series_comes_with_what_was_moved_and_left_out(radicale: Server) -> None:
    radicale.make_calendar("/me/series/")
    series = event("RRULE:FREQ=DAILY;COUNT=4", "EXDATE:20261203T093000Z", uid="s", start=":20261201T093000Z")
    moved = event("RECURRENCE-ID:20261202T093000Z", uid="s", summary="Later that day", start=":20261202T150000Z")
    radicale.put("/me/series/s.ics", calendar(series, moved))
    items = source(f"{radicale.origin}/me/series/").poll("", NOW).items
    told = sorted((item.at, item.title) for item in items)
    assert [title for _, title in told] == ["Planning", "Later that day", "Planning"]
    assert [moment for moment, _ in told] == [
        at("2026-12-01T09:30:00Z"), at("2026-12-02T15:00:00Z"), at("2026-12-04T09:30:00Z")
    ]  # fmt: skip


def test_names_of_any_letters_are_found(radicale: Server) -> None:
    radicale.make_calendar("/me/b%C3%BCro%20&%20haus/")
    radicale.put("/me/b%C3%BCro%20&%20haus/n%C3%A4chste%20woche.ics", calendar(event(uid="u", summary="Bürotag")))
    found = {item.title for item in source(f"{radicale.origin}/me/").poll("", NOW).items}
    assert "Bürotag" in found


def test_tasks_and_address_books_there_are_no_appointments(radicale: Server) -> None:
    radicale.make_calendar("/me/mixed/")
    task = "BEGIN:VTODO\r\nUID:t\r\nDTSTAMP:20261101T000000Z\r\nSUMMARY:Only a task\r\nEND:VTODO\r\n"
    body = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//\r\n{task}END:VCALENDAR\r\n"
    radicale.put("/me/mixed/t.ics", body.encode())
    radicale.put("/me/mixed/e.ics", calendar(event(uid="e", summary="A meeting")))
    assert [item.title for item in source(f"{radicale.origin}/me/mixed/").poll("", NOW).items] == ["A meeting"]


def test_a_wrong_password_is_said_without_it(radicale: Server) -> None:
    with pytest.raises(SourceError) as caught:
        source(f"{radicale.origin}/me/", "wrong-garden").poll("", NOW)
    assert "garden" not in str(caught.value)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"<html>Sign in</html>"), (207, b"not xml"), (207, b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"),
        (207, b'<d:multistatus xmlns:d="DAV:"/>'), (404, b""), (301, b""),
        (207, b'<d:multistatus xmlns:d="DAV:"><d:response><d:href>http://evil.example/</d:href><d:propstat><d:prop>'
              b'<d:resourcetype><c:calendar xmlns:c="urn:ietf:params:xml:ns:caldav"/></d:resourcetype></d:prop>'
              b"</d:propstat></d:response></d:multistatus>"),
    ],
)  # fmt: skip
def test_a_server_that_is_none_costs_its_turn(status: int, body: bytes) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        send_reply(handler, status, body)

    with web_server(answer) as (origin, seen), pytest.raises(SourceError):
        source(f"{origin}/me/").poll("", NOW)
    assert {path for path, _ in seen} == {"/me/"}, "no other host got the password"
