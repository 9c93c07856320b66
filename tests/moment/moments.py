"""Moments for the tests of this stage: a workday, ten in the morning, nothing going on."""

from __future__ import annotations

from typing import Any

from proactive_tui.config import OffersConfig, SensorsConfig
from proactive_tui.model.moment_values import Moment, NoteEdit, OfferOutcome
from proactive_tui.model.shared_words import Reaction

MONDAY = 1_760_313_600.0
"""Monday, 13 October 2025, 00:00 UTC."""

HOUR, MINUTE = 3600.0, 60.0
TEN = MONDAY + 10 * HOUR
OFFERS, SENSORS = OffersConfig(first_day=6), SensorsConfig()


def moment(at: float = TEN, **changes: Any) -> Moment:
    values: dict[str, Any] = {"at": at, "started_at": at - HOUR}
    return Moment(**{**values, **changes})


def edit(at: float, path: str = "a.md") -> NoteEdit:
    return NoteEdit(path=path, at=at)


def outcome(at: float, reaction: Reaction | None = "engaged", **changes: Any) -> OfferOutcome:
    values: dict[str, Any] = {
        "offer": f"o{at}",
        "topic": "t",
        "aliases": (),
        "cause": "",
        "kind": "task",
        "framing": "question",
        "at": at,
        "reaction": reaction,
    }
    return OfferOutcome(**{**values, **changes})
