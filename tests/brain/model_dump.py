"""Dumps the learned models as values that can be compared."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from typing import Any

import numpy as np
from msgspec import Struct, UnsetType, structs

from proactive_tui.brain.learned_models import LearnedModels
from proactive_tui.brain.services import Services
from proactive_tui.journal.projection import JournalState, replay_events
from proactive_tui.model.shared_words import FRAMINGS
from tests.journal.builders import T0


def state(learned: LearnedModels, history: JournalState) -> dict[str, object]:
    """The learned state of the models and the history, to the last bit."""
    probe = {"due soon": 0.5, "kind:task": 1.0, "tag:x": 1.0, "meaning:1": 0.6}
    return {
        "what": learned.recommender.ranker.learned_weights(),
        "taste": learned.recommender.taste.score(probe, T0 + 1e6),
        "channels": learned.recommender.channels.shares(),
        "when": learned.receptivity.learned_weights(),
        "reading": learned.reading.shifts_at(T0 + 1e6),
        "how": [learned.framings.learned_advantage(each) for each in FRAMINGS],
        "here": learned.presence.hourly_profile(0),
        "returning": list(learned.returning.score_notes(["a.md", "b.md"], T0 + 1e6, {"a.md": T0, "b.md": T0})),
        "outcomes": dict(history.outcomes),
        "touches": {path: list(times) for path, times in history.edit_times.items()},
        "recalls": dict(history.recalls),
        "settings": dict(history.settings),
        "last": history.last_id,
    }


def as_told(it: Services) -> dict[str, object]:
    """The state of new models after a replay of the journal."""
    learned = LearnedModels(it.config)
    return state(learned, replay_events(it.journal.read_events(), learned.subscribers))


def bits(thing: Any) -> object:
    """The attributes of an object, recursively, as values that are equal only if every bit is.

    Mappings keep the order of their keys.
    """
    match thing:
        case None | bool() | int() | str() | bytes():
            return thing
        case UnsetType():
            return "unset"
        case float():
            return thing.hex()
        case np.ndarray():
            return (thing.dtype.str, thing.shape, thing.tobytes())
        case np.generic():
            return (thing.dtype.str, thing.tobytes())
        case Mapping():
            return [(bits(key), bits(value)) for key, value in thing.items()]
        case set() | frozenset():
            return sorted(map(repr, map(bits, thing)))
        case list() | tuple() | deque():
            return [bits(each) for each in thing]
        case Struct():
            return (type(thing).__name__, bits(structs.asdict(thing)))
    if callable(thing):
        return thing.__qualname__
    slots = [name for each in type(thing).__mro__ for name in getattr(each, "__slots__", ()) if hasattr(thing, name)]
    held = {name: getattr(thing, name) for name in slots} | getattr(thing, "__dict__", {})
    held = held or thing.__getstate__()  # objects implemented in Rust
    assert held, f"what does a {type(thing).__name__} hold?"
    return (type(thing).__name__, bits(held))
