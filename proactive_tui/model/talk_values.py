"""Conversations and their turns."""

from __future__ import annotations

from typing import Literal

from proactive_tui.model.shared_words import FrozenValue
from proactive_tui.model.topic_values import Evidence


class Turn(FrozenValue, frozen=True, kw_only=True, omit_defaults=True):
    """A turn of a conversation. `sources` are the passages behind an answer; `stopped` says that it was cut short;
    `recalled` is the share (0..1) of what they say that the owner had said from memory, where it answers that.
    """

    role: Literal["user", "assistant"]
    text: str
    at: float
    sources: tuple[Evidence, ...] = ()
    spoken_by: str = ""
    stopped: bool = False
    recalled: float | None = None


class FoundName(FrozenValue, frozen=True, kw_only=True):
    """A name that completes what was typed: of a note with its `path`, or of a person, who has none."""

    name: str
    path: str = ""


class NoteRecall(FrozenValue, frozen=True):
    """When (unix seconds) the owner said from memory what a note says, and which share (0..1) of it."""

    at: float
    share: float


class Conversation(FrozenValue, frozen=True, kw_only=True):
    """A stored conversation; `offer` is the id of the offer that opened it, or empty where the user began."""

    id: str
    title: str
    at: float
    turns: tuple[Turn, ...]
    offer: str = ""
    topic: str = ""


class ConversationSummary(FrozenValue, frozen=True, kw_only=True):
    """A conversation as a list shows it.

    `at` is the time of the last turn, `turns` counts the turns; `words` are the first ones, or those that a search
    found.
    """

    id: str
    title: str
    at: float
    turns: int
    words: str = ""
