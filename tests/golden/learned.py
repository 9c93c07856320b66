"""All that a journal amounts to, as JSON: what was learned, what it predicts, and what happened."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from proactive_tui.brain.learned_models import LearnedModels
from proactive_tui.config import Config
from proactive_tui.journal.consent import filter_consented
from proactive_tui.journal.events import RecordedEvent
from proactive_tui.journal.journal import Journal
from proactive_tui.journal.projection import JournalState, replay_events
from proactive_tui.model.shared_words import FRAMINGS, TOPIC_KINDS

DIGITS = 12
DAY = 86_400.0


def replayed(path: Path) -> dict[str, Any]:
    """The journal in a file, read and replayed into new models, a minute after its end."""
    with Journal.open_readonly(path) as journal:
        recorded = list(journal.read_events())
    return amount(recorded, math.ceil(max(each.at for each in recorded)) + 60.0)


def amount(recorded: Iterable[RecordedEvent], at: float) -> dict[str, Any]:
    """What the events amount to at a time."""
    config = Config()
    learned = LearnedModels(config)
    history = replay_events(filter_consented(recorded, config.sensors), learned.subscribers)
    found: dict[str, Any] = {
        "at": at,
        "versions": learned.model_versions,
        "models": _models(learned),
        "predictions": _predictions(learned, history, at),
        "history": {
            "outcomes": msgspec.to_builtins(history.past_outcomes),
            "touches": {path: list(times) for path, times in history.edit_times.items()},
            "written": history.written_digests,
            "moved": history.moved_paths,
            "left": history.missing_since,
            "settings": history.settings,
            "unwanted": sorted(history.disabled_kinds),
            "quiet until": history.quiet_until,
            "last": history.last_id,
        },
    }
    rounded: dict[str, Any] = _rounded(found)
    return rounded


def _models(learned: LearnedModels) -> dict[str, Any]:
    return {
        "ranker": learned.recommender.ranker.learned_weights(),
        "receptivity": learned.receptivity.learned_weights(),
        "channels": dict(learned.recommender.channels.shares()),
        "framings": {each: learned.framings.learned_advantage(each) for each in FRAMINGS},
        "framings by kind": {
            kind: {each: learned.framings.learned_advantage(each, kind) for each in FRAMINGS} for kind in TOPIC_KINDS
        },
        "presence": learned.presence.hourly_profile(0),
    }


def _predictions(learned: LearnedModels, history: JournalState, at: float) -> dict[str, Any]:
    """What each model says about every offer that was made, and about every note that was touched."""
    ranker, offers = learned.recommender.ranker, history.offers.values()
    paths = sorted(history.edit_times)
    return {
        "score": {each.id: list(ranker.score(each.features)) for each in offers},
        "contributions": {each.id: ranker.contributions(each.features) for each in offers},
        "taste": {each.id: learned.recommender.taste.score(each.features, at) for each in offers},
        "welcome": {each.id: learned.receptivity.predict(each.when) for each in offers},
        "framings": {
            each.id: learned.framings.framing_probabilities(each.topic, history.past_outcomes, at) for each in offers
        },
        "usual": [learned.presence.relative_availability(at + hour * 3_600.0) for hour in range(24)],
        "returning": dict(zip(paths, learned.returning.score_notes(paths, at + DAY), strict=True)),
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
