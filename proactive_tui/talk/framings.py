"""The registry of framings: ways to put a topic, with the kinds they suit and the language model's instructions."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from proactive_tui.model import FRAMINGS, Framing, FrozenValue, Kind, Topic
from proactive_tui.text.plain import is_question
from proactive_tui.topics.ideas.explainable import states_something

_OPEN_BOX = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+\[ \]", re.MULTILINE)
_LEARNING_WORDS = re.compile(
    r"(?:^|[/_\s.-])(?:til|learn(?:ing|ed)?|courses?|lectures?|lessons?|class(?:es)?|stud(?:y|ies)|books?|reading|papers?|"
    r"flashcards?|"
    r"kurs|vorlesung|lernen|cours|curso)(?:$|[/_\s.-])",
    re.IGNORECASE,
)


class FramingSpec(FrozenValue, frozen=True, kw_only=True):
    """A way to put a topic.

    `prior` has, for each kind that the framing suits, its expected advantage (in reward, 0..1) before anything was
    learned; it does not suit a missing kind. `instruction` is for the language model, `example` an opener of this sort
    for `example_note`, on a subject foreign to the owner's notes. `when` limits it to some topics, and `fits` to those
    whose text has what it asks for.
    """

    name: Framing
    prior: dict[Kind, float]
    instruction: str
    example_note: str
    example: str
    when: Callable[[Topic], bool] | None = None
    fits: Callable[[Topic], bool] | None = None

    def suits(self, topic: Topic) -> bool:
        """Whether the framing suits this topic."""
        return self.suits_kind(topic) and (self.fits is None or self.fits(topic))

    def suits_kind(self, topic: Topic) -> bool:
        """Whether the framing suits topics of this sort, whatever their text says: what is learned from, so that a
        journal teaches the same although `fits` has changed.
        """
        return topic.kind in self.prior and (self.when is None or self.when(topic))


TESTING_EFFECT: Final[dict[Framing, float]] = {"quiz": 0.2, "recap": -0.2}
"""Reward added by being asked, and lost by being told, about a subject that the owner is learning (the testing effect:
Roediger and Karpicke 2006)."""

DEFAULT_FRAMING: Final[Framing] = "question"
"""The framing that suits every kind of topic, and leaves most to the owner."""


def is_learning_topic(topic: Topic) -> bool:
    """Whether a topic's notes were written to learn something: by its tags or their folders (til, course, book …)."""
    return any(map(_LEARNING_WORDS.search, (*topic.tags, *(passage.path for passage in topic.evidence))))


def _is_quizzable(topic: Topic) -> bool:
    return topic.kind == "fading" or is_learning_topic(topic)


def has_something_to_ask(topic: Topic) -> bool:
    """Whether a topic explains something that its owner could be asked about: only notes that do are fading."""
    if topic.kind == "fading":
        return True
    is_text = topic.kind != "thread" or topic.detail.told in (None, "last line")
    return is_text and _statement_count(topic) > 0


def has_something_to_do(topic: Topic) -> bool:
    """Whether something is to be done about a topic: how a text ends is no step, and a subject is none by itself."""
    match topic.kind:
        case "thread":
            return topic.detail.told != "last line"
        case "theme":
            named = (topic.detail.next, topic.detail.open_end, topic.detail.missing_note)
            return any(named) or any(
                _OPEN_BOX.search(passage.text) or is_question(passage.text) for passage in topic.evidence
            )
        case _:
            return True


def has_enough_to_recap(topic: Topic) -> bool:
    """Whether the notes of a topic say enough to be summed up: a line that only names a deed is not."""
    match topic.kind:
        case "open question":
            return _spans_two_notes(topic)
        case "thread":
            return topic.detail.told in (None, "last line", "unfinished") and _statement_count(topic) > 0
        case "goal":
            return topic.detail.last_entry is not None
        case "theme":
            return _spans_two_notes(topic) or _statement_count(topic) > 1
        case _:
            return True


def _statement_count(topic: Topic) -> int:
    """How many passages of a topic say something in a sentence."""
    return sum(states_something(passage.text) for passage in topic.evidence)


def _spans_two_notes(topic: Topic) -> bool:
    return len({passage.path for passage in topic.evidence}) > 1


FRAMING_SPECS: dict[Framing, FramingSpec] = {
    spec.name: spec
    for spec in (
        FramingSpec(
            name="question",
            prior={
                "open question": 0.35, "task": 0.1, "theme": 0.1, "fading": 0.1, "connection": 0.1, "thread": 0.1,
                "goal": 0.2, "idea": 0.3, "review": 0.1, "unfinished work": 0.2, "meeting": 0.2, "rhythm": 0.35,
                "news": 0.3,
            },
            instruction="Name what they wrote, then ask one question about it that only they can answer.",
            example_note="Does the sourdough need a second rise?",
            example="You asked whether the sourdough needs a second rise. Did you find out?",
        ),
        FramingSpec(
            name="recap",
            prior={
                "theme": 0.35, "fading": 0.25, "thread": 0.0, "goal": 0.1, "open question": 0.0, "review": 0.15,
                "meeting": 0.3, "news": 0.15,
            },
            instruction="Say in one sentence what they wrote, then offer to go over it together.",
            example_note="Rye ferments faster than wheat, so shorten the first rise.",
            example="You wrote that rye ferments faster than wheat. Shall we go over what you have so far?",
            fits=has_enough_to_recap,
        ),
        FramingSpec(
            name="next step",
            prior={
                "task": 0.35, "thread": 0.35, "goal": 0.25, "idea": 0.25, "open question": 0.1, "theme": 0.05,
                "review": 0.35, "unfinished work": 0.35, "meeting": 0.1, "rhythm": 0.2,
            },
            instruction="Name what is to be done as the note says it, then ask for its next small step.",
            example_note="- [ ] order the flour",
            example="“Order the flour” is on your list. Shall we pick the first small step?",
            fits=has_something_to_do,
        ),
        FramingSpec(
            name="quiz",
            prior={"fading": 0.3, "theme": 0.0, "thread": 0.0},
            instruction="Name the subject without giving away what the note says, then ask what they remember of it.",
            example_note="Hydration: water by weight of flour. 70 per cent is easy to shape.",
            example="You last wrote about hydration. Without looking, what do you remember of it?",
            when=_is_quizzable,
            fits=has_something_to_ask,
        ),
        FramingSpec(
            name="connect",
            prior={"connection": 0.5, "theme": 0.15, "open question": 0.05, "news": 0.3},
            instruction="Name both notes and one thing that each says, then ask what links them.",
            example_note="Starter: feed it daily. Vinegar: keep the mother alive.",
            example="“Starter” and “Vinegar” seem close. What do they have in common?",
            when=_spans_two_notes,
        ),
    )
}  # fmt: skip


def framing_prior(spec: FramingSpec, topic: Topic) -> float:
    """The prior of a framing for a topic that it suits; a subject being learned is better asked for than told."""
    return spec.prior[topic.kind] + (TESTING_EFFECT.get(spec.name, 0.0) if is_learning_topic(topic) else 0.0)


def suitable_framings(topic: Topic) -> tuple[FramingSpec, ...]:
    """The framings that suit a topic, in the order of the registry; `question` suits every kind."""
    return tuple(FRAMING_SPECS[name] for name in FRAMINGS if FRAMING_SPECS[name].suits(topic))


def comparable_framings(topic: Topic) -> tuple[FramingSpec, ...]:
    """The framings that an offer of a topic says something about, in the order of the registry."""
    return tuple(FRAMING_SPECS[name] for name in FRAMINGS if FRAMING_SPECS[name].suits_kind(topic))
