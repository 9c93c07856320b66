"""What a poll of the repositories remembers for the next: digests, ids, and the remarks that commits added."""

from __future__ import annotations

import hashlib
import json
from typing import Final

import msgspec
from msgspec import field

from proactive_tui.config import GitConfig
from proactive_tui.model.shared_words import FrozenValue

ITEM_FORM: Final = 2
"""Counts the forms that items have had: of another form, all are made anew at the next poll."""


class KnownRepository(FrozenValue, frozen=True, kw_only=True):
    """A working tree as it was read last. Times are unix seconds.

    `stamp` is the digest of git's files, `read_at` when all was read, `looked_at` when its files were compared, `work`
    a digest of what that said; `ids` are the items it gave then, `scanned` the commits below which no remark is new.
    """

    stamp: str = ""
    read_at: float = 0.0
    looked_at: float = 0.0
    work: str = ""
    ids: tuple[str, ...] = ()
    scanned: tuple[str, ...] = ()
    todos: tuple[tuple[str, float, str, str, str], ...] = ()
    trouble: str = ""


class PollMemory(FrozenValue, frozen=True, kw_only=True):
    """What is known of all repositories, by folder. `settings` is a digest of the settings by which it was read,
    `found_at` when they were looked for.
    """

    settings: str = ""
    found_at: float = 0.0
    troubles: tuple[str, ...] = ()
    repositories: dict[str, KnownRepository] = field(default_factory=dict)

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all items."""
        return frozenset(item for known in self.repositories.values() for item in known.ids)


def read_memory(state: str) -> PollMemory:
    """The memory of a state; an empty one where it cannot be read."""
    try:
        return msgspec.convert(json.loads(state), PollMemory) if state else PollMemory()
    except (ValueError, msgspec.ValidationError):
        return PollMemory()


def write_memory(memory: PollMemory) -> str:
    """The state of a memory: ASCII, whatever bytes the names of folders have."""
    return json.dumps(msgspec.to_builtins(memory), ensure_ascii=True, separators=(",", ":"))


def settings_digest(config: GitConfig) -> str:
    """A digest of the settings that a poll depends on, and of the form of its items."""
    said = json.dumps([ITEM_FORM, config.folders, config.authors, config.stale_days, config.keep_days])
    return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()
