"""How names, quotations and sentences of notes stand in a sentence of an opener."""

from __future__ import annotations

import re
from collections.abc import Collection

from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.text.labels import names_nothing, strip_file_words
from proactive_tui.text.plain import comparable_text, note_name, plain_sentences, quotable_fragment

_QUOTATION_MARKS = {"de": ("„", "“"), "fr": ("« ", " »"), "es": ("«", "»")}
_PROMISE_PREFIX = re.compile(r"\W*(?:i |ich |j.ai )?(?:promis|versproch|promet)", re.IGNORECASE)
_PLAIN_NAME = re.compile(r"[^\W_][\w ,:'’&/+.#()-]*[\w)]")
_AND = {"en": "and", "de": "und", "fr": "et", "es": "y"}


def quote_text(text: str, language: str) -> str:
    """`text` in the quotation marks of `language`."""
    opening, closing = _QUOTATION_MARKS.get(language, ("“", "”"))
    return f"{opening}{text}{closing}"


def format_note_name(name: str, language: str) -> str:
    """The name of a note within a sentence: in quotation marks where it does not read like a name."""
    return name if not name or (len(name) <= 48 and _PLAIN_NAME.fullmatch(name)) else quote_text(name, language)


def format_place_name(name: str, language: str, *, is_needed: bool) -> str:
    """The name of the note that a topic stands in; a name that is only a day says no more than `ago` does."""
    return "" if names_nothing(name) and not is_needed else format_note_name(strip_file_words(name), language)


def informative_sentence(text: str, title: str, language: str) -> str:
    """The first sentence of `text` that says more than the title."""
    for sentence in plain_sentences(text):
        said = quotable_fragment(sentence, 90)
        if len(said.split()) >= 4 and comparable_text(said) not in comparable_text(title) and not said.endswith("…"):
            return quote_text(said, language)
    return ""


def strip_note_name(title: str, topic: Topic) -> str:
    """A title without the leading name of its note, which the opener names anyway ("Running: two runs this week")."""
    for name in {note_title(passage, topic) for passage in topic.evidence}:
        rest = title[len(name) :]
        if title.startswith(name) and rest.startswith(": ") and len(rest.split()) > 1:
            return rest[2:].strip()
    return title


def note_title(evidence: Evidence, topic: Topic) -> str:
    """The name of a note: its title, where the topic has it and there is only one note."""
    if topic.kind == "fading" and evidence == topic.evidence[0]:
        return quotable_fragment(topic.title)
    alone = len({passage.path for passage in topic.evidence}) == 1
    return (quotable_fragment(topic.detail.note or "", 60) if alone else "") or note_name(evidence)


def quote_detail(detail: str, language: str, title: str) -> str:
    """A detail in quotation marks, where the title does not say it already."""
    quoted = quotable_fragment(detail, 90)
    return quote_text(quoted, language) if quoted and comparable_text(quoted) not in comparable_text(title) else ""


def promised_person(topic: Topic) -> str:
    """To whom a topic was promised; "" where its title says so already."""
    name = quotable_fragment(topic.detail.promised_to or "", 40)
    said = _PROMISE_PREFIX.match(topic.title)  # "Promised her a review" says it already
    return name if name != "somebody" and not said and _PLAIN_NAME.fullmatch(name) else ""


def name_person(name: str | None) -> str:
    """The name of an account, where it reads as a name."""
    found = quotable_fragment(name or "", 40)
    return found if _PLAIN_NAME.fullmatch(found) else ""


def join_names(names: Collection[str], language: str) -> str:
    """Names as they stand in a sentence; "" where one of them is no plain name."""
    known = [quotable_fragment(name, 40) for name in names if name]
    return f" {_AND[language]} ".join(known) if all(map(_PLAIN_NAME.fullmatch, known)) else ""
