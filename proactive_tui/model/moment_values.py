"""What a moment is judged by, and what shuts a gate."""

from __future__ import annotations

from proactive_tui.model.shared_words import Framing, FrozenValue, GateCode, Kind, Reaction


class NoteEdit(FrozenValue, frozen=True, kw_only=True):
    """The owner changed a note (`at` is unix seconds)."""

    path: str
    at: float


class OfferOutcome(FrozenValue, frozen=True, kw_only=True):
    """An earlier offer and what came of it so far; `reaction` is None while it is on screen.

    `asked_at` is when the owner was asked whether the moment was good (unix seconds), `good` the answer. `title`,
    `quoted` (the first lines of evidence) and `due` identify the topic when it comes back under another id. `authors`
    are the others who wrote what it rests on. `listed` says that it was answered in a list, which interrupts nobody.
    """

    offer: str
    topic: str
    aliases: tuple[str, ...]
    cause: str
    kind: Kind
    framing: Framing
    at: float
    paths: tuple[str, ...] = ()
    title: str = ""
    quoted: str = ""
    part_of: str = ""
    authors: tuple[str, ...] = ()
    due: float | None = None
    reaction: Reaction | None = None
    reacted_at: float | None = None
    snoozed_until: float | None = None
    turns: int = 0
    asked_at: float | None = None
    good: bool | None = None
    listed: bool = False


class Moment(FrozenValue, frozen=True, kw_only=True):
    """The signals at one time. None means that a signal is switched off or not available here.

    `utc_offset` is the local offset in seconds. `edits` are those of the last hours, newest first; `history` has every
    earlier offer, oldest first. `*_at` is the time of the last such event; `idle` is the system's idle time in seconds.
    `busy_until` is the end of the appointment that goes on, `appointment_at` the start of the next one, where that is
    near.
    """

    at: float
    utc_offset: int = 0
    edits: tuple[NoteEdit, ...] = ()
    history: tuple[OfferOutcome, ...] = ()
    key_at: float | None = None
    focused: bool | None = None
    idle: float | None = None
    returned_at: float | None = None
    committed_at: float | None = None
    conversation_ended_at: float | None = None
    in_conversation: bool = False
    started_at: float | None = None
    busy_until: float | None = None
    appointment_at: float | None = None
    appointment_ended_at: float | None = None


class Gate(FrozenValue, frozen=True, kw_only=True, omit_defaults=True):
    """A hard condition for speaking. `until` is when it may pass at the earliest, where that is known.

    `name` and `detail` are words for people; code reads `code`. Journals of older programs have no codes: see
    `journal.gate_codes`.
    """

    name: str
    passed: bool
    detail: str
    until: float | None = None
    code: GateCode | None = None
