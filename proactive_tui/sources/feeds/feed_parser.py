"""Reads a feed in any format. Pure: feedparser is given bytes, never an address, so that it asks nobody.

The only module that imports feedparser. It reads what a feed says; it cleans no HTML and resolves no links in it,
which costs it four times as long, and is done here for those entries alone that are kept.
"""

from __future__ import annotations

import calendar
import datetime as dt
import io
import re
import time
from collections.abc import Iterable, Sequence
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import urljoin

import feedparser

from proactive_tui.sources.feeds.feed_values import (
    MAX_ENTRY_TITLE_CHARACTERS,
    MAX_MARKUP_CHARACTERS,
    FeedEntry,
    ParsedFeed,
)
from proactive_tui.sources.feeds.json_feed import parse_json_feed

MAX_READ_ENTRIES = 300
"""Entries of a feed that are read: its newest, where it has them in order."""
MAX_READ_BYTES = 3 << 20
MAX_READ_TAGS = 60_000
"""Bytes and tags of a feed that are read; feedparser takes some 50 µs for a tag."""

MARK_BYTES = 1 << 16
"""Bytes at the beginning of an answer in which a feed names itself as one."""

_FEED_MARK = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE)
_ENTRY_START = re.compile(rb"<(?:\w+:)?(?:item|entry)(?=[\s>/])", re.IGNORECASE)
_ENTRY_DATE = re.compile(
    rb"<(?:\w+:)?(?:pubDate|published|updated|date|issued|modified)\b[^>]*>\s*([^<]{6,60})", re.IGNORECASE
)
_PERIOD_MINUTES: Final = {"hourly": 60.0, "daily": 1440.0, "weekly": 10_080.0}
_WIDE_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff", b"<\x00", b"\x00<")


def parse_feed(body: bytes, content_type: str, url: str) -> ParsedFeed | None:
    """The feed in an answer that came from `url`; None where it is no feed. Never raises for what a feed says."""
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return parse_json_feed(body, url)
    if not _FEED_MARK.search(body[:MARK_BYTES].replace(b"\0", b"")):
        return None
    headers = {"content-location": url, **({"content-type": content_type} if content_type else {})}
    try:
        parsed = feedparser.parse(
            io.BytesIO(shorten_feed(body)), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError, AssertionError):
        return None  # feedparser means to raise nothing; where it does, the answer is no feed that anybody can read
    if not parsed.version and not parsed.entries:
        return None
    feed = parsed.feed
    return ParsedFeed(
        title=_text_value(feed, "title")[:MAX_ENTRY_TITLE_CHARACTERS],
        home=urljoin(url, _text_value(feed, "link")),
        entries=tuple(_read_entry(entry, url) for entry in parsed.entries[:MAX_READ_ENTRIES]),
        rest_minutes=_rest_minutes(feed),
    )


def shorten_feed(body: bytes) -> bytes:
    """A feed without the entries that come after the first `MAX_READ_ENTRIES`, or that would take too long to read.

    Of a feed whose last entry is newer than its first, the last ones are kept.
    """
    if body.startswith(_WIDE_BOMS):
        return body[:MAX_READ_BYTES]
    starts = [match.start() for match in _ENTRY_START.finditer(body)]
    if len(starts) < 2:
        return body if body.count(b"<") <= MAX_READ_TAGS else body[: _tag_end(body)]
    ends = [*starts[1:], len(body)]
    pieces = [body[start:end] for start, end in zip(starts, ends, strict=True)]
    if len(pieces) <= MAX_READ_ENTRIES and len(body) <= MAX_READ_BYTES and body.count(b"<") <= MAX_READ_TAGS:
        return body
    backwards = _is_oldest_first(pieces)
    kept = list(_affordable_entries(reversed(pieces) if backwards else pieces))
    closing = body[max(body.rfind(b"</channel"), body.rfind(b"</feed"), body.rfind(b"</rdf:RDF")) :]
    tail = closing if len(closing) < 200 and kept[-1:] != [pieces[-1]] else b""
    return body[: starts[0]][:MAX_READ_BYTES] + b"".join(kept[::-1] if backwards else kept) + tail


def _affordable_entries(pieces: Iterable[bytes]) -> Iterable[bytes]:
    """The first entries that can be read in good time; one that is too large by itself is left out."""
    size = tags = count = 0
    for piece in pieces:
        here = piece.count(b"<")
        if len(piece) > MAX_READ_BYTES // 2 or here > MAX_READ_TAGS // 2:
            continue
        size, tags, count = size + len(piece), tags + here, count + 1
        if size > MAX_READ_BYTES or tags > MAX_READ_TAGS or count > MAX_READ_ENTRIES:
            return
        yield piece


def _tag_end(body: bytes) -> int:
    place = 0
    for _ in range(MAX_READ_TAGS):
        place = body.find(b"<", place) + 1
    return place - 1


def _is_oldest_first(pieces: Sequence[bytes]) -> bool:
    first, last = (_piece_time(piece) for piece in (pieces[0], pieces[-1]))
    return first is not None and last is not None and first < last


def _piece_time(piece: bytes) -> float | None:
    match = _ENTRY_DATE.search(piece)
    written = match[1].decode("ascii", "ignore").strip() if match else ""
    for read in (dt.datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(written)
        except (ValueError, TypeError):
            continue
        return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).timestamp()
    return None


def _read_entry(entry: Any, url: str) -> FeedEntry:
    chosen = _choose_content(entry)
    base = str(chosen.get("base") or url)
    address = _text_value(entry, "feedburner_origlink") or _text_value(entry, "link")
    title = dict.get(entry, "title_detail") or {}
    return FeedEntry(
        guid=_text_value(entry, "id"),
        title=_text_value(entry, "title")[:MAX_ENTRY_TITLE_CHARACTERS]
        if title.get("type") != "text/plain"
        else _escape_title(entry),
        address=urljoin(url, address) if address else "",
        markup=str(chosen.get("value") or "")[:MAX_MARKUP_CHARACTERS],
        is_plain=chosen.get("type") == "text/plain" and "<" not in str(chosen.get("value") or ""),
        base=urljoin(url, base),
        at=next((at for name in _DATE_FIELDS if (at := _parse_time(dict.get(entry, name))) is not None), None),
    )


_DATE_FIELDS = ("published_parsed", "created_parsed", "updated_parsed")


def _escape_title(entry: Any) -> str:
    """A plain title with its signs escaped, so that all titles are HTML."""
    return _text_value(entry, "title")[:MAX_ENTRY_TITLE_CHARACTERS].replace("&", "&amp;").replace("<", "&lt;")


def _choose_content(entry: Any) -> Any:
    """The longest text of an entry, with its type and base."""
    contents = [content for content in dict.get(entry, "content") or () if str(content.get("value") or "").strip()]
    summary = dict.get(entry, "summary_detail")
    every = [*contents, *([summary] if summary else ())]
    return max(every, key=lambda content: len(str(content.get("value") or "")), default={})


def _text_value(values: Any, name: str) -> str:
    found = dict.get(values, name)
    return found.strip() if isinstance(found, str) else ""


def _parse_time(parsed: Any) -> float | None:
    if not isinstance(parsed, time.struct_time):
        return None
    try:
        return float(calendar.timegm(parsed))
    except (ValueError, OverflowError):
        return None


def _rest_minutes(feed: Any) -> float:
    ttl, period = _text_value(feed, "ttl"), _text_value(feed, "sy_updateperiod").lower()
    frequency = _text_value(feed, "sy_updatefrequency")
    if ttl.isdecimal():
        return float(min(int(ttl), 100_000))
    times = int(frequency) if frequency.isdecimal() and 0 < int(frequency) < 1000 else 1
    return _PERIOD_MINUTES.get(period, 0.0) / times
