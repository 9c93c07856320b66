"""The facts about a topic in words: the only input of templates and prompts."""

from __future__ import annotations

import datetime as dt
import re

from proactive_tui.model import Evidence, FrozenValue, Topic
from proactive_tui.talk.relative_time import RELATIVE_DATE_PHRASES, describe_day_offset, describe_relative_day
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.labels import names_nothing, strip_file_words
from proactive_tui.text.plain import comparable_text, note_name, plain_sentences, quotable_fragment

_QUOTATION_MARKS = {"de": ("„", "“"), "fr": ("« ", " »"), "es": ("«", "»")}
_PROMISE_PREFIX = re.compile(r"\W*(?:i |ich |j.ai )?(?:promis|versproch|promet)", re.IGNORECASE)
_PLAIN_NAME = re.compile(r"[^\W_][\w ,:'’&/+.#()-]*[\w)]")


class TopicFacts(FrozenValue, frozen=True, kw_only=True):
    """Facts about a topic; each is true by itself, or empty where the topic lacks it.

    `quote` is the title in quotation marks, `question` the same where it is a question. `said` is what the evidence
    says in its own words beyond the title. `note` and `other` name different notes and do not repeat the title; `said`
    is then from the first, `other_said` from the other. `ago` is when the topic was last written, `due` when it falls
    due, `overdue` when it fell due. `planned` is when it is planned (today or later), `missed` when it was, `begun` the
    day of its start. `person` is whom it was promised to, `common` a word that two connected notes share, `step` the
    next step of a thread.
    """

    quote: str
    question: str = ""
    said: str = ""
    note: str = ""
    other: str = ""
    other_said: str = ""
    ago: str = ""
    due: str = ""
    overdue: str = ""
    planned: str = ""
    missed: str = ""
    begun: str = ""
    person: str = ""
    common: str = ""
    step: str = ""


def topic_facts(topic: Topic, *, now: float, language: str, utc_offset: int = 0) -> TopicFacts:
    """The facts of `topic` at `now`, phrased for a sentence in `language`."""
    first = topic.evidence[0] if topic.evidence else None
    title = (
        _strip_note_name(quotable_fragment(topic.title), topic)
        or (quotable_fragment(first.text) if first else "")
        or topic.kind
    )
    called = {passage.path: _note_title(passage, topic) for passage in topic.evidence}
    told = [passage for passage in topic.evidence if comparable_text(called[passage.path]) != comparable_text(title)]
    others = [passage for passage in told if called[passage.path] != called[told[0].path]]
    due = "" if topic.due is None else describe_relative_day(topic.due, now, language, utc_offset)
    ahead, behind, begun = _planned_days(topic, now, language, utc_offset)
    late = topic.due is not None and local_day(topic.due, utc_offset) < local_day(now, utc_offset)
    return TopicFacts(
        quote=quote_text(title, language),
        question=quote_text(title, language) if title.endswith("?") else "",
        said=_informative_sentence((told[0] if others else first).text, title, language) if first else "",
        note=_place_name(called[told[0].path], language, is_needed=bool(others)) if told else "",
        other=format_note_name(called[others[0].path], language) if others else "",
        other_said=_informative_sentence(others[0].text, title, language) if others else "",
        ago=describe_relative_day(min(topic.at, now), now, language, utc_offset),
        due="" if late else due,
        overdue=due if late else "",
        planned=ahead,
        missed=behind,
        begun=begun,
        person=_promised_person(topic),
        common=_quote_detail((topic.detail.in_common or "").split(",")[0], language, title),
        step=_quote_detail(topic.detail.next or "", language, title),
    )


def quote_text(text: str, language: str) -> str:
    """`text` in the quotation marks of `language`."""
    opening, closing = _QUOTATION_MARKS.get(language, ("“", "”"))
    return f"{opening}{text}{closing}"


def format_note_name(name: str, language: str) -> str:
    """The name of a note within a sentence: in quotation marks where it does not read like a name."""
    return name if not name or (len(name) <= 48 and _PLAIN_NAME.fullmatch(name)) else quote_text(name, language)


def _place_name(name: str, language: str, *, is_needed: bool) -> str:
    """The name of the note that a topic stands in; a name that is only a day says no more than `ago` does."""
    return "" if names_nothing(name) and not is_needed else format_note_name(strip_file_words(name), language)


def _planned_days(topic: Topic, now: float, language: str, utc_offset: int) -> tuple[str, str, str]:
    """The day for which a topic is planned, in words, from today on; that day where it is past; the day it began."""
    detail, today = topic.detail, local_day(now, utc_offset)

    def say(day: dt.date) -> str:
        return describe_day_offset((day - today).days, language, day.weekday())

    scheduled = _iso_day(detail.scheduled) or (today if detail.planned and not detail.start else None)
    start = _iso_day(detail.start)
    return (
        say(scheduled) if scheduled and scheduled >= today else "",
        say(scheduled) if scheduled and scheduled < today else "",
        say(start) if start and start <= today else "",
    )


def _iso_day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None


def true_date_phrases(topic: Topic, *, now: float | None, language: str, utc_offset: int = 0) -> str:
    """All true phrases for the dates of a topic: the dates that the checker allows."""
    said = [name for at in (topic.at, topic.due) if at is not None for name in _calendar_names(at, utc_offset)]
    if now is not None:
        languages = {language, "en"} & RELATIVE_DATE_PHRASES.keys()
        times = [instant for instant in (min(topic.at, now), topic.due) if instant is not None]
        said += [describe_relative_day(at, now, code, utc_offset) for at in times for code in languages]
        said += [day for code in languages for day in _planned_days(topic, now, code, utc_offset) if day]
    return ". ".join(said)


def _calendar_names(at: float, utc_offset: int) -> tuple[str, ...]:
    day = local_day(at, utc_offset)
    return (day.isoformat(), f"{day.day} {day:%B %Y}", f"{day:%A}")


def _informative_sentence(text: str, title: str, language: str) -> str:
    """The first sentence of `text` that says more than the title."""
    for sentence in plain_sentences(text):
        said = quotable_fragment(sentence, 90)
        if len(said.split()) >= 4 and comparable_text(said) not in comparable_text(title) and not said.endswith("…"):
            return quote_text(said, language)
    return ""


def _strip_note_name(title: str, topic: Topic) -> str:
    """A title without the leading name of its note, which the opener names anyway ("Running: two runs this week")."""
    for name in {_note_title(passage, topic) for passage in topic.evidence}:
        rest = title[len(name) :]
        if title.startswith(name) and rest.startswith(": ") and len(rest.split()) > 1:
            return rest[2:].strip()
    return title


def _note_title(evidence: Evidence, topic: Topic) -> str:
    """The name of a note: its title, where the topic has it and there is only one note."""
    if topic.kind == "fading" and evidence == topic.evidence[0]:
        return quotable_fragment(topic.title)
    alone = len({passage.path for passage in topic.evidence}) == 1
    return (quotable_fragment(topic.detail.note or "", 60) if alone else "") or note_name(evidence)


def _quote_detail(detail: str, language: str, title: str) -> str:
    """A detail in quotation marks, where the title does not say it already."""
    quoted = quotable_fragment(detail, 90)
    return quote_text(quoted, language) if quoted and comparable_text(quoted) not in comparable_text(title) else ""


def _promised_person(topic: Topic) -> str:
    name = quotable_fragment(topic.detail.promised_to or "", 40)
    said = _PROMISE_PREFIX.match(topic.title)  # "Promised her a review" says it already
    return name if name != "somebody" and not said and _PLAIN_NAME.fullmatch(name) else ""
