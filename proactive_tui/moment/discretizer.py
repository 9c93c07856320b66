"""Raw readings as features: numbers in bands that follow what was seen, texts as indicators, and pairs of both.

Nobody can say beforehand where an hour, a count or a pause begins to matter, and it rarely matters evenly. So a number
is told by the band of seen values it falls in (equal-frequency discretisation: Dougherty, Kohavi and Sahami 1995), by a
coarser band that shares what neighbours learn, and by its rank. The edges are set anew as more is seen.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

BAND_COUNT: Final = 8
EDGE_UPDATE_COUNTS: Final = frozenset({20, 60, 200, 600})
"""After so many readings the edges are set (again); before the first, a number says nothing."""

FINE_BAND_VALUE: Final = 0.8
COARSE_BAND_VALUE: Final = 0.7
PAIR_VALUE: Final = 0.35
"""What an indicator counts: what is less often seen may say less."""
FULL_WEIGHT_READINGS: Final = 8
FULL_WEIGHT_PAIRS: Final = 28
"""Of more readings, or pairs of them, each counts less, so that all together may say as much as these: with many at
hand most are beside the point.
"""


PAIR_SEPARATOR: Final = " & "


class ReadingDiscretizer:
    """Encodes readings; learns only where the edges of bands lie."""

    def __init__(self) -> None:
        self._seen: dict[str, list[float]] = {}
        self._edges: dict[str, list[float]] = {}

    def update_edges(self, readings: Mapping[str, float | str]) -> None:
        """Take in readings, for the edges."""
        for name, value in readings.items():
            if isinstance(value, str) or math.isnan(value):
                continue
            seen = self._seen.setdefault(name, [])
            if len(seen) < max(EDGE_UPDATE_COUNTS):
                bisect.insort(seen, value)
                if len(seen) in EDGE_UPDATE_COUNTS:
                    self._edges[name] = _compute_edges(seen)

    def encode(self, readings: Mapping[str, float | str]) -> dict[str, float]:
        """The features of readings, within -1..1; the order of readings does not matter."""
        found: dict[str, float] = {}
        parts: list[str] = []
        share = math.sqrt(FULL_WEIGHT_READINGS / max(FULL_WEIGHT_READINGS, len(readings)))
        for name in sorted(readings):
            for feature, value, pairs in self._encode_reading(name, readings[name]):
                found[feature] = value * share
                parts += [feature] if pairs else []
        pair = PAIR_VALUE * math.sqrt(FULL_WEIGHT_PAIRS / max(FULL_WEIGHT_PAIRS, math.comb(len(parts), 2)))
        found.update((f"{one}{PAIR_SEPARATOR}{other}", pair) for one, other in combinations(parts, 2))
        return found

    def _encode_reading(self, name: str, value: float | str) -> Iterator[tuple[str, float, bool]]:
        """Feature, its value, and whether it takes part in pairs."""
        if isinstance(value, str):
            yield f"{name}={value}", 1.0, True
        elif math.isnan(value):
            yield f"{name}=?", 1.0, False
        elif edges := self._edges.get(name):
            band = bisect.bisect_right(edges, value)
            yield f"{name}#{band}", FINE_BAND_VALUE, False
            yield f"{name}##{band // 3 if len(edges) > 2 else band}", COARSE_BAND_VALUE, True
            yield f"{name} rank", 2.0 * band / len(edges) - 1.0, False


def _compute_edges(seen: Sequence[float]) -> list[float]:
    """Where bands begin, given readings in ascending order: about as many readings in each.

    Where the least value alone fills bands (a flag rarely set, a count mostly zero), the next one begins a band too:
    whether there was anything at all is told apart from how much.
    """
    quantiles = {seen[len(seen) * n // BAND_COUNT] for n in range(1, BAND_COUNT)}
    above = seen[bisect.bisect_right(seen, seen[0]) :] if seen[0] in quantiles else ()
    return sorted((quantiles | set(above[:1])) - {seen[0]})
