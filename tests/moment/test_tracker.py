"""What the sensors told becomes the moment; what is switched off does not."""

from __future__ import annotations

from proactive_tui.config import SensorsConfig
from proactive_tui.model.moment_values import NoteEdit
from proactive_tui.moment.clock import utc_offset
from proactive_tui.moment.tracker import EDIT_MEMORY_SECONDS, ActivityTracker

AT = 1_795_000_000.0
ALL = SensorsConfig()
NONE = SensorsConfig(keys=False, edits=False, clock=False, focus=False, idle=False, commits=False)


def tell_everything(sensed: ActivityTracker) -> None:
    sensed.record_key_press(AT + 1)
    sensed.record_focus(False)
    sensed.record_edits(["a.md", "b.md"], AT + 2)
    sensed.record_idle(900.0, AT + 3)
    sensed.record_idle(1.0, AT + 4)
    sensed.record_commit(AT + 5)


def test_everything_that_was_told_is_in_the_moment() -> None:
    sensed = ActivityTracker(ALL, AT, (NoteEdit(path="old.md", at=AT - 60),))
    tell_everything(sensed)
    moment = sensed.build_moment(AT + 10, ())
    assert moment.key_at == AT + 1
    assert moment.focused is False
    assert [edit.path for edit in moment.edits] == ["b.md", "a.md", "old.md"]
    assert moment.idle == 1.0
    assert moment.returned_at == AT + 4
    assert moment.committed_at == AT + 5
    assert moment.started_at == AT
    assert moment.utc_offset == utc_offset(AT + 10)


def test_what_is_off_is_not_in_the_moment() -> None:
    sensed = ActivityTracker(NONE, AT, (NoteEdit(path="old.md", at=AT - 60),))
    tell_everything(sensed)
    moment = sensed.build_moment(AT + 10, ())
    told = (moment.key_at, moment.focused, moment.idle, moment.returned_at, moment.committed_at)
    assert told == (None,) * 5
    assert moment.edits == ()


def test_old_edits_leave() -> None:
    sensed = ActivityTracker(ALL, AT)
    sensed.record_edits(["a.md"], AT)
    assert sensed.build_moment(AT + EDIT_MEMORY_SECONDS - 1, ()).edits
    assert not sensed.build_moment(AT + EDIT_MEMORY_SECONDS + 1, ()).edits


def test_a_commit_before_the_start_is_no_boundary() -> None:
    sensed = ActivityTracker(ALL, AT)
    sensed.record_commit(AT - 1)
    sensed.record_commit(None)
    assert sensed.build_moment(AT, ()).committed_at is None


def test_being_here_all_the_time_is_no_return() -> None:
    sensed = ActivityTracker(ALL, AT)
    sensed.record_idle(10.0, AT + 1)
    sensed.record_idle(2.0, AT + 2)
    sensed.record_idle(None, AT + 3)
    assert sensed.build_moment(AT + 4, ()).returned_at is None


def test_conversations_open_and_end() -> None:
    sensed = ActivityTracker(ALL, AT)
    sensed.end_conversation("never opened", AT)
    assert sensed.build_moment(AT, ()).conversation_ended_at is None
    sensed.enter_conversation("c1")
    assert sensed.build_moment(AT + 1, ()).in_conversation
    sensed.end_conversation("c1", AT + 2)
    moment = sensed.build_moment(AT + 3, ())
    assert not moment.in_conversation
    assert moment.conversation_ended_at == AT + 2


def test_what_was_noticed_at_a_time_still_to_come_was_while_the_clock_was_wrong() -> None:
    ahead = AT + 86_400
    sensed = ActivityTracker(SensorsConfig(), ahead)
    sensed.record_key_press(ahead)
    sensed.record_edits(["a.md"], ahead)
    sensed.enter_conversation("c")
    sensed.end_conversation("c", ahead)
    sensed.record_commit(ahead + 1)
    moment = sensed.build_moment(AT, ())
    assert (moment.started_at, moment.key_at, moment.edits) == (None, None, ())
    assert (moment.conversation_ended_at, moment.committed_at) == (None, None)
    assert sensed.build_moment(ahead + 5, ()).key_at == ahead


def test_the_last_input_is_the_idle_times_and_the_keys() -> None:
    sensed = ActivityTracker(ALL, AT)
    assert (sensed.last_input_at, sensed.idle_read_at) == (None, None)
    sensed.record_idle(30.0, AT + 100)
    assert (sensed.last_input_at, sensed.idle_read_at) == (AT + 70, AT + 100)
    sensed.record_edits(["synced.md"], AT + 95)  # by a program, for nobody was there
    assert sensed.last_input_at == AT + 70
    sensed.record_key_press(AT + 99)
    assert sensed.last_input_at == AT + 99


def test_without_idle_time_saved_notes_and_commits_are_input() -> None:
    sensed = ActivityTracker(SensorsConfig(idle=False), AT)
    sensed.record_idle(30.0, AT + 100)
    sensed.record_edits(["a.md"], AT + 95)
    assert (sensed.last_input_at, sensed.idle_read_at) == (AT + 95, None)
    sensed.record_commit(AT + 98)
    assert sensed.last_input_at == AT + 98
