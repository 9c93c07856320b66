"""Reads and writes the lines of the wire. None longer than MAX_LINE_BYTES is sent; one that arrives is dropped."""

from __future__ import annotations

import asyncio

from proactive_tui.ipc.codec import MAX_LINE_BYTES, encode_message
from proactive_tui.ipc.events import FailureReport, WireEvent
from proactive_tui.ipc.requests import WireRequest

MESSAGE_TOO_LONG = "That is too long to be passed on"


async def read_line(reader: asyncio.StreamReader) -> bytes | None:
    """Read the next line with its newline; None for a line that was too long, empty at the end of the stream."""
    whole = True
    while True:
        try:
            line = await reader.readuntil(b"\n")
        except asyncio.IncompleteReadError as end:
            line = end.partial
        except asyncio.LimitOverrunError as more:
            await reader.readexactly(more.consumed)
            whole = False
            continue
        return line if whole or not line else None


def encode_or_failure(message: WireRequest | WireEvent) -> bytes | FailureReport:
    """Encode the message as a line; where that is too long, return the failure for whoever waits for an answer."""
    line = encode_message(message)
    if len(line) <= MAX_LINE_BYTES:
        return line
    size = f"It is {len(line) / 1e6:.1f} MB long, and {MAX_LINE_BYTES / 1e6:.1f} MB is the most."
    return FailureReport(request=getattr(message, "request", 0), title=MESSAGE_TOO_LONG, message=size)
