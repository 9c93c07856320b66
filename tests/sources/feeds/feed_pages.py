"""Feeds for tests, as sites write them."""

from __future__ import annotations

from collections.abc import Iterable
from email.utils import formatdate

NOW = 1_800_000_000.0
LONG = (
    "The scheduler of the ledger now batches requests by default, which lowers the tail of the latency where the queue "
    "is long and raises it a little where it is short, as the maintainers measured on four machines last month."
)


def entry(
    name: str,
    *,
    title: str = "",
    link: str = "",
    guid: str | None = None,
    text: str = LONG,
    at: float | None = NOW - 3600,
) -> str:
    """An RSS item; `guid` is that of its name unless given, "" for none."""
    guid = f"https://blog.example/{name}" if guid is None else guid
    return "".join(
        [
            f"<item><title>{title or f'Story {name}'}</title><link>{link or f'https://blog.example/{name}'}</link>",
            f"<guid>{guid}</guid>" if guid else "",
            f"<pubDate>{formatdate(at)}</pubDate>" if at is not None else "",
            f"<description><![CDATA[{text}]]></description></item>",
        ]
    )


def rss(entries: Iterable[str], title: str = "The Ledger", more: str = "") -> bytes:
    """An RSS feed."""
    head = f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title><link>https://blog.example/</link>'
    return f"{head}{more}{''.join(entries)}</channel></rss>".encode()
