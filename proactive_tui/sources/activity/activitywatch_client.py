"""Reads ActivityWatch's buckets of times away from keyboard, over its REST interface (/api/0), and no others.

ActivityWatch also keeps titles of windows and addresses of pages: their buckets are never asked for.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import quote, urlencode

from proactive_tui.allowed_hosts import address_origin, normalize_address
from proactive_tui.errors import SourceError
from proactive_tui.sources.activity.active_spans import merge_spans
from proactive_tui.sources.contract import TimeSpan
from proactive_tui.sources.web_client import WebClient
from proactive_tui.units import SECONDS_PER_DAY, SECONDS_PER_HOUR

ACTIVITYWATCH_PORT: Final = 5600
AFK_BUCKET_TYPE: Final = "afkstatus"
MAX_AFK_BUCKETS: Final = 16
"""Buckets that are read at the most: one for each machine that its owner syncs."""
MAX_NAME_CHARACTERS: Final = 200
WINDOW_SECONDS: Final = 2 * SECONDS_PER_DAY
"""How much time one request asks for."""
OVERLAP_SECONDS: Final = 2 * SECONDS_PER_HOUR
"""The last event still grows when it is read: so much is read again."""
MAX_EVENT_SECONDS: Final = SECONDS_PER_DAY
"""An event that says to be longer is damaged."""


class AfkEvents(NamedTuple):
    """What ActivityWatch noticed: when somebody was active, and in which spans it was running at all."""

    active: tuple[TimeSpan, ...] = ()
    watched: tuple[TimeSpan, ...] = ()


def activitywatch_origin(address: str) -> str:
    """The origin of the address in the config; "" where that is not valid."""
    return address_origin(normalize_address(address, ACTIVITYWATCH_PORT))


class ActivityWatchClient:
    """Asks one ActivityWatch. Every method blocks, and raises SourceError; SourcePausedError where it is not there."""

    def __init__(self, address: str) -> None:
        self._origin = activitywatch_origin(address)
        if not self._origin:
            raise SourceError("ActivityWatch's address is not valid", address, "Write it as http://localhost:5600.")

    def read_events(self, asked_until: Mapping[str, float], oldest: float, now: float) -> dict[str, AfkEvents]:
        """What each bucket of times away has since it was `asked_until` (unix seconds), at most since `oldest`."""
        with WebClient((self._origin,)) as web:
            names = list_afk_buckets(self._ask_server(web, "/api/0/buckets/"))
            return {
                name: self._read_bucket(web, name, max(oldest, asked_until.get(name, oldest) - OVERLAP_SECONDS), now)
                for name in names
            }

    def _read_bucket(self, web: WebClient, name: str, start: float, now: float) -> AfkEvents:
        active: list[TimeSpan] = []
        watched: list[TimeSpan] = []
        for step in range(max(1, math.ceil((now - start) / WINDOW_SECONDS))):
            begin = start + step * WINDOW_SECONDS
            times = urlencode({"start": _iso_time(begin), "end": _iso_time(min(now, begin + WINDOW_SECONDS))})
            found = parse_events(self._ask_server(web, f"/api/0/buckets/{quote(name, safe='')}/events?{times}"), now)
            active += found.active
            watched += found.watched
        return AfkEvents(merge_spans(active, 0.0), merge_spans(watched, SECONDS_PER_HOUR / 60))

    def _ask_server(self, web: WebClient, path: str) -> Any:
        body = web.get(self._origin + path, {"Accept": "application/json"}).body
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            raise SourceError(
                "ActivityWatch answers something else", f"{self._origin}{path[:80]}", "See that the address is its own."
            ) from error


def list_afk_buckets(answer: Any) -> list[str]:
    """The names of the buckets of times away, in order. Raises SourceError where the answer is no list of buckets."""
    if not isinstance(answer, dict):
        raise SourceError("ActivityWatch answers something else", "no list of buckets")
    return sorted(
        name
        for name, bucket in answer.items()
        if isinstance(bucket, dict) and bucket.get("type") == AFK_BUCKET_TYPE and _is_bucket_name(name)
    )[:MAX_AFK_BUCKETS]


def _is_bucket_name(name: str) -> bool:
    """Whether a name is one that ActivityWatch gives, and so stays one segment of an address."""
    return bool(name.strip(".")) and len(name) <= MAX_NAME_CHARACTERS and name.isprintable()


def parse_events(answer: Any, now: float) -> AfkEvents:
    """The events of a bucket of times away; what is none, lasts too long or is ahead of `now` is left out."""
    active: list[TimeSpan] = []
    watched: list[TimeSpan] = []
    for event in answer if isinstance(answer, list) else ():
        span = _event_span(event, now)
        if span is None:
            continue
        status = event["data"].get("status") if isinstance(event.get("data"), dict) else None
        if status == "not-afk":
            active.append(span)
        if status in ("afk", "not-afk"):
            watched.append(span)
    return AfkEvents(merge_spans(active, 0.0), merge_spans(watched, 0.0))


def _event_span(event: Any, now: float) -> TimeSpan | None:
    try:
        begun = dt.datetime.fromisoformat(event["timestamp"])
        seconds = float(event.get("duration") or 0.0)
        start = (begun if begun.tzinfo else begun.replace(tzinfo=dt.UTC)).timestamp()
    except (TypeError, ValueError, KeyError, AttributeError, OverflowError):
        return None
    if not 0.0 <= seconds <= MAX_EVENT_SECONDS or start > now:
        return None
    return TimeSpan(start, min(start + seconds, now))


def _iso_time(at: float) -> str:
    return dt.datetime.fromtimestamp(at, dt.UTC).isoformat(timespec="milliseconds")
