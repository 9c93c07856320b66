"""The simulated fortnight: people who behave like people, an assistant that cannot look into them, equal offers."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.fortnight import days as calendar
from benchmarks.fortnight import personas
from benchmarks.fortnight.days import DAY, HOUR, Minute
from benchmarks.fortnight.outside import OUTSIDE_KINDS, Outside
from benchmarks.fortnight.person import Appeal, Person
from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.recommend.topic_table import TopicTable
from tests.topics.builders import note

MONDAY = 1_780_272_000.0  # 2026-06-01 00:00 UTC
FOLDERS = ("work", "garden")
NOTES = [f"{folder}/{number}.md" for folder in FOLDERS for number in range(10)]


def topic(number: int, folder: str = "work") -> Topic:
    evidence = Evidence(path=f"{folder}/{number}.md", line_start=1, line_end=1, text="?")
    return Topic(id=f"t{number}", kind="open question", title=f"Topic {number}", evidence=(evidence,), at=MONDAY)


TOPICS = tuple(topic(number, FOLDERS[number % 2]) for number in range(8))


def persona(number: int = 0, **changes: object) -> personas.Persona:
    return replace(personas.draw(1, number, FOLDERS, len(TOPICS)), **changes)  # type: ignore[arg-type]


def person(drawn: personas.Persona) -> Person:
    return Person(drawn, Appeal(TOPICS, np.eye(len(TOPICS))), 1, MONDAY)


def minute(hours: float = 10.0, *, busy: bool = False, glance: bool = False) -> Minute:
    return Minute(at=MONDAY + hours * HOUR, idle=5.0, busy=busy, pause=False, glance=glance)


def test_a_number_is_always_the_same_person_and_people_differ() -> None:
    assert persona(3) == persona(3)
    assert len({persona(number).starts for number in range(30)}) > 25


def test_tastes_of_week_two_have_turned_as_far_as_the_drift_says() -> None:
    def alike(drawn: personas.Persona) -> float:
        before, after = (list(taste.kinds.values()) + list(taste.folders.values()) for taste in drawn.tastes)
        return float(np.corrcoef(before, after)[0, 1])

    drawn = [persona(number) for number in range(200)]
    little = [alike(each) for each in drawn if each.drift < 0.4]
    much = [alike(each) for each in drawn if each.drift > 0.8]
    assert np.mean(little) > 0.7
    assert np.mean(much) < 0.4
    first, second = (np.std([list(each.tastes[week].kinds.values()) for each in drawn]) for week in (0, 1))
    assert second == pytest.approx(first, rel=0.1), "as strong as before"


def test_days_have_rhythm_and_are_the_same_again() -> None:
    drawn = persona(1)
    fortnight = calendar.days(drawn, 1, MONDAY, 14, NOTES)
    assert fortnight == calendar.days(drawn, 1, MONDAY, 14, NOTES)
    assert {number % 7 for number, day in enumerate(fortnight) if day} == set(drawn.days)
    for number, day in enumerate(fortnight):
        assert all(MONDAY + number * DAY <= each.at < MONDAY + (number + 1) * DAY for each in day)
    there = [each for day in fortnight for each in day]
    assert 0.05 < sum(each.busy for each in there) / len(there) < 0.7
    assert {path for each in there for path, _ in each.saved} <= set(NOTES)
    assert all(each.at - 61 <= at <= each.at for each in there for _, at in each.saved)
    assert not any(each.busy and each.pause for each in there)


def test_patience_wears_out_with_unwelcome_offers_and_comes_back_with_rest() -> None:
    somebody = person(persona(ease=-50.0, notices=1.0, frank=1.0, touchy=0.2, recovers=10.0))
    before = somebody.patience(MONDAY + 9 * HOUR)
    answers = [somebody.react(TOPICS[0], "question", minute(10 + n / 10), worked_on=False) for n in range(3)]
    assert {each.reaction for each in answers} == {"not now"}
    worn = somebody.patience(MONDAY + 10.3 * HOUR)
    assert before == 1.0
    assert worn < 0.5
    assert worn < somebody.patience(MONDAY + 14 * HOUR) < somebody.patience(MONDAY + 34 * HOUR)
    assert somebody.patience(MONDAY + 34 * HOUR) > 0.85
    assert somebody.receptivity(minute(10.4)) < person(persona(ease=-50.0, touchy=0.2)).receptivity(minute(10.4))


def test_availability_is_not_receptivity() -> None:
    somebody = person(persona(notices=0.8, focus_costs=2.0))
    free, busy, looking = minute(), minute(busy=True), minute(glance=True)
    assert somebody.availability(looking) == 1.0 > somebody.availability(free) > somebody.availability(busy)
    assert somebody.receptivity(looking) == somebody.receptivity(free)
    assert somebody.receptivity(busy) == pytest.approx(somebody.receptivity(free) - 2.0)
    before = somebody.availability(free), somebody.receptivity(free)
    for _ in range(5):
        somebody.react(TOPICS[1], "question", looking, worked_on=False)
    assert somebody.availability(free) == before[0]
    assert somebody.receptivity(free) < before[1], "tired of offers"


def test_what_was_seen_before_appeals_less_and_what_is_worked_on_more() -> None:
    somebody = person(persona())
    fresh = somebody.appeal(TOPICS[0], "question", MONDAY, worked_on=False)
    assert somebody.appeal(TOPICS[0], "question", MONDAY, worked_on=True) > fresh
    somebody.react(TOPICS[0], "question", minute(glance=True), worked_on=False)
    assert somebody.appeal(TOPICS[0], "question", MONDAY, worked_on=False) == fresh - personas.AGAIN


def test_chance_is_the_same_whatever_the_policy() -> None:
    one, other = person(persona(2)), person(persona(2))
    for hours in (9.0, 10.0, 11.0):
        assert one.react(TOPICS[3], "quiz", minute(hours), worked_on=False) == other.react(
            TOPICS[3], "quiz", minute(hours), worked_on=False
        )


def test_nothing_of_a_persona_can_be_reached_from_the_policies() -> None:
    look = (
        "import sys, benchmarks.fortnight.policies; "
        "print(*sorted(name for name in sys.modules if name.startswith('benchmarks.fortnight.')))"
    )
    ran = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    allowed = {f"benchmarks.fortnight.{name}" for name in ("assistant", "material", "outside", "policies")}
    assert set(ran.stdout.split()) == allowed


def test_who_sits_in_an_appointment_is_busy_and_the_minutes_after_it_are_a_break() -> None:
    day = [Minute(at=MONDAY + number * 60, idle=5.0, busy=False, pause=False, glance=True) for number in range(120)]
    ((*met,),) = calendar.with_meetings([day], [(MONDAY + 600, MONDAY + 1800)])
    assert [number for number, each in enumerate(met) if each.in_meeting] == list(range(10, 30))
    assert all(each.busy and not each.glance for each in met if each.in_meeting)
    assert [number for number, each in enumerate(met) if each.pause] == list(range(30, 35))


def test_what_is_around_the_owner_comes_and_goes_and_is_the_same_again() -> None:
    notes = {
        each.path: each
        for each in (
            note("# Serving\n\nThe gateway relies on Kestrel and its paged ledger for sessions.\n", "work/a.md"),
            note("# Kwame\n\n- [ ] promise Kwame the rollout of the courier by 2026-06-02\n", "people/Kwame.md"),
        )
    }
    plain = TopicTable.from_topics(TOPICS, {})
    worlds = [Outside(notes, plain, MONDAY, 7, seed=1) for _ in range(2)]
    one, other = ([world.table_at(MONDAY + hour * HOUR) for hour in range(9, 150, 6)] for world in worlds)
    assert [table.topics for table in one] == [table.topics for table in other]
    kinds = Counter(topic.kind for table in one for topic in table.topics if topic.kind in OUTSIDE_KINDS)
    assert set(kinds) >= {"review", "unfinished work"}
    assert all(set(TOPICS) <= set(table.topics) for table in one), "what the notes bring stays"
    assert len({table.topics for table in one}) > 5
    assert all(time.start < time.end for time in worlds[0].busy_times())


@pytest.mark.slow
def test_nothing_is_offered_in_an_appointment_and_one_story_a_day_at_the_most(
    example_notes: Path, tmp_path: Path
) -> None:
    from benchmarks.fortnight import experiment, outside_report
    from benchmarks.fortnight.material import opened
    from tests.brain.build import WordVectors

    with opened(example_notes, tmp_path / "data", WordVectors()) as material:
        town = experiment.Town(material, seed=1, days=3)
        lived = [town.lived_with_sources(number) for number in range(2)]
    made = [offer for each in lived for offer in each.by_policy[experiment.WITH]]
    assert made
    assert not any(offer.in_meeting for offer in made)
    assert {offer.kind for offer in made} & set(OUTSIDE_KINDS)
    for each in lived:
        stories = Counter(offer.day for offer in each.by_policy[experiment.WITH] if offer.kind == "news")
        assert all(count <= 1 for count in stories.values())
        assert not {offer.kind for offer in each.by_policy[experiment.WITHOUT]} & set(OUTSIDE_KINDS)
    assert any("offers in an appointment" in line for line in outside_report.outside_table(lived))


@pytest.mark.slow
def test_every_policy_lives_some_days_and_none_speaks_more_often_than_this_project(
    example_notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("proactive_gate", reason="the extra 'bench' is not installed")
    from benchmarks.fortnight import experiment, report
    from benchmarks.fortnight.material import opened
    from benchmarks.fortnight.policies import POLICIES
    from tests.brain.build import WordVectors

    with opened(example_notes, tmp_path / "data", WordVectors()) as material:
        town = experiment.Town(material, seed=1, days=3)
        lived = [town.lived(number) for number in range(2)]
    with opened(example_notes, tmp_path / "elsewhere", WordVectors()) as material:
        assert experiment.Town(material, seed=1, days=3).lived(1) == lived[1], "whoever was before"
        owners = [str(POLICIES["random"](material, seed).services.paths.data) for seed in (1, 2)]
    assert len(set(owners)) == 2, "the loop's chance goes by it"
    assert not any(str(tmp_path) in each for each in owners), "and is the same wherever it runs"
    for each in lived:
        ours, *others = (Counter(made.day for made in offers) for offers in each.by_policy.values())
        assert ours
        for theirs in others:
            assert all(theirs[day] <= ours[day] for day in range(3))
        assert Counter(made.day for made in each.by_policy["random"]).total() >= ours.total() - 2
        assert {made.day for offers in each.by_policy.values() for made in offers} <= set(each.there)
    nobody = replace(lived[0], by_policy={name: [] for name in POLICIES})
    lines = report.table([*lived, nobody])
    assert any("proactive-gate" in line and "welcome rate" in line for line in lines)
    assert set(report.as_json(lived)["rows_mean_low_high"]) == set(POLICIES)
