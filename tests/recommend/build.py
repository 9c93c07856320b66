"""Short ways to make the values that these tests are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from proactive_tui.model.moment_values import Moment, OfferOutcome
from proactive_tui.model.offer_values import Offer, Opener, Suggestion
from proactive_tui.model.shared_words import CHANNELS, Kind, Reaction
from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.recommend import features as shipped
from proactive_tui.recommend.cooldown import cooldown_until
from proactive_tui.recommend.history import build_moment_history
from proactive_tui.recommend.retrieve import Candidates
from proactive_tui.recommend.topic_table import MEANING_FEATURES, TopicTable

NOW = 1_780_000_000.0
HOUR = 3_600.0
DAY = 24 * HOUR


def evidence(path: str = "work/raft.md", passage: str = "p") -> Evidence:
    return Evidence(path=path, line_start=1, line_end=2, text="Why does the leader wait?", passage=passage)


def topic(name: str = "t", kind: Kind = "open question", path: str = "work/raft.md", **more: Any) -> Topic:
    values: dict[str, Any] = {"title": name, "evidence": (evidence(path, f"p-{name}"),), "at": NOW - DAY, "cause": "c"}
    return Topic(id=name, kind=kind, **{**values, **more})


def rested(about: Topic, history: Sequence[OfferOutcome], at: float) -> bool:
    """Whether a topic may be raised (again) at the time `at`, by every earlier offer."""
    standing = TopicTable.from_topics([about], {}, history)
    outcomes = build_moment_history(standing, Moment(at=at, history=tuple(history))).offers.get(0, ())
    return at >= cooldown_until(about, outcomes)


class Brought(NamedTuple):
    """A topic, and what the channels say of it."""

    topic: Topic
    channels: dict[str, float]


def candidate(
    name: str = "t", kind: Kind = "open question", channels: dict[str, float] | None = None, **more: Any
) -> Brought:
    return Brought(topic(name, kind, **more), channels or {})


def features(
    about: Brought, moment: Moment, *, meaning: Sequence[float] = (), taste: float = 0.5, clock: bool = True
) -> dict[str, float]:
    """The features of a single candidate."""
    standing = TopicTable.from_topics([about.topic], {})
    if meaning:
        standing = replace(standing, table=standing.table.with_columns(MEANING_FEATURES, np.array([meaning])))
    channels = np.array([[about.channels.get(channel, 0.0) for channel in CHANNELS]])
    found = Candidates(rows=np.array([0]), channels=channels)
    past = build_moment_history(standing, moment)
    return shipped.candidate_features(standing, found, moment, past, tastes=np.array([taste]), clock=clock).row(0)


def outcome(
    name: str = "t",
    reaction: Reaction | None = "engaged",
    at: float = NOW - DAY,
    kind: Kind = "open question",
    **more: Any,
) -> OfferOutcome:
    values: dict[str, Any] = {
        "offer": f"{name}@{at}",
        "aliases": (),
        "cause": "c",
        "framing": "question",
        "paths": ("work/raft.md",),
        "reacted_at": at if reaction else None,
    }
    return OfferOutcome(topic=name, kind=kind, at=at, reaction=reaction, **{**values, **more})


def offer(
    features: dict[str, float],
    name: str = "o",
    at: float = NOW,
    channels: dict[str, float] | None = None,
    contributions: dict[str, float] | None = None,
    about: Topic | None = None,
) -> Offer:
    return Offer(
        id=name,
        at=at,
        topic=about or topic(),
        opener=Opener(text="Why?", framing="question", spoken_by="template"),
        score=0.5,
        features=features,
        contributions=contributions or {},
        channels=channels or {},
        propensity={"topic": 1.0},
        when={},
        receptivity=0.5,
    )


def offered(suggestion: Suggestion, name: str = "o", at: float = NOW) -> Offer:
    return offer(
        suggestion.features,
        name,
        at,
        suggestion.channels,
        suggestion.contributions,
        suggestion.topic,
    )
