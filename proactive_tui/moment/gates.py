"""The hard conditions for speaking. Pure: each gate says in words why it is open or shut, and until when."""

from __future__ import annotations

from collections.abc import Iterable

from proactive_tui.config import OffersConfig, SensorsConfig
from proactive_tui.model import Gate, Moment
from proactive_tui.moment import clock
from proactive_tui.moment.budget import compute_budget, spacing_ends_at


def evaluate_gates(
    moment: Moment,
    offers: OffersConfig,
    sensors: SensorsConfig,
    *,
    quiet_until: float | None = None,
    on_screen: bool = False,
) -> tuple[Gate, ...]:
    """Every gate, those that say most about why it is silent first.

    `quiet_until` is until when the owner asked for quiet (unix seconds), `on_screen` that an offer waits for an
    answer. A terminal without the focus is no gate: people work beside it.
    """
    return (
        _wanted_gate(offers),
        _quiet_gate(moment, quiet_until),
        _quiet_hours_gate(moment, offers),
        _quiet_day_gate(moment, offers),
        _away_gate(moment, sensors),
        _conversation_gate(moment),
        _on_screen_gate(on_screen=on_screen),
        _budget_gate(moment, offers),
        _spacing_gate(moment, offers),
        _just_started_gate(moment, offers),
        _typing_gate(moment, offers, sensors),
    )


def closed_gates(gates: Iterable[Gate]) -> tuple[Gate, ...]:
    """The gates that do not let it speak."""
    return tuple(gate for gate in gates if not gate.passed)


def gates_open_at(gates: Iterable[Gate], at: float) -> float | None:
    """When all gates may be open at the earliest (unix seconds): `at` when they are, None when one cannot say."""
    untils = [gate.until for gate in closed_gates(gates)]
    known = [until for until in untils if until is not None]
    return max([at, *known]) if len(known) == len(untils) else None


def _wanted_gate(offers: OffersConfig) -> Gate:
    wanted = offers.per_day > 0
    detail = f"up to {offers.per_day} offers a day" if wanted else "you want no offers (offers.per_day is 0)"
    return Gate(name="wanted", passed=wanted, detail=detail)


def _quiet_gate(moment: Moment, until: float | None) -> Gate:
    if until is None or until <= moment.at:
        return Gate(name="quiet", passed=True, detail="you did not ask for quiet")
    when = clock.format_local_time(until, moment.utc_offset)
    if until - moment.at >= clock.SECONDS_PER_DAY:
        when = f"{when} in {int((until - moment.at) // clock.SECONDS_PER_DAY)} d"
    return Gate(name="quiet", passed=False, detail=f"you asked for quiet until {when}", until=until)


def _quiet_hours_gate(moment: Moment, offers: OffersConfig) -> Gate:
    ends = [clock.current_span_end(span, moment.at, moment.utc_offset) for span in offers.quiet_hours]
    inside = [end for end in ends if end is not None]
    if not inside:
        hours = ", ".join(offers.quiet_hours)
        return Gate(name="quiet hours", passed=True, detail=f"outside {hours}" if hours else "none are set")
    until = max(inside)
    return Gate(
        name="quiet hours",
        passed=False,
        detail=f"quiet hours until {clock.format_local_time(until, moment.utc_offset)}",
        until=until,
    )


def _quiet_day_gate(moment: Moment, offers: OffersConfig) -> Gate:
    today = clock.local_weekday(moment.at, moment.utc_offset)
    if clock.WEEKDAY_ABBREVIATIONS[today] not in offers.quiet_days:
        return Gate(name="quiet day", passed=True, detail=f"{clock.WEEKDAY_ABBREVIATIONS[today]} is not a quiet day")
    rest = next((n for n in range(1, 7) if clock.WEEKDAY_ABBREVIATIONS[(today + n) % 7] not in offers.quiet_days), None)
    until = (
        None if rest is None else clock.next_midnight(moment.at, moment.utc_offset) + (rest - 1) * clock.SECONDS_PER_DAY
    )
    return Gate(
        name="quiet day", passed=False, detail=f"{clock.WEEKDAY_ABBREVIATIONS[today]} is a quiet day", until=until
    )


def _away_gate(moment: Moment, sensors: SensorsConfig) -> Gate:
    idle = idle_seconds(moment)
    if idle is None:
        return Gate(name="away", passed=True, detail="nothing tells whether you are here")
    if idle <= sensors.away_minutes * 60:
        return Gate(name="away", passed=True, detail=f"you were here {clock.describe_duration(idle)} ago")
    detail = f"nobody was here for {clock.describe_duration(idle)}; it waits until you are back"
    return Gate(name="away", passed=False, detail=detail)


def idle_seconds(moment: Moment) -> float | None:
    """How long nobody used the machine: what the system says, but not longer than the last key or edit is ago."""
    if moment.idle is None:
        return None
    signs = [moment.key_at, moment.edits[0].at if moment.edits else None]
    return max(0.0, min([moment.idle, *(moment.at - seen_at for seen_at in signs if seen_at is not None)]))


def _conversation_gate(moment: Moment) -> Gate:
    detail = "you are in a conversation" if moment.in_conversation else "no conversation is open"
    return Gate(name="conversation", passed=not moment.in_conversation, detail=detail)


def _on_screen_gate(*, on_screen: bool) -> Gate:
    detail = "an offer is on screen already" if on_screen else "no offer is on screen"
    return Gate(name="on screen", passed=not on_screen, detail=detail)


def _budget_gate(moment: Moment, offers: OffersConfig) -> Gate:
    now = compute_budget(moment, offers)
    if now.allows_offer or now.next_at is None:  # with no budget at all, the gate "wanted" says so
        return Gate(name="budget", passed=True, detail=now.detail)
    detail = f"{now.detail}; next at {clock.format_local_time(now.next_at, moment.utc_offset)}"
    return Gate(name="budget", passed=False, detail=detail, until=now.next_at)


def _spacing_gate(moment: Moment, offers: OffersConfig) -> Gate:
    until = spacing_ends_at(moment, offers)
    if until is None:
        return Gate(name="spacing", passed=True, detail="nothing was offered yet")
    if until <= moment.at:
        return Gate(name="spacing", passed=True, detail="the last offer is long enough ago")
    detail = f"it rests after the last offer; next at {clock.format_local_time(until, moment.utc_offset)}"
    return Gate(name="spacing", passed=False, detail=detail, until=until)


def _just_started_gate(moment: Moment, offers: OffersConfig) -> Gate:
    until = (moment.started_at or 0.0) + offers.first_after_seconds
    if until <= moment.at:
        return Gate(name="just started", passed=True, detail="it runs for a while")
    detail = f"it started {clock.describe_duration(moment.at - (moment.started_at or 0.0))} ago"
    return Gate(name="just started", passed=False, detail=detail, until=until)


def _typing_gate(moment: Moment, offers: OffersConfig, sensors: SensorsConfig) -> Gate:
    typed = moment.key_at if sensors.keys else None
    saved = moment.edits[0].at if sensors.edits and moment.edits else None
    latest = max(typed or 0.0, saved or 0.0)
    until = latest + offers.idle_seconds
    if not latest or until <= moment.at:
        return Gate(name="typing", passed=True, detail="nothing was typed or saved just now")
    what = "typed" if latest == typed else "saved a note"
    detail = f"you {what} {clock.describe_duration(moment.at - latest)} ago"
    return Gate(name="typing", passed=False, detail=detail, until=until)
