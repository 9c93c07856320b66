"""Explains a decision of the journal, as data and in words: why an offer was made, or why it was silent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import structs

from proactive_tui.brain.collecting.appointment_book import name_appointments, name_ended_appointment
from proactive_tui.brain.insight.counterfactual import describe_counterfactuals
from proactive_tui.errors import ProactiveError
from proactive_tui.ipc.events import DecisionExplanation
from proactive_tui.ipc.requests import ExplainDecision
from proactive_tui.journal.journal import Journal
from proactive_tui.model.moment_values import Gate
from proactive_tui.model.note_values import Note
from proactive_tui.model.offer_values import Offer, Silence
from proactive_tui.moment.feature_names import feature_name
from proactive_tui.moment.gates import closed_gates
from proactive_tui.recommend import explain

if TYPE_CHECKING:
    from proactive_tui.brain.services import Services

APPOINTMENT_ENDED: Final = feature_name("boundary", "appointment ended")
"""The feature of a moment that an appointment had just ended."""
WHY_REQUEST_SECONDS = 3.0
"""Decisions less than this before the question do not count: the key that asks is itself a reason for silence."""


def explain_decision(
    request: ExplainDecision, services: Services, gates: tuple[Gate, ...], at: float
) -> DecisionExplanation:
    """The explanation of an offer, or of the newest decision at `at` (unix seconds). Raises JournalError.

    `gates` are those of now, for when nothing was decided yet.
    """
    history = services.history
    decision = history.offers.get(request.offer) if request.offer else _newest_decision(services.journal, at)
    if decision is None:
        return DecisionExplanation(request=request.request, gates=name_appointments(gates, services.index.items, at))
    decision = with_named_appointments(decision, services.index.items)
    outcome = history.outcomes.get(decision.id) if isinstance(decision, Offer) else None
    explanation = DecisionExplanation(
        request=request.request,
        remarks=_describe_circumstances(decision, outcome.good if outcome else None),
        otherwise=describe_counterfactuals(decision),
        gates=decision.gates,
    )
    if isinstance(decision, Offer):
        return structs.replace(explanation, reasons=explain.weigh_reasons(decision), offer=decision)
    return structs.replace(explanation, silence=decision)


def find_decision(
    journal: Journal, file: Path, offer: str, read_items: Callable[[], Mapping[str, Note]]
) -> tuple[Offer | Silence, tuple[str, ...]]:
    """An offer, or the newest decision, with its reasons in words, which name an appointment that the calendar still
    has; `read_items` gives its items, `file` is the journal's. Raises ProactiveError when there is none.
    """
    decision = journal.find_offer(offer) if offer else journal.newest_decision()
    if decision is None:
        raise ProactiveError(
            f"There is no offer {offer}" if offer else "Nothing has been decided yet",
            str(file),
            "See 'proactive-tui journal'." if offer else "Let 'proactive-tui run' watch for a while.",
        )
    good = journal.moment_rating(decision.id) if isinstance(decision, Offer) else None
    if rests_on_appointment(decision):
        decision = with_named_appointments(decision, read_items())
    return decision, decision_reasons(decision, good)


def with_named_appointments(decision: Offer | Silence, items: Mapping[str, Note]) -> Offer | Silence:
    """A decision whose reasons name the appointment that forbade it, or whose end made it, where the calendar still has
    it. The journal does not: what was in a calendar is said to its owner only.
    """
    if isinstance(decision, Offer) and decision.when.get(APPOINTMENT_ENDED):
        title = name_ended_appointment(items, decision.at)
        return structs.replace(decision, now=f"{decision.now}; it was “{title}”") if title else decision
    at = decision.at if isinstance(decision, Offer) else decision.last
    named = name_appointments(decision.gates, items, at)
    if named == decision.gates:
        return decision
    if isinstance(decision, Silence) and decision.reason == "appointment":
        detail = next((gate.detail for gate in named if gate.code == "appointment"), decision.detail)
        return structs.replace(decision, gates=named, detail=detail)
    return structs.replace(decision, gates=named)


def rests_on_appointment(decision: Offer | Silence) -> bool:
    """Whether an appointment forbade a decision, or its end made it."""
    is_made = isinstance(decision, Offer) and bool(decision.when.get(APPOINTMENT_ENDED))
    return is_made or any(gate.code == "appointment" and not gate.passed for gate in decision.gates)


def decision_reasons(decision: Offer | Silence, good: bool | None = None) -> tuple[str, ...]:
    """The reasons of a decision in words. `good` is the owner's answer about an offer's moment."""
    remarks = _describe_circumstances(decision, good)
    match decision:
        case Offer():
            reasons = map(explain.format_reason, explain.strongest_reasons(decision))
            return (*reasons, *remarks, *describe_counterfactuals(decision))
        case Silence():
            is_free = all(gate.passed for gate in decision.gates)
            return (decision.detail, *(describe_counterfactuals(decision) if is_free else ()), *remarks)


def _describe_circumstances(decision: Offer | Silence, good: bool | None) -> tuple[str, ...]:
    """Why an offer came now and what its owner said of the moment; for a silence, the other gates that were shut."""
    match decision:
        case Offer():
            now = [f"now, because {decision.now}"] if decision.now else []
            now += [f"it opened the digest of the day, of {decision.digest} lines"] if decision.digest else []
            return (*now, *([] if good is None else [f"you said it was a {'good' if good else 'bad'} moment"]))
        case Silence():
            return tuple(gate.detail for gate in closed_gates(decision.gates) if gate.name != decision.reason)


def _newest_decision(journal: Journal, at: float) -> Offer | Silence | None:
    """The newest decision, if possible one from before the key that asks for it."""
    return journal.newest_decision(before=at - WHY_REQUEST_SECONDS) or journal.newest_decision()
