"""Which controller shows what the brain sends by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proactive_tui.errors import BrainError
from proactive_tui.ipc.events import (
    ConfigChanged,
    FaceReleased,
    FailureReport,
    LearningFeedback,
    MomentQuestion,
    OfferMade,
    OfferWithdrawn,
    OwnerNotice,
    StatusUpdate,
    TalkLeftOpen,
    TopicAnswered,
    WireEvent,
)
from proactive_tui.tui import navigation
from proactive_tui.tui.formatting.face_words import RELEASE_WORDS
from proactive_tui.tui.formatting.text import one_line, sanitize_text
from proactive_tui.tui.messages import OfferAnswered

if TYPE_CHECKING:
    from proactive_tui.tui.app import ProactiveApp


def route_brain_event(app: ProactiveApp, event: WireEvent) -> None:
    """Hand an event that answers no request to the controller that shows it; other events have their own receiver."""
    match event:
        case StatusUpdate() as update:
            app.index_rate.add_reading(app.now(), update.status)
            app.latest_status = update
        case OfferMade(offer=offer, again=again):
            app.offers.show_offer(offer, again=again)
            if offer.digest and not again:
                navigation.open_at_rest(app, "digest", app.open_screen)
        case OfferWithdrawn() as withdrawn:
            if app.offers.withdraw_offer(withdrawn.offer):
                app.undo.show_withdrawal(withdrawn)
        case LearningFeedback(offer=offer_id, words=words):
            app.undo.append_feedback(offer_id, words)
        case TopicAnswered(offer=offer, answer=answer):
            app.undo.show_reaction(OfferAnswered(offer, answer))
        case MomentQuestion(offer=offer_id):
            app.questions.show_question(offer_id)
        case OwnerNotice(title=title, message=text, severity=severity):
            known = severity if severity in {"information", "warning", "error"} else "information"
            app.notify(sanitize_text(text), title=one_line(title), severity=known, markup=False)  # type: ignore[arg-type]
        case ConfigChanged(config=config):
            app.adopt_config(config)
        case TalkLeftOpen(conversation=conversation):
            app.conversations.resume_conversation(conversation)
        case FaceReleased(reason=reason):
            app.exit(message=RELEASE_WORDS[reason])
        case FailureReport(request=0, title=title, message=text, hint=hint):
            app.show_error(BrainError(title, text, hint), severe=True)
        case _:
            pass
