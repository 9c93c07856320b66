"""What is kept of each feed between polls, and when it is asked again. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from random import Random
from typing import Final

import msgspec

from proactive_tui.sources.feeds.story_identity import StoryMark
from proactive_tui.sources.web_client import Validators
from proactive_tui.units import SECONDS_PER_DAY, SECONDS_PER_HOUR

MAX_REST_SECONDS: Final = SECONDS_PER_DAY
"""The longest time between two requests to a feed that answers, however seldom it has news."""
MAX_FAILED_REST_SECONDS: Final = 12 * SECONDS_PER_HOUR
GONE_REST_SECONDS: Final = 30 * SECONDS_PER_DAY
"""A feed that said that it is gone for good is asked again after so long: some servers say so by mistake."""
QUIET_DAYS: Final = ((90.0, 12.0), (14.0, 4.0), (3.0, 2.0))
"""Days since the newest story of a feed, and how much longer it is left alone then."""
REST_JITTER: Final = 0.15
MAX_CACHE_SECONDS: Final = 6 * SECONDS_PER_HOUR
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age=\"?(\d{1,9})")


class FeedState(msgspec.Struct, omit_defaults=True):
    """What is kept of a feed, by the address that the owner wrote.

    `asked` is the address that is asked instead: it was found on the site that the owner named (`found`), or a server
    said that the feed moved there for good. `body` is a hash of its last answer. `gone` says that it has ended.
    """

    title: str = ""
    asked: str = ""
    found: bool = False
    validators: Validators = Validators()
    body: str = ""
    next_at: float = 0.0
    read_at: float = 0.0
    newest_at: float = 0.0
    rest_minutes: float = 0.0
    failures: int = 0
    trouble: str = ""
    gone: bool = False


class NewsState(msgspec.Struct, omit_defaults=True):
    """The state of the source between two polls: its feeds by address, and the stories it knows."""

    version: int = 1
    feeds: dict[str, FeedState] = {}
    stories: list[StoryMark] = []


def read_state(text: str) -> NewsState:
    """The state in a text of an earlier poll; an empty one where it cannot be read, so that all is asked for anew."""
    try:
        return msgspec.json.decode(text, type=NewsState) if text else NewsState()
    except msgspec.DecodeError:
        return NewsState()


def write_state(state: NewsState) -> str:
    """The state as text."""
    return msgspec.json.encode(state).decode()


def rest_seconds(feed: FeedState, headers: Mapping[str, str], least: float, now: float, rng: Random) -> float:
    """Seconds until a feed that answered is asked again: `least`, longer where it seldom has news or says so itself."""
    quiet = (now - feed.newest_at) / SECONDS_PER_DAY if feed.newest_at else 0.0
    factor = next((times for days, times in QUIET_DAYS if quiet > days), 1.0)
    match = _MAX_AGE.search(headers.get("cache-control", "").lower())
    cached = min(float(match[1]), MAX_CACHE_SECONDS) if match else 0.0
    wanted = max(least * factor, feed.rest_minutes * 60.0, cached)
    return min(wanted, max(MAX_REST_SECONDS, least)) * (1.0 + REST_JITTER * rng.random())


def failed_rest_seconds(failures: int, least: float, rng: Random) -> float:
    """Seconds until a feed that could not be read is asked again; `failures` counts those in a row, this one too."""
    doubled = least * 2.0 ** min(failures, 10)
    return min(doubled, max(MAX_FAILED_REST_SECONDS, least)) * (1.0 + REST_JITTER * rng.random())


def due_feeds(addresses: Sequence[str], feeds: Mapping[str, FeedState], now: float) -> list[str]:
    """The feeds to ask now, those first that wait longest; also where the clock was set back since they answered."""
    waiting = [(feeds[address].next_at if address in feeds else 0.0, address) for address in addresses]
    latest = now + GONE_REST_SECONDS * (1.0 + REST_JITTER)
    return [address for next_at, address in sorted(waiting) if next_at <= now or next_at > latest]
