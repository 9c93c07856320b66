"""What an owner never wants to be asked about: a folder, a note, or a repository, calendar or feed."""

from __future__ import annotations

import pytest

from proactive_tui.model.note_values import ItemOrigin
from proactive_tui.model.shared_words import Kind, SourceName
from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.text.places.raised_places import (
    describe_place,
    is_closed,
    is_source_place,
    name_unraised,
    raised_place,
    word_place,
)


def line(path: str, source: SourceName | None = None, part: str = "") -> Evidence:
    origin = ItemOrigin(source=source, form="item", part=part) if source else None
    return Evidence(path=path, line_start=1, line_end=1, text="words", origin=origin)


def topic(*evidence: Evidence, kind: Kind = "task") -> Topic:
    return Topic(id="t", kind=kind, title="t", at=0.0, evidence=evidence)


CASES = [
    (topic(line("work/plans/a.md")), "work/plans", "work/plans", "work/plans/"),
    (topic(line("a.md")), "a.md", "a.md", "a.md/"),
    (topic(line("git://lease-1a2b3c/branch/x", "git", "lease")), "git:lease", "the repository lease", None),
    (topic(line("forge://h/1", "forge", "acme/api"), line("b.md")), "forge:acme/api", "the repository acme/api", None),
    (topic(line("c.md"), line("news://1", "news", "Tide: all")), "news:Tide: all", "the feed Tide: all", None),
    (topic(line("calendar://k/1", "calendar", "Work")), "calendar:Work", "the calendar Work", None),
    (topic(line("calendar://k/1", "calendar")), "calendar:", "your calendar", None),
    (topic(line("activity://2026-11-01", "activity")), "activity:", "your days", None),
]  # fmt: skip


@pytest.mark.parametrize(("about", "place", "words", "listed"), CASES)
def test_what_is_closed_for_a_topic_and_what_it_is_called(
    about: Topic, place: str, words: str, listed: str | None
) -> None:
    assert raised_place(about) == place
    assert describe_place(place) == words
    assert name_unraised(place) == (listed or words)
    assert is_source_place(place) is (listed is None)
    assert is_closed(about, [place])
    assert not is_closed(about, [])
    others = [other for other, key, _, _ in CASES if key != place]
    assert not any(is_closed(other, [place]) for other in others if raised_place(other).partition(":")[0] != "calendar")


def test_a_part_closes_its_items_alone_and_a_source_all_of_it() -> None:
    lease, web = (topic(line(f"git://{name}-1/work", "git", name)) for name in ("lease", "web"))
    assert is_closed(lease, ["git:lease"])
    assert not is_closed(web, ["git:lease"])
    assert is_closed(web, ["git:"])
    assert not is_closed(topic(line("git/lease.md")), ["git:", "git:lease"]), "a note in a folder of that name"


def test_a_topic_without_evidence_has_no_place() -> None:
    assert raised_place(topic()) == ""


def test_what_a_place_is_called_by_kind() -> None:
    kinds: tuple[Kind, ...] = ("task", "unfinished work", "review", "meeting", "news", "rhythm")
    assert [word_place(kind) for kind in kinds] == ["folder", "repository", "repository", "calendar", "feed", "source"]
