"""The facts about a topic in words: the only input of templates and prompts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from urllib.parse import urlsplit

from proactive_tui.model import COVERED_SEPARATOR, UNKNOWN_DAY, Evidence, FrozenValue, Topic
from proactive_tui.sources.forge.conventional import parse_conventional
from proactive_tui.talk.phrases.review_words import count_checks, count_remarks, name_concern
from proactive_tui.talk.phrases.rhythm_phrases import rhythm_facts, true_rhythm_phrases
from proactive_tui.talk.phrases.work_words import describe_amount, name_operation
from proactive_tui.talk.relative_time import (
    RELATIVE_DATE_PHRASES,
    count_word,
    describe_day_offset,
    describe_minutes_ahead,
    describe_relative_day,
    describe_run,
    describe_span,
    describe_unknown_day,
)
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.labels import names_nothing, strip_file_words
from proactive_tui.text.plain import comparable_text, is_question, note_name, plain_sentences, quotable_fragment

_QUOTATION_MARKS = {"de": ("„", "“"), "fr": ("« ", " »"), "es": ("«", "»")}
_LINE_WORDS = {"de": "Zeile", "fr": "ligne", "es": "línea"}
_PROMISE_PREFIX = re.compile(r"\W*(?:i |ich |j.ai )?(?:promis|versproch|promet)", re.IGNORECASE)
_PLAIN_WORD = re.compile(r"[A-Za-z0-9][\w.-]{0,30}")
_TOLD_PROMISE = re.compile(
    r"^\W*(?:I |Ich |J.ai |Le )?(?:have |habe )?(?:promised|versprach|promis|prometí)(?: [aà])? [A-ZÄÖÜÀÉ][\w'’-]+"
    r"(?: [A-ZÄÖÜÀÉ][\w'’-]+)?(?:[:,]| that| to| de)?\s+",
    re.IGNORECASE,
)
"""How a note begins that tells a promise: what was promised comes after it."""
_PLAIN_NAME = re.compile(r"[^\W_][\w ,:'’&/+.#()-]*[\w)]")


MAX_SAID_CHARACTERS = 180
"""Maximum characters of a quoted sentence of a connection; the miner chose short ones."""
MIN_SPAN_DAYS = 4
"""Days for which a theme has gone on before that is worth a word."""


class TopicFacts(FrozenValue, frozen=True, kw_only=True):
    """Facts about a topic; each is true by itself, or empty where the topic lacks it.

    `quote` is the title in quotation marks, `question` the same where it is a question. `said` is what the evidence
    says in its own words beyond the title. `note` and `other` name different notes and do not repeat the title; `said`
    is then from the first, `other_said` from the other. `ago` is when the topic was last written, `due` when it falls
    due, `overdue` when it fell due. `planned` is when it is planned (today or later), `missed` when it was, `begun` the
    day of its start. `person` is whom it was promised to, `step` the next step of a thread or theme.

    Of a connection with an answer, `asked` stands in `asked_in` and `answer` in `answer_in`; where the two contradict
    each other, `contrary` is what the first says. Of a goal, `habit` is what it is about, `run` how often it was kept
    in a row, `worse_since` and `better_since` the day when it turned, and `entry` the day of the last entry, where that
    was long ago. Of a theme, `span` is how long it has gone on, `first` and `latest` are the titles that it began with
    and came to, `open_end` is what it leaves open, and `missing` what it names without a note.

    Of unfinished work, `repository` and `branch` are where it is; one of `to_merge`, `to_push` (a number of commits),
    `uncommitted` (a number of files), `stash`, `operation`, `draft` and `remark` says what it is; `place` is its file,
    and `tied` a note that is about the same.

    Of a review, `pull` is what it is about ("acme/api#12"), `pull_day` the day since when it is there, `remarks` how
    many new comments there are, `concern` what the one that blocks is about, `objector` who wrote that, `objection` its
    words; `checks` how many checks failed, and `failing` the one that did alone; `asker` asks or mentions, and `asks`,
    `mentions` and `assigned` name the title of what waits for that reason.

    Of an appointment, `soon` is when it begins ("in 40 minutes"), or `ended` is its title where it has just ended;
    `company` names those who come, `promise` what was promised to `person`, `questions` how many questions are open
    about it, `open_task` what is to be done about it, and `note` the note of the owner's that is about it.

    Of a goal about the days, `wrote` is when it was written and `bed_wish` what it says of going to bed; `lately` and
    `on_days` say when the days were. Times of day are in `until`, `ended_by`, `begun_at` and `begun_by`, lengths in
    `longest`, `short_enough`, `active_for`, `held_to` and `worked_for`; `off_on` has days off that were kept. What no
    note wants otherwise is in `noticed_until` and `noticed_longest`.
    Of a story, `feed` is who brings it, and `place` the note and line that it bears on, which says `other_said`.
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
    step: str = ""
    asked: str = ""
    asked_in: str = ""
    answer: str = ""
    answer_in: str = ""
    contrary: str = ""
    habit: str = ""
    run: str = ""
    worse_since: str = ""
    better_since: str = ""
    entry: str = ""
    span: str = ""
    first: str = ""
    latest: str = ""
    open_end: str = ""
    missing: str = ""
    repository: str = ""
    branch: str = ""
    to_merge: str = ""
    to_push: str = ""
    uncommitted: str = ""
    stash: str = ""
    operation: str = ""
    draft: str = ""
    remark: str = ""
    place: str = ""
    tied: str = ""
    pull: str = ""
    pull_day: str = ""
    remarks: str = ""
    concern: str = ""
    objector: str = ""
    objection: str = ""
    checks: str = ""
    failing: str = ""
    asker: str = ""
    asks: str = ""
    mentions: str = ""
    assigned: str = ""
    soon: str = ""
    ended: str = ""
    company: str = ""
    promise: str = ""
    questions: str = ""
    open_task: str = ""
    wrote: str = ""
    bed_wish: str = ""
    lately: str = ""
    on_days: str = ""
    until: str = ""
    ended_by: str = ""
    begun_at: str = ""
    begun_by: str = ""
    longest: str = ""
    short_enough: str = ""
    active_for: str = ""
    held_to: str = ""
    worked_for: str = ""
    off_on: str = ""
    noticed_until: str = ""
    noticed_longest: str = ""
    feed: str = ""


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
        question=quote_text(title, language) if is_question(title) else "",
        **{
            "said": _informative_sentence((told[0] if others else first).text, title, language) if first else "",
            "note": _place_name(called[told[0].path], language, is_needed=bool(others)) if told else "",
            "other": format_note_name(called[others[0].path], language) if others else "",
            "other_said": _informative_sentence(others[0].text, title, language) if others else "",
            **_more_facts(topic, title, now=now, language=language, utc_offset=utc_offset),
        },
        ago=_describe_writing(topic, now, language, utc_offset),
        due="" if late else due,
        overdue=due if late else "",
        planned=ahead,
        missed=behind,
        begun=begun,
        person=_promised_person(topic),
        step=_quote_detail(topic.detail.next or "", language, title),
    )


def _describe_writing(topic: Topic, now: float, language: str, utc_offset: int) -> str:
    """When a topic was last written, in words."""
    if topic.detail.day_written == UNKNOWN_DAY:
        return describe_unknown_day(language)
    return describe_relative_day(min(topic.at, now), now, language, utc_offset)


def _more_facts(topic: Topic, title: str, *, now: float, language: str, utc_offset: int) -> dict[str, str]:
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
            known[detail.told.replace(" ", "_")] = _work_amount(topic, language)
        case "operation":
            known["operation"] = name_operation(detail.operation or "")
        case "stash" | "draft" | "remark":
            known[detail.told] = said
        case _:
            pass
    return known


def _repository_name(name: str, language: str) -> str:
    """The name of a repository, which may come from others: in quotation marks where it is no plain short word."""
    name = quotable_fragment(name, 60)
    return name if not name or _PLAIN_WORD.fullmatch(name) else quote_text(name, language)


def _work_amount(topic: Topic, language: str) -> str:
    """How many commits or files unfinished work has, in words; empty where it is unknown."""
    amount = topic.detail.amount or ""
    if not amount.isdecimal():
        return ""
    return describe_amount(int(amount), "files" if topic.detail.told == "uncommitted" else "commits", language)


def _connection_facts(topic: Topic, language: str) -> dict[str, str]:
    if topic.detail.said is None or topic.detail.other_said is None or len(topic.evidence) < 2:
        return {}
    said, other_said = (
        quote_text(quotable_fragment(words, MAX_SAID_CHARACTERS), language)
        for words in (topic.detail.said, topic.detail.other_said)
    )
    names = [format_note_name(_note_title(passage, topic), language) for passage in topic.evidence[:2]]
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
        known[f"{detail.course}_since"] = _describe_iso_day(detail.turned, now, language, utc_offset)
    elif detail.gap and detail.last_entry:
        known["entry"] = _describe_iso_day(detail.last_entry, now, language, utc_offset)
    elif detail.run and detail.run.isdecimal():
        known["run"] = describe_run(int(detail.run), language)
    return known


def _theme_facts(topic: Topic, *, now: float, language: str, utc_offset: int) -> dict[str, str]:
    detail = topic.detail
    days = _days_of_theme(topic, now, utc_offset)
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
        "pull_day": _describe_iso_day(detail.opened, now, language, utc_offset),
        "asker": _name_person(detail.asked_by),
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
                "pull_day": _describe_iso_day(detail.last_written, now, language, utc_offset),
            }
        case _:
            pass
    if (detail.new_comments or "").isdecimal():
        known["remarks"] = count_remarks(int(detail.new_comments or 0), language)
    if detail.blocking and topic.evidence:
        said = first_own_sentence(topic.evidence[0].text)
        known["concern"] = name_concern(detail.concern, language)
        known["objector"] = _name_person(detail.blocked_by)
        known["objection"] = quote_text(quotable_fragment(said, MAX_SAID_CHARACTERS), language) if said else ""
    if (failed := detail.failed_checks or "").isdecimal():
        known["checks"] = count_checks(int(failed), language)
        known["failing"] = quote_text(quotable_fragment(detail.check or "", 60), language) if failed == "1" else ""
    return known


def first_own_sentence(text: str) -> str:
    """The first sentence of a comment that is its writer's: after what it quotes, without label and decorations."""
    plain = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(">"))
    comment = parse_conventional(plain)
    rest = f"{comment.subject}\n{plain.partition(chr(10))[2]}" if comment and comment.subject else plain
    return next(iter(plain_sentences(rest)), "")


def _name_person(name: str | None) -> str:
    """The name of an account, where it reads as a name."""
    found = quotable_fragment(name or "", 40)
    return found if _PLAIN_NAME.fullmatch(found) else ""


def _meeting_facts(topic: Topic, title: str, *, now: float, language: str) -> dict[str, str]:
    detail = topic.detail
    own = next((passage for passage in topic.evidence if passage.origin is None), None)
    place = _place_name(note_name(own), language, is_needed=False) if own else ""
    return {
        "note": "" if comparable_text(place) == comparable_text(title) else place,
        "other": "",
        "said": "",
        "soon": describe_beginning(topic, now, language),
        "ended": quote_text(title, language) if detail.ended else "",
        "company": _join_names((detail.company or "").split(", "), language),
        "promise": _quote_detail(_TOLD_PROMISE.sub("", detail.promise or ""), language, title),
        "questions": _count_questions(detail.questions, language),
        "open_task": _quote_detail(detail.open_task or "", language, title),
    }


def describe_beginning(topic: Topic, now: float, language: str) -> str:
    """How soon an appointment begins; "" for other topics, and where it has begun."""
    begins = topic.due if topic.detail.starts else None
    return "" if begins is None or now >= begins else describe_minutes_ahead(begins - now, language)


_AND = {"en": "and", "de": "und", "fr": "et", "es": "y"}
_QUESTION_COUNTS = {
    "en": ("a question in your notes is about it", "{} questions in your notes are about it"),
    "de": ("eine Frage in deinen Notizen handelt davon", "{} Fragen in deinen Notizen handeln davon"),
    "fr": ("une question de tes notes en parle", "{} questions de tes notes en parlent"),
    "es": ("una pregunta de tus notas trata de ello", "{} preguntas de tus notas tratan de ello"),
}


def _join_names(names: Collection[str], language: str) -> str:
    """Names as they stand in a sentence; "" where one of them is no plain name."""
    known = [quotable_fragment(name, 40) for name in names if name]
    return f" {_AND[language]} ".join(known) if all(map(_PLAIN_NAME.fullmatch, known)) else ""


def _count_questions(count: str | None, language: str) -> str:
    if count is None or not count.isdecimal() or int(count) < 1:
        return ""
    one, many = _QUESTION_COUNTS[language]
    return one if int(count) == 1 else many.format(count_word(int(count), language))


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
        "said": _informative_sentence(told.text, title, language),
        "other_said": _informative_sentence(tied.text, title, language),
    }


def _describe_iso_day(day: str | None, now: float, language: str, utc_offset: int) -> str:
    """An ISO date in words, seen from `now`; empty where it is none."""
    date = _iso_day(day)
    return (
        "" if date is None else describe_day_offset((date - local_day(now, utc_offset)).days, language, date.weekday())
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
        said += [_describe_writing(topic, now, code, utc_offset) for code in languages]
        times = [instant for instant in (min(topic.at, now), topic.due) if instant is not None]
        said += [describe_relative_day(at, now, code, utc_offset) for at in times for code in languages]
        said += [day for code in languages for day in _planned_days(topic, now, code, utc_offset) if day]
        told = [topic.detail.turned, topic.detail.last_entry, topic.detail.opened]
        told += [topic.detail.last_written] if topic.kind == "review" else []
        said += [words for code in languages for words in _review_counts(topic, code)]
        said += [_describe_iso_day(day, now, code, utc_offset) for code in languages for day in told]
        said += _true_spans(topic, now, languages, utc_offset)
        said += [words for code in languages if (words := describe_beginning(topic, now, code))]
        said += [words for code in languages if (words := _count_questions(topic.detail.questions, code))]
    return ". ".join(said)


def _true_spans(topic: Topic, now: float, languages: Collection[str], utc_offset: int) -> list[str]:
    """How long a theme has gone on, how often in a row a goal was kept, and how much work is unfinished."""
    said: list[str] = []
    if topic.kind == "theme" and (days := _days_of_theme(topic, now, utc_offset)) >= MIN_SPAN_DAYS:
        said += [describe_span(days, code) for code in languages]
    if topic.detail.run and topic.detail.run.isdecimal():
        said += [describe_run(int(topic.detail.run), code) for code in languages]
    if topic.kind == "unfinished work":
        said += filter(None, (_work_amount(topic, code) for code in languages))
    if topic.kind == "rhythm":
        for code in languages:
            said += true_rhythm_phrases(topic, now=now, language=code, utc_offset=utc_offset)
    return said


def _review_counts(topic: Topic, language: str) -> list[str]:
    """How many comments are new and how many checks failed, in words, and what the one that blocks is about."""
    remarks, checks = topic.detail.new_comments or "", topic.detail.failed_checks or ""
    return [
        *([count_remarks(int(remarks), language)] if remarks.isdecimal() else []),
        *([count_checks(int(checks), language)] if checks.isdecimal() else []),
        *filter(None, [name_concern(topic.detail.concern, language)]),
    ]


def _days_of_theme(topic: Topic, now: float, utc_offset: int) -> int:
    since = _iso_day(topic.detail.since)
    return 0 if since is None else (local_day(now, utc_offset) - since).days


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
