"""What the data folder holds, and who is sent what."""

from __future__ import annotations

from proactive_tui.model.shared_words import FrozenValue


class DataStore(FrozenValue, frozen=True, kw_only=True):
    """A store in the data folder: what it holds, in words, and its size in bytes."""

    name: str
    holds: str
    size: int


class DataRecipient(FrozenValue, frozen=True, kw_only=True):
    """A receiver of data: `to` is a URL, or empty for nobody; `local` says that it is this machine.

    Another machine that is not `allowed` receives nothing.
    """

    name: str
    what: str
    to: str = ""
    local: bool = True
    allowed: bool = True
