"""Gathers when the owner was active from what is noticed anyway, for the source that follows the days.

Nothing is read for it: the journal's events are in memory, and the tracker has the sensors' latest readings.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from proactive_tui.sources.activity.active_spans import merge_spans
from proactive_tui.sources.contract import OwnActivity, TimeSpan
from proactive_tui.units import SECONDS_PER_DAY, SECONDS_PER_MINUTE

if TYPE_CHECKING:
    from proactive_tui.config import Config
    from proactive_tui.journal.projection import JournalState
    from proactive_tui.model.shared_words import Reaction
    from proactive_tui.moment.tracker import ActivityTracker

MAX_LOOK_GAP_SECONDS: Final = 2 * SECONDS_PER_MINUTE
"""Two looks further apart do not follow each other, unless the machine was asleep meanwhile."""
SAME_INPUT_SECONDS: Final = 5 * SECONDS_PER_MINUTE
"""Input within so many seconds is kept as one span."""
REMEMBERED_SECONDS: Final = 3 * SECONDS_PER_DAY
"""How long what was noticed is handed on again with each poll, in case one was not stored."""
_OWNERS_REACTIONS: Final[frozenset[Reaction]] = frozenset(
    {"engaged", "followed up", "not now", "not this", "already done", "not mine", "snoozed"}
)


class ActivityRecorder:
    """Keeps, for one process, when the owner was active and how long the machine was in view. For one thread.

    The machine is in view while its idle time can be read. A pause of this process in which its own clock stood still
    was sleep of the machine, on which nobody was active; in any other nothing was seen, so that it is unknown.
    """

    def __init__(self, tracker: ActivityTracker, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._tracker, self._monotonic = tracker, monotonic
        self._active: tuple[TimeSpan, ...] = ()
        self._watched: list[TimeSpan] = []
        self._looked: tuple[float, float] | None = None

    def look(self, now: float) -> None:
        """Note down the latest readings at `now` (unix seconds)."""
        ran, before = self._monotonic(), self._looked
        at = self._tracker.last_input_at
        if at is not None and now - SECONDS_PER_DAY < at <= now + 1.0:
            self._active = merge_spans([*self._active, TimeSpan(at, at)], SAME_INPUT_SECONDS)
        read_at = self._tracker.idle_read_at
        if read_at is None or not -1.0 <= now - read_at <= MAX_LOOK_GAP_SECONDS:
            return  # nothing new was read: where the machine woke up just now, the next look tells
        self._looked = now, ran
        follows = before is not None and now >= before[0] and ran - before[1] <= MAX_LOOK_GAP_SECONDS
        if follows and self._watched:
            self._watched[-1] = TimeSpan(self._watched[-1].start, now)
        else:
            self._watched.append(TimeSpan(now, now))

    def add_to(self, journaled: OwnActivity) -> OwnActivity:
        """What the journal tells, together with what this process noticed, which is better where the machine was in
        view: a sync may save notes by itself.
        """
        newest = self._looked[0] if self._looked else max((span.end for span in self._active), default=0.0)
        oldest = newest - REMEMBERED_SECONDS
        self._active = tuple(span for span in self._active if span.end >= oldest)
        self._watched = [span for span in self._watched if span.end >= oldest]
        told = [span for span in journaled.active if not any(_holds_span(watched, span) for watched in self._watched)]
        return OwnActivity(
            active=merge_spans([*told, *self._active], SAME_INPUT_SECONDS),
            watched=merge_spans([*journaled.watched, *self._watched], 0.0),
        )


def journaled_activity(history: JournalState, config: Config, now: float) -> OwnActivity:
    """When the owner changed notes or answered offers, by the journal, as far back as days are kept.

    Times that are ahead were journaled while the clock was wrong. What a sensor tells that is off is left out.
    """
    oldest = now - config.activity.keep_days * SECONDS_PER_DAY
    edits = [at for times in list(history.edit_times.values()) for at in times] if config.sensors.edits else []
    answers = [
        outcome.reacted_at
        for outcome in history.past_outcomes
        if config.sensors.reactions and outcome.reacted_at is not None and outcome.reaction in _OWNERS_REACTIONS
    ]
    times = [TimeSpan(at, at) for at in (*edits, *answers) if oldest <= at <= now]
    return OwnActivity(active=merge_spans(times, SAME_INPUT_SECONDS))


def _holds_span(watched: TimeSpan, span: TimeSpan) -> bool:
    return watched.start <= span.start and span.end <= watched.end
