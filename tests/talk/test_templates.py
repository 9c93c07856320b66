"""Templates: every one true by the checker's own rules, whole, and without anything loud."""

from __future__ import annotations

import datetime as dt
import random
import string
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proactive_tui.index.markdown import parse_note
from proactive_tui.model.note_values import ItemOrigin
from proactive_tui.model.shared_words import FRAMINGS, TOPIC_KINDS, Framing, Kind
from proactive_tui.model.topic_values import Topic, TopicDetails
from proactive_tui.talk.facts.topic_facts import TopicFacts, topic_facts
from proactive_tui.talk.framings import suitable_framings
from proactive_tui.talk.grounding import QUOTATION_PATTERN
from proactive_tui.talk.templates import (
    TEMPLATES_BY_LANGUAGE,
    build_template_opener,
    fill_template,
    find_templates,
    has_facts,
)
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.language import language_or_default
from proactive_tui.topics.mining_context import MiningContext
from tests.talk.opener_checking import MAX_OPENER_SENTENCES, check_opener, classify_sentences, max_opener_sentences
from tests.talk.topics import ALL, DAY, NOW, NUMBERS, PASSPORT, PREVOTE, QUEUES, evidence
from tests.topics.builders import build_pool

FULL = TopicFacts(
    quote="“leases”",
    question="“does it hold?”",
    said="“a lease trades availability”",
    note="Leases",
    other="Cache design",
    other_said="“we could use leases”",
    ago="three weeks ago",
    due="on Friday",
    overdue="two weeks ago",
    planned="today",
    missed="yesterday",
    begun="on Friday",
    person="Mara",
    step="“compare both”",
    asked="“does it hold?”",
    asked_in="Leases",
    answer="“a lease trades availability”",
    answer_in="Cache design",
    contrary="“a lease costs nothing”",
    habit="“in bed by eleven”",
    run="five times in a row",
    worse_since="two weeks ago",
    better_since="two weeks ago",
    entry="two weeks ago",
    span="two weeks",
    first="“Leases”",
    latest="“Fencing”",
    open_end="“compare both”",
    missing="“Vector clocks”",
    wrote="on 12 November",
    bed_wish="be in bed before 23:00",
    lately="this week",
    on_days="on Saturday and Sunday",
    until="00:40, 01:15 and 23:50",
    ended_by="22:40 and 22:15",
    begun_at="09:40",
    begun_by="07:50",
    longest="3 h 10 min",
    short_enough="50 min",
    active_for="9 h",
    held_to="5 h",
    worked_for="3 h",
    off_on="on Sunday",
    noticed_until="00:40",
    noticed_longest="3 h 10 min",
    repository="api",
    branch="“retry-backoff”",
    to_merge="3 commits",
    to_push="2 commits",
    uncommitted="4 files",
    stash="“try again”",
    operation="rebase",
    draft="“WIP retry”",
    remark="“bound the queue”",
    place="“queue.py”",
    tied="Leases",
    pull="acme/api#12",
    pull_day="yesterday",
    remarks="3 new comments",
    concern="the error handling",
    objector="mara",
    objection="“it swallows the error”",
    checks="1 failed check",
    failing="“unit tests”",
    asker="mara",
    asks="“Sort the list”",
    mentions="“Sort the list”",
    assigned="“Sort the list”",
    soon="in 40 minutes",
    ended="“Planning”",
    company="Kwame",
    promise="“a review”",
    questions="two questions in your notes are about it",
    open_task="“ask for the lease”",
    feed="The Ledger",
)


@pytest.mark.parametrize(
    ("topic", "framing", "text"),
    [
        (PREVOTE, "question", "You asked “does Raft need pre-vote with leases?” in Distributed systems, lecture "
            "6, three weeks ago. Did you find out?"),
        (NUMBERS, "next step", "You promised Mara: “send Mara the load-test numbers”, due on Friday. Shall we "
            "sketch it together?"),
        (PASSPORT, "question", "“renew the passport”, in Lisbon in spring, was due two weeks ago. Does it still "
            "matter?"),
        (QUEUES, "connect", "You wrote “A queue without a bound only hides the overload” in Backpressure, and "
            "“When everything goes in, little comes out” in Morning pages. What is the link between them?"),
    ],
)  # fmt: skip
def test_reads_like_a_colleague(topic: Topic, framing: Framing, text: str) -> None:
    assert build_template_opener(topic, framing, now=NOW, language="en") == text


@pytest.mark.parametrize(
    ("topic", "framing"),
    [(topic, way.name) for topic in ALL for way in suitable_framings(topic)],
    ids=lambda each: each.id if isinstance(each, Topic) else each,
)
def test_passes_its_own_checker(topic: Topic, framing: Framing) -> None:
    language = language_or_default("\n".join([topic.title, *(each.text for each in topic.evidence)]))
    text = build_template_opener(topic, framing, now=NOW, language=language)
    assert check_opener(text, topic.evidence, topic, language=language, now=NOW) == [], text


@pytest.mark.parametrize("language", TEMPLATES_BY_LANGUAGE)
@pytest.mark.parametrize("framing", FRAMINGS)
def test_every_template_is_two_quiet_sentences(language: str, framing: Framing) -> None:
    pairs = ((kind, group) for kind in TOPIC_KINDS for group in find_templates(language, framing, kind))
    for kind, template in ((kind, template) for kind, group in pairs for template in group):
        text = fill_template(template, FULL)
        assert len(classify_sentences(QUOTATION_PATTERN.sub("x", text))) <= max_opener_sentences(kind), text
        assert text.endswith("?"), text
        assert "!" not in text
        assert "{" not in text
        assert "  " not in text
        assert text[0].isupper() or not text[0].isalpha()


@pytest.mark.parametrize("language", TEMPLATES_BY_LANGUAGE)
@pytest.mark.parametrize("framing", FRAMINGS)
@pytest.mark.parametrize("due", [2, -14])
def test_every_template_uses_only_words_that_the_checker_lets_pass(language: str, framing: Framing, due: int) -> None:
    for kind in TOPIC_KINDS:
        topic = Topic(
            id="x", kind=kind, title="Vega Altair Deneb?", at=NOW - 21 * DAY, due=NOW + due * DAY, people=("Mara",),
            evidence=(
                evidence("one.md", "Rigel Sirius Procyon Capella", "One star"),
                evidence("two.md", "Vega Altair Deneb?", "Two stars"),
            ),
            detail=TopicDetails(promised_to="Mara"),
        )  # fmt: skip
        passes_all_templates(topic, language, framing)


def passes_all_templates(topic: Topic, language: str, framing: Framing) -> None:
    """The words of each template that has what it needs to say of a topic pass the checker."""
    known = topic_facts(topic, now=NOW, language=language)
    for template in (
        each for group in find_templates(language, framing, topic.kind) for each in group if has_facts(known, each)
    ):
        text = fill_template(template, known)
        assert check_opener(text, topic.evidence, topic, language=language, now=NOW) == [], text


def iso_day(days: float) -> str:
    return local_day(NOW - days * DAY, 0).isoformat()


PAIR = {"said": "Rigel Sirius Procyon Capella", "other_said": "Vega Altair Deneb?"}
TWO_WEEKS = {"since": iso_day(15), "covered": "One star → Two stars"}
STORIES: dict[str, tuple[Kind, TopicDetails]] = {
    "answers": ("connection", TopicDetails(relation="answers", **PAIR)),
    "differs": ("connection", TopicDetails(relation="differs", **PAIR)),
    "both claim": ("connection", TopicDetails(relation="both claim", **PAIR)),
    "worse": ("goal", TopicDetails(turned=iso_day(16), course="worse", last_entry=iso_day(2))),
    "better": ("goal", TopicDetails(turned=iso_day(9), course="better", last_entry=iso_day(2), habit="Vega Altair")),
    "lapsed": ("goal", TopicDetails(gap="23 days", last_entry=iso_day(23))),
    "run": ("goal", TopicDetails(run="6", last_entry=iso_day(1))),
    "covered": ("theme", TopicDetails(**TWO_WEEKS)),
    "open end": ("theme", TopicDetails(open_end="Rigel Sirius Procyon Capella", **TWO_WEEKS)),
    "met": ("news", TopicDetails(note="Two stars", in_common="Deneb", meets="theme", line="3")),
    "missing note": ("theme", TopicDetails(missing_note="Sirius Procyon", **TWO_WEEKS)),
    "to merge": ("unfinished work", TopicDetails(told="to merge", repository="vega", branch="altair", amount="3")),
    "one to merge": ("unfinished work", TopicDetails(told="to merge", repository="vega", branch="altair", amount="1")),
    "to push": ("unfinished work", TopicDetails(told="to push", repository="vega", branch="altair", amount="2")),
    "uncommitted": ("unfinished work", TopicDetails(told="uncommitted", repository="vega", amount="4")),
    "stash": ("unfinished work", TopicDetails(told="stash", repository="vega", next="Rigel Sirius")),
    "operation": ("unfinished work", TopicDetails(told="operation", repository="vega", operation="rebase")),
    "draft": ("unfinished work", TopicDetails(told="draft", repository="vega", branch="altair", next="WIP Rigel")),
    **{
        f"{told} {course}": (
            "rhythm",
            TopicDetails(
                told=told,
                course=course,
                wanted="23:00",
                since=iso_day(11),
                times=times,
                days=f"{iso_day(2)}, {iso_day(1)}",
            ),
        )
        for told, times in (
            ("bedtime", "00:40, 23:50"),
            ("stop", "20:40, 01:15"),
            ("start", "09:40, 10:05"),
            ("breaks", "2 h 35 min, 3 h"),
            ("screen time", "7 h 5 min, 55 min"),
            ("days off", "3 h 10 min, 2 h"),
        )
        for course in ("missed", "kept", "noticed")
    },
    "remark": ("unfinished work", TopicDetails(told="remark", repository="vega", place="src/rigel.py")),
}


def story_topic(story: str) -> Topic:
    kind, detail = STORIES[story]
    origin = ItemOrigin(source="news", form="story", author="Sirius Post") if kind == "news" else None
    return Topic(
        id="x", kind=kind, title="Vega Altair Deneb", at=NOW - 2 * DAY, detail=detail,
        evidence=(
            msgspec.structs.replace(evidence("one.md", "Rigel Sirius Procyon Capella", "One star"), origin=origin),
            evidence("two.md", "Vega Altair Deneb?", "Two stars"),
        ),
    )  # fmt: skip


@pytest.mark.parametrize("language", TEMPLATES_BY_LANGUAGE)
@pytest.mark.parametrize("framing", FRAMINGS)
def test_what_is_known_of_a_connection_a_goal_and_a_theme_is_said_in_words_that_pass(
    language: str, framing: Framing
) -> None:
    for story in STORIES:
        passes_all_templates(story_topic(story), language, framing)


@pytest.mark.parametrize(
    ("story", "framing", "text"),
    [
        ("answers", "connect", "You asked “Vega Altair Deneb?” in Two stars, and One star says “Rigel Sirius Procyon "
            "Capella”. Does one answer the other?"),
        ("worse", "question", "“Vega Altair Deneb” went well until two weeks ago. What changed then?"),
        ("run", "question", "You kept up “Vega Altair Deneb” six times in a row. What makes it work?"),
        ("covered", "quiz", "You have been at “Vega Altair Deneb” for two weeks, from “One star” to “Two stars”. "
            "From memory, how would you explain it?"),
        ("to merge", "question", "You last touched “altair” in vega two days ago: 3 commits to merge. Does One star "
            "say what is left?"),
        ("stop missed", "question", "You wrote “Vega Altair Deneb” on 12 November; you were active until 20:40 and "
            "01:15 in the last seven days. Want to look at what keeps you?"),
        ("remark", "next step", "You left “Vega Altair Deneb” in “rigel.py” of vega, two days ago. What is the first "
            "small step?"),
        ("missing note", "next step", "You have been at “Vega Altair Deneb” for two weeks, and your notes lead to "
            "“Sirius Procyon”. Is that the next step?"),
    ],
)  # fmt: skip
def test_a_connection_a_goal_and_a_theme_say_what_is_the_matter(story: str, framing: Framing, text: str) -> None:
    assert build_template_opener(story_topic(story), framing, now=NOW, language="en") == text


@pytest.mark.parametrize("language", TEMPLATES_BY_LANGUAGE)
@pytest.mark.parametrize("framing", FRAMINGS)
def test_a_topic_with_nothing_but_a_title_can_be_put(language: str, framing: Framing) -> None:
    bare = TopicFacts(quote="“x y”", ago="today")
    assert any(has_facts(bare, each) for each in TEMPLATES_BY_LANGUAGE[language].plain[framing])


@given(
    title=st.text(max_size=300), text=st.text(max_size=400), kind=st.sampled_from(TOPIC_KINDS),
        framing=st.sampled_from(FRAMINGS),
    language=st.sampled_from(sorted(TEMPLATES_BY_LANGUAGE)), days=st.integers(-900, 900),
    due=st.none() | st.integers(-400, 400),
    heading=st.lists(st.text(max_size=40), max_size=2), person=st.text(max_size=30),
)  # fmt: skip
@settings(max_examples=300, deadline=None)
def test_any_title_gives_one_line_of_at_most_two_sentences(
    title: str,
    text: str,
    kind: Kind,
    framing: Framing,
    language: str,
    days: int,
    due: int | None,
    heading: list[str],
    person: str,
) -> None:
    topic = Topic(
        id="x", kind=kind, title=title, at=NOW - days * DAY, due=None if due is None else NOW + due * DAY,
        evidence=(evidence("a/b-c.md", text, *heading), evidence("d.md", title, *heading)),
        detail=TopicDetails(promised_to=person),
    )  # fmt: skip
    opener = build_template_opener(topic, framing, now=NOW, language=language)
    assert "\n" not in opener
    assert not any(each in opener for each in "\x1b\x00\r")
    assert len(classify_sentences(QUOTATION_PATTERN.sub("x", opener))) <= MAX_OPENER_SENTENCES
    assert len(opener) < 700
    assert opener.count("“") == opener.count("”") or language == "de"


def test_the_same_topic_is_put_in_the_same_words_and_neighbours_differ() -> None:
    def put(name: str) -> str:
        return build_template_opener(msgspec.structs.replace(PREVOTE, id=name), "question", now=NOW, language="en")

    assert put("a") == put("a")
    assert len({put(each) for each in string.ascii_lowercase}) == 3


def test_a_language_without_templates_is_put_in_english() -> None:
    assert build_template_opener(PREVOTE, "recap", now=NOW, language="it").startswith("You asked “does Raft")


def test_quotation_marks_follow_the_language() -> None:
    assert topic_facts(PREVOTE, now=NOW, language="de").quote.startswith("„")
    assert topic_facts(PREVOTE, now=NOW, language="fr").quote.startswith("« ")


def test_every_topic_of_the_example_notes_can_be_put(example_notes: Path) -> None:
    notes = {
        (path := file.relative_to(example_notes).as_posix()): parse_note(path, file.read_bytes(), NOW - 3 * DAY)
        for file in example_notes.rglob("*")
        if file.suffix in (".md", ".txt")
    }
    topics = build_pool(MiningContext(notes=notes), NOW)
    assert len(topics) > 20
    for topic in topics:
        language = language_or_default("\n".join([topic.title, *(each.text for each in topic.evidence)]))
        for way in suitable_framings(topic):
            text = build_template_opener(topic, way.name, now=NOW, language=language)
            assert check_opener(text, topic.evidence, topic, language=language, now=NOW) == [], text


def test_a_title_does_not_repeat_the_name_of_its_note() -> None:
    topic = msgspec.structs.replace(
        NUMBERS, title="Standup: two runs this week", detail=TopicDetails(note="Standup", promised_to="somebody")
    )
    known = topic_facts(topic, now=NOW, language="en")
    assert (known.quote, known.note, known.person) == ("“two runs this week”", "Standup", "")


def test_what_was_promised_is_not_said_twice() -> None:
    topic = msgspec.structs.replace(NUMBERS, title="Promised her the numbers")
    assert topic_facts(topic, now=NOW, language="en").person == ""


@pytest.mark.slow
def test_titles_from_real_notes_can_be_put(vaults: Path) -> None:
    paths = sorted(vaults.rglob("*.md"))
    for path in random.Random(3).sample(paths, min(100, len(paths))):
        lines = [line for line in path.read_text(errors="replace").splitlines() if line.strip()][:6]
        for kind in TOPIC_KINDS:
            topic = Topic(
                id=path.name, kind=kind, title=lines[0] if lines else path.stem, at=NOW - 40 * DAY,
                evidence=(evidence(path.name, "\n".join(lines), *lines[:1]),),
            )  # fmt: skip
            for way in suitable_framings(topic):
                text = build_template_opener(topic, way.name, now=NOW, language="en")
                assert len(classify_sentences(QUOTATION_PATTERN.sub("x", text))) <= MAX_OPENER_SENTENCES, text


@pytest.mark.parametrize("language", TEMPLATES_BY_LANGUAGE)
@pytest.mark.parametrize("framing", ["question", "next step"])
@pytest.mark.parametrize("days", [-40, -1, 0, 1, 4, 20])
@pytest.mark.parametrize("kind_of_day", ["scheduled", "start"])
def test_planned_days_are_said_and_pass_the_checker(
    language: str, framing: Framing, days: int, kind_of_day: str
) -> None:
    day = (local_day(NOW) + dt.timedelta(days=days)).isoformat()
    detail = TopicDetails(scheduled=day) if kind_of_day == "scheduled" else TopicDetails(start=day)
    line = evidence("one.md", "Vega Altair Deneb", "One star")
    topic = Topic(id="x", kind="task", title="Vega Altair Deneb", at=NOW - 90 * DAY, evidence=(line,), detail=detail)
    known = topic_facts(topic, now=NOW, language=language)
    text = build_template_opener(topic, framing, now=NOW, language=language)
    assert check_opener(text, topic.evidence, topic, language=language, now=NOW) == [], text
    if kind_of_day == "scheduled":
        assert (known.planned or known.missed) in text
    assert bool(known.begun) == (kind_of_day == "start" and days <= 0)


@pytest.mark.parametrize(
    "name", ["2026-05-18", "2022_04_27", "Nov 20th, 2026", "2026-W48", "==== FILE: j/2023-12-06.md"]
)
def test_a_note_that_is_only_a_day_is_not_named(name: str) -> None:
    line = evidence("j.md", "Vega Altair Deneb", name)
    topic = Topic(
        id="x", kind="task", title="Vega Altair Deneb", at=NOW, evidence=(line,), detail=TopicDetails(note=name)
    )
    assert topic_facts(topic, now=NOW, language="en").note == ""


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("should we move to the lease server?", "asked “should we move to the lease server?”"),
        ("リースは切れますか？", "リースは切れますか？"),
    ],
)
def test_a_task_that_asks_is_put_as_a_question(title: str, text: str) -> None:
    topic = Topic(id="m", kind="task", title=title, at=NOW - DAY, evidence=(evidence("plan.md", f"- [ ] {title}"),))
    words = build_template_opener(topic, "question", now=NOW, language="en")
    assert text in words
    assert "on your list" not in words
    due = msgspec.structs.replace(topic, due=NOW + DAY)
    assert "due" in build_template_opener(due, "question", now=NOW, language="en")
