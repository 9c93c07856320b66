"""The source of stories: goes over the feeds that are due, each with its own next time, and tells each story once."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from random import Random
from typing import Final

from msgspec import structs

from proactive_tui.config import NewsConfig
from proactive_tui.errors import SourceError, SourceGoneError, SourcePausedError
from proactive_tui.model.note_values import ItemOrigin
from proactive_tui.sources.contract import SourceItem, SourcePoll
from proactive_tui.sources.feeds.feed_list import list_feeds, written_address
from proactive_tui.sources.feeds.feed_reader import FeedAnswer, FeedReader
from proactive_tui.sources.feeds.feed_schedule import (
    GONE_REST_SECONDS,
    FeedState,
    NewsState,
    due_feeds,
    failed_rest_seconds,
    read_state,
    rest_seconds,
    write_state,
)
from proactive_tui.sources.feeds.feed_values import FeedEntry, ParsedFeed
from proactive_tui.sources.feeds.story_identity import StoryBook, StoryMark, StoryWords, identify_entry, shared_keys
from proactive_tui.sources.feeds.story_links import clean_address
from proactive_tui.sources.feeds.story_text import plain_title, story_markdown
from proactive_tui.sources.web_client import WebClient
from proactive_tui.units import SECONDS_PER_DAY

MAX_FEEDS_PER_POLL: Final = 40
MAX_FEED_ROUND_BYTES: Final = 24 << 20
MAX_FEED_ROUND_SECONDS: Final = 45.0
"""What one poll takes at the most: feeds, bytes and seconds; the feeds that are left are asked in the next one."""
MAX_STORIES_PER_FEED: Final = 50
"""The newest stories of a feed that are kept: who subscribes to a feed does not want its archive."""
MAX_FEED_WAIT_SECONDS: Final = 900.0
"""Seconds after which a poll looks whether feeds were named meanwhile, which asks nobody."""
EARLIEST_STORY_AT: Final = 631_152_000.0
"""Entries dated before 1990 have a wrong date (unix seconds)."""
MAX_STORY_AHEAD_SECONDS: Final = SECONDS_PER_DAY
"""Entries dated further ahead than this are taken as of now; nearer ones too, as of when they were seen."""
UNDATED_STEP_SECONDS: Final = 60.0
"""Entries without a date keep their order, this far apart."""
KEEP_MARK_DAYS: Final = 60.0
"""Days for which a story is known after the last feed dropped it, so that it does not come back as a new one."""


class FeedSource:
    """The feeds of the config. `open_client` makes the client that may ask the given origins."""

    def __init__(
        self,
        news: NewsConfig,
        *,
        open_client: Callable[[Collection[str]], WebClient] | None = None,
        rng: Random | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._news, self._rng, self._clock = news, rng or Random(), clock
        self._reader = FeedReader(open_client or (lambda origins: WebClient(origins, follow_public=True)))

    def poll(self, state: str, now: float) -> SourcePoll:
        """Ask the feeds that are due. Raises SourcePausedError where none could be reached: this machine is offline."""
        named, trouble = list_feeds(self._news)
        known = read_state(state)
        addresses = [feed.address for feed in named]
        feeds = {address: known.feeds.get(address, FeedState()) for address in addresses}
        book = StoryBook(known.stories)
        gone = _drop_lost_stories(book, feeds.keys(), now)
        items: dict[str, SourceItem] = {}
        unreachable: list[SourcePausedError] = []
        asked = self._ask_due(due_feeds(addresses, feeds, now), feeds)
        for address, answer in asked:
            if isinstance(answer, SourceError):
                feeds[address] = self._after_failure(feeds[address], answer, now)
                if isinstance(answer, SourcePausedError) and not answer.until:
                    unreachable.append(answer)
                continue
            feeds[address] = self._after_answer(feeds[address], answer, now)
            if answer.feed is not None:
                items |= self._take_entries(address, feeds[address], answer.feed, book, now)
        if asked and len(unreachable) == len(asked):
            raise unreachable[0]
        stories = list(book.marks.values())
        return SourcePoll(
            items=tuple(items.values()),
            gone=tuple(gone),
            state=write_state(NewsState(feeds=feeds, stories=stories)),
            wait_seconds=_wait_seconds(feeds, now),
            trouble=_describe_trouble(feeds, trouble, is_empty=not named),
        )

    def _ask_due(self, due: list[str], feeds: dict[str, FeedState]) -> list[tuple[str, FeedAnswer | SourceError]]:
        answers: list[tuple[str, FeedAnswer | SourceError]] = []
        size, started = 0, self._clock()
        written = {written_address(feed) for feed in self._news.feeds}
        for address in due[:MAX_FEEDS_PER_POLL]:
            try:
                read = self._reader.read(address, feeds[address], is_written=address in written)
            except SourceError as error:
                answers.append((address, error))
            else:
                answers.append((address, read))
                size += read.size
            if size > MAX_FEED_ROUND_BYTES or self._clock() - started > MAX_FEED_ROUND_SECONDS:
                break
        return answers

    def _after_failure(self, feed: FeedState, error: SourceError, now: float) -> FeedState:
        failures = feed.failures + 1
        gone = isinstance(error, SourceGoneError)
        rest = GONE_REST_SECONDS if gone else failed_rest_seconds(failures, self._news.poll_minutes * 60.0, self._rng)
        until = error.until if isinstance(error, SourcePausedError) else 0.0
        lost = feed.found and not isinstance(error, SourcePausedError)  # the site may name another feed by now
        return structs.replace(
            feed,
            asked="" if lost else feed.asked,
            found=feed.found and not lost,
            failures=failures,
            trouble=": ".join(part for part in (error.title, error.message) if part)[:300],
            gone=gone,
            next_at=max(now + rest, until),
        )

    def _after_answer(self, feed: FeedState, answer: FeedAnswer, now: float) -> FeedState:
        after = structs.replace(
            feed,
            asked=answer.asked,
            found=answer.found,
            validators=answer.validators,
            body=answer.body or feed.body,
            read_at=now,
            failures=0,
            trouble="",
            gone=False,
        )
        if answer.feed is not None:
            dates = [entry.at for entry in answer.feed.entries if entry.at is not None and entry.at <= now]
            after.title = plain_title(answer.feed.title)
            after.newest_at = max(dates, default=0.0)
            after.rest_minutes = answer.feed.rest_minutes
        after.next_at = now + rest_seconds(after, answer.headers, self._news.poll_minutes * 60.0, now, self._rng)
        return after

    def _take_entries(
        self, address: str, state: FeedState, feed: ParsedFeed, book: StoryBook, now: float
    ) -> dict[str, SourceItem]:
        shared = shared_keys((entry.guid, entry.address) for entry in feed.entries)
        oldest = now - self._news.keep_days * SECONDS_PER_DAY
        items: dict[str, SourceItem] = {}
        for place, entry in _newest_entries(feed.entries, now):
            title, text = plain_title(entry.title), story_markdown(entry.markup, entry.base, is_plain=entry.is_plain)
            if not title and not text:
                continue
            words = identify_entry(entry.guid, entry.address, title, text, address, shared)
            at = _published_at(entry, place, now)
            mark = book.find(words, at)
            if mark is None and at < oldest:
                continue
            mark = mark or book.add(words, address, at, now)
            book.note_seen(mark, words, address, now)
            if book.take_words(mark, words, address):
                items[mark.id] = _story_item(mark, entry, state, title, text, words)
        return items


def _newest_entries(entries: Collection[FeedEntry], now: float) -> list[tuple[int, FeedEntry]]:
    """The entries that are kept, each with its place in the feed, by which those without a date are ordered."""
    placed = list(enumerate(entries))
    return sorted(placed, key=lambda pair: -_published_at(pair[1], pair[0], now))[:MAX_STORIES_PER_FEED]


def _published_at(entry: FeedEntry, place: int, now: float) -> float:
    """When an entry counts as published (unix seconds): never ahead of now, and now where its date cannot be right."""
    if entry.at is None or entry.at < EARLIEST_STORY_AT or entry.at > now + MAX_STORY_AHEAD_SECONDS:
        return now - place * UNDATED_STEP_SECONDS
    return min(entry.at, now)


def _story_item(
    mark: StoryMark, entry: FeedEntry, state: FeedState, title: str, text: str, words: StoryWords
) -> SourceItem:
    return SourceItem(
        id=mark.id,
        title=title or text.partition("\n")[0][:100],
        text=text or title,
        at=mark.at,
        origin=ItemOrigin(
            source="news",
            form="story",
            author=state.title[:80],
            address=clean_address(entry.address, entry.base),
            part=state.title[:80],
        ),
        facts={"feeds": str(len(mark.told_by)), "words": str(words.words)},
    )


def _drop_lost_stories(book: StoryBook, addresses: Collection[str], now: float) -> list[str]:
    """Forget the stories that no feed has had for long; returns the ids of those whose feed is named no more."""
    gone = [mark.id for mark in book.marks.values() if mark.feed not in addresses]
    old = [mark.id for mark in book.marks.values() if now - mark.seen_at > KEEP_MARK_DAYS * SECONDS_PER_DAY]
    book.forget((*gone, *old))
    return gone


def _wait_seconds(feeds: dict[str, FeedState], now: float) -> float:
    next_at = min((feed.next_at for feed in feeds.values()), default=now + MAX_FEED_WAIT_SECONDS)
    return min(MAX_FEED_WAIT_SECONDS, max(0.0, next_at - now))


def _describe_trouble(feeds: dict[str, FeedState], opml: str, *, is_empty: bool) -> str:
    """What could not be read, in a sentence; "" where all could."""
    if is_empty and not opml:
        return "No feed is named: write addresses into news.feeds, or an OPML file into news.opml."
    bad = {address: feed for address, feed in feeds.items() if feed.trouble}
    said = [f"The OPML file was not read: {opml}."] if opml else []
    if bad:
        lines = [
            f"{address} is gone for good (take it out of news.feeds)" if feed.gone else f"{address}: {feed.trouble}"
            for address, feed in sorted(bad.items())
        ]
        more = f"; and {len(lines) - 3} more" if len(lines) > 3 else ""
        said.append(f"{len(bad)} of {len(feeds)} feeds were not read: {'; '.join(lines[:3])}{more}.")
    return " ".join(said)
