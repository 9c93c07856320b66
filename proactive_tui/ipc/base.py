"""What every line between face and brain is."""

from __future__ import annotations

from msgspec import Struct

PROTOCOL_VERSION = 3


class WireMessage(Struct, frozen=True, kw_only=True, tag=True):
    """One line on the pipe."""
