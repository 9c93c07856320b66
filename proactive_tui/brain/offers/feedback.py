"""Says in few words what a reaction has changed: compares what the models say of an offer before and after. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, assert_never

from msgspec import Struct

from proactive_tui.learning.day_parts import part_of_day_at, phrase_day_part
from proactive_tui.learning.reader_experience import DISOWNED_SHIFT
from proactive_tui.model.offer_values import Offer
from proactive_tui.model.shared_words import Reaction
from proactive_tui.moment.clock import utc_offset
from proactive_tui.moment.feature_names import ELAPSED_TIME_STEPS, parse_feature
from proactive_tui.recommend.feature_words import KIND_PLURALS, describe_feature
from proactive_tui.text.places.raised_places import describe_place, origin_place

if TYPE_CHECKING:
    from proactive_tui.brain.learned_models import LearnedModels

MIN_NOTICEABLE_CHANGE: Final = 0.001
"""A smaller change (in reward, or in probability) counts as none."""

MIN_SHARE_OF_STRONGEST: Final = 0.25
"""A change is named if it is at least this share of the largest one."""

MAX_NAMED_CHANGES: Final = 2


class OfferContributions(Struct, frozen=True):
    """Contributions of the features to an offer's score (`what`), and to how welcome its moment is (`when`).

    `reading` is the shift (log-odds) that its lines are the owner's.
    """

    what: dict[str, float]
    when: dict[str, float]
    reading: float = 0.0


def compute_contributions(learned: LearnedModels, offer: Offer, at: float) -> OfferContributions:
    """The contributions to an offer by the models as they are now, at `at` (unix seconds)."""
    return OfferContributions(
        what=learned.recommender.ranker.contributions(offer.features),
        when=learned.receptivity.contributions(offer.when),
        reading=learned.reading.shifts_at(at).topic_shift(offer.topic),
    )


def describe_change(offer: Offer, reaction: Reaction, before: OfferContributions, after: OfferContributions) -> str:
    """The sentence about what this reaction has changed; empty where there is nothing to say.

    It is empty too where the models moved the other way: an offer that was sure to be welcome and is taken up confirms
    the models, and its figures fall a little all the same.
    """
    match reaction:
        case "not this":
            return _describe_topic_change(offer, _contribution_changes(before.what, after.what), -1.0)
        case "engaged" | "followed up":
            return _describe_topic_change(offer, _contribution_changes(before.what, after.what), 1.0)
        case "not now" | "snoozed":
            return _describe_moment_change(offer, _contribution_changes(before.when, after.when))
        case "not mine":
            return _describe_reading_change(offer, before.reading, after.reading)
        case "ignored" | "withdrawn" | "already done":
            return ""
        case _:
            assert_never(reaction)


def _describe_reading_change(offer: Offer, before: float, after: float) -> str:
    """A sentence such as "Less from under “Backlog”", or "" where hardly anything has changed."""
    if after > before - MIN_NOTICEABLE_CHANGE:
        return ""
    lines = offer.topic.evidence[0]
    where = describe_place(origin_place(lines.origin)) if lines.origin else lines.path
    heading = f"under “{lines.heading[-1]}”" if lines.heading else ""
    if after <= DISOWNED_SHIFT:
        return f"Nothing more {heading or f'in {where}'} will be raised"
    return f"Less from {heading or where}"


def _describe_topic_change(offer: Offer, moved: Mapping[str, float], sign: float) -> str:
    """A sentence such as "Fewer like it: tasks in work/", or "" where hardly anything has changed."""
    if sum(moved.values()) * sign < MIN_NOTICEABLE_CHANGE:
        return ""
    kind = f"kind:{offer.topic.kind}"
    groups: dict[str, float] = {}
    for name, change in moved.items():
        head = name.partition(":")[0]
        key = kind if head == "at" else "meaning:" if head == "meaning" else name
        if head in {"kind", "at", "folder", "source", "author", "tag", "person", "meaning"}:
            groups[key] = groups.get(key, 0.0) + change
    chosen = _strongest_changes(groups, sign)
    named = [describe_feature(name) for name in chosen if name not in {kind, "meaning:"}][:MAX_NAMED_CHANGES]
    noun = [KIND_PLURALS[offer.topic.kind]] if kind in chosen else []
    if not named and "meaning:" in chosen:
        named = ["on its subject"]
    if named and not noun:
        noun = ["topics"]
    more = "More like it" if sign > 0 else "Fewer like it"
    return f"{more}: {' '.join(noun)} {', '.join(named)}".rstrip(" :")


def _describe_moment_change(offer: Offer, moved: Mapping[str, float]) -> str:
    """A sentence such as "Less in the morning, after a save", or "" where hardly anything has changed."""
    if -sum(moved.values()) < MIN_NOTICEABLE_CHANGE:
        return ""
    groups: dict[str, float] = {}
    for name, change in moved.items():
        if phrase := _moment_phrase(name, offer):
            groups[phrase] = groups.get(phrase, 0.0) + change
    return f"Less {', '.join(_strongest_changes(groups, -1.0)[:MAX_NAMED_CHANGES]) or 'often'}"


def _contribution_changes(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    return {name: after.get(name, 0.0) - before.get(name, 0.0) for name in before.keys() | after.keys()}


def _strongest_changes(groups: Mapping[str, float], sign: float) -> list[str]:
    """The names whose change has this sign and is not much smaller than the largest; the strongest first."""
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
    "appointment ended": "after an appointment",
    "started": "right after the start",
    "none": "in the middle of something",
}

_SOON_LABELS: Final = frozenset(label for end, label in ELAPSED_TIME_STEPS if end <= 1800)


def _moment_phrase(name: str, offer: Offer) -> str:
    """A feature of the moment as a time ("in the morning"); empty where a word or two cannot say it."""
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
