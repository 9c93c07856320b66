"""The registry of framings: ways to put a topic, with the kinds they suit and the language model's instructions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from proactive_tui.model.shared_words import FRAMINGS, Framing, FrozenValue, Kind
from proactive_tui.model.talk_values import NoteRecall
from proactive_tui.model.topic_values import Topic
from proactive_tui.text.plain import is_question
from proactive_tui.topics.ideas.explainable import states_something

_OPEN_BOX = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+\[ \]", re.MULTILINE)
_LEARNING_WORDS = re.compile(
    r"(?:^|[/_\s.-])(?:til|learn(?:ing|ed)?|courses?|lectures?|lessons?|class(?:es)?|stud(?:y|ies)|books?|reading|papers?|"
    r"flashcards?|"
    r"kurs|vorlesung|lernen|cours|curso)(?:$|[/_\s.-])",
    re.IGNORECASE,
)


class ExampleQuestion(FrozenValue, frozen=True):
    """A note, what is said of it, and a good question after that; on subjects foreign to the owner's notes."""

    note: str
    statement: str
    question: str


class FramingSpec(FrozenValue, frozen=True, kw_only=True):
    """A way to put a topic.

    `prior` has, for each kind that the framing suits, its expected advantage (in reward, 0..1) before anything was
    learned; it does not suit a missing kind. `instruction` says to a language model what to ask, `examples` show it;
    without them a template asks. `when` limits it to some topics, and `fits` to those whose text has what it asks for.
    """

    name: Framing
    prior: dict[Kind, float]
    instruction: str = ""
    examples: tuple[ExampleQuestion, ...] = ()
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

RECALL_EFFECTS: Final[tuple[tuple[float, dict[Framing, float]], ...]] = (
    (0.8, {"quiz": -0.2, "recap": -0.2, "question": 0.1, "connect": 0.2, "next step": 0.1}),
    (0.2, {"quiz": 0.2, "recap": -0.1}),
    (0.0, {"quiz": -0.2, "recap": 0.3}),
)
"""Reward added when a note comes back after its owner said this share of it, or more, from memory. What was known is
used, not asked for again; what was known in part is asked for until it is known (successive relearning: Rawson and
Dunlosky 2011); what was gone is told first."""

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
            instruction="Ask how it stands with what the note says, or what came of it.",
            examples=(
                ExampleQuestion(
                    "Does the sourdough need a second rise? Anja skips it.",
                    "You asked whether the sourdough needs a second rise in Bread, three weeks ago.",
                    "Have you tried one without it, as Anja does?",
                ),
                ExampleQuestion(
                    "- [ ] return the ladder to the shed, the hinge is loose",
                    "“Return the ladder to the shed” is on your list in Garden, written last Tuesday.",
                    "Is the hinge still loose?",
                ),
            ),
        ),
        FramingSpec(
            name="recap",
            prior={
                "theme": 0.35, "fading": 0.25, "thread": 0.0, "goal": 0.1, "open question": 0.0, "review": 0.15,
                "meeting": 0.3, "news": 0.15,
            },
            fits=has_enough_to_recap,
        ),
        FramingSpec(
            name="next step",
            prior={
                "task": 0.35, "thread": 0.35, "goal": 0.25, "idea": 0.25, "open question": 0.1, "theme": 0.05,
                "review": 0.35, "unfinished work": 0.35, "meeting": 0.1, "rhythm": 0.2,
            },
            instruction="Ask for what is missing before it can be done, or which part of it comes first.",
            examples=(
                ExampleQuestion(
                    "- [ ] order the flour from the mill, rye and wheat",
                    "“Order the flour from the mill” is on your list in Bread.",
                    "Will you order the rye or the wheat first?",
                ),
                ExampleQuestion(
                    "Repair the bench before spring: sand it, glue the leg, varnish.",
                    "You set yourself “repair the bench” in Garden, 3 October.",
                    "Have you glued the leg already?",
                ),
            ),
            fits=has_something_to_do,
        ),
        FramingSpec(
            name="quiz",
            prior={"fading": 0.3, "theme": 0.0, "thread": 0.0},
            instruction="Ask them to say from memory one thing that the note explains, without giving it away.",
            examples=(
                ExampleQuestion(
                    "Hydration: water by weight of flour. 70 per cent is easy to shape, 80 sticks.",
                    "You last wrote about hydration in Bread, 12 October.",
                    "From memory, how much water is easy to shape?",
                ),
                ExampleQuestion(
                    "A bowline does not slip and can be untied after a load; a sheet bend joins two ropes.",
                    "Two months ago you last wrote about knots, in Sailing.",
                    "Without looking, which of them joins two ropes?",
                ),
            ),
            when=_is_quizzable,
            fits=has_something_to_ask,
        ),
        FramingSpec(
            name="connect",
            prior={"connection": 0.5, "theme": 0.15, "open question": 0.05, "news": 0.3},
            instruction="Ask what one of the two says about the other, naming a thing of each.",
            examples=(
                ExampleQuestion(
                    "Starter: feed it daily or it dies. Vinegar: the mother lives for months.",
                    "Starter and Vinegar seem to touch the same thing.",
                    "Could the starter live as long as the mother does?",
                ),
            ),
            when=_spans_two_notes,
        ),
    )
}  # fmt: skip


def framing_prior(spec: FramingSpec, topic: Topic, recalled: float | None = None) -> float:
    """The prior of a framing for a topic that it suits; a subject being learned is better asked for than told.
    `recalled` is the share (0..1) of the topic that its owner last said from memory, None where they never did.
    """
    effect = TESTING_EFFECT.get(spec.name, 0.0) if is_learning_topic(topic) and recalled is None else 0.0
    return spec.prior[topic.kind] + effect + _recall_effect(spec.name, recalled)


def _recall_effect(framing: Framing, recalled: float | None) -> float:
    if recalled is None:
        return 0.0
    return next(effects.get(framing, 0.0) for least, effects in RECALL_EFFECTS if recalled >= least)


def last_recalled(topic: Topic, recalls: Mapping[str, Sequence[NoteRecall]]) -> float | None:
    """The share (0..1) of a topic's notes that was said from memory last; `recalls` has those of each note by path."""
    found = [recall for path in topic.paths for recall in recalls.get(path, ())]
    return max(found, key=lambda recall: recall.at).share if found else None


def suitable_framings(topic: Topic) -> tuple[FramingSpec, ...]:
    """The framings that suit a topic, in the order of the registry; `question` suits every kind."""
    return tuple(FRAMING_SPECS[name] for name in FRAMINGS if FRAMING_SPECS[name].suits(topic))


def comparable_framings(topic: Topic) -> tuple[FramingSpec, ...]:
    """The framings that an offer of a topic says something about, in the order of the registry."""
    return tuple(FRAMING_SPECS[name] for name in FRAMINGS if FRAMING_SPECS[name].suits_kind(topic))
