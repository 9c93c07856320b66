"""The base classes of all messages between face and brain."""

from __future__ import annotations

from typing import Generic, Literal, TypeAlias, TypeVar

from msgspec import Struct

PROTOCOL_VERSION = 10


ClientRole: TypeAlias = Literal["face", "command"]
"""What a client is: a face is looked at by the owner, a command asks and goes."""


class WireMessage(Struct, frozen=True, kw_only=True, tag=True):
    """One message, which is one line on the wire."""


AnswerT = TypeVar("AnswerT", bound=WireMessage)


class AnsweredRequest(WireMessage, Generic[AnswerT], frozen=True, kw_only=True):
    """A request that is answered by one event of type `AnswerT`, or by a FailureReport, with the same `request` number.

    The client sets the number when it sends the request.
    """

    request: int = 0
