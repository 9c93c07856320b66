"""Describes features in words: what each one stands for, and what its value says."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from typing import Final

from proactive_tui.learning.day_parts import phrase_day_part
from proactive_tui.model.shared_words import Kind
from proactive_tui.model.topic_values import Topic
from proactive_tui.recommend.features import EDIT_HALF_LIFE_SECONDS, OFFER_HALF_LIFE_SECONDS, decode_count
from proactive_tui.recommend.history import RECENT_OFFER_COUNT
from proactive_tui.recommend.learners.prior import RANKER_BIAS
from proactive_tui.recommend.outside.item_features import LATELY_HALF_LIFE_SECONDS
from proactive_tui.recommend.urgency import DUE_SOON_DAYS
from proactive_tui.text.places.raised_places import SOURCE_WORDS
from proactive_tui.text.quantities import format_ago, format_count

FEATURE_MEANINGS: Final[dict[str, str]] = {
    RANKER_BIAS: "where every topic starts",
    "due soon": "due soon",
    "overdue": "overdue",
    "promised": "promised to somebody",
    "just edited": "written lately",
    "like now": "like what you are working on",
    "words now": "words of what you are working on",
    "touched often": "in a note you may come back to soon",
    "taste": "welcome so far",
    "forgotten": "probably forgotten by now",
    "salience": "how clearly it stands out in your notes",
    "old evidence": "written long ago",
    "several notes": "in several notes",
    "never shown": "not shown before",
    "offered before": "shown before",
    "offered lately": "shown lately",
    "welcomed before": "taken up before",
    "waved off before": "waved off before",
    "kind answered": "how often such topics were shown",
    "kind taken up": "how often you took up such topics",
    "kind welcome": "how welcome such topics were",
    "kind lately": "more of the same kind",
    "note lately": "more of the same note",
    "yours before": "whether lines in the same place were yours",
    "urgency": "how urgent it is",
    "meets notes": "how well it meets your notes",
    "came lately": "came in lately",
    "trust": "how welcome what its author brings was",
}
"""The meaning of each feature whose name has no prefix."""

KIND_PLURALS: Final[dict[Kind, str]] = {
    "open question": "open questions",
    "task": "tasks",
    "theme": "themes",
    "fading": "fading notes",
    "connection": "connections",
    "thread": "threads",
    "goal": "goals and habits",
    "idea": "ideas",
    "review": "reviews",
    "unfinished work": "unfinished work",
    "meeting": "appointments",
    "rhythm": "remarks about your days",
    "news": "stories",
}

KIND_PHRASES: Final[Mapping[str, str]] = {
    "unfinished work": "unfinished work",
    "rhythm": "a remark about your days",
    "meeting": "an appointment",
    "news": "a story",
}
"""How one topic of a kind is called, where the name of the kind with an article does not say it."""

URGENT_FROM: Final = 0.7
STRONG_TIE_FROM: Final = 0.6

_VALUE_PHRASES: Final[dict[str, Callable[[float], str]]] = {
    "due soon": lambda value: _format_due((1.0 - value) * DUE_SOON_DAYS),
    "overdue": lambda value: _format_overdue_days((1.0 / value - 1.0) * 7.0),
    "promised": lambda _: "you promised it",
    "just edited": lambda value: f"you wrote this {format_ago(-math.log2(value) * EDIT_HALF_LIFE_SECONDS)}",
    "like now": lambda value: f"it is {_format_degree(value)} like what you are working on",
    "words now": lambda value: f"it shares {'many' if value >= 0.5 else 'a few'} words with what you are working on",
    "touched often": lambda value: f"you {'will probably' if value > 0.55 else 'may'} come back to this note soon",
    "taste": lambda value: f"topics like it were {format_welcome(value)}",
    "forgotten": lambda value: f"you have probably forgotten it ({value:.0%})",
    "salience": lambda value: f"it stands out {'clearly' if value > 0 else 'little'} in your notes",
    "old evidence": lambda value: "you wrote it long ago" if value > 0.5 else "you did not write it just now",
    "several notes": lambda value: f"it runs through {round(1.0 / (1.0 - value)) if value < 1.0 else 'many'} notes",
    "never shown": lambda _: "not shown before",
    "offered before": lambda value: f"shown {_format_times(decode_count(value))} before",
    "offered lately": lambda value: f"last shown {format_ago(-math.log2(value) * OFFER_HALF_LIFE_SECONDS)}",
    "welcomed before": lambda _: "you took it up before",
    "waved off before": lambda _: "you waved it off before",
    "kind lately": lambda value: f"{format_recent_share(value)} of this kind",
    "note lately": lambda value: f"{format_recent_share(value)} about this note",
    "yours before": lambda value: describe_reading(value, "in the same place"),
    "urgency": lambda value: f"it is {'urgent' if value >= URGENT_FROM else 'of some urgency'}",
    "meets notes": lambda value: f"it meets your notes {'well' if value >= STRONG_TIE_FROM else 'a little'}",
    "came lately": lambda value: f"it came in {format_ago(-math.log2(value) * LATELY_HALF_LIFE_SECONDS)}",
}


def describe_feature(name: str) -> str:
    """The meaning of a feature in words, whatever its value; its name where the feature is unknown."""
    head, _, rest = name.partition(":")
    match head:
        case "kind":
            return f"what kind it is: {rest}"
        case "at":
            kind, _, part = rest.partition("@")
            return f"{KIND_PLURALS.get(kind, kind)} {phrase_day_part(part)}"  # type: ignore[call-overload]  # any text may be asked for
        case "folder":
            return f"in {rest}/"
        case "source":
            return f"from {SOURCE_WORDS.get(rest, rest)}"
        case "author":
            return f"written by {rest}"
        case "tag":
            return f"tagged {rest}"
        case "person":
            return f"about {rest}"
        case "meaning":
            return "what it is about"
        case _:
            return FEATURE_MEANINGS.get(name, name)


def describe_value(name: str, value: float, contribution: float, features: Mapping[str, float]) -> str:
    """The value of a feature in words. The sign of `contribution` says whether it speaks for the topic.

    `features` is the whole snapshot, since some phrases need two features.
    """
    head, _, rest = name.partition(":")
    match head:
        case "kind":
            return f"it is {KIND_PHRASES.get(rest) or _with_article(rest)}"
        case "at" | "folder" | "source" | "author" | "tag" | "person":
            return f"{describe_feature(name)}: {format_welcome(contribution)} so far"
        case "meaning":
            return f"its subject was {format_welcome(contribution)} so far"
        case "kind answered" | "kind taken up" | "kind welcome":
            return _format_taken_up(features)
        case "trust":
            return _format_trust(value, features)
        case _ if name in _VALUE_PHRASES and value > 0.0:
            return _VALUE_PHRASES[name](value)
        case "taste" | "salience" | "yours before":
            return _VALUE_PHRASES[name](value)
        case _:
            return describe_feature(name)


def describe_reading(value: float, place: str) -> str:
    """What answers said of the lines of a `place` ("under “Backlog”"); negative where they were not the owner's."""
    return f"lines {place} were {'' if value > 0.0 else 'not '}yours before"


def _format_taken_up(features: Mapping[str, float]) -> str:
    answered = decode_count(features.get("kind answered", 0.0))
    taken = decode_count(features.get("kind taken up", 0.0))
    kind = next((plural for kind, plural in KIND_PLURALS.items() if features.get(f"kind:{kind}")), "such topics")
    return f"you took up {taken} of {answered} {kind}"


def _format_trust(value: float, features: Mapping[str, float]) -> str:
    authors = [rest for head, _, rest in (name.partition(":") for name in features) if head == "author"]
    who = authors[0] if len(authors) == 1 else "its authors"
    return f"what {who} {'brings' if len(authors) == 1 else 'bring'} is {format_welcome(value)}"


def _format_due(days: float) -> str:
    """The due date in words; `days` are days of 24 hours until the end of the day on which the topic is due."""
    whole = int(days + 1e-3)
    return "due today" if whole == 0 else "due tomorrow" if whole == 1 else f"due in {whole} days"


def _format_overdue_days(days: float) -> str:
    whole = int(days + 1e-3)
    return "overdue since yesterday" if whole < 1 else f"overdue for {whole + 1} days"


def format_recent_share(share: float) -> str:
    """How many of the last offers something is true of: "2 of the last 10 offers were"."""
    count = round(share * RECENT_OFFER_COUNT)
    return f"{count} of the last {RECENT_OFFER_COUNT} offers {'was' if count == 1 else 'were'}"


def _format_times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _format_degree(value: float) -> str:
    return "very" if value >= 0.7 else "quite" if value >= 0.4 else "a little"


def format_welcome(value: float) -> str:
    """Whether a learned value is a welcome one."""
    return "welcome" if value > 0.0 else "not welcome"


def _with_article(kind: str) -> str:
    return "fading" if kind == "fading" else f"an {kind}" if kind[:1] in "aeiou" else f"a {kind}"


def _phrase_begin(value: float, topic: Topic) -> str:
    """When an appointment begins; other topics of sources are due like notes."""
    if not topic.detail.starts:
        return ""
    days = int((1.0 - value) * DUE_SOON_DAYS + 1e-3)
    if days > 1:
        return f"it begins in {days} days"
    begin = dt.datetime.fromisoformat(topic.detail.starts)
    clock = f" at {begin:%H:%M}" if "T" in topic.detail.starts else " today" if days == 0 else ""
    return f"it begins{' tomorrow' if days else ''}{clock}"


def _phrase_promise(topic: Topic) -> str:
    somebody = topic.detail.promised_to
    return f"you promised {somebody} something" if somebody else ""


def _phrase_meeting(topic: Topic) -> str:
    """How many of the owner's notes it meets; of a topic without any, how much it brings together."""
    notes = {evidence.path for evidence in topic.evidence if evidence.origin is None}
    if len(notes) == 1:
        return "it meets a note of yours"
    if notes:
        return f"it meets {format_count(len(notes), 'note')} of yours"
    return f"it brings {format_count(len(set(topic.paths)), 'thing')} together"


_ITEM_PHRASES: Final[Mapping[str, Callable[[float, Topic], str]]] = {
    "due soon": _phrase_begin,
    "promised": lambda _, topic: _phrase_promise(topic),
    "just edited": lambda value, _: (
        f"you wrote in a note of yours that it meets {format_ago(-math.log2(value) * EDIT_HALF_LIFE_SECONDS)}"
    ),
    "touched often": lambda value, _: (
        f"you {'will probably' if value > 0.55 else 'may'} come back soon to what it meets"
    ),
    "salience": lambda value, _: f"it stands out {'clearly' if value > 0 else 'little'}",
    "old evidence": lambda value, _: "it is from long ago" if value > 0.5 else "it is not new",
    "note lately": lambda value, _: f"{format_recent_share(value)} about the same",
    "several notes": lambda _, topic: _phrase_meeting(topic),
}
"""What features say of a topic that a source brought, where the words for notes would be wrong."""


def describe_item_value(name: str, value: float, topic: Topic) -> str:
    """What a feature says of a topic of a source; "" where the words for notes hold for it too."""
    return _ITEM_PHRASES[name](value, topic) if name in _ITEM_PHRASES and (value > 0.0 or name == "salience") else ""
