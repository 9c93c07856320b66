from __future__ import annotations

from proactive_tui.moment.sensors.edits import (
    MAX_OWN_BATCH_NOTES,
    REPEATED_EDIT_SECONDS,
    drop_repeated_edits,
    select_own_edits,
)


def test_a_few_notes_are_the_owners_and_a_burst_is_not() -> None:
    assert select_own_edits(["b.md", "a.md", "b.md"]) == ("a.md", "b.md")
    assert len(select_own_edits([f"{n}.md" for n in range(MAX_OWN_BATCH_NOTES)])) == MAX_OWN_BATCH_NOTES
    assert select_own_edits([f"{n}.md" for n in range(MAX_OWN_BATCH_NOTES + 1)]) == ()


def test_saving_again_and_again_is_one_touch() -> None:
    last = {"a.md": 1000.0, "b.md": 1000.0 - REPEATED_EDIT_SECONDS}
    assert drop_repeated_edits(("a.md", "b.md", "c.md"), 1000.0, last) == ("b.md", "c.md")
