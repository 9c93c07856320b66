"""Keeps the latest readings of the sensors, and combines them into the moment that decisions use."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence

from proactive_tui.config import SensorsConfig
from proactive_tui.model.moment_values import Moment, NoteEdit, OfferOutcome
from proactive_tui.moment.appointments import BusyTime, read_appointments
from proactive_tui.moment.clock import utc_offset
from proactive_tui.units import SECONDS_PER_HOUR

EDIT_MEMORY_SECONDS = 6 * SECONDS_PER_HOUR
"""Edits older than this are not part of the moment."""
MAX_CLOCK_SKEW_SECONDS = 2.0
"""Seconds by which times from the face and the file system may be ahead."""


class ActivityTracker:
    """The latest readings; used on the brain's loop only. Readings of a sensor that is switched off are dropped.

    `list_busy_times` returns the owner's busy times as they are known now.
    """

    def __init__(
        self,
        sensors: SensorsConfig,
        started_at: float,
        edits: tuple[NoteEdit, ...] = (),
        list_busy_times: Callable[[], Sequence[BusyTime]] = tuple,
    ) -> None:
        self._sensors, self._list_busy_times = sensors, list_busy_times
        self._started_at = started_at
        self._edits: deque[NoteEdit] = deque(edits if sensors.edits else (), maxlen=500)
        self._key_at: float | None = None
        self._focused: bool | None = None
        self._idle: float | None = None
        self._idle_at: float | None = None
        self._away = False
        self._returned_at: float | None = None
        self._committed_at: float | None = None
        self._conversation_ended_at: float | None = None
        self._talking: dict[str, None] = {}

    def configure(self, sensors: SensorsConfig) -> None:
        """Apply other settings; readings of sensors that are off now are dropped."""
        self._sensors = sensors
        if not sensors.keys:
            self._key_at = None
        if not sensors.edits:
            self._edits.clear()
        if not sensors.focus:
            self._focused = None
        if not sensors.idle:
            self._idle, self._away, self._returned_at, self._idle_at = None, False, None, None
        if not sensors.commits:
            self._committed_at = None

    def replace_edits(self, edits: Iterable[NoteEdit]) -> None:
        """Replace all edits by these, in the order of time."""
        self._edits.clear()
        self._edits.extend(edits if self._sensors.edits else ())

    def record_key_press(self, at: float) -> None:
        """Record that a key was pressed in the face."""
        if self._sensors.keys:
            self._key_at = at

    def record_focus(self, focused: bool) -> None:
        """Record that the terminal gained or lost the focus."""
        if self._sensors.focus:
            self._focused = focused

    def record_edits(self, paths: Iterable[str], at: float) -> None:
        """Record that notes were saved."""
        if self._sensors.edits:
            self._edits.extend(NoteEdit(path=path, at=at) for path in paths)

    def record_idle(self, seconds: float | None, at: float) -> None:
        """Record for how many seconds nobody used this machine. Coming back after being away is a breakpoint."""
        if seconds is None or not self._sensors.idle:
            return
        away = seconds > self._sensors.away_minutes * 60
        if self._away and not away:
            self._returned_at = at
        self._idle, self._away, self._idle_at = seconds, away, at

    def record_commit(self, at: float | None) -> None:
        """Record that the notes' repository got a commit at `at` (unix seconds)."""
        if self._sensors.commits and at is not None and at > self._started_at:
            self._committed_at = at

    @property
    def idle_read_at(self) -> float | None:
        """When the system's idle time was read last; None where it cannot be read, or may not."""
        return self._idle_at

    @property
    def last_input_at(self) -> float | None:
        """When the owner last did something by these readings: by the system's idle time and keys in the face, or,
        where idle time cannot be read, by saved notes and commits too. None where nothing is known.
        """
        if self._idle_at is not None and self._idle is not None:
            seen = [self._idle_at - self._idle, self._key_at]
        else:
            seen = [self._key_at, self._committed_at, self._edits[-1].at if self._edits else None]
        return max((at for at in seen if at is not None), default=None)

    def enter_conversation(self, conversation: str) -> None:
        """Record that a conversation was opened."""
        self._talking[conversation] = None

    def undo_conversation(self, conversation: str) -> None:
        """Forget that a conversation was opened, for it was undone."""
        self._talking.pop(conversation, None)

    def end_conversation(self, conversation: str, at: float) -> None:
        """Record that a conversation ended, which is a breakpoint."""
        if conversation in self._talking:
            self._talking.pop(conversation, None)
            self._conversation_ended_at = at

    def leave_all(self, at: float) -> str:
        """Record that no terminal shows the assistant any more; returns the conversation that was open last, or ""."""
        self._focused = None
        last = next(reversed(self._talking), "")
        for conversation in tuple(self._talking):
            self.end_conversation(conversation, at)
        return last

    def build_moment(self, at: float, history: tuple[OfferOutcome, ...]) -> Moment:
        """The moment at `at`. Readings dated in the future were taken while the clock was wrong, and are left out."""
        while self._edits and self._edits[0].at < at - EDIT_MEMORY_SECONDS:
            self._edits.popleft()

        def unless_future(when: float | None) -> float | None:
            return when if when is not None and when <= at + MAX_CLOCK_SKEW_SECONDS else None

        appointments = read_appointments(self._list_busy_times(), at)
        return Moment(
            at=at,
            utc_offset=utc_offset(at),
            edits=tuple(edit for edit in reversed(self._edits) if unless_future(edit.at) is not None),
            history=history,
            key_at=unless_future(self._key_at),
            focused=self._focused,
            idle=self._idle,
            returned_at=unless_future(self._returned_at),
            committed_at=unless_future(self._committed_at),
            conversation_ended_at=unless_future(self._conversation_ended_at),
            in_conversation=bool(self._talking),
            started_at=unless_future(self._started_at),
            busy_until=appointments.busy_until,
            appointment_at=appointments.appointment_at,
            appointment_ended_at=appointments.appointment_ended_at,
        )
