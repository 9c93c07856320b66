"""Keeps what could not be mined, so that a note, a topic or a miner that fails costs nothing but itself."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from proactive_tui.bug_log import bug_place, log_bug
from proactive_tui.model.note_values import SkippedFile

log = logging.getLogger(__name__)

T = TypeVar("T")
Arguments = ParamSpec("Arguments")


class MiningFailures:
    """What failed in the last round of mining. A failure is logged when it is new, not once a round."""

    def __init__(self) -> None:
        self._failed: dict[tuple[str, str], str] = {}
        self._before: dict[tuple[str, str], str] = {}
        self._is_round_open = False

    def start_round(self) -> None:
        """A round begins: what failed in the round before is listed until it ends."""
        self._before, self._failed = self._all_failures(), {}
        self._is_round_open = True

    def end_round(self) -> None:
        """The round is at its end: what failed in the one before counts no more, except for having been logged."""
        self._is_round_open = False

    def _all_failures(self) -> dict[tuple[str, str], str]:
        return {**self._before, **self._failed} if self._is_round_open else self._failed

    def attempt(
        self,
        kind: str,
        path: str,
        otherwise: T,
        make: Callable[Arguments, T],
        *arguments: Arguments.args,
        **named: Arguments.kwargs,
    ) -> T:
        """What `make` returns; `otherwise` where it fails by a bug, which then is kept for `path` ("" for no note)."""
        try:
            return make(*arguments, **named)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one note, all others go on
            place = bug_place(error)
            if self._before.get((kind, path)) != place and (kind, path) not in self._failed:
                log_bug(log, f"no {kind} could be made of {path or 'the notes'}", error)
            self._failed[kind, path] = place
            return otherwise

    def place(self, kind: str, path: str) -> str:
        """Where mining this kind from this note failed; empty where it did not."""
        return self._failed.get((kind, path), "")

    def repeat(self, kind: str, path: str, place: str) -> None:
        """Keep a failure of an earlier round, for a note that is not mined again while it stays the same."""
        self._failed[kind, path] = place

    def listed(self) -> tuple[SkippedFile, ...]:
        """The failures, with words for the owner; the path "." stands for all notes together."""
        return tuple(
            SkippedFile(path=path or ".", reason=f"no {kind} could be made of it ({place})")
            for (kind, path), place in sorted(self._all_failures().items(), key=lambda row: (row[0][1], row[0][0]))
        )
