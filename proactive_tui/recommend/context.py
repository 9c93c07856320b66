"""What the other stages tell retrieval about now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RetrievalContext:
    """What is known about passages and notes at this moment; whatever is missing counts as 0.

    `meaning` and `words` have, for each passage id, its likeness (0..1) to what is going on now, in vectors and in
    BM25. `returns` has for each path how likely (0..1) its owner comes back to it soon.
    """

    meaning: Mapping[str, float] = field(default_factory=dict)
    words: Mapping[str, float] = field(default_factory=dict)
    returns: Mapping[str, float] = field(default_factory=dict)
