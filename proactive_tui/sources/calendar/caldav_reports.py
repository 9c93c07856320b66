"""Asks a CalDAV server (RFC 4791) for its calendars and for the events between two days. Reads only.

Two methods are used, which change nothing: PROPFIND, and REPORT with calendar-query.
"""

from __future__ import annotations

import base64
import datetime as dt
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin

from proactive_tui.errors import SourceError
from proactive_tui.sources.calendar.calendar_addresses import may_carry_password, origin_of, without_secrets
from proactive_tui.sources.web_client import WebClient

MAX_DAV_CALENDARS = 30
_DAV, _CALDAV, _SERVER = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}", "{http://calendarserver.org/ns/}"
_PROPERTIES = """<?xml version="1.0" encoding="utf-8"?>
<d:propfind xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:s="http://calendarserver.org/ns/"><d:prop>
<d:resourcetype/><d:current-user-principal/><c:calendar-home-set/><c:supported-calendar-component-set/>
<s:getctag/><d:sync-token/></d:prop></d:propfind>"""
_EVENT_QUERY = """<?xml version="1.0" encoding="utf-8"?>
<c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><c:calendar-data/></d:prop>
<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT"><c:time-range start="{start}" end="{end}"/>
</c:comp-filter></c:comp-filter></c:filter></c:calendar-query>"""


class DavCalendar(NamedTuple):
    """A calendar of a server: its address, and a text that changes when its events do ("" where there is none)."""

    address: str
    stamp: str = ""


class DavResource(NamedTuple):
    """What a server says of an address: whether it is a calendar of events, and where its user's calendars are."""

    address: str
    is_calendar: bool
    stamp: str
    leads_to: tuple[str, ...]


class DavServer:
    """A server that is asked for one poll. Raises SourceError and SourcePausedError."""

    def __init__(self, address: str, user: str, password: str) -> None:
        if not (origin := origin_of(address)):
            raise SourceError("calendar.caldav is no web address", "it does not read https://host/path")
        if password and not may_carry_password(address):
            raise SourceError(
                "The CalDAV password would be sent unencrypted", origin, "Write the address with https://."
            )
        self._address, self._origin = address, origin
        token = base64.b64encode(f"{user}:{password}".encode()).decode()
        self._headers = {"Content-Type": "application/xml; charset=utf-8"}
        if user or password:
            self._headers["Authorization"] = f"Basic {token}"

    def list_calendars(self) -> list[DavCalendar]:
        """The calendars at the address: itself, those below it, or those of the user that it names."""
        waiting, seen = [self._address], set[str]()
        found: dict[str, DavCalendar] = {}
        while waiting and len(seen) < 6:
            address = waiting.pop(0)
            if address in seen:
                continue
            seen.add(address)
            resources = list(self._find_properties(address))
            for resource in resources:
                if resource.is_calendar:
                    found.setdefault(resource.address, DavCalendar(resource.address, resource.stamp))
            if found:
                break
            waiting += [link for resource in resources for link in resource.leads_to]
        if not found:
            raise SourceError("CalDAV has no calendar there", self._origin, "See calendar.caldav in the config.")
        return list(found.values())[:MAX_DAV_CALENDARS]

    def query_events(self, calendar: DavCalendar, first: dt.date, last: dt.date) -> list[bytes]:
        """The files of the events between two days, each with the whole of its series."""
        body = _EVENT_QUERY.format(start=f"{first:%Y%m%d}T000000Z", end=f"{last:%Y%m%d}T000000Z")
        answer = self._send_query("REPORT", calendar.address, body)
        return [data.text.encode() for data in answer.iter(f"{_CALDAV}calendar-data") if data.text]

    def _find_properties(self, address: str) -> Iterator[DavResource]:
        for response in self._send_query("PROPFIND", address, _PROPERTIES).iter(f"{_DAV}response"):
            where = urljoin(address, response.findtext(f"{_DAV}href", "").strip())
            if origin_of(where) == self._origin:  # the password is for this server alone
                yield _read_resource(response, where, self._origin)

    def _send_query(self, method: str, address: str, body: str) -> ET.Element:
        with WebClient([self._origin]) as client:
            page = without_secrets(
                lambda: client.request(method, address, {**self._headers, "Depth": "1"}, body.encode())
            )
        if page.status != 207 or b"<!DOCTYPE" in page.body or b"<!ENTITY" in page.body:
            raise SourceError(
                "CalDAV does not answer as such", f"{self._origin}: status {page.status}", "See calendar.caldav."
            )
        try:
            return ET.fromstring(page.body)  # noqa: S314 - documents with a type definition are refused
        except ET.ParseError as error:
            raise SourceError("CalDAV does not answer as such", f"{self._origin}: {error}") from None


def _read_resource(response: ET.Element, where: str, origin: str) -> DavResource:
    kinds = {kind.tag for kinds in response.iter(f"{_DAV}resourcetype") for kind in kinds}
    parts = {part.get("name", "").upper() for part in response.iter(f"{_CALDAV}comp")}
    links = [
        urljoin(where, (href.text or "").strip())
        for name in (f"{_CALDAV}calendar-home-set", f"{_DAV}current-user-principal")
        for found in response.iter(name)
        for href in found.iter(f"{_DAV}href")
    ]
    stamps = [response.findtext(f".//{name}") for name in (f"{_SERVER}getctag", f"{_DAV}sync-token")]
    return DavResource(
        address=where,
        is_calendar=f"{_CALDAV}calendar" in kinds and (not parts or "VEVENT" in parts),
        stamp=next((stamp for stamp in stamps if stamp), ""),
        leads_to=tuple(link for link in links if origin_of(link) == origin),
    )
