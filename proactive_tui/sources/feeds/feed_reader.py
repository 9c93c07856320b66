"""Asks one feed for what is new, on the site that the owner named or where that leads, and nowhere else."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from typing import Final, NamedTuple

from proactive_tui.errors import SourceError
from proactive_tui.sources.feeds.feed_discovery import find_feeds
from proactive_tui.sources.feeds.feed_list import feed_origin
from proactive_tui.sources.feeds.feed_parser import parse_feed
from proactive_tui.sources.feeds.feed_schedule import FeedState
from proactive_tui.sources.feeds.feed_values import ParsedFeed
from proactive_tui.sources.web_client import Validators, WebClient, WebPage

FEED_ACCEPT: Final = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9,"
    " application/json;q=0.8, text/html;q=0.5, */*;q=0.1"
)


class FeedAnswer(NamedTuple):
    """What a feed answered. `feed` is None where nothing has changed, `size` counts bytes.

    `asked` is the address to ask from now on ("" for the one that the owner wrote), `found` whether a site named it.
    """

    feed: ParsedFeed | None
    asked: str
    found: bool
    validators: Validators
    body: str
    headers: Mapping[str, str]
    size: int


class FeedReader:
    """Reads feeds one at a time. `open_client` makes the client that may ask the given origins.

    The client of a feed may ask the origin that the owner wrote for this feed and public addresses, so that no feed
    leads to a server of the owner's that another feed is on.
    """

    def __init__(self, open_client: Callable[[Collection[str]], WebClient]) -> None:
        self._open_client = open_client

    def read(self, address: str, state: FeedState, *, is_written: bool = True) -> FeedAnswer:
        """What the feed that the owner named by `address` says now. Raises SourceError.

        Of an address that the owner did not write, but that stands in a list of feeds, only a public host is asked.
        """
        origin = feed_origin(address) if is_written else ""
        with self._open_client((origin,) if origin else ()) as client:
            target = state.asked or address
            page = client.get(target, {"Accept": FEED_ACCEPT}, state.validators)
            if page.is_unchanged or _hash_body(page) == state.body:
                return _unchanged_answer(page, state)
            feed = parse_feed(page.body, page.headers.get("content-type", ""), page.url)
            if feed is not None:
                return _changed_answer(page, feed, page.moved_to or state.asked, state.found, len(page.body))
            return self._read_named(client, address, page)

    def _read_named(self, client: WebClient, address: str, page: WebPage) -> FeedAnswer:
        """What the feed says that a page names: its site was asked, and not the feed."""
        named = find_feeds(page.body, page.url)
        if not named:
            raise SourceError("It is no feed, and names none", address, "Write the address of its feed.")
        target = named[0].address
        answer = client.get(target, {"Accept": FEED_ACCEPT})
        feed = parse_feed(answer.body, answer.headers.get("content-type", ""), answer.url)
        if feed is None:
            raise SourceError("The feed that it names is none", f"{address}: {target}", "Write another address.")
        return _changed_answer(answer, feed, answer.moved_to or target, True, len(page.body) + len(answer.body))


def _unchanged_answer(page: WebPage, state: FeedState) -> FeedAnswer:
    validators = page.validators if page.validators != Validators() else state.validators
    asked = page.moved_to or state.asked
    return FeedAnswer(None, asked, state.found, validators, state.body, page.headers, len(page.body))


def _changed_answer(page: WebPage, feed: ParsedFeed, asked: str, found: bool, size: int) -> FeedAnswer:
    return FeedAnswer(feed, asked, found, page.validators, _hash_body(page), page.headers, size)


def _hash_body(page: WebPage) -> str:
    return hashlib.blake2b(page.body, digest_size=12).hexdigest()
