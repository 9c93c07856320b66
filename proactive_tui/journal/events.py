"""The events of the journal: one closed union. Each event holds the snapshot that learning needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias, get_args

import msgspec
from msgspec import Struct

from proactive_tui.errors import JournalDamagedError, JournalError
from proactive_tui.model.offer_values import Offer, Silence
from proactive_tui.model.shared_words import FrozenValue, Reaction
from proactive_tui.model.talk_values import Turn

QUIET_UNTIL = "quiet_until"
"""The setting that holds until when (unix seconds) the owner wants quiet; None ends it."""


KIND_SETTING_PREFIX = "kind:"
"""Prefix, before a kind of topic, of the setting that says whether that kind may be raised: False switches it off."""


FOLDER_SETTING_PREFIX = "folder:"
"""Prefix, before a folder or note, of the setting that says whether it may be raised: False means never."""


class JournalEvent(Struct, frozen=True, kw_only=True, tag_field="kind"):
    """Something that happened; `kind` says what. Unknown fields are dropped, so that older code reads newer data."""


class OfferIssued(JournalEvent, frozen=True, kw_only=True, tag="offered"):
    """An offer was made; written before it is shown."""

    offer: Offer


class ReactionReceived(JournalEvent, frozen=True, kw_only=True, tag="reacted"):
    """The owner's reaction to an offer.

    `seconds` is how long the offer was on screen, `turns` counts the owner's turns of the conversation so far, `until`
    is when a snooze ends. An offer may have several reactions: `engaged` when the conversation opens, `followed up`
    when the owner asked on.
    """

    offer: str
    reaction: Reaction
    seconds: float = 0.0
    turns: int = 0
    until: float | None = None


class MomentAsked(JournalEvent, frozen=True, kw_only=True, tag="asked"):
    """The owner was asked whether the moment of this offer was good; written before the question is shown."""

    offer: str


class MomentRated(JournalEvent, frozen=True, kw_only=True, tag="answered"):
    """The owner said whether the moment of this offer was good."""

    offer: str
    good: bool


class SilenceDecided(JournalEvent, frozen=True, kw_only=True, tag="silent"):
    """The program had a topic and decided not to raise it."""

    silence: Silence


class TurnAdded(JournalEvent, frozen=True, kw_only=True, tag="said"):
    """A turn of a conversation. The first one of a conversation carries its title, offer and topic.

    `replaces` is how many of the latest turns that still count this one replaces, because the owner repeated or
    reworded a message. Replaced turns stay in the journal and are neither shown nor sent to a model any more.
    """

    conversation: str
    turn: Turn
    title: str = ""
    offer: str = ""
    topic: str = ""
    replaces: int = 0


class NoteWritten(JournalEvent, frozen=True, kw_only=True, tag="wrote"):
    """The program wrote a note at the owner's wish. While the note has this digest, it is not the owner's text."""

    path: str
    digest: str


class NotesEdited(JournalEvent, frozen=True, kw_only=True, tag="touched"):
    """The owner changed these notes (see `moment.sensors.edits` for what counts as the owner's)."""

    paths: tuple[str, ...]


class NoteMoved(JournalEvent, frozen=True, kw_only=True, tag="moved"):
    """A note that the journal speaks of has another path now: `to`."""

    path: str
    to: str


class NotesRemoved(JournalEvent, frozen=True, kw_only=True, tag="left"):
    """Notes that the journal speaks of are gone from the folder, or are `back`."""

    paths: tuple[str, ...]
    back: bool = False


class SettingChanged(JournalEvent, frozen=True, kw_only=True, tag="set"):
    """The owner changed a setting while the program ran; `offer` is the offer whose answer changed it, if any."""

    key: str
    value: str | float | bool | None
    offer: str = ""


Event: TypeAlias = (
    OfferIssued
    | ReactionReceived
    | MomentAsked
    | MomentRated
    | SilenceDecided
    | TurnAdded
    | NoteWritten
    | NotesEdited
    | NoteMoved
    | NotesRemoved
    | SettingChanged
)


EVENT_KINDS = frozenset(str(event_type.__struct_config__.tag) for event_type in get_args(Event))
"""The tags of all events."""


class RecordedEvent(FrozenValue, frozen=True, kw_only=True):
    """An event with its number (ascending, never used again) and its time (unix seconds)."""

    id: int
    at: float
    event: Event


_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)


def event_to_json(event: Event) -> bytes:
    """The event as JSON."""
    return _encoder.encode(event)


def event_from_json(body: bytes | str) -> Event:
    """The event that `event_to_json` wrote.

    Raises JournalError; JournalDamagedError where no program can have written it.
    """
    try:
        return _decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        if _has_unknown_kind(body):
            raise JournalError(
                "The journal holds an event that cannot be read",
                str(error),
                "A newer proactive-tui has written it: update, or name another data folder with --data-dir.",
            ) from error
        raise JournalDamagedError(
            "The journal is damaged", f"An event cannot be read: {error}", "Start again: what can be read goes on."
        ) from error


class _EventTag(Struct):
    kind: str


def _has_unknown_kind(body: bytes | str) -> bool:
    """Whether an event is of a kind that this program does not know; other changes have a new journal version."""
    try:
        return msgspec.json.decode(body, type=_EventTag).kind not in EVENT_KINDS
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False


def event_subject(event: Event) -> str:
    """The text by which an event is found: an offer's or conversation's id, a silence's reason, a setting, a path."""
    match event:
        case OfferIssued():
            return event.offer.id
        case ReactionReceived() | MomentAsked() | MomentRated():
            return event.offer
        case SilenceDecided():
            return event.silence.reason
        case TurnAdded():
            return event.conversation
        case SettingChanged():
            return event.key
        case NoteWritten() | NoteMoved():
            return event.path
        case NotesRemoved():
            return event.paths[0]
        case NotesEdited():
            return ""


def effective_turns(added: Iterable[TurnAdded]) -> tuple[Turn, ...]:
    """The turns of a conversation that no later one replaced, in order."""
    counted: list[Turn] = []
    for event in added:
        del counted[max(len(counted) - event.replaces, 0) :]
        counted.append(event.turn)
    return tuple(counted)


def event_kind(event: Event) -> str:
    """The event's tag, as in JSON."""
    return str(type(event).__struct_config__.tag)
