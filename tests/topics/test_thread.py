from __future__ import annotations

import pytest

from proactive_tui.topics import thread
from tests.topics.builders import NOW, library, note


@pytest.mark.parametrize(
    ("text", "told", "step"),
    [
        ("Done with A.\n\nNext step: measure B on staging.\n\nMore.\n", "next step", "measure B on staging."),
        (
            "All of it is measured now.\n\nSo the slow lane is the whole answer and\n",
            "unfinished",
            "So the slow lane is the whole answer and",
        ),
        (
            "- [x] a\n- [ ] later, due 2026-12-01\n- [ ] draw both moves, due 2026-11-25\n\nThat is the plan.\n",
            "task",
            "draw both moves",
        ),
        ("It is slow.\n\nIs it the disk or is it the network?\n", "question", "Is it the disk or is it the network?"),
        ("It is slow.\n\nThe disk was full since Monday.\n", "last line", "The disk was full since Monday."),
    ],
)
def test_the_next_step_of_what_was_just_written(text: str, told: str, step: str) -> None:
    (topic,) = thread.mine_threads(library(note(f"# Slow lane\n\n{text}", "2026-11-22-lane.md")), NOW)
    assert topic.detail.told == told
    assert (topic.detail.next or "").startswith(step)
    assert topic.title.startswith("Slow lane: ")
    assert step in topic.evidence[0].text


def test_how_a_write_up_ends_is_no_next_step() -> None:
    text = "# Serving tiles\n\nServing tiles needs a server that knows ranges.\n\nSee the manual for more of it.\n"
    (topic,) = thread.mine_threads(library(note(text, "tiles.md")), NOW)
    assert topic.title == "Serving tiles"
    assert topic.evidence[0].line_start == 3


def test_only_the_newest_notes_of_two_days_are_threads() -> None:
    notes = [note(f"# Note {n}\n\nWords are written here, {n}.\n", f"n{n}.md", days=n / 4) for n in range(6)]
    old = note("# Old\n\nWords were written here then.\n", "old.md", days=3)
    coming = note("---\ndate: 2026-12-24\n---\n# Trip\n\nWords for the time to come.\n", "trip.md")
    topics = thread.mine_threads(library(*notes, old, coming), NOW)
    assert [topic.evidence[0].path for topic in topics] == ["n0.md", "n1.md", "n2.md", "n3.md"]
    assert [topic.salience for topic in topics] == sorted((topic.salience for topic in topics), reverse=True)


def test_notes_that_a_checkout_dated_are_no_threads() -> None:
    notes = [note(f"# Note {n}\n\nWords are written here, {n}.\n", f"n{n}.md", days=0.1) for n in range(20)]
    dated = note("# Dated\n\nWords are written here, too.\n", "2026-11-22.md", days=0.1)
    assert [topic.evidence[0].path for topic in thread.mine_threads(library(*notes, dated), NOW)] == ["2026-11-22.md"]


def test_a_note_without_words_has_no_thread() -> None:
    assert (
        thread.mine_threads(library(note("# Empty\n\n```\ncode\n```\n"), note("# Few\n\nTwo words\n", "few.md")), NOW)
        == []
    )


def test_the_id_is_the_notes_and_the_cause_the_steps() -> None:
    one = thread.mine_threads(library(note("# Lane\n\nNext: measure B again.\n", "a.md")), NOW)[0]
    two = thread.mine_threads(library(note("# Lane\n\nNext: write it down.\n", "moved/b.md")), NOW)[0]
    assert one.id == two.id
    assert one.cause != two.cause


def test_what_is_ticked_is_no_next_step() -> None:
    ticked = "The rig is booked for Friday.\n\n- [x] send Mara the numbers of the load test\n"
    (topic,) = thread.mine_threads(library(note(f"# Slow lane\n\n{ticked}", "2026-11-22-lane.md")), NOW)
    assert "Mara" not in topic.title
    only = library(note("# Slow lane\n\n- [x] send Mara the numbers of the load test\n", "2026-11-22-lane.md"))
    assert thread.mine_threads(only, NOW) == []


def test_a_list_of_names_breaks_off_nowhere() -> None:
    names = "Who may read the play:\nOlga Brandt\nPiet van Loon\nRosa Maria\nTheo Kurz"
    told = [topic.detail.told for topic in thread.mine_threads(library(note(names, "2026-11-22 readers.md")), NOW)]
    assert "unfinished" not in told
    broken = "The third scene begins in the kitchen and then she says that she will not go because"
    (topic,) = thread.mine_threads(library(note(broken, "2026-11-22 readers.md")), NOW)
    assert topic.detail.told == "unfinished"
