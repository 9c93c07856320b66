"""The shipped model of returns as a policy for the yardstick `returns.py`."""

from __future__ import annotations

from proactive_tui.recommend.learners.revisit_model import RevisitModel


class Returns:
    """A policy for notes named "id:path"; the id is the key, since it stays when the path changes."""

    def __init__(self) -> None:
        self._model = RevisitModel(parts)

    def observe(self, unix_time: float, touched: list[str]) -> None:
        self._model.learn_edits(touched, unix_time)

    def score(self, unix_time: float, candidates: list[str]) -> list[float]:
        return self._model.score_notes(candidates, unix_time)


def parts(note: str) -> tuple[str, str]:
    """Key and path of a note as the yardstick names it."""
    number, _, path = note.partition(":")
    return number, path


def returns(_seed: int) -> Returns:
    return Returns()
