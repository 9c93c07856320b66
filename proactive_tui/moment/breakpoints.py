"""Natural breaks in what the owner does, at which an interruption costs least. Pure.

That people mind an interruption less, and answer it sooner, at a break of their task: Iqbal and Bailey (2008, 2010),
and when an episode has just ended: Fischer, Greenhalgh and Benford (2011); receptivity.py has the titles. Which events
count as a break here, in which order and for how long is this project's choice.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from proactive_tui.config import Offers
from proactive_tui.model import Moment
from proactive_tui.moment import clock

BoundaryName = Literal["returned", "conversation ended", "commit", "saved", "started"]

LASTS: dict[BoundaryName, float] = {
    "returned": 600.0,
    "conversation ended": 600.0,
    "commit": 600.0,
    "saved": 900.0,
    "started": 900.0,
}
"""Seconds after which a break is over: something else has begun."""


class Boundary(Struct, frozen=True, kw_only=True):
    """A break: which, when it was (unix seconds), and in words."""

    name: BoundaryName
    at: float
    detail: str


def boundary(moment: Moment, offers: Offers) -> Boundary | None:
    """The break that this moment is, if it is one; the clearest where there are several.

    Quiet after a save means that nothing was typed or saved for `offers.idle_seconds`. An offer uses a break up.
    """
    last = next((each.at for each in reversed(moment.history) if each.at <= moment.at), float("-inf"))
    for each in _breaks(moment, offers.idle_seconds):
        if last < each.at <= moment.at <= each.at + LASTS[each.name]:
            return each
    return None


def _breaks(moment: Moment, idle_seconds: float) -> Iterator[Boundary]:
    def ago(at: float) -> str:
        return f"{clock.lasting(moment.at - at)} ago"

    if (at := moment.returned_at) is not None:
        yield Boundary(name="returned", at=at, detail=f"you came back {ago(at)}")
    if (at := moment.conversation_ended_at) is not None:
        yield Boundary(name="conversation ended", at=at, detail=f"a conversation ended {ago(at)}")
    if (at := moment.committed_at) is not None:
        yield Boundary(name="commit", at=at, detail=f"you committed {ago(at)}")
    # Which note is not said: reasons are journaled, and forgetting a note must not have to look for it there.
    if moment.edits and moment.at - max(moment.edits[0].at, moment.key_at or 0.0) >= idle_seconds:
        at = moment.edits[0].at
        yield Boundary(name="saved", at=at, detail=f"you saved a note {ago(at)} and were quiet since")
    if (at := moment.started_at) is not None:
        yield Boundary(name="started", at=at, detail=f"you started it {ago(at)}")
