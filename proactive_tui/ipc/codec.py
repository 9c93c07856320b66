"""Encodes and decodes what clients and brain send to each other: JSON Lines, over pipes and over a local socket.

Every line is one tagged value (`{"type": "SendMessage", ...}`), no vectors. A client starts with `ClientHello`; the
brain answers `BrainReady` as soon as it can take messages, long before index and models are loaded. A request that
wants an answer carries a `request` number, and its answer the same one. A line that cannot be decoded is answered with
`FailureReport` and otherwise ignored, so that a mistake of one side cannot stop the other.
"""

from __future__ import annotations

from functools import cache

import msgspec

from proactive_tui.errors import BrainError
from proactive_tui.ipc.events import WireEvent
from proactive_tui.ipc.requests import WireRequest

MAX_LINE_BYTES = 4 * 1024 * 1024
"""Bytes of the longest line either side accepts."""

_encoder = msgspec.json.Encoder()


class _HelloVersion(msgspec.Struct):
    """What every hello has had and will have."""

    type: str
    version: int


def encode_message(message: WireRequest | WireEvent) -> bytes:
    """Encode a message as one line, with its newline."""
    return _encoder.encode(message) + b"\n"


def decode_wire_request(line: bytes) -> WireRequest:
    """Decode a request of the face. Raises BrainError."""
    try:
        return _request_decoder().decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _decoding_error(error) from error


def decode_hello_version(line: bytes) -> int | None:
    """The version in a client's hello, also where the rest of it is of a version that cannot be read; else None."""
    try:
        found = msgspec.json.decode(line, type=_HelloVersion)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return found.version if found.type == "ClientHello" else None


def decode_wire_event(line: bytes) -> WireEvent:
    """Decode an event of the brain. Raises BrainError."""
    try:
        return _event_decoder().decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _decoding_error(error) from error


# Decoders of all messages take longer to make than all else that is imported before the first frame: a process makes
# the one that it needs when the first message comes.


@cache
def _request_decoder() -> msgspec.json.Decoder[WireRequest]:
    return msgspec.json.Decoder(WireRequest)


@cache
def _event_decoder() -> msgspec.json.Decoder[WireEvent]:
    return msgspec.json.Decoder(WireEvent)


def _decoding_error(error: Exception) -> BrainError:
    return BrainError("Face and brain do not understand each other", str(error), "Restart proactive-tui.")
