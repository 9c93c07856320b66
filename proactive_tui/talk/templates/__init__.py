"""Openers made of the evidence alone, for when no language model speaks; one module a language and one line here."""

from __future__ import annotations

import zlib
from string import Formatter

import msgspec

from proactive_tui.model.shared_words import Framing, Kind
from proactive_tui.model.topic_values import Topic
from proactive_tui.talk.facts.topic_facts import TopicFacts, topic_facts
from proactive_tui.talk.templates.base import OpenerTemplates
from proactive_tui.talk.templates.de import GERMAN_TEMPLATES
from proactive_tui.talk.templates.en import ENGLISH_TEMPLATES
from proactive_tui.talk.templates.es import SPANISH_TEMPLATES
from proactive_tui.talk.templates.fr import FRENCH_TEMPLATES

TEMPLATES_BY_LANGUAGE: dict[str, OpenerTemplates] = {
    "en": ENGLISH_TEMPLATES,
    "de": GERMAN_TEMPLATES,
    "fr": FRENCH_TEMPLATES,
    "es": SPANISH_TEMPLATES,
}

_SLOT_SPECIFICITY = {
    "person": 4,
    "overdue": 4,
    "due": 3,
    "planned": 3,
    "missed": 3,
    "begun": 2,
    "question": 2,
    "answer": 9,
    "contrary": 6,
    "other_said": 4,
    "run": 4,
    "worse_since": 4,
    "better_since": 4,
    "entry": 4,
    "open_end": 5,
    "missing": 4,
    "soon": 2,
    "ended": 4,
    "company": 1,
    "promise": 6,
    "questions": 4,
    "open_task": 3,
    "span": 2,
    "latest": 2,
    "step": 3,
    "remarks": 5,
    "concern": 9,
    "objection": 3,
    "objector": 2,
    "checks": 3,
    "failing": 2,
    "asks": 4,
    "mentions": 4,
    "assigned": 4,
    "asker": 2,
    "pull_day": 1,
    "wrote": 1,
    "bed_wish": 3,
    "until": 4,
    "ended_by": 4,
    "begun_at": 4,
    "begun_by": 4,
    "longest": 4,
    "short_enough": 4,
    "active_for": 4,
    "held_to": 4,
    "worked_for": 4,
    "off_on": 4,
    "noticed_until": 4,
    "noticed_longest": 4,
    "other": 1,
    "note": 1,
    "said": 2,
    "place": 2,
    "tied": 3,
    "feed": 1,
}
"""How much a fact makes an opener specific: the ones about this topic alone count most."""


def build_template_opener(topic: Topic, framing: Framing, *, now: float, language: str, utc_offset: int = 0) -> str:
    """The opener for `topic`, from its facts alone; English quotes the note where a language has no templates.

    Of the templates whose facts the topic has, the most specific ones are kept, and its id picks one: the same topic is
    always put in the same words, and neighbours differ.
    """
    language = language if language in TEMPLATES_BY_LANGUAGE else "en"
    facts = topic_facts(topic, now=now, language=language, utc_offset=utc_offset)
    options = find_templates(language, framing, _worded_kind(topic, facts))
    fitting = next(
        found for group in options if (found := [template for template in group if has_facts(facts, template)])
    )
    most = max(map(_specificity_score, fitting))
    best = [wording for wording in fitting if _specificity_score(wording) == most]
    chosen = best[zlib.crc32(f"{topic.id}\0{framing}".encode()) % len(best)]
    return fill_template(chosen, facts)


def _worded_kind(topic: Topic, facts: TopicFacts) -> Kind:
    """The kind as which a topic is worded: a task that asks something, due at no day, is put as a question."""
    asks = bool(facts.question) and not any(
        (facts.due, facts.overdue, facts.planned, facts.missed, facts.begun, facts.person)
    )
    return "open question" if topic.kind == "task" and asks else topic.kind


def find_templates(language: str, framing: Framing, kind: Kind) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The templates for a kind put in this way, then the plain ones of the framing, which every topic can fill."""
    templates = TEMPLATES_BY_LANGUAGE[language]
    return templates.by_kind.get((framing, kind), ()), templates.plain[framing]


def has_facts(facts: TopicFacts, template: str) -> bool:
    """Whether every fact that `template` names is there."""
    return all(getattr(facts, name) for name in _slot_names(template))


def fill_template(template: str, facts: TopicFacts) -> str:
    """The template with its facts; it begins with a capital letter whatever comes first."""
    text = template.format_map(msgspec.structs.asdict(facts))
    return text[:1].upper() + text[1:]


def _slot_names(template: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(template) if name]


def _specificity_score(template: str) -> int:
    return sum(_SLOT_SPECIFICITY.get(name, 0) for name in _slot_names(template))
