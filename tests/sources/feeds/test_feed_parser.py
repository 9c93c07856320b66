"""Feeds of every format, whole and broken, and what they may not do."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from proactive_tui.sources.feeds.feed_parser import MAX_READ_ENTRIES, MAX_READ_TAGS, parse_feed, shorten_feed
from proactive_tui.sources.feeds.feed_values import ParsedFeed
from tests.sources.feeds.feed_pages import entry, rss

URL = "https://blog.example/feed"
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://blog.example/a/">
<title>The Ledger</title><link href="/"/><entry><title type="html">Leases &amp;amp; locks</title>
<id>tag:blog.example,1</id>
<link href="leases"/><published>2026-11-01T10:00:00+01:00</published><updated>2026-11-20T10:00:00Z</updated>
<content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml"><p>A <b>lease</b> ends.</p></div></content></entry></feed>"""
JSON_FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "The Ledger",
    "home_page_url": "https://blog.example/",
    "items": [
        {"id": 7, "url": "/leases", "title": "Leases", "content_html": "<p>A lease ends.</p>",
         "date_published": "2026-11-01T10:00:00+01:00"},
        {"id": ["wrong"]},
        {"id": "8", "external_url": "https://other.example/x", "content_text": "Plain <words>"},
    ],
}  # fmt: skip
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Ledger</title></channel>
<item rdf:about="https://blog.example/leases"><title>Leases</title><link>https://blog.example/leases</link>
<dc:date>2026-11-01T09:00:00Z</dc:date><description>A lease ends.</description></item></rdf:RDF>"""


def read(text: str | bytes, content_type: str = "") -> ParsedFeed:
    feed = parse_feed(text if isinstance(text, bytes) else text.encode(), content_type, URL)
    assert feed is not None
    return feed


@pytest.mark.parametrize("text", [ATOM, json.dumps(JSON_FEED), RDF], ids=["atom", "json", "rdf"])
def test_each_format_says_the_same(text: str) -> None:
    feed = read(text)
    first = feed.entries[0]
    assert (feed.title, first.title.startswith("Leases"), first.at) == ("The Ledger", True, 1_793_523_600.0)
    assert first.address in {"https://blog.example/leases", "https://blog.example/a/leases"}
    assert "lease" in first.markup


def test_a_wrong_entry_of_a_json_feed_costs_itself_only() -> None:
    feed = read(json.dumps(JSON_FEED))
    assert [found.guid for found in feed.entries] == ["7", "8"]
    assert feed.entries[1].is_plain
    assert parse_feed(b'{"version": "1"}', "", URL) is None
    assert parse_feed(b"{" * 100_000, "", URL) is None


@pytest.mark.parametrize(
    "text",
    [
        b"<rss version='2.0'><channel><title>The Ledger</title><item><title>Cut</title><description>wor",
        rss([entry("a", text="a & b <br> c")]).replace(b"]]>", b""),
        rss([entry("a")]).replace(b'<?xml version="1.0"?>', b"\n\n  "),
        rss([entry("a", title="Caf\xe9 &nbsp; &eacute;")]).decode().encode("latin-1"),
    ],
    ids=["cut", "no cdata end", "no head", "wrong encoding"],
)
def test_a_broken_feed_says_what_it_can(text: bytes) -> None:
    assert read(text).entries[0].title


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252", "utf-32"])
def test_encodings_are_read(encoding: str) -> None:
    text = rss([entry("a", title="Café für Añoranza")]).decode().replace("1.0", f'1.0" encoding="{encoding}', 1)
    assert read(text.encode(encoding)).entries[0].title == "Café für Añoranza"
    assert read(rss([entry("a", title="Über")]), "text/xml").entries[0].title == "Über"


def test_a_page_is_no_feed() -> None:
    assert parse_feed(b"<!doctype html><html><head><title>x</title></head><body>words</body></html>", "", URL) is None
    assert parse_feed(b"", "", URL) is None
    assert parse_feed(b"\x00\x01\x02" * 500, "", URL) is None


def test_a_feed_contacts_nobody_reads_no_file_and_does_not_grow(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*_: object, **__: object) -> object:
        raise AssertionError("a feed led somewhere")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    secret = tmp_path / "secret.txt"
    secret.write_text("quietly-kept")
    bomb = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 9))
    outside = f'<!ENTITY f SYSTEM "{secret.as_uri()}"><!ENTITY n SYSTEM "http://n.example/">'
    head = f'<!DOCTYPE x [<!ENTITY l0 "lol">{bomb}{outside}]>'
    feed = parse_feed(rss([entry("a", title="A &l8; &f; &n; B")]).replace(b"<rss", f"{head}<rss".encode()), "", URL)
    assert feed is not None
    assert "quietly" not in repr(feed)
    assert len(repr(feed)) < 5000


def test_of_a_long_feed_the_newest_entries_are_read() -> None:
    many = [entry(f"n{number}", at=1_790_000_000.0 - number * 60) for number in range(5000)]
    newest_first, oldest_first = rss(many), rss(many[::-1])
    assert len(newest_first) > 2_000_000
    for text in (newest_first, oldest_first):
        feed = read(text)
        assert len(feed.entries) == MAX_READ_ENTRIES
        assert "Story n0" in {found.title for found in feed.entries}


def test_a_feed_that_is_all_tags_is_bounded() -> None:
    assert shorten_feed(b"<rss><channel><item>" + b"<a>" * 900_000).count(b"<") <= MAX_READ_TAGS
    one_huge = rss([entry("a"), entry("huge", text="<p>" * 50_000), entry("b")])
    assert [found.title for found in read(one_huge).entries] == ["Story a", "Story huge", "Story b"]
    three = rss([entry("a"), entry("huge", text="<p>" * 70_000), entry("b")])
    assert [found.title for found in read(three).entries] == ["Story a", "Story b"]


def test_how_long_a_feed_wants_to_be_left_alone() -> None:
    assert read(rss([entry("a")], more="<ttl>180</ttl>")).rest_minutes == 180
    daily = '<sy:updatePeriod xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">daily</sy:updatePeriod>'
    assert read(rss([entry("a")], more=daily)).rest_minutes == 1440
    assert read(rss([entry("a")])).rest_minutes == 0
