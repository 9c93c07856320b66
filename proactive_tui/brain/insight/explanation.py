"""Why it spoke, or did not: a decision of the journal, as data and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from proactive_tui.brain.insight.counterfactual import describe_counterfactuals
from proactive_tui.ipc.events import DecisionExplanation
from proactive_tui.ipc.requests import ExplainDecision
from proactive_tui.journal.journal import Journal
from proactive_tui.model import Gate, Offer, Silence
from proactive_tui.recommend import explain

if TYPE_CHECKING:
    from proactive_tui.brain.services import Services

WHY_REQUEST_SECONDS = 3.0


def explain_decision(
    ask: ExplainDecision, services: Services, gates: tuple[Gate, ...], at: float
) -> DecisionExplanation:
    """The answer at `at` (unix seconds); `gates` are those of now. Raises JournalError."""
    history = services.history
    decision = history.offers.get(ask.offer) if ask.offer else _newest_decision(services.journal, at)
    if decision is None:
        return DecisionExplanation(request=ask.request, reasons=("Nothing has been decided yet.",), gates=gates)
    outcome = history.outcomes.get(decision.id) if isinstance(decision, Offer) else None
    words, changed = decision_reasons(decision, outcome.good if outcome else None), describe_counterfactuals(decision)
    told = DecisionExplanation(
        request=ask.request,
        reasons=tuple(reason for reason in words if reason not in changed),
        otherwise=changed,
        gates=decision.gates,
    )
    if isinstance(decision, Offer):
        weighed = tuple((why.words, why.contribution) for why in explain.weigh_reasons(decision))
        return structs.replace(told, weighed=weighed, offer=decision)
    return structs.replace(told, silence=decision)


def decision_reasons(decision: Offer | Silence, good: bool | None = None) -> tuple[str, ...]:
    """Why it spoke, or did not, in words. `good` is what the owner said about the moment of an offer, if anything."""
    match decision:
        case Offer():
            now = [f"now, because {decision.now}"] if decision.now else []
            said = [] if good is None else [f"you said it was a {'good' if good else 'bad'} moment"]
            return (*explain.strongest_reasons(decision), *now, *said, *describe_counterfactuals(decision))
        case Silence():
            shut = [gate.detail for gate in decision.gates if not gate.passed]
            return tuple(dict.fromkeys([decision.detail, *([] if shut else describe_counterfactuals(decision)), *shut]))


def _newest_decision(journal: Journal, at: float) -> Offer | Silence | None:
    """The newest decision before the key that asks for it, which itself is a reason to be silent."""
    return journal.newest_decision(before=at - WHY_REQUEST_SECONDS) or journal.newest_decision()
