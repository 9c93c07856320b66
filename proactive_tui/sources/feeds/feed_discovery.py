"""Finds the feeds that a page of a site names, and those in an OPML file. Pure: the parser fetches nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from proactive_tui.sources.feeds.markup_tokens import read_tokens
from proactive_tui.sources.feeds.story_links import clean_address
from proactive_tui.text.terminal_safe import one_line

FEED_TYPES = (
    "application/atom+xml",
    "application/rss+xml",
    "application/feed+json",
    "application/rdf+xml",
    "application/json",
)
_COMMENTS_WORD = re.compile(r"\bcomment|\bkommentar|\bcommentaire|\bcomentario", re.IGNORECASE)
MAX_OPML_FEEDS = 2000
MAX_PAGE_CHARACTERS = 500_000
"""Characters of a page in which feeds are looked for: they are named at its beginning."""


class NamedFeed(NamedTuple):
    """A feed that a page or a file names."""

    title: str
    address: str


def find_feeds(page: bytes, url: str) -> list[NamedFeed]:
    """The feeds that a page at `url` names, the one of its stories first and those of comments last."""
    base, found = url, dict[str, NamedFeed]()
    for token in read_tokens(page[:MAX_PAGE_CHARACTERS].decode("utf-8", "replace")):
        values = token.attributes
        if token.name == "base" and values.get("href"):
            base = clean_address(values["href"], base) or base
        kind = values.get("type", "").lower().partition(";")[0].strip()
        if token.name in {"link", "a"} and "alternate" in values.get("rel", "").lower().split() and kind in FEED_TYPES:
            address = clean_address(values.get("href", ""), base)
            if address and not (kind == "application/json" and "wp-json" in address):
                found.setdefault(address, NamedFeed(one_line(values.get("title", ""))[:120], address))
    return sorted(found.values(), key=_is_about_comments)


def read_opml(text: bytes) -> list[NamedFeed]:
    """The feeds in an OPML file, each once; whatever is no feed is left out."""
    written = text.decode("utf-16" if text.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig", "replace")
    found: dict[str, NamedFeed] = {}
    for token in read_tokens(written):
        address = clean_address(token.attributes.get("xmlurl", "")) if token.name == "outline" else ""
        if address and len(found) < MAX_OPML_FEEDS:
            title = token.attributes.get("title") or token.attributes.get("text", "")
            found.setdefault(address, NamedFeed(one_line(title)[:120], address))
    return list(found.values())


def write_opml(feeds: Iterable[NamedFeed]) -> str:
    """An OPML file with `feeds`, which other readers of feeds can take in."""
    named = ((escape(one_line(feed.title) or feed.address), escape(feed.address)) for feed in feeds)
    lines = [f'    <outline type="rss" text="{title}" xmlUrl="{address}"/>' for title, address in named]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n  <head><title>Feeds</title></head>\n  <body>'
    return "\n".join([head, *lines, "  </body>", "</opml>", ""])


def _is_about_comments(feed: NamedFeed) -> bool:
    return _COMMENTS_WORD.search(f"{feed.title} {feed.address}") is not None
