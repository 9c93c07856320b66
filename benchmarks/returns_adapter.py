"""The shipped frecency as a policy for the yardstick `returns.py`."""

from __future__ import annotations

from proactive_tui.recommend.frecency import decayed


class Returns:
    """Notes are "id:path": the number stays when the path changes, so it is the key."""

    def __init__(self) -> None:
        self._weights: dict[str, tuple[float, float]] = {}  # note → (frecency, true at)

    def observe(self, unix_time: float, touched: list[str]) -> None:
        for note in map(_number, touched):
            self._weights[note] = (self._frecency(note, unix_time) + 1.0, unix_time)

    def score(self, unix_time: float, candidates: list[str]) -> list[float]:
        return [self._frecency(_number(each), unix_time) for each in candidates]

    def _frecency(self, note: str, at: float) -> float:
        return decayed(*self._weights.get(note, (0.0, at)), at)


def _number(note: str) -> str:
    return note.partition(":")[0]


def returns(_seed: int) -> Returns:
    return Returns()
