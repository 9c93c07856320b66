"""Why it spoke, or did not: a decision of the journal, as data and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from proactive_tui.brain.insight.counterfactual import otherwise
from proactive_tui.ipc.events import Because
from proactive_tui.ipc.requests import Why
from proactive_tui.journal.journal import Journal
from proactive_tui.model import Gate, Offer, Silence
from proactive_tui.recommend import explain

if TYPE_CHECKING:
    from proactive_tui.brain.services import Services

ASKING_SECONDS = 3.0


def because(ask: Why, services: Services, gates: tuple[Gate, ...], at: float) -> Because:
    """The answer at `at` (unix seconds); `gates` are those of now. Raises JournalError."""
    history = services.history
    decision = history.offers.get(ask.offer) if ask.offer else _newest(services.journal, at)
    if decision is None:
        return Because(request=ask.request, reasons=("Nothing has been decided yet.",), gates=gates)
    outcome = history.outcomes.get(decision.id) if isinstance(decision, Offer) else None
    words, changed = reasons(decision, outcome.good if outcome else None), otherwise(decision)
    told = Because(
        request=ask.request,
        reasons=tuple(each for each in words if each not in changed),
        otherwise=changed,
        gates=decision.gates,
    )
    if isinstance(decision, Offer):
        weighed = tuple((why.words, why.contribution) for why in explain.weighed(decision))
        return structs.replace(told, weighed=weighed, offer=decision)
    return structs.replace(told, silence=decision)


def reasons(decision: Offer | Silence, good: bool | None = None) -> tuple[str, ...]:
    """Why it spoke, or did not, in words. `good` is what the owner said about the moment of an offer, if anything."""
    match decision:
        case Offer():
            now = [f"now, because {decision.now}"] if decision.now else []
            said = [] if good is None else [f"you said it was a {'good' if good else 'bad'} moment"]
            return (*explain.reasons(decision), *now, *said, *otherwise(decision))
        case Silence():
            shut = [gate.detail for gate in decision.gates if not gate.passed]
            return tuple(dict.fromkeys([decision.detail, *([] if shut else otherwise(decision)), *shut]))


def _newest(journal: Journal, at: float) -> Offer | Silence | None:
    """The newest decision before the key that asks for it, which itself is a reason to be silent."""
    return journal.newest_decision(before=at - ASKING_SECONDS) or journal.newest_decision()
