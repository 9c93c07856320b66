"""Addresses: what only follows readers goes, what leads to a page stays."""

from __future__ import annotations

import pytest

from proactive_tui.sources.feeds.story_links import clean_address, comparable_address


@pytest.mark.parametrize(
    ("address", "cleaned"),
    [
        ("https://x.example/a?utm_source=rss&utm_medium=feed", "https://x.example/a"),
        ("https://x.example/a?id=1&fbclid=abc&gclid=d&msclkid=e", "https://x.example/a?id=1"),
        ("https://x.example/a?mc_cid=1&mc_eid=2&_hsenc=3&mkt_tok=4&igshid=5", "https://x.example/a"),
        ("https://x.example/a?ref=rss&page=2", "https://x.example/a?page=2"),
        ("https://x.example/a?source=rss----7f2--4", "https://x.example/a"),
        ("https://x.example/a?ref=main&from=2026", "https://x.example/a?ref=main&from=2026"),
        ("https://x.example/a?q=a%20b&x", "https://x.example/a?q=a%20b&x"),
        ("https://x.example/a#utm_source=x", "https://x.example/a"),
        ("https://x.example/a#part", "https://x.example/a#part"),
        ("/b", "https://base.example/b"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("https://user:pass@x.example/", ""),
        ("https://[broken", ""),
        ("https://x.example/" + "a" * 3000, ""),
    ],
)
def test_what_tracks_is_taken_out(address: str, cleaned: str) -> None:
    assert clean_address(address, "https://base.example/") == cleaned


def test_addresses_of_one_page_compare() -> None:
    same = (
        "http://www.x.example/a/?b=2&a=1",
        "https://x.example/a?a=1&b=2&utm_source=x",
        "https://x.example/a/index.html?a=1&b=2",
    )
    assert len({comparable_address(address) for address in same}) == 1
    assert comparable_address("https://x.example/a") != comparable_address("https://x.example/b")
    assert comparable_address("https://x.example/") == ""
