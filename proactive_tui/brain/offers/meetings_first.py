"""Puts what is about an appointment first in the minutes before it: nothing else may be begun then. Pure."""

from __future__ import annotations

from msgspec import structs

from proactive_tui.model.moment_values import Moment
from proactive_tui.model.offer_values import Suggestion


def prefer_meetings(suggestions: tuple[Suggestion, ...], moment: Moment) -> tuple[Suggestion, ...]:
    """The suggestions, with those about an appointment first where one begins at once: not by chance."""
    if moment.appointment_at is None or moment.busy_until is not None:
        return suggestions
    first = [suggestion for suggestion in suggestions if suggestion.topic.kind == "meeting" and not suggestion.weak]
    if not first:
        return suggestions
    rest = [suggestion for suggestion in suggestions if suggestion not in first]
    return (structs.replace(first[0], propensity=1.0), *first[1:], *rest)
