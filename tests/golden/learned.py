"""All that a journal amounts to, as JSON: what was learned, what it predicts, and what happened."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from proactive_tui.brain.services import Learned
from proactive_tui.config import Config
from proactive_tui.journal.consent import used
from proactive_tui.journal.events import Recorded
from proactive_tui.journal.journal import Journal
from proactive_tui.journal.projection import History, replay
from proactive_tui.model import FRAMINGS, KINDS

DIGITS = 12
DAY = 86_400.0


def replayed(path: Path) -> dict[str, Any]:
    """The journal in a file, read and replayed into new models, a minute after its end."""
    with Journal.read(path) as journal:
        recorded = list(journal.events())
    return amount(recorded, math.ceil(max(each.at for each in recorded)) + 60.0)


def amount(recorded: Iterable[Recorded], at: float) -> dict[str, Any]:
    """What the events amount to at a time."""
    config = Config()
    learned = Learned(config)
    history = replay(used(recorded, config.sensors), learned.pupils)
    found: dict[str, Any] = {
        "at": at,
        "versions": learned.versions,
        "models": _models(learned),
        "predictions": _predictions(learned, history, at),
        "history": {
            "outcomes": msgspec.to_builtins(history.history),
            "touches": {path: list(times) for path, times in history.touches.items()},
            "written": history.written,
            "moved": history.moved,
            "left": history.left,
            "settings": history.settings,
            "unwanted": sorted(history.unwanted),
            "quiet until": history.quiet_until,
            "last": history.last_id,
        },
    }
    rounded: dict[str, Any] = _rounded(found)
    return rounded


def _models(learned: Learned) -> dict[str, Any]:
    return {
        "ranker": learned.recommender.ranker.state(),
        "receptivity": learned.receptivity.state(),
        "channels": dict(learned.recommender.channels.shares()),
        "framings": {each: learned.framings.learned(each) for each in FRAMINGS},
        "framings by kind": {kind: {each: learned.framings.learned(each, kind) for each in FRAMINGS} for kind in KINDS},
        "presence": learned.presence.profile(0),
    }


def _predictions(learned: Learned, history: History, at: float) -> dict[str, Any]:
    """What each model says about every offer that was made, and about every note that was touched."""
    ranker, offers = learned.recommender.ranker, history.offers.values()
    paths = sorted(history.touches)
    return {
        "score": {each.id: list(ranker.score(each.features)) for each in offers},
        "contributions": {each.id: ranker.contributions(each.features) for each in offers},
        "taste": {each.id: learned.recommender.taste.score(each.features, at) for each in offers},
        "welcome": {each.id: learned.receptivity.predict(each.when) for each in offers},
        "framings": {each.id: learned.framings.probabilities(each.topic, history.history, at) for each in offers},
        "usual": [learned.presence.usual(at + hour * 3_600.0) for hour in range(24)],
        "returning": dict(zip(paths, learned.returning.scores(paths, at + DAY), strict=True)),
    }


def _rounded(value: Any) -> Any:
    match value:
        case dict():
            return {str(key): _rounded(each) for key, each in value.items()}
        case list() | tuple():
            return [_rounded(each) for each in value]
        case bool() | int() | str() | None:
            return value
    return float(f"{float(value):.{DIGITS}g}")
