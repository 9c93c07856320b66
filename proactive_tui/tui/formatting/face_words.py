"""What every face says in the same words: outcomes of offers, the state of the brain, and how the face ends. Pure."""

from __future__ import annotations

from proactive_tui.ipc.client import BrainState
from proactive_tui.model.offer_values import Offer, OwnerAnswer
from proactive_tui.model.shared_words import Kind, Reaction
from proactive_tui.text.places.raised_places import word_place
from proactive_tui.text.terminal_safe import one_line
from proactive_tui.tui.formatting.times import format_clock_time

LEFT_RUNNING = "It goes on without this terminal: 'proactive-tui' shows it again, 'proactive-tui stop' ends it."
RELEASE_WORDS = {
    "another face": "Another terminal shows the assistant now.",
    "stopped": "The assistant was stopped.",
}
OUTCOME_TEXTS: dict[Reaction, str] = {
    "not now": "Not now.",
    "not this": "Not this.",
    "already done": "Closed. It will not come up again.",
    "not mine": "Not yours.",
    "engaged": "Talking about it.",
    "ignored": "It left by itself.",
}


def word_answer(name: str, kind: Kind | None) -> str:
    """The name of an answer as it is said of this kind of topic: a question is answered, all else is done, and what is
    of a source is in a repository, calendar or feed.
    """
    if name == "never this folder" and kind is not None:
        return f"never this {word_place(kind)}"
    return "already answered" if name == "already done" and kind == "open question" else name


def describe_outcome(offer: Offer, answer: OwnerAnswer, now: float) -> str:
    """What came of an offer, in a sentence; empty where there is nothing to say of it."""
    text = OUTCOME_TEXTS.get(answer.reaction, "")
    if answer.until is not None:
        return f"Again {format_clock_time(answer.until, now)}."
    if answer.never and text:
        return "Never this kind."
    return f"Never this {word_place(offer.topic.kind)}." if answer.never_folder and text else text


def describe_brain_state(state: BrainState) -> str:
    """The text about the brain's state; empty while the brain works."""
    match state.name:
        case "ready":
            return ""
        case "starting":
            return "Starting"
        case "restarting":
            return " · ".join(part for part in ("The brain stopped; starting it again", one_line(state.detail)) if part)
        case "gone":
            what = one_line(state.detail) or "Press Ctrl+Q, and start it again."
            return f"The brain is gone · {what}"
