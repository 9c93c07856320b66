"""What may be said about a topic, in words: the only things a template or a prompt is given."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from proactive_tui.model import Evidence, Topic, Value
from proactive_tui.talk.relative_time import PHRASES, day, from_now
from proactive_tui.text.plain import comparable, fragment, note_name, sentences

_MARKS = {"de": ("„", "“"), "fr": ("« ", " »"), "es": ("«", "»")}
_PROMISE = re.compile(r"\W*(?:i |ich |j.ai )?(?:promis|versproch|promet)", re.IGNORECASE)
_NAME = re.compile(r"[^\W_][\w ,:'’&/+.#()-]*[\w)]")


class Facts(Value, frozen=True, kw_only=True):
    """Each is whole and true by itself, or empty where the topic does not have it.

    `quote` is the topic's title in quotation marks, `question` the same where it is one. `said` is what the evidence
    says in its own words where that is more than the title. `note` and `other` are names of different notes, neither of
    them the title over again; then `said` is from the first and `other_said` from the other. `ago` is when it was last
    written, `due` when it will fall due, `overdue` when it did. `person` is whom it was promised to, `common` a
    word that two connected notes share, `step` where a thread was left.
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
    person: str = ""
    common: str = ""
    step: str = ""


def facts(topic: Topic, *, now: float, language: str, utc_offset: int = 0) -> Facts:
    """The facts of `topic`, seen from `now`, as a sentence in `language` can hold them."""
    first = topic.evidence[0] if topic.evidence else None
    title = _alone(fragment(topic.title), topic) or (fragment(first.text) if first else "") or topic.kind
    called = {each.path: _called(each, topic) for each in topic.evidence}
    told = [each for each in topic.evidence if comparable(called[each.path]) != comparable(title)]
    others = [each for each in told if called[each.path] != called[told[0].path]]
    due = "" if topic.due is None else from_now(topic.due, now, language, utc_offset)
    late = topic.due is not None and day(topic.due, utc_offset) < day(now, utc_offset)
    return Facts(
        quote=quoted(title, language),
        question=quoted(title, language) if title.endswith("?") else "",
        said=_said((told[0] if others else first).text, title, language) if first else "",
        note=named(called[told[0].path], language) if told else "",
        other=named(called[others[0].path], language) if others else "",
        other_said=_said(others[0].text, title, language) if others else "",
        ago=from_now(min(topic.at, now), now, language, utc_offset),
        due="" if late else due,
        overdue=due if late else "",
        person=_person(topic),
        common=_detail(topic, "in common", language, title),
        step=_detail(topic, "next", language, title),
    )


def quoted(text: str, language: str) -> str:
    """`text` in the quotation marks of `language`."""
    opening, closing = _MARKS.get(language, ("“", "”"))
    return f"{opening}{text}{closing}"


def named(name: str, language: str) -> str:
    """The name of a note as part of a sentence: in quotation marks where it would not read as a name."""
    return name if not name or (len(name) <= 48 and _NAME.fullmatch(name)) else quoted(name, language)


def dated(topic: Topic, *, now: float | None, language: str, utc_offset: int = 0) -> str:
    """Every way of saying the topic's dates that is true: what the checker lets an opener say about time."""
    said = [name for at in (topic.at, topic.due) if at is not None for name in _calendar(at, utc_offset)]
    if now is not None:
        say = {language, "en"} & PHRASES.keys()
        times = [each for each in (min(topic.at, now), topic.due) if each is not None]
        said += [from_now(at, now, each, utc_offset) for at in times for each in say]
    return ". ".join(said)


def _calendar(at: float, utc_offset: int) -> tuple[str, ...]:
    local = datetime.fromtimestamp(0, UTC) + timedelta(seconds=at + utc_offset)
    return (local.strftime("%Y-%m-%d"), f"{local.day} {local:%B %Y}", f"{local:%A}")


def _said(text: str, title: str, language: str) -> str:
    """The first sentence that says more than the title."""
    for each in sentences(text):
        said = fragment(each, 90)
        if len(said.split()) >= 4 and comparable(said) not in comparable(title) and not said.endswith("…"):
            return quoted(said, language)
    return ""


def _alone(title: str, topic: Topic) -> str:
    """A title without the name of its note before it, which is said anyway ("Running: two runs this week")."""
    for name in {_called(each, topic) for each in topic.evidence}:
        rest = title[len(name) :]
        if title.startswith(name) and rest.startswith(": ") and len(rest.split()) > 1:
            return rest[2:].strip()
    return title


def _called(evidence: Evidence, topic: Topic) -> str:
    """The name of a note: its title, where the topic knows it or is it and there is one note only."""
    if topic.kind == "fading" and evidence == topic.evidence[0]:
        return fragment(topic.title)
    alone = len({each.path for each in topic.evidence}) == 1
    return (fragment(topic.detail.get("note", ""), 60) if alone else "") or note_name(evidence)


def _detail(topic: Topic, name: str, language: str, title: str) -> str:
    """The first thing that a detail names, where the title does not say it already."""
    value = topic.detail.get(name, "")
    value = fragment(value.split(",")[0] if name == "in common" else value, 90)
    return quoted(value, language) if value and comparable(value) not in comparable(title) else ""


def _person(topic: Topic) -> str:
    name = fragment(topic.detail.get("promised to", ""), 40)
    said = _PROMISE.match(topic.title)  # "Promised her a review" says it already
    return name if name != "somebody" and not said and _NAME.fullmatch(name) else ""
