"""The hard conditions for speaking. Pure: each gate says in words why it is open or shut, and until when."""

from __future__ import annotations

from collections.abc import Iterable

from proactive_tui.config import Offers, Sensors
from proactive_tui.model import Gate, Moment
from proactive_tui.moment import clock
from proactive_tui.moment.budget import budget, rested_at


def gates(
    moment: Moment, offers: Offers, sensors: Sensors, *, quiet_until: float | None = None, on_screen: bool = False
) -> tuple[Gate, ...]:
    """Every gate, those that say most about why it is silent first.

    `quiet_until` is until when the owner asked for quiet (unix seconds), `on_screen` that an offer waits for an
    answer. A terminal without the focus is no gate: people work beside it.
    """
    return (
        _wanted(offers),
        _quiet(moment, quiet_until),
        _quiet_hours(moment, offers),
        _quiet_days(moment, offers),
        _away(moment, sensors),
        _conversation(moment),
        _on_screen(on_screen=on_screen),
        _budget(moment, offers),
        _spacing(moment, offers),
        _just_started(moment, offers),
        _typing(moment, offers, sensors),
    )


def shut(gates: Iterable[Gate]) -> tuple[Gate, ...]:
    """The gates that do not let it speak."""
    return tuple(gate for gate in gates if not gate.passed)


def next_at(gates: Iterable[Gate], at: float) -> float | None:
    """When all gates may be open at the earliest (unix seconds): `at` when they are, None when one cannot say."""
    untils = [gate.until for gate in shut(gates)]
    known = [each for each in untils if each is not None]
    return max([at, *known]) if len(known) == len(untils) else None


def _wanted(offers: Offers) -> Gate:
    wanted = offers.per_day > 0
    detail = f"up to {offers.per_day} offers a day" if wanted else "you want no offers (offers.per_day is 0)"
    return Gate(name="wanted", passed=wanted, detail=detail)


def _quiet(moment: Moment, until: float | None) -> Gate:
    if until is None or until <= moment.at:
        return Gate(name="quiet", passed=True, detail="you did not ask for quiet")
    when = clock.text(until, moment.utc_offset)
    if until - moment.at >= clock.DAY:
        when = f"{when} in {int((until - moment.at) // clock.DAY)} d"
    return Gate(name="quiet", passed=False, detail=f"you asked for quiet until {when}", until=until)


def _quiet_hours(moment: Moment, offers: Offers) -> Gate:
    ends = [clock.inside(each, moment.at, moment.utc_offset) for each in offers.quiet_hours]
    inside = [each for each in ends if each is not None]
    if not inside:
        hours = ", ".join(offers.quiet_hours)
        return Gate(name="quiet hours", passed=True, detail=f"outside {hours}" if hours else "none are set")
    until = max(inside)
    return Gate(
        name="quiet hours",
        passed=False,
        detail=f"quiet hours until {clock.text(until, moment.utc_offset)}",
        until=until,
    )


def _quiet_days(moment: Moment, offers: Offers) -> Gate:
    today = clock.weekday(moment.at, moment.utc_offset)
    if clock.DAYS[today] not in offers.quiet_days:
        return Gate(name="quiet day", passed=True, detail=f"{clock.DAYS[today]} is not a quiet day")
    rest = next((n for n in range(1, 7) if clock.DAYS[(today + n) % 7] not in offers.quiet_days), None)
    until = None if rest is None else clock.next_midnight(moment.at, moment.utc_offset) + (rest - 1) * clock.DAY
    return Gate(name="quiet day", passed=False, detail=f"{clock.DAYS[today]} is a quiet day", until=until)


def _away(moment: Moment, sensors: Sensors) -> Gate:
    idle = idle_seconds(moment)
    if idle is None:
        return Gate(name="away", passed=True, detail="nothing tells whether you are here")
    if idle <= sensors.away_minutes * 60:
        return Gate(name="away", passed=True, detail=f"you were here {clock.lasting(idle)} ago")
    detail = f"nobody was here for {clock.lasting(idle)}; it waits until you are back"
    return Gate(name="away", passed=False, detail=detail)


def idle_seconds(moment: Moment) -> float | None:
    """How long nobody used the machine: what the system says, but not longer than the last key or edit is ago."""
    if moment.idle is None:
        return None
    signs = [moment.key_at, moment.edits[0].at if moment.edits else None]
    return max(0.0, min([moment.idle, *(moment.at - each for each in signs if each is not None)]))


def _conversation(moment: Moment) -> Gate:
    detail = "you are in a conversation" if moment.in_conversation else "no conversation is open"
    return Gate(name="conversation", passed=not moment.in_conversation, detail=detail)


def _on_screen(*, on_screen: bool) -> Gate:
    detail = "an offer is on screen already" if on_screen else "no offer is on screen"
    return Gate(name="on screen", passed=not on_screen, detail=detail)


def _budget(moment: Moment, offers: Offers) -> Gate:
    now = budget(moment, offers)
    if now.left or now.next_at is None:  # with no budget at all, the gate "wanted" says so
        return Gate(name="budget", passed=True, detail=now.detail)
    detail = f"{now.detail}; next at {clock.text(now.next_at, moment.utc_offset)}"
    return Gate(name="budget", passed=False, detail=detail, until=now.next_at)


def _spacing(moment: Moment, offers: Offers) -> Gate:
    until = rested_at(moment, offers)
    if until is None:
        return Gate(name="spacing", passed=True, detail="nothing was offered yet")
    if until <= moment.at:
        return Gate(name="spacing", passed=True, detail="the last offer is long enough ago")
    detail = f"it rests after the last offer; next at {clock.text(until, moment.utc_offset)}"
    return Gate(name="spacing", passed=False, detail=detail, until=until)


def _just_started(moment: Moment, offers: Offers) -> Gate:
    until = (moment.started_at or 0.0) + offers.first_after_seconds
    if until <= moment.at:
        return Gate(name="just started", passed=True, detail="it runs for a while")
    detail = f"it started {clock.lasting(moment.at - (moment.started_at or 0.0))} ago"
    return Gate(name="just started", passed=False, detail=detail, until=until)


def _typing(moment: Moment, offers: Offers, sensors: Sensors) -> Gate:
    typed = moment.key_at if sensors.keys else None
    saved = moment.edits[0].at if sensors.edits and moment.edits else None
    latest = max(typed or 0.0, saved or 0.0)
    until = latest + offers.idle_seconds
    if not latest or until <= moment.at:
        return Gate(name="typing", passed=True, detail="nothing was typed or saved just now")
    what = "typed" if latest == typed else "saved a note"
    detail = f"you {what} {clock.lasting(moment.at - latest)} ago"
    return Gate(name="typing", passed=False, detail=detail, until=until)
