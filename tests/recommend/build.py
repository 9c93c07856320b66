"""Short ways to make the values that these tests are about."""

from __future__ import annotations

from typing import Any

from proactive_tui.model import Candidate, Evidence, Kind, Offer, Opener, Outcome, Reaction, Suggestion, Topic

NOW = 1_780_000_000.0
HOUR = 3_600.0
DAY = 24 * HOUR


def evidence(path: str = "work/raft.md", passage: str = "p") -> Evidence:
    return Evidence(path=path, line_start=1, line_end=2, text="Why does the leader wait?", passage=passage)


def topic(name: str = "t", kind: Kind = "open question", path: str = "work/raft.md", **more: Any) -> Topic:
    values: dict[str, Any] = {"title": name, "evidence": (evidence(path, f"p-{name}"),), "at": NOW - DAY, "cause": "c"}
    return Topic(id=name, kind=kind, **{**values, **more})


def candidate(
    name: str = "t", kind: Kind = "open question", channels: dict[str, float] | None = None, **more: Any
) -> Candidate:
    return Candidate(topic=topic(name, kind, **more), score=1.0, channels=channels or {})


def outcome(
    name: str = "t",
    reaction: Reaction | None = "engaged",
    at: float = NOW - DAY,
    kind: Kind = "open question",
    **more: Any,
) -> Outcome:
    values: dict[str, Any] = {
        "offer": f"{name}@{at}",
        "aliases": (),
        "cause": "c",
        "framing": "question",
        "paths": ("work/raft.md",),
        "reacted_at": at if reaction else None,
    }
    return Outcome(topic=name, kind=kind, at=at, reaction=reaction, **{**values, **more})


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
