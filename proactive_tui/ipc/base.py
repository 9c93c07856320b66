"""What every line between face and brain is."""

from __future__ import annotations

from msgspec import Struct

VERSION = 2


class Message(Struct, frozen=True, kw_only=True, tag=True):
    """One line on the pipe."""
