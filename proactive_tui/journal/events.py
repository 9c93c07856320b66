"""What the journal records: one closed union, every event with the snapshot that learning needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias, get_args

import msgspec
from msgspec import Struct

from proactive_tui.errors import JournalDamagedError, JournalError
from proactive_tui.model import Offer, Reaction, Silence, Turn, Value

QUIET_UNTIL = "quiet_until"
"""The setting that holds until when (unix seconds) the owner wants quiet; None ends it."""


KIND = "kind:"
"""Settings of this name and a kind of topic say whether that kind may be raised: False switches it off."""


class Happening(Struct, frozen=True, kw_only=True, tag_field="kind"):
    """Something that happened; `kind` says what. Unknown fields are dropped, so that older code reads newer data."""


class Offered(Happening, frozen=True, kw_only=True, tag="offered"):
    """An offer was made; written before it is shown."""

    offer: Offer


class Reacted(Happening, frozen=True, kw_only=True, tag="reacted"):
    """What came of an offer.

    `seconds` it was on screen, `turns` the owner's turns of the conversation so far, `until` for snoozed. An offer may
    have several: `engaged` when the conversation opens, `followed up` when the owner asked on.
    """

    offer: str
    reaction: Reaction
    seconds: float = 0.0
    turns: int = 0
    until: float | None = None


class Asked(Happening, frozen=True, kw_only=True, tag="asked"):
    """The owner was asked whether the moment of this offer was good; written before the question is shown."""

    offer: str


class Answered(Happening, frozen=True, kw_only=True, tag="answered"):
    """The owner said whether the moment of this offer was good."""

    offer: str
    good: bool


class Silent(Happening, frozen=True, kw_only=True, tag="silent"):
    """There was something to say and it was not said."""

    silence: Silence


class Said(Happening, frozen=True, kw_only=True, tag="said"):
    """A turn of a conversation. The first one of a conversation carries its title, offer and topic.

    `replaces` is how many of the turns before it, of those that still count, it takes the place of: the owner said
    something again, or in other words. They stay here and are neither shown nor sent any more.
    """

    conversation: str
    turn: Turn
    title: str = ""
    offer: str = ""
    topic: str = ""
    replaces: int = 0


class Wrote(Happening, frozen=True, kw_only=True, tag="wrote"):
    """A note was written at the owner's wish. While its bytes have this digest, it is nothing that the owner wrote."""

    path: str
    digest: str


class Touched(Happening, frozen=True, kw_only=True, tag="touched"):
    """The owner changed these notes (see `moment.sensors.edits` for what counts as the owner's)."""

    paths: tuple[str, ...]


class Moved(Happening, frozen=True, kw_only=True, tag="moved"):
    """A note that the journal speaks of has another path now: `to`."""

    path: str
    to: str


class Left(Happening, frozen=True, kw_only=True, tag="left"):
    """Notes that the journal speaks of are gone from the folder, or are `back`."""

    paths: tuple[str, ...]
    back: bool = False


class Set(Happening, frozen=True, kw_only=True, tag="set"):
    """The owner changed a setting while it ran; `offer` is the one that it was part of the answer to, if any."""

    key: str
    value: str | float | bool | None
    offer: str = ""


Event: TypeAlias = Offered | Reacted | Asked | Answered | Silent | Said | Wrote | Touched | Moved | Left | Set


KINDS = frozenset(str(each.__struct_config__.tag) for each in get_args(Event))
"""The tags of all events."""


class Recorded(Value, frozen=True, kw_only=True):
    """An event with its number (ascending, never used again) and its time (unix seconds)."""

    id: int
    at: float
    event: Event


_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)


def encode(event: Event) -> bytes:
    """The event as JSON."""
    return _encoder.encode(event)


def decode(body: bytes | str) -> Event:
    """The event that `encode` wrote. Raises JournalError; JournalDamagedError where no program can have written it."""
    try:
        return _decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        if _of_another_kind(body):
            raise JournalError(
                "The journal holds an event that cannot be read",
                str(error),
                "A newer proactive-tui has written it: update, or name another data folder with --data-dir.",
            ) from error
        raise JournalDamagedError(
            "The journal is damaged", f"An event cannot be read: {error}", "Start again: what can be read goes on."
        ) from error


class _Tagged(Struct):
    kind: str


def _of_another_kind(body: bytes | str) -> bool:
    """Whether it is an event of a kind that this program does not know; for more, a newer one has a new version."""
    try:
        return msgspec.json.decode(body, type=_Tagged).kind not in KINDS
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False


def subject(event: Event) -> str:
    """What an event is found by: the id of an offer or conversation, a silence's reason, a setting's key, a path."""
    match event:
        case Offered():
            return event.offer.id
        case Reacted() | Asked() | Answered():
            return event.offer
        case Silent():
            return event.silence.reason
        case Said():
            return event.conversation
        case Set():
            return event.key
        case Wrote() | Moved():
            return event.path
        case Left():
            return event.paths[0]
        case Touched():
            return ""


def turns(said: Iterable[Said]) -> tuple[Turn, ...]:
    """The turns of a conversation that count, from all that was said in it, in order."""
    left: list[Turn] = []
    for each in said:
        del left[max(len(left) - each.replaces, 0) :]
        left.append(each.turn)
    return tuple(left)


def kind(event: Event) -> str:
    """The event's tag, as in JSON."""
    return str(type(event).__struct_config__.tag)
