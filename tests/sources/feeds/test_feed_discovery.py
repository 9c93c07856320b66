"""Feeds that a page names, and lists of feeds from and for other readers."""

from __future__ import annotations

from pathlib import Path

from proactive_tui.config import NewsConfig
from proactive_tui.sources.feeds.feed_discovery import NamedFeed, find_feeds, read_opml, write_opml
from proactive_tui.sources.feeds.feed_list import export_opml, feed_origins, list_feeds, written_address
from proactive_tui.sources.feeds.feed_schedule import FeedState

PAGE = b"""<!doctype html><html><head><base href="https://blog.example/a/"><title>x</title>
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
<link rel='alternate' type='application/atom+xml; charset=utf-8' title='The &amp; Ledger' href='atom.xml?utm_source=x'>
<LINK REL="home alternate" TYPE="application/feed+json" HREF="//cdn.example/feed.json">
<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">
<link rel="alternate" hreflang="de" href="/de/"><link rel="stylesheet" href="/x.css">
<!-- <link rel="alternate" type="application/rss+xml" href="/old.xml"> -->
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)"></head><body></body></html>"""
OPML = b"""<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml version="2.0"><body>
<outline text="Work"><outline text="The &lt;Ledger&gt; &amp; co" title="" type="rss" xmlUrl="https://blog.example/feed"/>
<outline text="Again" xmlUrl="https://blog.example/feed"/><outline text="&x;" XMLURL='http://other.example/rss?a=1&amp;b=2'>
</outline></outline><outline text="no feed" htmlUrl="https://x.example/"/><outline xmlUrl="file:///etc/passwd"/></body></opml>"""


def test_the_feeds_of_a_page_are_found_those_of_comments_last() -> None:
    assert find_feeds(PAGE, "https://blog.example/post") == [
        NamedFeed("The & Ledger", "https://blog.example/a/atom.xml"),
        NamedFeed("", "https://cdn.example/feed.json"),
        NamedFeed("Comments", "https://blog.example/comments/feed/"),
    ]
    assert find_feeds(b"<p>words</p>", "https://blog.example/") == []


def test_lists_of_feeds_are_read_and_written() -> None:
    feeds = read_opml(OPML)
    assert [feed.address for feed in feeds] == ["https://blog.example/feed", "http://other.example/rss?a=1&b=2"]
    assert feeds[0].title == "The <Ledger> & co"
    assert read_opml(write_opml(feeds).encode()) == feeds
    assert read_opml(write_opml(feeds).encode("utf-16")) == feeds


def test_what_the_owner_writes_is_understood() -> None:
    assert written_address("blog.example") == "https://blog.example"
    assert written_address("feed://blog.example/x") == "https://blog.example/x"
    assert written_address("feed:http://blog.example/x") == "http://blog.example/x"
    assert written_address("ftp://blog.example/") == ""
    assert written_address(" ") == ""


def test_feeds_of_the_config_and_of_a_file_are_listed_once(tmp_path: Path) -> None:
    file = tmp_path / "feeds.opml"
    file.write_bytes(OPML)
    news = NewsConfig(feeds=("blog.example/feed", "https://blog.example:8443/x", "no address at all"), opml=str(file))
    named, trouble = list_feeds(news)
    assert [feed.address for feed in named][:2] == ["https://blog.example/feed", "https://blog.example:8443/x"]
    assert (len(named), trouble) == (3, "")
    assert feed_origins(news) == ("https://blog.example:443", "https://blog.example:8443", "http://other.example:80")
    moved = {"https://blog.example/feed": FeedState(title="The Ledger", asked="https://new.example/feed")}
    assert read_opml(export_opml(news, moved).encode())[0] == NamedFeed("The Ledger", "https://new.example/feed")


def test_a_list_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    named, trouble = list_feeds(NewsConfig(feeds=("blog.example",), opml=str(tmp_path / "none.opml")))
    assert len(named) == 1
    assert "No such file" in trouble
