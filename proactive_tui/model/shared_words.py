"""The words that values, journal and wire share, as literals, and what all frozen values are."""

from __future__ import annotations

from typing import Literal, get_args

from msgspec import Struct

Kind = Literal[
    "open question",
    "task",
    "theme",
    "fading",
    "connection",
    "thread",
    "goal",
    "idea",
    "review",
    "unfinished work",
    "meeting",
    "rhythm",
    "news",
]
"""The kind of a topic; `goal` covers habits, `idea` what is worth returning to and not yet a task. The last five are
made of a source's items: what reviewers wrote, work left in a repository, appointments, the owner's days, stories. New
kinds come last: tables of models and journals count them in this order."""

SourceName = Literal["git", "forge", "calendar", "activity", "news"]
"""Where items come from. The notes folder is no such source: what it holds is the owner's."""

Framing = Literal["question", "recap", "next step", "quiz", "connect"]
"""How an opener presents a topic."""

Reaction = Literal[
    "followed up", "engaged", "not now", "not this", "snoozed", "ignored", "withdrawn", "already done", "not mine"
]
"""The outcome of an offer. `not now` is about the moment, `not this` about the topic; `already done` (or answered) and
`not mine` (not the owner's to do, or no such thing) are about how the notes were read; `withdrawn` teaches nothing."""

Channel = Literal["meaning", "words", "frecency", "due", "taste", "fresh"]
"""How retrieval found a candidate; `fresh` is for a few topics that were never shown."""

GateCode = Literal[
    "wanted",
    "quiet",
    "quiet hours",
    "quiet day",
    "away",
    "conversation",
    "on screen",
    "budget",
    "spacing",
    "just started",
    "typing",
    "saving",
    "appointment",
    "unattended",
]
"""The condition that a gate checks. The gate "typing" has the code `saving` where a saved note broke the quiet last."""

ItemState = Literal["none", "open", "doing", "waiting", "question", "done", "cancelled", "moved"]
"""What the marks of a line say about it: `none` without marks; `moved` where it goes on in another place."""

OpenReason = Literal["a better moment", "left out by chance", "dropped", "nothing stands out enough"]
"""Reasons for a silence while every gate is open; all other reasons are names of gates."""

TOPIC_KINDS: tuple[Kind, ...] = get_args(Kind)
SOURCE_NAMES: tuple[SourceName, ...] = get_args(SourceName)
FRAMINGS: tuple[Framing, ...] = get_args(Framing)
REACTIONS: tuple[Reaction, ...] = get_args(Reaction)
CHANNELS: tuple[Channel, ...] = get_args(Channel)
GATE_CODES: tuple[GateCode, ...] = get_args(GateCode)


class FrozenValue(Struct, frozen=True, kw_only=True, forbid_unknown_fields=False):
    """A frozen value; unknown fields are dropped when decoding, so that older code reads newer data."""
