"""The facts about a topic in words: the only input of templates and prompts."""

from __future__ import annotations

from proactive_tui.model.shared_words import FrozenValue
from proactive_tui.model.topic_values import Topic
from proactive_tui.talk.facts.days_and_amounts import describe_planned_days, describe_writing
from proactive_tui.talk.facts.kind_facts import kind_facts
from proactive_tui.talk.facts.names_in_facts import (
    format_note_name,
    format_place_name,
    informative_sentence,
    note_title,
    promised_person,
    quote_detail,
    quote_text,
    strip_note_name,
)
from proactive_tui.talk.relative_time import describe_relative_day
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.plain import comparable_text, is_question, quotable_fragment


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
        strip_note_name(quotable_fragment(topic.title), topic)
        or (quotable_fragment(first.text) if first else "")
        or topic.kind
    )
    called = {passage.path: note_title(passage, topic) for passage in topic.evidence}
    told = [passage for passage in topic.evidence if comparable_text(called[passage.path]) != comparable_text(title)]
    others = [passage for passage in told if called[passage.path] != called[told[0].path]]
    due = "" if topic.due is None else describe_relative_day(topic.due, now, language, utc_offset)
    ahead, behind, begun = describe_planned_days(topic, now, language, utc_offset)
    late = topic.due is not None and local_day(topic.due, utc_offset) < local_day(now, utc_offset)
    return TopicFacts(
        quote=quote_text(title, language),
        question=quote_text(title, language) if is_question(title) else "",
        **{
            "said": informative_sentence((told[0] if others else first).text, title, language) if first else "",
            "note": format_place_name(called[told[0].path], language, is_needed=bool(others)) if told else "",
            "other": format_note_name(called[others[0].path], language) if others else "",
            "other_said": informative_sentence(others[0].text, title, language) if others else "",
            **kind_facts(topic, title, now=now, language=language, utc_offset=utc_offset),
        },
        ago=describe_writing(topic, now, language, utc_offset),
        due="" if late else due,
        overdue=due if late else "",
        planned=ahead,
        missed=behind,
        begun=begun,
        person=promised_person(topic),
        step=quote_detail(topic.detail.next or "", language, title),
    )
