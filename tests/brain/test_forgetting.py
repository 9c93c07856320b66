"""Forgetting, for the loop and for the commands: every store, in an order that may be interrupted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from proactive_tui.brain import forgetting
from proactive_tui.brain.forgetting import ForgetSelection, count_selected, forget_records
from proactive_tui.brain.services import Services
from proactive_tui.journal import events
from proactive_tui.journal.forget import ForgottenCounts, forget_events
from tests.brain.build import services

RAFT = "2026-11-20-raft.md"
SELECTION = ForgetSelection(path=RAFT)
COMPACTED_AT = 1e9


def lived(tmp_path: Path) -> Services:
    """Services that have read the notes; one was moved and edited, and an export cites its old name."""
    made = services(tmp_path)
    made.index.refresh()
    while made.index.vectors.embed_batch(64):
        pass
    made.index.vectors._tombstones.record_compaction(0, COMPACTED_AT)
    made.record_event(events.NoteMoved(path="raft.md", to=RAFT), 1.0)
    made.record_event(events.NotesEdited(paths=(RAFT,)), 2.0)
    made.paths.exports_folder.mkdir(exist_ok=True)
    (made.paths.exports_folder / "talk.md").write_text("1. raft.md, line 3\n")
    return made


def exports(made: Services) -> list[str]:
    return [file.name for file in made.paths.exports_folder.glob("*.md")]


def test_a_note_is_forgotten_in_every_store(tmp_path: Path) -> None:
    made = lived(tmp_path)
    assert count_selected(made, SELECTION) == (ForgottenCounts(events=2), 1)
    assert exports(made) == ["talk.md"], "counting removes nothing"
    assert forget_records(made, SELECTION) == (ForgottenCounts(events=2), 1)
    assert (exports(made), list(made.journal.read_events())) == ([], [])
    assert not [hit for hit in made.search_notes("Raft pre-vote", 5) if hit.passage.path == RAFT]
    assert made.index.vectors.needs_compaction(COMPACTED_AT + 1.0), "removed vectors are to leave the files now"
    made.close()


def test_forgetting_that_was_interrupted_is_finished_by_the_next_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = lived(tmp_path)

    def killed(*args: Any, **selection: Any) -> ForgottenCounts:
        forget_events(*args, **selection)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(forgetting, "forget_events", killed)
        with pytest.raises(KeyboardInterrupt):
            forget_records(made, SELECTION)
    made.close()
    made = services(tmp_path)  # the program starts again: the journal no longer knows the note's former name
    assert made.history.moved_paths == {}
    assert forget_records(made, SELECTION) == (ForgottenCounts(), 1)
    assert exports(made) == []
    assert RAFT not in made.index.notes
    made.close()
