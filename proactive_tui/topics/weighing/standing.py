"""Measures what the place of a line says of its worth: two lines that are as surely open are not as welcome.

What stands among orders, under tasks or in a note of somebody who speaks of their own duties is asked about gladly more
often than what stands alone in a page about a subject. Of all that the classifier sees of a line, these five tell most
beyond its probability (docs/JUDGEMENT.md); that a note has a day tells as much, but age counts that already.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from proactive_tui.topics.open_ends.features import FEATURE_NAMES, FeatureTable

WEIGHTS_OF_PLACES: Final = {
    "siblings orders": 0.84,
    "heading tasks": 0.93,
    "mine share": 1.20,
    "cue maybe": 0.59,
    "under heading": -0.40,
}
"""What each feature adds to the log odds of the worth (`worth.py`), fitted with the other weights."""
_PLACES: Final = [FEATURE_NAMES.index(name) for name in WEIGHTS_OF_PLACES]
_WEIGHTS: Final = np.array(list(WEIGHTS_OF_PLACES.values()), dtype=np.float32)


def measure_standings(features: FeatureTable) -> NDArray[np.float32]:
    """What the place of each entry adds to the log odds of its worth: float32 [entries]."""
    standings: NDArray[np.float32] = features[:, _PLACES] @ _WEIGHTS
    return standings
