"""Appointments as topics: what they meet in the notes, before and after, and what they leave alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from msgspec import structs

from proactive_tui.index.catalogs.item_catalog import note_of_item
from proactive_tui.model.note_values import LineRun, Note
from proactive_tui.model.shared_words import FRAMINGS, Framing
from proactive_tui.model.topic_values import Topic
from proactive_tui.recommend.identity import find_earlier_ids
from proactive_tui.sources.calendar.calendar_source import read_items
from proactive_tui.talk.facts.topic_facts import topic_facts
from proactive_tui.talk.framings import suitable_framings
from proactive_tui.talk.templates import (
    TEMPLATES_BY_LANGUAGE,
    build_template_opener,
    fill_template,
    find_templates,
    has_facts,
)
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.topics.dedupe import merge_duplicates
from proactive_tui.topics.memory.pool_cache import PoolCache
from proactive_tui.topics.pool import run_miners
from tests.sources.calendar.made_calendars import calendar, event, utc
from tests.sources.calendar.test_event_reading import ATTACKS
from tests.talk.opener_checking import check_opener
from tests.topics.builders import NOW, library, note

MINUTE = 60.0
ME = frozenset({"me@example.org"})
KWAME = ("ORGANIZER;CN=Kwame Mensah:mailto:kwame@example.org", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:me@example.org")

BUDGET = note(
    "# Budget\n\n- [ ] I promised Kwame a review of the rent numbers\n\n"
    "Does Kwame need the numbers by month or by quarter?\n\nWho pays for the move, Kwame or the landlord?\n",
    "work/budget.md", 3,
)  # fmt: skip
LEDGER = note(
    "# Ledger migration\n\nThe ledger moves to the new cluster in two steps.\n\n- [ ] write the rollback plan\n",
    "work/ledger-migration.md", 9,
)  # fmt: skip
GARDEN = note("# Garden\n\nThe beans want more sun than they get.\n\n- [ ] move the beans\n", "home/garden.md", 5)
KWAMES_NOTE = note("# Kwame\n\nRuns facilities. Likes short meetings.\n", "people/Kwame.md", 30)


def appointment(begins: float, *lines: str, summary: str = "Planning", minutes: int = 60, uid: str = "one") -> bytes:
    """An appointment that begins so many minutes from now."""
    start = NOW + begins * MINUTE

    def compact(at: float) -> str:
        return utc(at).replace("-", "").replace(":", "")

    return calendar(
        event(
            f"DTEND:{compact(start + minutes * MINUTE)}", *lines, uid=uid, summary=summary, start=f":{compact(start)}"
        )
    )


def mined(*notes: Note, files: tuple[bytes, ...], at: float = NOW) -> tuple[list[Topic], PoolCache]:
    day = local_day(NOW)
    found, _ = read_items(files, "cal", day, day, NOW, ME)
    context = replace(library(*notes), items={item.path: note_of_item(item) for item in found})
    cache = PoolCache()
    topics = run_miners(context, at, cache=cache)
    assert cache.failures.listed() == ()
    return [topic for topic in topics if topic.kind == "meeting"], cache


def meetings(*notes: Note, files: tuple[bytes, ...], at: float = NOW) -> list[Topic]:
    return mined(*notes, files=files, at=at)[0]


def opener(topic: Topic, framing: Framing = "question", language: str = "en", now: float = NOW) -> str:
    return build_template_opener(topic, framing, now=now, language=language)


def test_before_a_meeting_it_says_what_is_open_about_it() -> None:
    (topic,) = meetings(BUDGET, GARDEN, files=(appointment(40, *KWAME),))
    assert opener(topic) == (
        "In 40 minutes: “Planning” with Kwame. You promised Kwame “a review of the rent numbers”, and two questions in "
        "your notes are about it: what comes first?"
    )
    assert (topic.due, topic.people) == (NOW + 40 * MINUTE, ("Kwame",))
    item, *own = topic.evidence
    assert item.is_others
    assert "10:40" not in topic.title
    assert {lines.path for lines in own} == {"work/budget.md"}
    assert len(own) == 3


@pytest.mark.parametrize(("begins", "count"), [(91, 0), (90, 1), (10, 1), (1, 1), (0, 0), (-30, 0), (-61, 0)])
def test_its_time_is_from_ninety_minutes_before_to_its_start(begins: float, count: int) -> None:
    assert len(meetings(BUDGET, files=(appointment(begins, *KWAME),))) == count


def test_an_appointment_that_meets_nothing_is_not_raised() -> None:
    for summary in ("Planning", "Team sync", "Lunch", "1:1", "Weekly", "Dentist"):
        assert meetings(BUDGET, LEDGER, GARDEN, files=(appointment(40, summary=summary),)) == [], summary
    stranger = "ORGANIZER;CN=Yuki Ito:mailto:yuki@example.org"
    assert meetings(BUDGET, LEDGER, GARDEN, files=(appointment(40, stranger, KWAME[1]),)) == []


@pytest.mark.parametrize(
    "lines",
    [
        ("TRANSP:TRANSPARENT",), ("STATUS:CANCELLED",),
        (KWAME[0], "ATTENDEE;PARTSTAT=DECLINED:mailto:me@example.org"), ("X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",),
    ],
)  # fmt: skip
def test_what_one_does_not_go_to_is_no_topic(lines: tuple[str, ...]) -> None:
    assert meetings(BUDGET, LEDGER, files=(appointment(40, *lines, summary="Ledger migration and rent"),)) == []


@pytest.mark.parametrize(
    "summary",
    [
        "Planning with Kwame", "1:1 with Kwame", "Kwame / me", "Call Kwame Mensah", "Besprechung mit Kwame",
        "Rendez-vous avec Kwame",
    ],
)  # fmt: skip
def test_who_comes_may_stand_in_the_title(summary: str) -> None:
    (topic,) = meetings(BUDGET, files=(appointment(40, summary=summary),))
    assert "Kwame" in topic.people[0]
    assert " with Kwame and" not in opener(topic)
    assert topic.detail.promised_to == "Kwame"


def test_its_subject_is_known_by_rare_words() -> None:
    (topic,) = meetings(LEDGER, GARDEN, BUDGET, files=(appointment(30, summary="Ledger sync"),))
    assert [lines.path for lines in topic.evidence[1:]] == ["work/ledger-migration.md"]
    assert (
        opener(topic)
        == "In 30 minutes: “Ledger sync”, and “Write the rollback plan” is still open. Where does it stand?"
    )


def test_people_of_one_first_name_but_other_surnames_are_others() -> None:
    other = note("# Rent\n\n- [ ] I promised Kwame Boateng a review of the rent\n", "rent.md")
    assert meetings(other, files=(appointment(40, *KWAME),)) == []


def test_afterwards_it_asks_where_the_notes_have_a_place() -> None:
    (topic,) = meetings(LEDGER, files=(appointment(-70, summary="Ledger migration review"),))
    assert opener(topic) == "“Ledger migration review” has just ended. What came out of it for Ledger migration?"
    assert (topic.evidence[0].path, topic.evidence[1].is_others, topic.due) == ("work/ledger-migration.md", False, None)
    assert meetings(GARDEN, files=(appointment(-70, summary="Ledger migration review"),)) == []


def test_a_persons_note_is_a_place_too() -> None:
    (topic,) = meetings(KWAMES_NOTE, files=(appointment(-70, *KWAME, summary="Catch-up"),))
    assert topic.evidence[0].path == "people/Kwame.md"


def test_a_heading_of_its_title_in_the_daily_note_comes_first() -> None:
    day = local_day(NOW).isoformat()
    daily = note(f"# {day}\n\n## Morning\n\nrain\n\n## Ledger review\n\nask about step two\n", f"daily/{day}.md", 0.2)
    (topic,) = meetings(LEDGER, daily, files=(appointment(-70, summary="Ledger review"),))
    place = topic.evidence[0]
    assert (place.path, place.text) == (f"daily/{day}.md", "## Ledger review\n\nask about step two")
    written = structs.replace(
        daily, modified=NOW, line_times=(LineRun(3, 5, NOW),), first_seen=(daily.date, daily.date)
    )
    assert meetings(LEDGER, written, files=(appointment(-70, summary="Ledger review"),)), "another section of the day"
    written = structs.replace(written, line_times=(LineRun(9, 9, NOW),))
    assert meetings(LEDGER, written, files=(appointment(-70, summary="Ledger review"),)) == []


def test_what_was_written_up_meanwhile_is_not_asked_for() -> None:
    fresh = note(LEDGER.passages[0].text, LEDGER.path, days=0.01)
    assert meetings(fresh, files=(appointment(-70, summary="Ledger migration review"),)) == []


@pytest.mark.parametrize(("begins", "count"), [(-59, 0), (-60, 1), (-104, 1), (-106, 0)])
def test_its_time_is_three_quarters_of_an_hour(begins: float, count: int) -> None:
    assert len(meetings(LEDGER, files=(appointment(begins, summary="Ledger migration review"),))) == count


def test_the_pool_is_mined_again_when_an_appointment_begins_ends_or_comes_near() -> None:
    _, cache = mined(BUDGET, files=(appointment(100, *KWAME),))
    assert cache.stale_at == NOW + 10 * MINUTE
    for at, change in ((20, 100), (120, 160), (170, 205)):
        _, cache = mined(BUDGET, files=(appointment(100, *KWAME),), at=NOW + at * MINUTE)
        assert cache.stale_at == NOW + change * MINUTE
    _, cache = mined(BUDGET, files=(appointment(100, *KWAME),), at=NOW + 300 * MINUTE)
    assert cache.stale_at is None


def test_a_cached_pool_knows_that_a_meeting_has_begun() -> None:
    day = local_day(NOW)
    found, _ = read_items([appointment(2, *KWAME)], "cal", day, day, NOW, ME)
    context = replace(library(BUDGET), items={item.path: note_of_item(item) for item in found})
    cache = PoolCache()
    kinds = [
        [topic.kind for topic in run_miners(context, NOW + at, cache=cache)].count("meeting") for at in (0, 60, 121)
    ]
    assert kinds == [1, 1, 0]


def test_two_appointments_of_one_name_are_two() -> None:
    files = (appointment(40, *KWAME, uid="a"), appointment(60, *KWAME, uid="b"))
    topics = meetings(BUDGET, files=files)
    assert len(merge_duplicates(topics)) == 2
    assert list(find_earlier_ids(topics, ())) == []


def test_news_change_the_cause_and_not_the_id() -> None:
    (early,), (late,) = (meetings(BUDGET, files=(appointment(begins, *KWAME),)) for begins in (40, 45))
    assert early.id == late.id
    assert early.cause != late.cause


def full(begins: float) -> Topic:
    """A topic with everything that a template may say."""
    kwame_and_task = note(
        "# Budget\n\n- [ ] I promised Kwame a review of the rent numbers\n- [ ] ask Kwame for the lease\n\n"
        "Does Kwame need the numbers by month or by quarter?\n\nWho pays for the move, Kwame or the landlord?\n",
        "work/budget.md", 3,
    )  # fmt: skip
    (topic,) = meetings(kwame_and_task, KWAMES_NOTE, files=(appointment(begins, *KWAME),))
    return topic


@pytest.mark.parametrize("language", TEMPLATES_BY_LANGUAGE)
@pytest.mark.parametrize("framing", FRAMINGS)
@pytest.mark.parametrize("begins", [40, 1, -70])
def test_every_template_stands_on_its_evidence(language: str, framing: Framing, begins: float) -> None:
    topic = full(begins)
    if framing not in {spec.name for spec in suitable_framings(topic)}:
        return
    facts = topic_facts(topic, now=NOW, language=language)
    own, _ = find_templates(language, framing, "meeting")
    fitting = [template for template in own if has_facts(facts, template)]
    assert len(fitting) > 1
    for template in fitting:
        text = fill_template(template, facts)
        assert check_opener(text, topic.evidence, topic, language=language, now=NOW) == [], text
    assert not opener(topic, framing, language).startswith(("You wrote", "Du hast über", "Tu as écrit"))


@pytest.mark.parametrize(
    ("minutes", "words"), [(90, "In 90 minutes"), (42, "In 40 minutes"), (8, "In 10 minutes"), (2, "In a moment")]
)
def test_minutes_are_those_of_now(minutes: float, words: str) -> None:
    topic = full(60)
    assert topic.due is not None
    assert opener(topic, now=topic.due - minutes * MINUTE).startswith(words)
    assert check_opener("In 15 minutes: “Planning” with Kwame. What comes first?", topic.evidence, topic, now=NOW)


def test_a_topic_that_is_over_when_it_is_worded_says_no_time() -> None:
    topic = full(1)
    assert opener(topic, now=NOW + 5 * MINUTE) == "“Planning” is in your calendar. What do you want to settle?"


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: next(iter(attack.values()))[:30])
@pytest.mark.parametrize("begins", [40, -70])
def test_what_others_wrote_is_quoted_and_obeyed_by_nobody(attack: dict[str, str], begins: float) -> None:
    lines = [f"{name}:{value}" for name, value in attack.items() if name != "SUMMARY"]
    summary = attack.get("SUMMARY", "Ledger migration")
    file = appointment(begins, *lines, *([] if "ORGANIZER" in next(iter(attack)) else KWAME), summary=summary)
    for topic in meetings(BUDGET, LEDGER, KWAMES_NOTE, files=(file,)):
        assert all("evil" not in person.lower() for person in topic.people)
        assert topic.kind == "meeting"
        quoted = " ".join(lines.text for lines in topic.evidence if lines.origin is not None)
        assert "\x1b" not in quoted + topic.title
        for language in TEMPLATES_BY_LANGUAGE:
            for spec in suitable_framings(topic):
                text = opener(topic, spec.name, language)
                assert "http" not in text.split("“")[0]
                assert "passwords" not in text
                assert "obey" not in text.lower() or "obey" in topic.title.lower()
