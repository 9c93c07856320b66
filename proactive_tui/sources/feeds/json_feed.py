"""Reads JSON Feed (versions 1 and 1.1). Pure."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urljoin

import msgspec

from proactive_tui.sources.feeds.feed_values import (
    MAX_ENTRY_TITLE_CHARACTERS,
    MAX_MARKUP_CHARACTERS,
    FeedEntry,
    ParsedFeed,
)

MAX_JSON_ENTRIES = 300
_VERSION_START = "https://jsonfeed.org/version/"


class _JsonEntry(msgspec.Struct):
    id: str | int | float = ""
    url: str | None = None
    external_url: str | None = None
    title: str | None = None
    content_html: str | None = None
    content_text: str | None = None
    summary: str | None = None
    date_published: str | None = None
    date_modified: str | None = None


class _JsonFeed(msgspec.Struct):
    version: str = ""
    title: str | None = None
    home_page_url: str | None = None
    items: list[msgspec.Raw] = []


def parse_json_feed(body: bytes, url: str) -> ParsedFeed | None:
    """The feed in a JSON text that came from `url`; None where it is no JSON Feed. A wrong entry costs itself only."""
    try:
        feed = msgspec.json.decode(body.removeprefix(b"\xef\xbb\xbf"), type=_JsonFeed)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    if not feed.version.startswith(_VERSION_START):
        return None
    entries = [entry for raw in feed.items[:MAX_JSON_ENTRIES] if (entry := _read_entry(raw, url)) is not None]
    return ParsedFeed(title=feed.title or "", home=urljoin(url, feed.home_page_url or ""), entries=tuple(entries))


def _read_entry(raw: msgspec.Raw, url: str) -> FeedEntry | None:
    try:
        entry = msgspec.json.decode(raw, type=_JsonEntry)
    except (msgspec.DecodeError, RecursionError):
        return None
    address = entry.url or entry.external_url or ""
    markup = entry.content_html or entry.content_text or entry.summary or ""
    return FeedEntry(
        guid=str(entry.id),
        title=(entry.title or "")[:MAX_ENTRY_TITLE_CHARACTERS],
        address=urljoin(url, address) if address else "",
        markup=markup[:MAX_MARKUP_CHARACTERS],
        is_plain=not entry.content_html,
        base=urljoin(url, address),
        at=_read_time(entry.date_published) or _read_time(entry.date_modified),
    )


def _read_time(text: str | None) -> float | None:
    try:
        moment = dt.datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).timestamp()
