"""An ActivityWatch for tests: answers as its REST interface does, and holds what it is given.

Its buckets are those of a usual installation, so that what must not be asked for is there to be asked for.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from proactive_tui.sources.contract import TimeSpan
from tests.sources.web_server import send_reply, web_server

Event = dict[str, Any]


def event(span: TimeSpan, status: str = "not-afk", number: int = 1) -> Event:
    """An event of a bucket of times away."""
    begun = dt.datetime.fromtimestamp(span.start, dt.UTC).isoformat(timespec="microseconds")
    return {"id": number, "timestamp": begun, "duration": span.seconds, "data": {"status": status}}


def bucket(name: str, kind: str = "afkstatus", client: str = "aw-watcher-afk") -> dict[str, Any]:
    """A bucket as the list of buckets describes it."""
    return {
        "id": name,
        "created": "2026-01-01T08:00:00.000000+00:00",
        "name": None,
        "type": kind,
        "client": client,
        "hostname": "laptop",
        "data": {},
        "last_updated": "2026-11-20T08:00:00.000000+00:00",
    }


@contextmanager
def activitywatch(
    events: Mapping[str, Sequence[Event]],
    others: Sequence[tuple[str, str]] = (
        ("aw-watcher-window_laptop", "currentwindow"),
        ("aw-watcher-web-firefox", "web.tab.current"),
    ),
    answer: Callable[[BaseHTTPRequestHandler], bool] = lambda _: False,
) -> Iterator[tuple[str, list[tuple[str, dict[str, str]]]]]:
    """An ActivityWatch with these buckets of times away, and `others` (name and type): its address, and what it was
    asked. `answer` may answer by itself, and says whether it did.
    """

    def reply(handler: BaseHTTPRequestHandler) -> None:
        if answer(handler):
            return
        parts = urlsplit(handler.path)
        steps = [unquote(step) for step in parts.path.split("/")]
        if parts.path == "/api/0/buckets/":
            found: Any = {name: bucket(name) for name in events} | {name: bucket(name, kind) for name, kind in others}
        elif steps[-1] == "events" and steps[-2] in events:
            query = parse_qs(parts.query)
            begin, end = (dt.datetime.fromisoformat(query[edge][0]) for edge in ("start", "end"))
            found = [given for given in events[steps[-2]] if _touches(given, begin, end)][::-1]
        else:
            send_reply(handler, 404, b'{"message": "There is no bucket named that"}')
            return
        send_reply(handler, 200, json.dumps(found).encode(), Content_Type="application/json")

    with web_server(reply) as (origin, seen):
        yield origin, seen


def _touches(given: Event, begin: dt.datetime, end: dt.datetime) -> bool:
    try:
        start = dt.datetime.fromisoformat(given["timestamp"])
        return start <= end and start + dt.timedelta(seconds=given["duration"]) >= begin
    except (TypeError, ValueError, KeyError, OverflowError):
        return True
