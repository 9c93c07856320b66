"""Beliefs, and the offers that they come from."""

from __future__ import annotations

from proactive_tui.model.shared_words import FrozenValue, Kind, Reaction


class WelcomeShare(FrozenValue, frozen=True, kw_only=True):
    """The share of `answered` offers that were `welcome`, with its 95 % interval (0..1; Wilson 1927)."""

    welcome: int
    answered: int
    low: float
    high: float


class Belief(FrozenValue, frozen=True, kw_only=True):
    """A sentence about the owner, and the ids of the offers that support it; without offers, edit times support it.

    Where the owner excluded a kind of topic or a folder, the sentence says so, and one of the last two fields names it.
    """

    text: str
    offers: tuple[str, ...]
    unwanted_kind: Kind | None = None
    unwanted_folder: str = ""


class CitedOffer(FrozenValue, frozen=True, kw_only=True):
    """An offer as the evidence of a belief."""

    title: str
    at: float
    reaction: Reaction | None
    kind: Kind | None = None
