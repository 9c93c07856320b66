"""What face and brain say to each other: JSON Lines over the child's standard input and output.

Every line is one tagged value (`{"type": "Say", ...}`), no vectors. The face speaks first with `Hello`; the brain
answers `Ready` as soon as it can take messages, long before index and models are loaded. A message that asks for an
answer carries a `request` number, and whatever answers it carries the same one. Lines that cannot be decoded are
answered with `Failed` and otherwise ignored, so that neither side can be stopped by the other's mistake.
"""

from __future__ import annotations

import msgspec

from proactive_tui.errors import BrainError
from proactive_tui.ipc.events import Tell
from proactive_tui.ipc.requests import Ask

MAX_LINE = 4 * 1024 * 1024
"""Bytes of the longest line either side accepts."""

_ask: msgspec.json.Decoder[Ask] = msgspec.json.Decoder(Ask)
_tell: msgspec.json.Decoder[Tell] = msgspec.json.Decoder(Tell)
_encode = msgspec.json.Encoder()


def encode(message: Ask | Tell) -> bytes:
    """One line, with its newline."""
    return _encode.encode(message) + b"\n"


def decode_ask(line: bytes) -> Ask:
    """What the face said. Raises BrainError."""
    try:
        return _ask.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _misunderstood(error) from error


def decode_tell(line: bytes) -> Tell:
    """What the brain said. Raises BrainError."""
    try:
        return _tell.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _misunderstood(error) from error


def _misunderstood(error: Exception) -> BrainError:
    return BrainError("Face and brain do not understand each other", str(error), "Restart proactive-tui.")
