"""What the other stages and the learners tell retrieval about now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from proactive_tui.model import Channel


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known about passages, notes and topics at this moment; whatever is missing counts as 0.

    `meaning` and `words` have, for each passage id, its likeness (0..1) to what is going on now, in vectors and in
    BM25. `returns` has for each path how likely (0..1) its owner comes back to it soon. `taste` has for each topic id
    what reactions have rewarded (0..1, 0.5 says nothing) and `weights` each channel's learned share of places;
    `Recommender` fills both.
    """

    meaning: Mapping[str, float] = field(default_factory=dict)
    words: Mapping[str, float] = field(default_factory=dict)
    returns: Mapping[str, float] = field(default_factory=dict)
    taste: Mapping[str, float] = field(default_factory=dict)
    weights: Mapping[Channel, float] = field(default_factory=dict)
