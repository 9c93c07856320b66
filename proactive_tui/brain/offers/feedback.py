"""What an answer has changed, in few words: what the models say of the same offer, before and after. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, assert_never

from msgspec import Struct

from proactive_tui.learning.day_parts import part_of_day_at, phrase_day_part
from proactive_tui.model import Offer, Reaction
from proactive_tui.moment.clock import utc_offset
from proactive_tui.moment.feature_names import ELAPSED_TIME_STEPS, parse_feature
from proactive_tui.recommend.feature_words import KIND_PLURALS
from proactive_tui.recommend.feature_words import describe_feature as meant

if TYPE_CHECKING:
    from proactive_tui.brain.services import LearnedModels

MIN_NOTICEABLE_CHANGE: Final = 0.001
"""What moved less than this (in reward, or in probability) has not moved."""

MIN_SHARE_OF_STRONGEST: Final = 0.25
"""Besides what moved most, that is named which moved at least so much as much."""

MAX_NAMED_CHANGES: Final = 2
"""So many things are named at the most."""


class OfferContributions(Struct, frozen=True):
    """What the models say of an offer: contributions to its score, and to how welcome its moment is."""

    what: dict[str, float]
    when: dict[str, float]


def compute_contributions(learned: LearnedModels, offer: Offer) -> OfferContributions:
    """The offer as the models see it now."""
    return OfferContributions(
        what=learned.recommender.ranker.contributions(offer.features),
        when=learned.receptivity.contributions(offer.when),
    )


def describe_change(offer: Offer, reaction: Reaction, before: OfferContributions, after: OfferContributions) -> str:
    """What this reaction has changed, as it is said on the screen; empty where there is nothing to be said.

    Nothing is said either where the models moved the other way: whoever takes up what was thought to be welcome for
    certain has confirmed it, and the figures fall a little all the same.
    """
    match reaction:
        case "not this":
            return _describe_topic_change(offer, _contribution_changes(before.what, after.what), -1.0)
        case "engaged" | "followed up":
            return _describe_topic_change(offer, _contribution_changes(before.what, after.what), 1.0)
        case "not now" | "snoozed":
            return _describe_moment_change(offer, _contribution_changes(before.when, after.when))
        case "ignored" | "withdrawn":
            return ""
        case _:
            assert_never(reaction)


def _describe_topic_change(offer: Offer, moved: Mapping[str, float], sign: float) -> str:
    """ "Fewer like it: tasks in work/" """
    if sum(moved.values()) * sign < MIN_NOTICEABLE_CHANGE:
        return ""
    kind = f"kind:{offer.topic.kind}"
    groups: dict[str, float] = {}
    for name, change in moved.items():
        head = name.partition(":")[0]
        key = kind if head == "at" else "meaning:" if head == "meaning" else name
        if head in {"kind", "at", "folder", "tag", "person", "meaning"}:
            groups[key] = groups.get(key, 0.0) + change
    chosen = _strongest_changes(groups, sign)
    named = [meant(name) for name in chosen if name not in {kind, "meaning:"}][:MAX_NAMED_CHANGES]
    noun = [KIND_PLURALS[offer.topic.kind]] if kind in chosen else []
    if not named and "meaning:" in chosen:
        named = ["on its subject"]
    if named and not noun:
        noun = ["topics"]
    more = "More like it" if sign > 0 else "Fewer like it"
    return f"{more}: {' '.join(noun)} {', '.join(named)}".rstrip(" :")


def _describe_moment_change(offer: Offer, moved: Mapping[str, float]) -> str:
    """ "Less in the morning, after a save" """
    if -sum(moved.values()) < MIN_NOTICEABLE_CHANGE:
        return ""
    groups: dict[str, float] = {}
    for name, change in moved.items():
        if said := _moment_phrase(name, offer):
            groups[said] = groups.get(said, 0.0) + change
    return f"Less {', '.join(_strongest_changes(groups, -1.0)[:MAX_NAMED_CHANGES]) or 'often'}"


def _contribution_changes(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    return {name: after.get(name, 0.0) - before.get(name, 0.0) for name in before.keys() | after.keys()}


def _strongest_changes(groups: Mapping[str, float], sign: float) -> list[str]:
    """Those that moved by the sign, and not much less than the one that moved most; the strongest first."""
    along = {name: change * sign for name, change in groups.items() if change * sign >= MIN_NOTICEABLE_CHANGE}
    most = max(along.values(), default=0.0)
    return sorted(
        (name for name, change in along.items() if change >= MIN_SHARE_OF_STRONGEST * most),
        key=lambda name: (-along[name], name),
    )


_BREAKPOINT_PHRASES: Final = {
    "returned": "when you come back",
    "commit": "after a commit",
    "saved": "after a save",
    "conversation ended": "after a conversation",
    "started": "right after the start",
    "none": "in the middle of something",
}

_SOON_LABELS: Final = frozenset(label for end, label in ELAPSED_TIME_STEPS if end <= 1800)


def _moment_phrase(name: str, offer: Offer) -> str:
    """What a feature of the moment stands for, as a time; empty where it cannot be said in a word or two."""
    signal, value = parse_feature(name)
    match signal:
        case "time" | "hour sin" | "hour cos" | "~hour":
            return phrase_day_part(part_of_day_at(offer.at, utc_offset(offer.at)))
        case "day":
            return "on workdays" if value == "workday" else "at the weekend"
        case "boundary":
            return _BREAKPOINT_PHRASES.get(value, "")
        case "last offer" if value in _SOON_LABELS:
            return "so soon after another offer"
        case "focused":
            return "while you are in this terminal"
        case "not focused":
            return "while you look elsewhere"
        case "pace of edits":
            return "while you write much"
        case "usually here":
            return "when you are usually here" if offer.when.get(name, 0.0) > 0 else "when you are seldom here"
    return ""
