"""What a feed says, whatever its format."""

from __future__ import annotations

from proactive_tui.model.shared_words import FrozenValue

MAX_ENTRY_TITLE_CHARACTERS = 300
MAX_MARKUP_CHARACTERS = 120_000
"""Characters of an entry's markup that are read; what comes after them is no news."""


class FeedEntry(FrozenValue, frozen=True, kw_only=True):
    """An entry of a feed, as the feed has it.

    `address` is where it can be read, resolved against the feed. `markup` is HTML, or plain text where `is_plain`;
    `base` resolves its links. `at` is when it was published (unix seconds), None where the feed does not say.
    """

    guid: str = ""
    title: str = ""
    address: str = ""
    markup: str = ""
    is_plain: bool = False
    base: str = ""
    at: float | None = None


class ParsedFeed(FrozenValue, frozen=True, kw_only=True):
    """A feed. `home` is its site, `rest_minutes` how long it says that it need not be asked again."""

    title: str = ""
    home: str = ""
    entries: tuple[FeedEntry, ...] = ()
    rest_minutes: float = 0.0
