"""Which passages of the notes bear on what somebody else wrote."""

from __future__ import annotations

import dataclasses

import msgspec
import pytest

from proactive_tui.index.catalogs.item_catalog import note_of_item
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.outside.note_ties import find_note_ties, quote_tie
from tests.sources.shelf import item
from tests.topics.builders import library, note, vector

RETRIES = note(
    "# Courier service\n\n## Errors\n\nThe courier must fail loudly: never swallow an exception in the retry loop, or "
    "the ledger drifts.\n\n## Deploys\n\nThe rollout is on Thursdays after the standup, by a script.\n",
    "serving.md",
)
BREAD = note(
    "# Bread\n\nThe rye starter wants a feeding each morning; hydration at seventy per cent is easy.\n", "bread.md"
)
KWAME = note("---\ntags: [people]\n---\n# Kwame Mensah\n\nLikes short agendas, and wants figures first.\n", "kwame.md")
PLAN = note("# Planning\n\nWe promised Kwame Mensah a review of the capacity model before the freeze.\n", "plan.md")
CONFIG = note(
    "# Settings\n\nThe value of `retry_budget` is read in src/courier/settings.py, once at start.\n", "config.md"
)


def notes(*, vectors: bool = False) -> MiningContext:
    return library(RETRIES, BREAD, KWAME, PLAN, CONFIG, vectors=vectors)


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ("This swallows the exception, so the courier never sees the failure.", "serving.md"),
        ("Why does the ledger get updated when the courier gives up?", "serving.md"),
        ("Agenda: the capacity model, with Kwame Mensah", "plan.md"),
        ("`retry_budget` should not be read at import time", "config.md"),
        ("src/courier/settings.py reads retry_budget for each request", "config.md"),
        ("Rye bread: feeding a starter by hydration", "bread.md"),
    ],
)
def test_what_bears_on_a_text_is_found(said: str, path: str) -> None:
    ties = find_note_ties(said, notes())
    assert [tie.passage.path for tie in ties][:1] == [path]
    assert ties[0].shared
    assert 0.0 < ties[0].strength <= 1.0


@pytest.mark.parametrize(
    "said",
    [
        "Please add a test for this function and rename the variable.",
        "Looks good to me!",
        "The new release improves the speed of the build and fixes a bug in the server.",
        "Can we move the meeting to Thursday after lunch?",
        "Loops are fine here, but the value should be returned once.",
        "See https://courier.example/ledger/exception/retry for more.",
        "Kwame said hello.",
        "Here's what the courier's team says, e.g. here.",
        "",
        "🎉",
    ],
)
def test_common_words_do_not_tie(said: str) -> None:
    assert find_note_ties(said, notes()) == []


def test_a_word_of_every_note_does_not_tie() -> None:
    context = library(
        *(note(f"# Note {day}\n\nCourier and ledger again, day {day}.\n", f"{day}.md") for day in range(120))
    )
    assert find_note_ties("The courier writes the ledger", context) == []


def test_strongest_first_and_at_most_the_limit() -> None:
    other = note("# Ledger\n\nThe ledger is written by the courier.\n", "ledger.md")
    context = library(RETRIES, other, BREAD)
    said = "The courier swallows the exception in its retry loop, and the ledger drifts."
    ties = find_note_ties(said, context)
    assert [tie.passage.path for tie in ties] == ["serving.md", "ledger.md"]
    assert ties[0].strength > ties[1].strength
    assert find_note_ties(said, context, 1) == ties[:1]


def test_an_item_is_compared_with_its_title() -> None:
    said = note_of_item(msgspec.structs.replace(item("a", "It swallows this one."), title="Exceptions of the courier"))
    assert [tie.passage.path for tie in find_note_ties(said, notes())] == ["serving.md"]


def test_what_is_near_in_meaning_needs_fewer_words() -> None:
    said = note_of_item(item("b", "Feeding, each morning: hydration at seventy per cent is easy with rye."))
    words_alone = find_note_ties(said, notes())
    context = notes(vectors=True)
    vectors = {**context.vectors, **{passage.id: vector(BREAD.passages[0].prose) for passage in said.passages}}
    near = find_note_ties(said, dataclasses.replace(context, vectors=vectors))
    assert near[0].passage.path == words_alone[0].passage.path == "bread.md"
    assert near[0].strength > words_alone[0].strength


def test_tender_passages_and_pasted_ones_are_left_out() -> None:
    tender = note(
        "# Diary\n\nThe courier and the ledger broke the day my mother died, and I could not stop crying.\n", "d.md"
    )
    assert find_note_ties("The courier and the ledger", library(tender, BREAD)) == []


def test_the_lines_that_share_most_are_quoted() -> None:
    (tie,) = find_note_ties("This swallows the exception of the courier", notes(), 1)
    evidence = quote_tie(tie, notes())
    assert (evidence.path, evidence.line_start, evidence.line_end) == ("serving.md", 5, 5)
    assert "never swallow an exception" in evidence.text
    assert evidence.origin is None


def test_german_notes_tie_by_their_own_words() -> None:
    german = note("# Dienst\n\nDer Hochlader meldet jede Ausnahme, sonst stimmt das Hauptbuch nicht.\n", "de.md")
    ties = find_note_ties("Hier geht die Ausnahme am Hochlader vorbei.", library(german, BREAD))
    assert [tie.passage.path for tie in ties] == ["de.md"]
