"""What becomes of what the brain says and nobody has asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proactive_tui.errors import BrainError
from proactive_tui.ipc.events import (
    FailureReport,
    LearningFeedback,
    MomentQuestion,
    OfferMade,
    OfferWithdrawn,
    OwnerNotice,
    StatusUpdate,
    WireEvent,
)
from proactive_tui.tui.formatting.text import one_line, sanitize_text

if TYPE_CHECKING:
    from proactive_tui.tui.app import ProactiveApp


def dispatch_event(app: ProactiveApp, tell: WireEvent) -> None:
    """Hand it on to whoever shows it. Answers went to whoever asked."""
    match tell:
        case StatusUpdate():
            app.index_rate.add_reading(app.now(), tell.status)
            app.latest_status = tell
        case OfferMade(offer=offer, again=again):
            app.offers.show_offer(offer, again=again)
        case OfferWithdrawn():
            app.offers.withdraw_offer(tell)
        case LearningFeedback(offer=offer_id, words=words):
            app.undo.append_feedback(offer_id, words)
        case MomentQuestion(offer=offer_id):
            app.questions.show_question(offer_id)
        case OwnerNotice(title=title, message=text, severity=severity):
            known = severity if severity in {"information", "warning", "error"} else "information"
            app.notify(sanitize_text(text), title=one_line(title), severity=known, markup=False)  # type: ignore[arg-type]
        case FailureReport(request=0, title=title, message=text, hint=hint):
            app.show_error(BrainError(title, text, hint), severe=True)
        case _:
            pass
