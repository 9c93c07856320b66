"""Encodes raw readings as features: numbers in bands of seen values, texts as indicators, and pairs of both.

Nobody can say beforehand where an hour, a count or a pause begins to matter, and its effect is rarely linear. So a
number becomes the band of seen values in which it falls (equal-frequency discretisation: Dougherty, Kohavi and Sahami
1995), a coarser band that shares what neighbouring bands learn, and its rank. The edges are set again as more is seen.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

BAND_COUNT: Final = 8
EDGE_UPDATE_COUNTS: Final = frozenset({20, 60, 200, 600})
"""Numbers of readings at which the edges are set (again); before the first, a number has no features."""

FINE_BAND_VALUE: Final = 0.8
COARSE_BAND_VALUE: Final = 0.7
PAIR_VALUE: Final = 0.35
"""Values of indicators: the rarer a feature, the smaller its value, so that it has less effect."""
FULL_WEIGHT_READINGS: Final = 8
FULL_WEIGHT_PAIRS: Final = 28
"""With more readings, or pairs, than this, each gets a smaller value, so that their joint effect stays the same: most
of many readings are irrelevant.
"""


PAIR_SEPARATOR: Final = " & "


class ReadingDiscretizer:
    """Encodes readings; learns only the edges of bands."""

    def __init__(self) -> None:
        self._seen: dict[str, list[float]] = {}
        self._edges: dict[str, list[float]] = {}

    def update_edges(self, readings: Mapping[str, float | str]) -> None:
        """Add readings to those that set the edges."""
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
        """Features, their values, and whether they take part in pairs."""
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

    Where the least value alone fills bands (a rare flag, a count that is mostly 0), the next value begins a band too,
    so that "none" is not mixed with "few".
    """
    quantiles = {seen[len(seen) * n // BAND_COUNT] for n in range(1, BAND_COUNT)}
    above = seen[bisect.bisect_right(seen, seen[0]) :] if seen[0] in quantiles else ()
    return sorted((quantiles | set(above[:1])) - {seen[0]})
