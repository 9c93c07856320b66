"""The facts that only topics of one kind have, in words."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from proactive_tui.model.topic_values import COVERED_SEPARATOR, Topic
from proactive_tui.sources.forge.conventional import parse_conventional
from proactive_tui.talk.facts.days_and_amounts import (
    MIN_SPAN_DAYS,
    count_questions,
    days_of_theme,
    describe_beginning,
    describe_iso_day,
    describe_work_amount,
)
from proactive_tui.talk.facts.names_in_facts import (
    format_note_name,
    format_place_name,
    informative_sentence,
    join_names,
    name_person,
    note_title,
    quote_detail,
    quote_text,
)
from proactive_tui.talk.phrases.counted_words import count_in_words
from proactive_tui.talk.phrases.review_words import name_concern
from proactive_tui.talk.phrases.rhythm_phrases import rhythm_facts
from proactive_tui.talk.relative_time import describe_run, describe_span
from proactive_tui.text.plain import comparable_text, note_name, plain_sentences, quotable_fragment

_LINE_WORDS = {"de": "Zeile", "fr": "ligne", "es": "línea"}
_PLAIN_WORD = re.compile(r"[A-Za-z0-9][\w.-]{0,30}")
_TOLD_PROMISE = re.compile(
    r"^\W*(?:I |Ich |J.ai |Le )?(?:have |habe )?(?:promised|versprach|promis|prometí)(?: [aà])? [A-ZÄÖÜÀÉ][\w'’-]+"
    r"(?: [A-ZÄÖÜÀÉ][\w'’-]+)?(?:[:,]| that| to| de)?\s+",
    re.IGNORECASE,
)
"""How a note begins that tells a promise: what was promised comes after it."""
_OPERATION_NAMES = {"am": "patch"}
"""Operations of git that are called otherwise than by the name of their command; the same in every language."""
MAX_SAID_CHARACTERS = 180
"""Maximum characters of a quoted sentence of a connection; the miner chose short ones."""


def kind_facts(topic: Topic, title: str, *, now: float, language: str, utc_offset: int) -> dict[str, str]:
    """The facts that only topics of one kind have."""
    match topic.kind:
        case "connection":
            return _connection_facts(topic, language)
        case "fading":
            said = quotable_fragment(topic.detail.said or "", MAX_SAID_CHARACTERS)
            is_told = len(said) > 0 and not said.endswith("…") and comparable_text(said) not in comparable_text(title)
            return {"said": quote_text(said, language) if is_told else ""}
        case "goal":
            return _goal_facts(topic, title, now=now, language=language, utc_offset=utc_offset)
        case "theme":
            return _theme_facts(topic, now=now, language=language, utc_offset=utc_offset)
        case "unfinished work":
            return _work_facts(topic, title, language)
        case "review":
            return _review_facts(topic, title, now=now, language=language, utc_offset=utc_offset)
        case "meeting":
            return _meeting_facts(topic, title, now=now, language=language)
        case "rhythm":
            return rhythm_facts(topic, now=now, language=language, utc_offset=utc_offset)
        case "news":
            return _story_facts(topic, title, language)
        case _:
            return {}


def _work_facts(topic: Topic, title: str, language: str) -> dict[str, str]:
    detail = topic.detail
    tied = next((lines for lines in topic.evidence if lines.origin is None), None)
    known = {
        "tied": format_note_name(note_name(tied), language) if tied else "",
        "repository": _repository_name(detail.repository or "", language),
        "branch": quote_text(quotable_fragment(detail.branch, 80), language) if detail.branch else "",
        "place": quote_text(quotable_fragment(detail.place.rpartition("/")[2], 60), language) if detail.place else "",
    }
    said = quote_text(quotable_fragment(detail.next or title), language)
    match detail.told:
        case "to merge" | "to push" | "uncommitted":
            known[detail.told.replace(" ", "_")] = describe_work_amount(topic, language)
        case "operation":
            known["operation"] = _OPERATION_NAMES.get(detail.operation or "", detail.operation or "")
        case "stash" | "draft" | "remark":
            known[detail.told] = said
        case _:
            pass
    return known


def _repository_name(name: str, language: str) -> str:
    """The name of a repository, which may come from others: in quotation marks where it is no plain short word."""
    name = quotable_fragment(name, 60)
    return name if not name or _PLAIN_WORD.fullmatch(name) else quote_text(name, language)


def _connection_facts(topic: Topic, language: str) -> dict[str, str]:
    if topic.detail.said is None or topic.detail.other_said is None or len(topic.evidence) < 2:
        return {}
    said, other_said = (
        quote_text(quotable_fragment(words, MAX_SAID_CHARACTERS), language)
        for words in (topic.detail.said, topic.detail.other_said)
    )
    names = [format_note_name(note_title(passage, topic), language) for passage in topic.evidence[:2]]
    if names[0] == names[1]:
        return {}
    known = {"note": names[0], "other": names[1], "said": said, "other_said": other_said}
    match topic.detail.relation:
        case "answers":
            asks_first = topic.detail.said.rstrip().endswith("?")
            pair = [(said, names[0]), (other_said, names[1])]
            (asked, asked_in), (answer, answer_in) = pair if asks_first else pair[::-1]
            known |= {"asked": asked, "asked_in": asked_in, "answer": answer, "answer_in": answer_in}
        case "differs":
            known |= {"contrary": said}
        case _:
            pass
    return known


def _goal_facts(topic: Topic, title: str, *, now: float, language: str, utc_offset: int) -> dict[str, str]:
    detail = topic.detail
    known = {"habit": quote_text(quotable_fragment(detail.habit, 60) if detail.habit else title, language)}
    if detail.turned and detail.course:
        known[f"{detail.course}_since"] = describe_iso_day(detail.turned, now, language, utc_offset)
    elif detail.gap and detail.last_entry:
        known["entry"] = describe_iso_day(detail.last_entry, now, language, utc_offset)
    elif detail.run and detail.run.isdecimal():
        known["run"] = describe_run(int(detail.run), language)
    return known


def _theme_facts(topic: Topic, *, now: float, language: str, utc_offset: int) -> dict[str, str]:
    detail = topic.detail
    days = days_of_theme(topic, now, utc_offset)
    covered = [quotable_fragment(name, 60) for name in (detail.covered or "").split(COVERED_SEPARATOR) if name]
    return {
        "span": describe_span(days, language) if days >= MIN_SPAN_DAYS else "",
        "first": quote_text(covered[0], language) if len(covered) > 1 else "",
        "latest": quote_text(covered[-1], language) if len(covered) > 1 else "",
        "open_end": quote_text(quotable_fragment(detail.open_end, 90), language) if detail.open_end else "",
        "missing": quote_text(quotable_fragment(detail.missing_note, 60), language) if detail.missing_note else "",
    }


def _review_facts(topic: Topic, title: str, *, now: float, language: str, utc_offset: int) -> dict[str, str]:
    detail = topic.detail
    quoted = quote_text(title, language)
    known = {
        "pull": quotable_fragment(detail.pull or "", 60),
        "pull_day": describe_iso_day(detail.opened, now, language, utc_offset),
        "asker": name_person(detail.asked_by),
    }
    match detail.review:
        case "asked":
            return {**known, "asks": quoted}
        case "mention":
            return {**known, "mentions": quoted}
        case "assigned":
            return {
                **known,
                "assigned": quoted,
                "pull_day": describe_iso_day(detail.last_written, now, language, utc_offset),
            }
        case _:
            pass
    if (detail.new_comments or "").isdecimal():
        known["remarks"] = count_in_words(int(detail.new_comments or 0), "new comments", language)
    if detail.blocking and topic.evidence:
        said = first_own_sentence(topic.evidence[0].text)
        known["concern"] = name_concern(detail.concern, language)
        known["objector"] = name_person(detail.blocked_by)
        known["objection"] = quote_text(quotable_fragment(said, MAX_SAID_CHARACTERS), language) if said else ""
    if (failed := detail.failed_checks or "").isdecimal():
        known["checks"] = count_in_words(int(failed), "failed checks", language)
        known["failing"] = quote_text(quotable_fragment(detail.check or "", 60), language) if failed == "1" else ""
    return known


def first_own_sentence(text: str) -> str:
    """The first sentence of a comment that is its writer's: after what it quotes, without label and decorations."""
    plain = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(">"))
    comment = parse_conventional(plain)
    rest = f"{comment.subject}\n{plain.partition(chr(10))[2]}" if comment and comment.subject else plain
    return next(iter(plain_sentences(rest)), "")


def _meeting_facts(topic: Topic, title: str, *, now: float, language: str) -> dict[str, str]:
    detail = topic.detail
    own = next((passage for passage in topic.evidence if passage.origin is None), None)
    place = format_place_name(note_name(own), language, is_needed=False) if own else ""
    return {
        "note": "" if comparable_text(place) == comparable_text(title) else place,
        "other": "",
        "said": "",
        "soon": describe_beginning(topic, now, language),
        "ended": quote_text(title, language) if detail.ended else "",
        "company": join_names((detail.company or "").split(", "), language),
        "promise": quote_detail(_TOLD_PROMISE.sub("", detail.promise or ""), language, title),
        "questions": count_questions(detail.questions, language),
        "open_task": quote_detail(detail.open_task or "", language, title),
    }


def _story_facts(topic: Topic, title: str, language: str) -> dict[str, str]:
    told = next((lines for lines in topic.evidence if lines.origin is not None), None)
    tied = next((lines for lines in topic.evidence if lines.origin is None), None)
    nothing = {"note": "", "other": "", "said": "", "other_said": ""}
    if told is None or told.origin is None or tied is None:
        return nothing
    feed = quotable_fragment(told.origin.author, 60) or urlsplit(told.origin.address).hostname or ""
    name = format_note_name(quotable_fragment(topic.detail.note or "", 60) or note_name(tied), language)
    return nothing | {
        "feed": format_note_name(feed, language),
        "place": f"{name}, {_LINE_WORDS.get(language, 'line')} {tied.line_start}",
        "note": name,
        "said": informative_sentence(told.text, title, language),
        "other_said": informative_sentence(tied.text, title, language),
    }
