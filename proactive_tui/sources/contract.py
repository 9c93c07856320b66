"""What every source of items fulfils: it is polled now and then, and brings what is new. A source writes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol, runtime_checkable

import msgspec
from msgspec import field

from proactive_tui.config import Config
from proactive_tui.model.note_values import ITEM_PATH_MARK, ItemOrigin
from proactive_tui.model.shared_words import FrozenValue, Kind, SourceName


class SourceItem(FrozenValue, frozen=True, kw_only=True):
    """A text that a source holds: a comment, a commit, an appointment, a story.

    `id` stays with it and is unique in its source: segments with single slashes, without spaces. `text` is Markdown.
    `at` is when it was written (unix seconds). `facts` has what the source's miner needs, by name: codes, numbers, ISO
    days and times, and no sentences.
    """

    id: str
    title: str
    text: str
    at: float
    origin: ItemOrigin
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The path by which index, topics and journal know the item."""
        return item_path(self.origin.source, self.id)

    @property
    def digest(self) -> str:
        """A hash of all that the item says."""
        return hashlib.blake2b(msgspec.msgpack.encode(self), digest_size=16).hexdigest()


class SourcePoll(FrozenValue, frozen=True, kw_only=True):
    """What a poll brought: items that are new or have changed, and ids of items that are no more.

    With `complete`, `items` is all that the source holds: stored items that are not among them are gone. `state` is
    what the next poll needs, text that only the source can read; it is stored together with the items, or not at all.
    `wait_seconds` is how long the source wants to be left alone, at the least. `trouble` says in a sentence what could
    not be read although the rest could.
    """

    items: tuple[SourceItem, ...] = ()
    gone: tuple[str, ...] = ()
    complete: bool = False
    state: str = ""
    wait_seconds: float = 0.0
    trouble: str = ""


class TimeSpan(NamedTuple):
    """A span of time, in unix seconds; of a moment, both are the same."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.end - self.start


class OwnActivity(FrozenValue, frozen=True, kw_only=True):
    """What the program itself noticed of its owner, as plain times: when they did something (`active`), and in which
    spans of time the whole machine was in view (`watched`). All else is unknown.
    """

    active: tuple[TimeSpan, ...] = ()
    watched: tuple[TimeSpan, ...] = ()


@runtime_checkable
class ActivityListener(Protocol):
    """A source that is told before each poll what the program itself noticed of its owner."""

    def hear_activity(self, activity: OwnActivity) -> None:
        """Take what was noticed into account in the next poll."""
        ...


class ItemSource(Protocol):
    """A source that is switched on."""

    def poll(self, state: str, now: float) -> SourcePoll:
        """Ask for what is new since `state`, which the last poll returned ("" at first). Blocks.

        Raises SourceError, and SourcePausedError where the source is out of reach or wants to be left alone.
        """
        ...


class SourceSpec(NamedTuple):
    """A line of the registry.

    `reads` says in words what is read, `open_source` makes the source of a config in which it is switched on, `origins`
    are the hosts that it asks ("https://api.github.com:443"), `kinds` what its items are raised as. `poll_seconds` is
    the usual time between two polls. `hears_activity` says that its source is an `ActivityListener`.
    `settings.SOURCE_PLACES` has the settings that name what it reads.
    """

    name: SourceName
    reads: str
    is_enabled: Callable[[Config], bool]
    open_source: Callable[[Config], ItemSource]
    origins: Callable[[Config], Sequence[str]]
    keep_days: Callable[[Config], float]
    kinds: tuple[Kind, ...]
    poll_seconds: float
    hears_activity: bool = False

    @property
    def switch(self) -> str:
        """The setting that switches the source on."""
        return f"{self.name}.enabled"


def item_path(source: SourceName, item_id: str) -> str:
    """The path of an item of a source."""
    return f"{source}{ITEM_PATH_MARK}{item_id}"


def item_folder(source: SourceName) -> str:
    """What stands for all items of a source where a folder stands for all notes below it: "forge:" and a slash begin
    their paths.
    """
    return f"{source}:"


def is_item_path(path: str) -> bool:
    """Whether a path is that of an item, and not of a note."""
    return ITEM_PATH_MARK in path
