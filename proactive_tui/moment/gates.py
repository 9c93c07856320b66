"""The hard conditions for speaking. Pure: each gate says why it is open or shut, and until when."""

from __future__ import annotations

from collections.abc import Iterable

from proactive_tui.config import OffersConfig, SensorsConfig
from proactive_tui.model.moment_values import Gate, Moment
from proactive_tui.model.shared_words import GateCode, Kind
from proactive_tui.moment import clock
from proactive_tui.moment.budget import compute_budget, spacing_ends_at
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.quantities import format_ago, format_duration
from proactive_tui.units import SECONDS_PER_DAY

_GATE_NAMES: dict[GateCode, str] = {"saving": "typing"}
"""Names of the gates whose name differs from their code."""


def evaluate_gates(
    moment: Moment,
    offers: OffersConfig,
    sensors: SensorsConfig,
    *,
    quiet_until: float | None = None,
    on_screen: bool = False,
    attended: bool = True,
) -> tuple[Gate, ...]:
    """Every gate; those that explain a silence best come first.

    `quiet_until` is the end of the quiet that the owner asked for (unix seconds); `on_screen` says that an offer waits
    for an answer, `attended` that a terminal shows the assistant. A terminal without the focus
    shuts no gate: people work beside it.
    """
    return (
        _wanted_gate(offers),
        *_attended_gates(attended=attended),
        _quiet_gate(moment, quiet_until),
        _quiet_hours_gate(moment, offers),
        _quiet_day_gate(moment, offers),
        _away_gate(moment, sensors),
        _conversation_gate(moment),
        _on_screen_gate(on_screen=on_screen),
        *_appointment_gates(moment),
        _budget_gate(moment, offers),
        _spacing_gate(moment, offers),
        _just_started_gate(moment, offers),
        _typing_gate(moment, offers, sensors),
    )


def closed_gates(gates: Iterable[Gate]) -> tuple[Gate, ...]:
    """The gates that are shut."""
    return tuple(gate for gate in gates if not gate.passed)


def gates_open_at(gates: Iterable[Gate], at: float) -> float | None:
    """The earliest time (unix seconds) at which all gates may be open: `at` if they are, None if a gate cannot say."""
    untils = [gate.until for gate in closed_gates(gates)]
    known = [until for until in untils if until is not None]
    return max([at, *known]) if len(known) == len(untils) else None


def _open_gate(code: GateCode, detail: str) -> Gate:
    return Gate(name=_GATE_NAMES.get(code, code), passed=True, detail=detail, code=code)


def _shut_gate(code: GateCode, detail: str, until: float | None = None) -> Gate:
    return Gate(name=_GATE_NAMES.get(code, code), passed=False, detail=detail, until=until, code=code)


def _wanted_gate(offers: OffersConfig) -> Gate:
    if offers.per_day > 0:
        return _open_gate("wanted", f"up to {offers.per_day} offers a day")
    return _shut_gate("wanted", "you want no offers (offers.per_day is 0)")


def _attended_gates(*, attended: bool) -> tuple[Gate, ...]:
    """The gate that is shut while nobody could see an offer."""
    return () if attended else (_shut_gate("unattended", "no terminal shows the assistant; it waits until one does"),)


def _quiet_gate(moment: Moment, until: float | None) -> Gate:
    if until is None or until <= moment.at:
        return _open_gate("quiet", "you did not ask for quiet")
    when = clock.format_local_time(until, moment.utc_offset)
    if until - moment.at >= SECONDS_PER_DAY:
        when = f"{when} in {int((until - moment.at) // SECONDS_PER_DAY)} d"
    return _shut_gate("quiet", f"you asked for quiet until {when}", until)


def _quiet_hours_gate(moment: Moment, offers: OffersConfig) -> Gate:
    ends = [clock.current_span_end(span, moment.at, moment.utc_offset) for span in offers.quiet_hours]
    inside = [end for end in ends if end is not None]
    if not inside:
        hours = ", ".join(offers.quiet_hours)
        return _open_gate("quiet hours", f"outside {hours}" if hours else "none are set")
    until = max(inside)
    return _shut_gate("quiet hours", f"quiet hours until {clock.format_local_time(until, moment.utc_offset)}", until)


def _quiet_day_gate(moment: Moment, offers: OffersConfig) -> Gate:
    today = local_day(moment.at, moment.utc_offset).weekday()
    if clock.WEEKDAY_ABBREVIATIONS[today] not in offers.quiet_days:
        return _open_gate("quiet day", f"{clock.WEEKDAY_ABBREVIATIONS[today]} is not a quiet day")
    rest = next((n for n in range(1, 7) if clock.WEEKDAY_ABBREVIATIONS[(today + n) % 7] not in offers.quiet_days), None)
    until = None if rest is None else clock.next_midnight(moment.at, moment.utc_offset) + (rest - 1) * SECONDS_PER_DAY
    return _shut_gate("quiet day", f"{clock.WEEKDAY_ABBREVIATIONS[today]} is a quiet day", until)


def _away_gate(moment: Moment, sensors: SensorsConfig) -> Gate:
    idle = idle_seconds(moment)
    if idle is None:
        return _open_gate("away", "nothing tells whether you are here")
    if idle <= sensors.away_minutes * 60:
        return _open_gate("away", f"you were here {format_ago(idle)}")
    detail = f"nobody was here for {format_duration(idle)}; it waits until you are back"
    return _shut_gate("away", detail)


def idle_seconds(moment: Moment) -> float | None:
    """Seconds for which nobody used the machine by the system, at most those since the last key or edit."""
    if moment.idle is None:
        return None
    signs = [moment.key_at, moment.edits[0].at if moment.edits else None]
    return max(0.0, min([moment.idle, *(moment.at - seen_at for seen_at in signs if seen_at is not None)]))


def _conversation_gate(moment: Moment) -> Gate:
    if moment.in_conversation:
        return _shut_gate("conversation", "you are in a conversation")
    return _open_gate("conversation", "no conversation is open")


def _appointment_gates(moment: Moment) -> tuple[Gate, ...]:
    """The gate of appointments, where one goes on or begins at once; it does not name what is in the calendar, since
    reasons are journaled.
    """
    if moment.busy_until is not None:
        until = clock.format_local_time(moment.busy_until, moment.utc_offset)
        return (_shut_gate("appointment", f"you are in an appointment until {until}", moment.busy_until),)
    if moment.appointment_at is not None:
        begins = clock.format_local_time(moment.appointment_at, moment.utc_offset)
        return (_shut_gate("appointment", f"you have an appointment at {begins}", moment.appointment_at),)
    return ()


def gates_for_kind(gates: Iterable[Gate], moment: Moment, kind: Kind) -> tuple[Gate, ...]:
    """The gates as they are for a topic of a kind: just before an appointment, what is about it may still be said."""
    before = moment.busy_until is None and moment.appointment_at is not None
    return tuple(
        _open_gate("appointment", "it is about the appointment that begins")
        if before and kind == "meeting" and gate.code == "appointment"
        else gate
        for gate in gates
    )


def _on_screen_gate(*, on_screen: bool) -> Gate:
    if on_screen:
        return _shut_gate("on screen", "an offer is on screen already")
    return _open_gate("on screen", "no offer is on screen")


def _budget_gate(moment: Moment, offers: OffersConfig) -> Gate:
    now = compute_budget(moment, offers)
    if now.allows_offer or now.next_at is None:  # without any budget the gate "wanted" is shut
        return _open_gate("budget", now.detail)
    detail = f"{now.detail}; next at {clock.format_local_time(now.next_at, moment.utc_offset)}"
    return _shut_gate("budget", detail, now.next_at)


def _spacing_gate(moment: Moment, offers: OffersConfig) -> Gate:
    until = spacing_ends_at(moment, offers)
    if until is None:
        return _open_gate("spacing", "nothing was offered yet")
    if until <= moment.at:
        return _open_gate("spacing", "the last offer is long enough ago")
    detail = f"it rests after the last offer; next at {clock.format_local_time(until, moment.utc_offset)}"
    return _shut_gate("spacing", detail, until)


def _just_started_gate(moment: Moment, offers: OffersConfig) -> Gate:
    until = (moment.started_at or 0.0) + offers.first_after_seconds
    if until <= moment.at:
        return _open_gate("just started", "it runs for a while")
    detail = f"it started {format_ago(moment.at - (moment.started_at or 0.0))}"
    return _shut_gate("just started", detail, until)


def _typing_gate(moment: Moment, offers: OffersConfig, sensors: SensorsConfig) -> Gate:
    typed = moment.key_at if sensors.keys else None
    saved = moment.edits[0].at if sensors.edits and moment.edits else None
    latest = max(typed or 0.0, saved or 0.0)
    until = latest + offers.idle_seconds
    if not latest or until <= moment.at:
        return _open_gate("typing", "nothing was typed or saved just now")
    ago = format_ago(moment.at - latest)
    if latest == typed:
        return _shut_gate("typing", f"you typed {ago}", until)
    return _shut_gate("saving", f"you saved a note {ago}", until)
