"""Breakpoints: natural breaks in the owner's work, at which an interruption costs least. Pure.

People mind an interruption less, and answer it sooner, at a break of their task (Iqbal and Bailey 2008, 2010) and when
an episode has just ended (Fischer, Greenhalgh and Benford 2011; receptivity.py has the titles). Which events count as a
breakpoint here, in which order and for how long is this project's choice.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from proactive_tui.config import OffersConfig
from proactive_tui.model.moment_values import Moment
from proactive_tui.text.quantities import format_ago

BreakpointName = Literal["returned", "conversation ended", "appointment ended", "commit", "saved", "started"]

BREAKPOINT_LIFETIME_SECONDS: dict[BreakpointName, float] = {
    "returned": 600.0,
    "conversation ended": 600.0,
    "appointment ended": 900.0,
    "commit": 600.0,
    "saved": 900.0,
    "started": 900.0,
}
"""Seconds after which a breakpoint is over: the owner has begun something else."""


class Breakpoint(Struct, frozen=True, kw_only=True):
    """A breakpoint: its name, its time (unix seconds), and its description."""

    name: BreakpointName
    at: float
    detail: str


def find_breakpoint(moment: Moment, offers: OffersConfig) -> Breakpoint | None:
    """The breakpoint at this moment, or None; the clearest where there are several.

    A save counts once nothing was typed or saved for `offers.idle_seconds`. After an offer, its breakpoint is over.
    """
    last = next((outcome.at for outcome in reversed(moment.history) if outcome.at <= moment.at), float("-inf"))
    for candidate in _possible_breakpoints(moment, offers.idle_seconds):
        if last < candidate.at <= moment.at <= candidate.at + BREAKPOINT_LIFETIME_SECONDS[candidate.name]:
            return candidate
    return None


def _possible_breakpoints(moment: Moment, idle_seconds: float) -> Iterator[Breakpoint]:
    if (at := moment.returned_at) is not None:
        yield Breakpoint(name="returned", at=at, detail=f"you came back {format_ago(moment.at - at)}")
    if (at := moment.conversation_ended_at) is not None:
        yield Breakpoint(name="conversation ended", at=at, detail=f"a conversation ended {format_ago(moment.at - at)}")
    # The appointment is not named either.
    if (at := moment.appointment_ended_at) is not None:
        yield Breakpoint(name="appointment ended", at=at, detail=f"an appointment ended {format_ago(moment.at - at)}")
    if (at := moment.committed_at) is not None:
        yield Breakpoint(name="commit", at=at, detail=f"you committed {format_ago(moment.at - at)}")
    # The note is not named: reasons are journaled, and forgetting a note does not search them.
    if moment.edits and moment.at - max(moment.edits[0].at, moment.key_at or 0.0) >= idle_seconds:
        at = moment.edits[0].at
        yield Breakpoint(
            name="saved", at=at, detail=f"you saved a note {format_ago(moment.at - at)} and were quiet since"
        )
    if (at := moment.started_at) is not None:
        yield Breakpoint(name="started", at=at, detail=f"you started it {format_ago(moment.at - at)}")
