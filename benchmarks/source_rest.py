"""Counts what a day at rest costs: `python -m benchmarks.source_rest [--hours 24] [--json FILE]`.

Real servers on this machine stand for a forge, feeds, a calendar's address and ActivityWatch; nothing changes at any of
them. The shipped sources ask them on a simulated clock, at the times at which the program would. It prints for each
source the polls, the requests, how many were answered by "not modified", and the bytes that went and came.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, Final

from proactive_tui.brain.collecting.polling import ask_source, next_poll_at
from proactive_tui.brain.collecting.source_poller import POLL_CHECK_SECONDS
from proactive_tui.config import ActivityConfig, CalendarConfig, Config, ForgeConfig, GitConfig, NewsConfig
from proactive_tui.model.shared_words import SourceName
from proactive_tui.sources.contract import OwnActivity
from proactive_tui.sources.source_registry import SOURCES
from proactive_tui.units import SECONDS_PER_DAY, SECONDS_PER_HOUR
from tests.sources.activity.aw_server import bucket
from tests.sources.calendar.made_calendars import calendar, event
from tests.sources.feeds.feed_pages import entry, rss
from tests.sources.forge.github_server import (
    GitHubServer,
    comment,
    pull_node,
    pulls_data,
    thread,
    threads_page,
    waiting_data,
)
from tests.sources.web_server import web_server

FEED_AGES: Final = {"today": 1, "this week": 4, "this season": 60}
"""How old the newest story of each feed is, in days."""
STORIES: Final = 30
PULLS: Final = 3


@dataclass
class Traffic:
    """What one server was asked. `sent` and `received` are bytes, as the program counts them, with headers."""

    requests: int = 0
    not_modified: int = 0
    sent: int = 0
    received: int = 0


@dataclass(frozen=True)
class RestDay:
    """What a source cost in a day in which nothing changed."""

    polls: int
    failures: int
    traffic: Traffic


class CountedFile:
    """What a handler writes to, with the bytes counted."""

    def __init__(self, wrapped: Any, traffic: Traffic) -> None:
        self._wrapped, self._traffic = wrapped, traffic

    def write(self, data: bytes) -> int:
        """Write and count."""
        self._traffic.received += len(data)
        return int(self._wrapped.write(data))

    def flush(self) -> None:
        """Pass on."""
        self._wrapped.flush()

    def close(self) -> None:
        """Pass on."""
        self._wrapped.close()

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return bool(self._wrapped.closed)


@contextmanager
def counted(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[tuple[str, Traffic]]:
    """A server that counts: its origin, and the traffic so far."""
    traffic = Traffic()

    def reply(handler: BaseHTTPRequestHandler) -> None:
        traffic.requests += 1
        body = int(handler.headers.get("Content-Length") or 0)
        traffic.sent += len(handler.requestline) + 2 + len(str(handler.headers).encode()) + body
        handler.wfile = CountedFile(handler.wfile, traffic)  # type: ignore[assignment]  # all that handlers use of it
        answer(handler)

    with web_server(reply) as (origin, _):
        yield origin, traffic


def conditional(
    pages: dict[str, bytes], kind: str, traffic: Callable[[], Traffic]
) -> Callable[[BaseHTTPRequestHandler], None]:
    """Answers by the path, with an ETag; "not modified" to whoever has it."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        body = pages.get(handler.path, b"")
        mark = f'"{hashlib.blake2b(body, digest_size=8).hexdigest()}"'
        known = handler.headers.get("If-None-Match") == mark
        traffic().not_modified += known
        handler.send_response(304 if known else 200)
        handler.send_header("ETag", mark)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", "0" if known else str(len(body)))
        handler.end_headers()
        if not known:
            handler.wfile.write(body)

    return answer


def rest(name: SourceName, config: Config, traffic: Traffic, now: float, hours: float) -> RestDay:
    """Poll a source as the program does, on a simulated clock that begins at `now`; the first poll is not counted."""
    spec, rng = SOURCES[name], random.Random(7)
    state, polls, failures = "", -1, 0
    next_at, until = now, now + hours * SECONDS_PER_HOUR
    while now < until:
        if now >= next_at:
            activity = OwnActivity() if spec.hears_activity else None
            outcome = ask_source(spec, config, state, now, activity)
            state = outcome.poll.state if outcome.poll else state
            failures += outcome.poll is None
            next_at = next_poll_at(spec, outcome, 0, now, rng)
            polls += 1
            if polls == 0:
                traffic.requests = traffic.not_modified = traffic.sent = traffic.received = 0
        now += POLL_CHECK_SECONDS
    return RestDay(polls, failures, traffic)


def measure_day(hours: float, folder: Path, now: float) -> dict[str, RestDay]:
    """The cost by source."""
    with resting_world(folder, now) as (config, traffics):
        return {name: rest(name, config, traffic, now, hours) for name, traffic in traffics.items()}


@contextmanager
def resting_world(folder: Path, now: float) -> Iterator[tuple[Config, dict[SourceName, Traffic]]]:
    """Servers at which nothing changes: a config with every source on, and what each server is asked. Repositories are
    looked for below `folder`.
    """
    with ExitStack() as servers:
        forge_origin, forge = servers.enter_context(counted(_forge(now).answer))
        feeds_of: list[Traffic] = []
        feed_pages = {
            f"/{number}": rss(
                entry(f"{number}-{place}", at=now - (days + place) * SECONDS_PER_DAY) for place in range(STORIES)
            )
            for number, days in enumerate(FEED_AGES.values())
        }
        feed_origin, feeds = servers.enter_context(
            counted(conditional(feed_pages, "application/rss+xml", lambda: feeds_of[0]))
        )
        feeds_of.append(feeds)
        calendars_of: list[Traffic] = []
        page = {"/cal.ics": calendar(*(event(uid=f"e{number}", summary=f"Planning {number}") for number in range(50)))}
        calendar_origin, calendars = servers.enter_context(
            counted(conditional(page, "text/calendar", lambda: calendars_of[0]))
        )
        calendars_of.append(calendars)
        activity_origin, activity = servers.enter_context(counted(_activitywatch))
        config = Config(
            git=GitConfig(enabled=True, folders=(str(folder),)),
            forge=ForgeConfig(enabled=True, github=(forge_origin,), token_command="echo github_pat_made_up"),
            calendar=CalendarConfig(enabled=True, addresses=(f"{calendar_origin}/cal.ics",)),
            activity=ActivityConfig(enabled=True, activitywatch=activity_origin),
            news=NewsConfig(enabled=True, feeds=tuple(f"{feed_origin}{path}" for path in feed_pages)),
        )
        traffics: dict[SourceName, Traffic] = {
            "git": Traffic(),
            "forge": forge,
            "calendar": calendars,
            "activity": activity,
            "news": feeds,
        }
        yield config, traffics


def _forge(now: float) -> GitHubServer:
    def stamp(hours: float) -> str:
        return datetime.fromtimestamp(now - hours * SECONDS_PER_HOUR, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    words = "issue (blocking): this swallows the exception after the last retry, so nobody hears of it."
    talks = threads_page(*(thread(f"T{number}", comment(f"C{number}", words, at=stamp(2))) for number in range(4)))
    nodes = [
        pull_node(id=f"PR_{number}", number=number, createdAt=stamp(40), updatedAt=stamp(2), reviewThreads=talks)
        for number in range(PULLS)
    ]
    server = GitHubServer()
    server.set_data("OwnPulls", pulls_data(*nodes))
    server.set_data("Waiting", waiting_data())
    return server


def _activitywatch(handler: BaseHTTPRequestHandler) -> None:
    found: Any = (
        {"aw-watcher-afk_laptop": bucket("aw-watcher-afk_laptop")} if handler.path.endswith("/buckets/") else []
    )
    body = json.dumps(found).encode()
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def main(arguments: Sequence[str]) -> int:
    """Print the table; exit status 0, or 1 where a poll failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.source_rest", description=__doc__)
    parser.add_argument("--hours", type=float, default=24.0)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args(arguments)
    now = datetime.now(UTC).timestamp()
    with tempfile.TemporaryDirectory() as folder:
        found = measure_day(given.hours, Path(folder), now)
    lines = [f"{'':10} {'polls':>6} {'requests':>9} {'not modified':>13} {'bytes sent':>11} {'received':>10}"]
    for name, day in found.items():
        asked = day.traffic
        told = f"{asked.requests:9} {asked.not_modified:13} {asked.sent:11,} {asked.received:10,}"
        lines.append(f"{name:10} {day.polls:6} {told}")
    sys.stdout.write("\n".join(lines) + "\n")
    failures = sum(day.failures for day in found.values())
    if failures:
        sys.stdout.write(f"{failures} polls failed\n")
    if given.json:
        given.json.write_text(json.dumps({name: asdict(day) for name, day in found.items()}, indent=1) + "\n", "utf-8")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
