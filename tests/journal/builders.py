"""Small values for the tests of this stage."""

from __future__ import annotations

from typing import Any

from proactive_tui.model.offer_values import Offer, Opener, Silence
from proactive_tui.model.talk_values import Turn
from proactive_tui.model.topic_values import Evidence, Topic

T0 = 1_760_000_000.0
"""Some Thursday in October 2025, 08:53 UTC."""


def topic(number: str = "t1", *paths: str, aliases: tuple[str, ...] = ()) -> Topic:
    evidence = tuple(Evidence(path=path, line_start=1, line_end=2, text=f"About {number}.") for path in paths)
    return Topic(id=number, kind="task", title=f"Topic {number}", evidence=evidence, at=T0, aliases=aliases)


def offer(number: str = "o1", about: Topic | None = None, at: float = T0, **changes: Any) -> Offer:
    values: dict[str, Any] = {
        "id": number,
        "at": at,
        "topic": about or topic("t1", "a.md"),
        "opener": Opener(text="How did it go?", framing="question", spoken_by="template"),
        "score": 0.5,
        "features": {"due soon": 1.0, "kind:task": 1.0, "tag:x": 1.0, "meaning:1": 0.6},
        "contributions": {"due": 0.2},
        "channels": {"due": 0.9},
        "propensity": {"topic": 0.5, "framing": 0.2, "moment": 0.95},
        "when": {"hour_sin": 0.5, "focused": 1.0},
        "receptivity": 0.4,
    }
    return Offer(**{**values, **changes})


def silence(reason: str = "typing", at: float = T0, about: str = "t1", **changes: Any) -> Silence:
    values: dict[str, Any] = {"at": at, "last": at, "reason": reason, "detail": "you typed 5 s ago", "topic": about}
    return Silence(**{**values, **changes})


def turn(text: str, at: float = T0, role: Any = "user", *paths: str) -> Turn:
    sources = tuple(Evidence(path=path, line_start=1, line_end=1, text="x") for path in paths)
    return Turn(role=role, text=text, at=at, sources=sources)
