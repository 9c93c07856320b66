"""Polls of feeds from a real server on this machine: what is asked, what is stored, and what a failure costs."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Callable, Collection
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from random import Random

import pytest

from proactive_tui.config import NewsConfig
from proactive_tui.errors import SourcePausedError
from proactive_tui.sources.contract import SourcePoll
from proactive_tui.sources.feeds import feed_source
from proactive_tui.sources.feeds.feed_discovery import NamedFeed, write_opml
from proactive_tui.sources.feeds.feed_schedule import read_state
from proactive_tui.sources.feeds.feed_source import MAX_STORIES_PER_FEED, FeedSource
from proactive_tui.sources.web_client import WebClient
from proactive_tui.units import SECONDS_PER_DAY, SECONDS_PER_HOUR
from tests.sources.feeds.feed_pages import LONG, NOW, entry, rss
from tests.sources.web_server import send_reply, web_server

Answer = Callable[[BaseHTTPRequestHandler], None]


def open_client(origins: Collection[str]) -> WebClient:
    return WebClient(origins, follow_public=True, clock=lambda: NOW, resolve=lambda *_: ["127.0.0.1"])


def source(*feeds: str, opml: str = "", keep_days: float = 30.0, minutes: float = 60.0) -> FeedSource:
    news = NewsConfig(enabled=True, feeds=feeds, opml=opml, keep_days=keep_days, poll_minutes=minutes)
    return FeedSource(news, open_client=open_client, rng=Random(1))


def pages(**answers: bytes | Answer) -> Answer:
    """Answers by the path: bytes as a feed, or as a function does; anything else is not found."""

    def answer(asked: BaseHTTPRequestHandler) -> None:
        found = answers.get(asked.path.strip("/").replace("/", "_").partition("?")[0])
        if callable(found):
            found(asked)
        elif found is None:
            send_reply(asked, 404)
        else:
            send_reply(asked, 200, found, Content_Type="application/rss+xml")

    return answer


def titles(poll: SourcePoll) -> list[str]:
    return sorted(item.title for item in poll.items)


def test_stories_come_with_their_words_time_feed_and_clean_address() -> None:
    link = "https://blog.example/a?utm_source=rss&amp;id=1"
    with web_server(pages(feed=rss([entry("a", link=link, text=f"<p>{LONG}</p><script>x</script>")]))) as (origin, _):
        poll = source(f"{origin}/feed").poll("", NOW)
    (item,) = poll.items
    assert (item.title, item.text, item.at) == ("Story a", LONG, NOW - 3600)
    assert (item.origin.source, item.origin.form, item.origin.author) == ("news", "story", "The Ledger")
    assert (item.origin.address, item.origin.own) == ("https://blog.example/a?id=1", False)
    assert (poll.trouble, poll.gone, poll.complete) == ("", (), False)


def test_a_feed_is_asked_when_it_is_due_by_what_its_server_said_of_it() -> None:
    def conditional(asked: BaseHTTPRequestHandler) -> None:
        same = asked.headers.get("If-None-Match") == '"v1"'
        send_reply(asked, 304 if same else 200, b"" if same else rss([entry("a")]), ETag='"v1"')

    with web_server(pages(feed=conditional)) as (origin, seen):
        feeds = source(f"{origin}/feed")
        first = feeds.poll("", NOW)
        assert feeds.poll(first.state, NOW + 600).items == ()
        assert len(seen) == 1
        again = feeds.poll(first.state, NOW + 2 * SECONDS_PER_HOUR)
    assert (len(first.items), again.items, len(seen)) == (1, (), 2)
    assert 0 < again.wait_seconds <= feed_source.MAX_FEED_WAIT_SECONDS


def test_a_server_without_validators_sends_the_same_bytes_and_nothing_is_read_anew() -> None:
    with web_server(pages(feed=rss([entry("a")]))) as (origin, _):
        feeds = source(f"{origin}/feed")
        first = feeds.poll("", NOW)
        assert feeds.poll(first.state, NOW + 2 * SECONDS_PER_HOUR).items == ()


@pytest.mark.parametrize("status", [404, 403, 500, 503, 429])
def test_a_feed_that_fails_costs_no_other_one_and_is_left_alone_for_longer_each_time(status: int) -> None:
    with web_server(pages(good=rss([entry("a")]), bad=lambda asked: send_reply(asked, status))) as (origin, _):
        feeds = source(f"{origin}/good", f"{origin}/bad")
        poll, now, rests = feeds.poll("", NOW), NOW, []
        assert titles(poll) == ["Story a"]
        assert "1 of 2 feeds were not read" in poll.trouble
        for _ in range(3):
            after = read_state(poll.state).feeds[f"{origin}/bad"].next_at
            rests.append(after - now)
            now = after + 1
            poll = feeds.poll(poll.state, now)
    assert rests[0] < rests[1] < rests[2]


def test_retry_after_is_obeyed() -> None:
    def busy(asked: BaseHTTPRequestHandler) -> None:
        send_reply(asked, 429, Retry_After="40000")

    with web_server(pages(good=rss([entry("a")]), busy=busy)) as (origin, _):
        poll = source(f"{origin}/good", f"{origin}/busy").poll("", NOW)
    assert read_state(poll.state).feeds[f"{origin}/busy"].next_at >= NOW + 40_000


def test_a_feed_that_is_gone_for_good_is_said_and_not_asked_again_for_weeks() -> None:
    with web_server(pages(gone=lambda asked: send_reply(asked, 410), good=rss([entry("a")]))) as (origin, seen):
        feeds = source(f"{origin}/gone", f"{origin}/good")
        poll = feeds.poll("", NOW)
        assert "is gone for good" in poll.trouble
        later = feeds.poll(poll.state, NOW + 20 * SECONDS_PER_DAY)
        assert "is gone for good" in later.trouble
    assert [path for path, _ in seen].count("/gone") == 1


def test_a_permanent_move_is_remembered_and_a_temporary_one_is_not() -> None:
    def moved(status: int) -> Answer:
        return lambda asked: send_reply(asked, status, Location="/new")

    for status, asked_again in ((301, "/new"), (308, "/new"), (302, "/old"), (307, "/old")):
        with web_server(pages(old=moved(status), new=rss([entry("a")]))) as (origin, seen):
            feeds = source(f"{origin}/old")
            first = feeds.poll("", NOW)
            feeds.poll(first.state, NOW + 2 * SECONDS_PER_HOUR)
            assert [path for path, _ in seen][:3] == ["/old", "/new", asked_again]


def test_a_site_that_names_its_feed_is_asked_for_that_feed() -> None:
    page = b'<html><head><link rel="alternate" type="application/rss+xml" href="/posts.xml?utm_source=x"></head></html>'
    with web_server(pages(blog=page, **{"posts.xml": rss([entry("a")])})) as (origin, seen):
        feeds = source(f"{origin}/blog")
        first = feeds.poll("", NOW)
        feeds.poll(first.state, NOW + 2 * SECONDS_PER_HOUR)
    assert titles(first) == ["Story a"]
    assert [path for path, _ in seen] == ["/blog", "/posts.xml", "/posts.xml"]


def test_a_site_that_names_no_feed_is_said() -> None:
    with web_server(pages(blog=b"<html><p>words</p></html>", good=rss([entry("a")]))) as (origin, _):
        assert "names none" in source(f"{origin}/blog", f"{origin}/good").poll("", NOW).trouble


@pytest.mark.parametrize("where", ["redirect", "named"])
def test_nothing_that_a_feed_says_leads_to_another_server_of_this_machine(where: str) -> None:
    with web_server(pages(secret=rss([entry("secret")]))) as (inside, asked_inside):
        leads = (
            (lambda asked: send_reply(asked, 301, Location=f"{inside}/secret"))
            if where == "redirect"
            else f'<link rel="alternate" type="application/rss+xml" href="{inside}/secret">'.encode()
        )
        with web_server(pages(feed=leads, good=rss([entry("a")]))) as (origin, _):
            # the owner reads a feed of the other server too, which opens that server to no other feed
            feeds = source(f"{origin}/feed", f"{origin}/good", f"{inside}/own")
            poll = feeds.poll("", NOW)
        assert titles(poll) == ["Story a"]
        assert [path for path, _ in asked_inside] == ["/own"]


def test_the_same_story_of_two_feeds_is_told_once_and_keeps_its_id() -> None:
    one = rss([entry("a", title="The scheduler of the ledger batches requests")])
    other = rss([entry("b", title="The scheduler of the ledger batches requests", guid="7", text="Comments")], "Links")
    with web_server(pages(one=one, other=other)) as (origin, _):
        feeds = source(f"{origin}/one", f"{origin}/other")
        poll = feeds.poll("", NOW)
    assert len(poll.items) == 1
    assert poll.items[0].origin.author == "The Ledger"


def test_changing_ids_future_and_missing_dates_make_no_new_stories() -> None:
    def changing(at: float) -> bytes:
        return rss(
            [
                entry("a", guid=f"{at}-1", link="https://blog.example/a", at=NOW + 40 * SECONDS_PER_DAY),
                entry("b", guid=f"{at}-2", link="https://blog.example/b", at=None),
                entry("c", guid=f"{at}-3", link="https://blog.example/c", at=0.0),
            ]
        )

    served = [changing(1.0), changing(2.0)]
    with web_server(pages(feed=lambda asked: send_reply(asked, 200, served.pop(0)))) as (origin, _):
        feeds = source(f"{origin}/feed")
        first = feeds.poll("", NOW)
        second = feeds.poll(first.state, NOW + 2 * SECONDS_PER_HOUR)
    assert len(first.items) == 3
    assert all(NOW - 300 <= item.at <= NOW for item in first.items)
    assert {item.id: item.digest for item in first.items} == {item.id: item.digest for item in second.items}


def test_old_stories_and_long_archives_are_left_out() -> None:
    old = [entry(f"old{number}", at=NOW - 60 * SECONDS_PER_DAY) for number in range(5)]
    many = [entry(f"n{number}", at=NOW - number * 60) for number in range(90)]
    with web_server(pages(feed=rss(many + old))) as (origin, _):
        poll = source(f"{origin}/feed").poll("", NOW)
    assert len(poll.items) == MAX_STORIES_PER_FEED
    assert min(item.at for item in poll.items) > NOW - SECONDS_PER_HOUR


def test_the_stories_of_a_feed_that_is_named_no_more_go() -> None:
    with web_server(pages(one=rss([entry("a")]), two=rss([entry("b")]))) as (origin, _):
        first = source(f"{origin}/one", f"{origin}/two").poll("", NOW)
        after = source(f"{origin}/two").poll(first.state, NOW + 10)
    assert after.gone == tuple(item.id for item in first.items if item.title == "Story a")
    assert list(read_state(after.state).feeds) == [f"{origin}/two"]


def test_a_list_of_feeds_is_read_but_opens_no_server_of_this_machine(tmp_path: Path) -> None:
    with web_server(pages(feed=rss([entry("a")]))) as (origin, seen):
        file = tmp_path / "feeds.opml"
        file.write_text(write_opml([NamedFeed("x", f"{origin}/feed")]))
        poll = source(opml=str(file)).poll("", NOW)
    assert (poll.items, seen) == ((), [])
    assert "1 of 1 feeds were not read" in poll.trouble


def test_without_a_network_the_poll_pauses_and_its_state_stays() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/feed"
        with pytest.raises(SourcePausedError):
            source(address, address + "2").poll("", NOW)


def test_a_cut_a_packed_and_a_slow_answer() -> None:
    def cut(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(200)
        asked.send_header("Content-Length", "90000")
        asked.end_headers()
        asked.wfile.write(rss([entry("a")])[:200])

    def packed(asked: BaseHTTPRequestHandler) -> None:
        send_reply(asked, 200, gzip.compress(rss([entry("b")])), Content_Encoding="gzip")

    def bomb(asked: BaseHTTPRequestHandler) -> None:
        send_reply(asked, 200, gzip.compress(b" " * 30_000_000), Content_Encoding="gzip")

    with web_server(pages(cut=cut, packed=packed, bomb=bomb)) as (origin, _):
        poll = source(f"{origin}/cut", f"{origin}/packed", f"{origin}/bomb").poll("", NOW)
    assert titles(poll) == ["Story b"]
    assert "2 of 3 feeds" in poll.trouble


def test_a_poll_takes_bounded_time_and_the_rest_is_asked_in_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_source, "MAX_FEEDS_PER_POLL", 2)
    with web_server(pages(a=rss([entry("a")]), b=rss([entry("b")]), c=rss([entry("c")]))) as (origin, seen):
        feeds = source(f"{origin}/a", f"{origin}/b", f"{origin}/c")
        first = feeds.poll("", NOW)
        assert (len(seen), first.wait_seconds) == (2, 0.0)
        assert titles(feeds.poll(first.state, NOW + 300)) == ["Story c"]


def test_a_state_that_cannot_be_read_begins_anew() -> None:
    with web_server(pages(feed=rss([entry("a")]))) as (origin, _):
        assert len(source(f"{origin}/feed").poll("{broken", NOW).items) == 1
    assert "No feed is named" in source().poll("", NOW).trouble


def test_a_day_at_rest_asks_each_feed_a_bounded_number_of_times() -> None:
    """A feed that has news is asked at most once in `poll_minutes`, a quiet one far less."""
    asked: list[str] = []

    def quiet(at: float) -> Answer:
        def answer(request: BaseHTTPRequestHandler) -> None:
            asked.append(request.path)
            same = request.headers.get("If-None-Match") == '"v"'
            send_reply(request, 304 if same else 200, b"" if same else rss([entry("a", at=at)]), ETag='"v"')

        return answer

    with web_server(pages(busy=quiet(NOW), week=quiet(NOW - 7 * SECONDS_PER_DAY), year=quiet(NOW - 9e6))) as (
        origin,
        _,
    ):
        feeds = source(f"{origin}/busy", f"{origin}/week", f"{origin}/year", keep_days=400)
        state, now = "", NOW
        while now < NOW + SECONDS_PER_DAY:
            poll = feeds.poll(state, now)
            state, now = poll.state, now + max(300.0, poll.wait_seconds)
    counts = {name: asked.count(f"/{name}") for name in ("busy", "week", "year")}
    assert 20 <= counts["busy"] <= 24
    assert 8 <= counts["week"] <= 12
    assert 1 <= counts["year"] <= 3
