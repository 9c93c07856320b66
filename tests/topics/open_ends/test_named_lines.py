"""What a language model says of lines raises or lowers what the classifier finds possible, and nothing else."""

from __future__ import annotations

import pytest

from proactive_tui.index.markdown import parse_note
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.open_ends.finding import read_open_ends
from proactive_tui.topics.open_ends.named_lines import (
    LEAST_PROBABILITY_ASKED,
    UNREAD,
    ModelReading,
    NamedKind,
    weigh_naming,
)
from proactive_tui.topics.open_ends.voices import NoteProvenance, NoteVoice

NOTE = parse_note(
    "2026-11-20.md",
    b"""# Wednesday

- [ ] call the dentist
- [x] pay the rent

The rig was with Mara all week, and the numbers look better.
It would be nice to see Jonas again.
Somebody has to look at the roof.
We talked about the tiles, grey or blue.
I thought about a reading group.
The doctor said to walk more.
A key for the cellar would help.
The bread should rest longer.

> Should we all write more?
""",
    1.79e9,
)
BOX, DONE = 3, 4


LEAST = 0.3


@pytest.mark.parametrize(
    ("probability", "asked", "named", "weighed"),
    [
        (0.05, True, True, "same"),
        (0.05, True, False, "same"),
        (0.2, False, False, "same"),
        (0.9, False, False, "same"),
        (0.9, True, True, "same"),
        (0.2, True, True, "more"),
        (0.2, True, False, "less"),
        (0.9, True, False, "less"),
    ],
)
def test_only_what_is_possible_and_was_asked_changes(
    probability: float, asked: bool, named: bool, weighed: str
) -> None:
    kinds: dict[int, NamedKind] = {7: "task"} if named else {}
    now = weigh_naming(probability, LEAST, 7, ModelReading(asked=frozenset({7 if asked else 8}), named=kinds))
    match weighed:
        case "same":
            assert now == (probability, probability >= LEAST)
        case "more":
            assert now.is_open
            assert probability < now.probability < 0.5
        case _:
            assert now.is_open is (probability >= LEAST)
            assert 0 < now.probability < probability


def test_a_named_line_that_was_passed_by_becomes_an_open_end_of_that_kind() -> None:
    alone = read_open_ends(NOTE, NoteProvenance())
    below = alone.possible - {end.entry.line_start for end in alone.ends}
    assert below, "the note has lines about which the classifier is unsure"
    line = min(below)
    told = ModelReading(asked=alone.possible, named={line: "idea"})
    found = {end.entry.line_start: end for end in read_open_ends(NOTE, NoteProvenance(), told).ends}
    assert found[line].kind == "idea"
    assert found[BOX].kind == "task"
    assert found[BOX].probability < {end.entry.line_start: end for end in alone.ends}[BOX].probability
    assert found.keys() == {line} | {end.entry.line_start for end in alone.ends}, "and nothing else changes"


def test_what_is_done_impossible_anothers_or_not_there_is_refused() -> None:
    everything = ModelReading(asked=frozenset(range(1, 99)), named=dict.fromkeys(range(1, 99), "task"))
    alone, told = (read_open_ends(NOTE, NoteProvenance(), reading) for reading in (UNREAD, everything))
    assert {end.entry.line_start for end in told.ends} <= alone.possible
    assert DONE not in alone.possible
    assert all(alone.by_line[line] >= LEAST_PROBABILITY_ASKED for line in alone.possible)
    clipped = read_open_ends(NOTE, NoteProvenance(NoteVoice("clipped", 0.0, "an address")), everything)
    assert clipped.possible == frozenset()
    assert clipped.ends == ()


def test_a_reading_counts_for_the_note_as_it_was_read() -> None:
    told = ModelReading(asked=frozenset({BOX}))
    notes = {NOTE.path: NOTE}
    unread = MiningContext(notes=notes)
    before = unread.read_open_ends(NOTE)
    read = MiningContext(notes=notes, memory=unread.memory, model_readings={(NOTE.path, NOTE.digest): told})
    other = MiningContext(notes=notes, model_readings={(NOTE.path, "another digest"): told})
    assert read.read_open_ends(NOTE).by_line[BOX] < before.by_line[BOX]
    assert other.read_open_ends(NOTE) == before
    assert unread.read_open_ends(NOTE) == before, "without the reading, it is as before"
