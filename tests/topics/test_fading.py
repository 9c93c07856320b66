from __future__ import annotations

import dataclasses

import pytest

from proactive_tui.model.talk_values import NoteRecall
from proactive_tui.model.topic_values import Topic
from proactive_tui.topics import fading
from proactive_tui.topics.ideas.forgetting_curve import retrievability
from proactive_tui.topics.memory.mining_memory import MiningMemory
from proactive_tui.topics.quoting import name_note
from tests.topics.builders import DAY, NOW, days_ago, library, note

WORDS = "The lease ends by itself, and the holder must believe that it ended no later than the granter does. " * 30


def fades(*more: str, days: float = 90, path: str = "lease.md", seen: float | None = None) -> list[Topic]:
    main = note(f"# Leases end by themselves\n\n{WORDS}\n", path, days)
    linking = [note(text, f"n{n}.md", days=days) for n, text in enumerate(more)]
    return [
        topic
        for topic in fading.mine_fading(library(main, *linking, seen={path: seen} if seen else None), NOW)
        if topic.evidence[0].path == path
    ]


def test_an_important_note_that_was_not_seen_for_long_is_fading() -> None:
    (topic,) = fades("See [[lease]].", "See [[lease]], too.")
    assert topic.title == "Leases end by themselves"
    assert topic.detail.notes == "2"
    assert topic.detail.last_seen == "2026-08-25"
    assert 0.5 < float(topic.detail.retrievability or 0) < 0.9


@pytest.mark.parametrize("path", ["archive/lease.md", "2026-08-01.md", "Clippings/lease.md"])
def test_what_was_put_away_or_was_for_its_day_does_not_fade(path: str) -> None:
    text = f"# {'2026-08-01' if path.startswith('2026') else 'Leases'}\n\n{WORDS}\n"
    assert fading.mine_fading(library(note(text, path, 90)), NOW) == []


def test_what_was_seen_or_linked_to_lately_does_not_fade() -> None:
    assert fades(days=10) == []
    assert fades(seen=days_ago(2)) == []
    main = note(f"# Leases\n\n{WORDS}\n", "lease.md", 90)
    assert fading.mine_fading(library(main, note("See [[lease]].", "new.md", 3)), NOW) == []


def test_a_few_words_that_nothing_links_to_do_not_fade() -> None:
    assert (
        fading.mine_fading(
            library(note("# Leases\n\nThe lease ends by itself, no matter what.\n", "lease.md", 90)), NOW
        )
        == []
    )


def test_a_note_of_code_has_nothing_to_remind_of() -> None:
    code = "```\n" + "x = 1\n" * 500 + "```\n"
    linking = [note("See [[code]].", f"n{n}.md", 90) for n in range(5)]
    assert fading.mine_fading(library(note(f"# Code\n\n{code}", "code.md", 90), *linking), NOW) == []


def test_it_is_raised_when_it_is_about_to_be_forgotten_and_not_when_it_is_gone() -> None:
    weights = {days: sum(topic.salience for topic in fades(days=days)) for days in (20, 60, 700)}
    assert weights[60] > weights[20]
    assert weights[60] > weights[700]


def test_the_forgetting_curve_is_that_of_fsrs() -> None:
    assert retrievability([], NOW) == 0.0
    assert retrievability([NOW + DAY], NOW) == 0.0
    assert retrievability([NOW], NOW) == pytest.approx(1.0)
    once = [retrievability([days_ago(days)], NOW) for days in (1, 10, 100, 1000)]
    assert once == sorted(once, reverse=True)
    assert retrievability([days_ago(100), days_ago(60)], NOW) > retrievability([days_ago(100)], NOW)
    assert retrievability([days_ago(100), days_ago(100)], NOW) == retrievability([days_ago(100)], NOW)


def test_what_was_said_from_memory_counts_as_good_as_it_was() -> None:
    def after(share: float) -> float:
        return retrievability([days_ago(100)], NOW, [NoteRecall(days_ago(30), share)])

    assert after(0.0) < after(0.3) < after(0.6) < after(1.0)
    assert retrievability([days_ago(100)], NOW, [NoteRecall(NOW + DAY, 1.0)]) == retrievability([days_ago(100)], NOW)


def test_a_note_that_was_recalled_rests_again_and_comes_back_sooner_where_it_was_forgotten() -> None:
    main = note(f"# Leases end by themselves\n\n{WORDS}\n", "lease.md", 90)
    linking = [note("See [[lease]].", f"n{number}.md", days=90) for number in range(2)]

    def fading_after(days: float, share: float) -> list[Topic]:
        context = library(main, *linking)
        told = {"lease.md": (NoteRecall(days_ago(days), share),)}
        found = fading.mine_fading(dataclasses.replace(context, recalls=told, memory=MiningMemory()), NOW)
        return [topic for topic in found if topic.evidence[0].path == "lease.md"]

    assert [len(fading_after(days, 0.0)) for days in (5, 15, 40)] == [0, 1, 1]
    assert [len(fading_after(days, 1.0)) for days in (5, 15, 40, 80)] == [0, 0, 0, 1]


@pytest.mark.parametrize(
    ("path", "heading", "title"),
    [
        ("work/Consultation.md", "Project outline", "Consultation: Project outline"),
        ("people/About Max.md", "About", "About Max"),
        ("notes/2026-08-01-leases.md", "Leases", "Leases"),
        ("lease.md", "Leases end by themselves", "Leases end by themselves"),
        ("2026-08-01.md", "Leases", "Leases"),
        ("lease-ends.md", "Lease", "Lease"),
    ],
)
def test_a_note_with_a_general_title_is_named_after_its_file(path: str, heading: str, title: str) -> None:
    assert name_note(note(f"# {heading}\n\n{WORDS}\n", path)) == title


@pytest.mark.parametrize("path", ["Meeting Notes/lease.md", "team-meetings/lease.md", "Lease follow up.md"])
def test_what_was_said_at_an_occasion_does_not_fade(path: str) -> None:
    heading = "# Leases end by themselves\n\n" if "follow" not in path else ""
    linking = [note(f"See [[{path[:-3]}]].", f"n{n}.md", 90) for n in range(3)]
    assert fading.mine_fading(library(note(heading + WORDS, path, 90), *linking), NOW) == []
