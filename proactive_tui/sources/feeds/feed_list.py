"""Which feeds the owner named, in the config and in an OPML file, and where they are."""

from __future__ import annotations

from pathlib import Path

from proactive_tui.allowed_hosts import address_origin, normalize_address
from proactive_tui.config import NewsConfig
from proactive_tui.sources.feeds.feed_discovery import NamedFeed, read_opml, write_opml
from proactive_tui.sources.feeds.feed_schedule import FeedState
from proactive_tui.sources.feeds.story_links import clean_address

MAX_OPML_BYTES = 5 << 20


def list_feeds(news: NewsConfig) -> tuple[list[NamedFeed], str]:
    """The feeds that the config names and those of its OPML file, each once; and why that file could not be read."""
    named = [NamedFeed("", address) for written in news.feeds if (address := written_address(written))]
    outlines, trouble = _read_opml_file(news.opml)
    titles = {feed.address: feed for feed in outlines}
    feeds = {feed.address: titles.get(feed.address, feed) for feed in (*named, *outlines)}
    return list(feeds.values()), trouble


def written_address(written: str) -> str:
    """The web address that the owner means: "example.org" is one too; "" where it is none."""
    text = written.strip()
    for scheme in ("feed:https:", "feed:http:"):
        text = text.removeprefix("feed:") if text.startswith(scheme) else text
    text = f"https://{text.removeprefix('feed://')}" if text.startswith("feed://") else text
    return clean_address(text if "://" in text else f"https://{text}") if text else ""


def feed_origin(address: str) -> str:
    """The origin of a feed's address, in its normal form; "" where that is not valid."""
    scheme, _, rest = address.partition("://")
    return address_origin(normalize_address(f"{scheme}://{rest.partition('/')[0].partition('?')[0]}", 443))


def feed_origins(news: NewsConfig) -> tuple[str, ...]:
    """The origins of all feeds that the owner named, each once."""
    named, _ = list_feeds(news)
    return tuple(dict.fromkeys(origin for feed in named if (origin := feed_origin(feed.address))))


def export_opml(news: NewsConfig, feeds: dict[str, FeedState]) -> str:
    """All feeds that the owner named as an OPML file, under the titles and at the addresses that polls found."""
    named, _ = list_feeds(news)
    known = ((feed, feeds.get(feed.address, FeedState())) for feed in named)
    return write_opml(NamedFeed(state.title or feed.title, state.asked or feed.address) for feed, state in known)


def _read_opml_file(written: str) -> tuple[list[NamedFeed], str]:
    if not written.strip():
        return [], ""
    file = Path(written.strip()).expanduser()
    try:
        if file.stat().st_size > MAX_OPML_BYTES:
            return [], f"{written} is larger than {MAX_OPML_BYTES >> 20} MB"
        return read_opml(file.read_bytes()), ""
    except (OSError, ValueError) as error:
        return [], f"{written}: {getattr(error, 'strerror', None) or error}"
