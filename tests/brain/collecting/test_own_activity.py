"""What the program notices of its owner by itself: when they were active, and how long the machine was in view."""

from __future__ import annotations

from pathlib import Path

from proactive_tui.brain.collecting.own_activity import ActivityRecorder, journaled_activity
from proactive_tui.config import ActivityConfig, Config, SensorsConfig
from proactive_tui.journal.projection import JournalState
from proactive_tui.model.moment_values import OfferOutcome
from proactive_tui.moment.tracker import ActivityTracker
from proactive_tui.sources.contract import OwnActivity, TimeSpan
from tests.brain.build import Face
from tests.waiting import until

AT = 1_795_000_000.0
HOUR = 3600.0


class Machine:
    """A machine with a recorder that looks every ten seconds."""

    def __init__(self, sensors: SensorsConfig | None = None) -> None:
        self.now = self.ran = AT
        self.tracker = ActivityTracker(sensors or SensorsConfig(), AT)
        self.recorder = ActivityRecorder(self.tracker, lambda: self.ran)

    def pass_time(self, seconds: float, *, idle_from: float = 0.0) -> None:
        """Let time pass; somebody is active all the time, or was so last at `idle_from`."""
        end = self.now + seconds
        while self.now < end:
            self.now += 10
            self.ran += 10
            self.tracker.record_idle(self.now - idle_from if idle_from else 0.0, self.now)
            self.recorder.look(self.now)

    def noticed(self, journaled: OwnActivity | None = None) -> OwnActivity:
        return self.recorder.add_to(journaled or OwnActivity())


def test_activity_is_one_span_until_somebody_goes_away() -> None:
    machine = Machine()
    machine.pass_time(HOUR)
    left = machine.now
    machine.pass_time(HOUR, idle_from=left)
    machine.pass_time(600)
    (first, second) = machine.noticed().active
    assert (first.start, first.end) == (AT + 10, left)
    assert second.start >= left + HOUR
    assert machine.noticed().watched == (TimeSpan(AT + 10, machine.now),)


def test_a_machine_that_slept_was_in_view_and_a_program_that_stood_still_was_not() -> None:
    machine = Machine()
    machine.pass_time(600)
    machine.now += 8 * HOUR  # asleep: the clock of the process stands still
    machine.recorder.look(machine.now)  # before the sensor was read again
    machine.pass_time(600)
    assert len(machine.noticed().watched) == 1
    machine.now += 8 * HOUR  # stopped by ^Z: it goes on
    machine.ran += 8 * HOUR
    machine.pass_time(600)
    assert len(machine.noticed().watched) == 2
    assert len(machine.noticed().active) == 3


def test_without_idle_time_the_machine_is_not_in_view() -> None:
    machine = Machine(SensorsConfig(idle=False))
    machine.pass_time(600)
    machine.tracker.record_key_press(machine.now)
    machine.recorder.look(machine.now)
    assert machine.noticed() == OwnActivity(active=(TimeSpan(machine.now, machine.now),))


def test_a_clock_that_is_set_back_begins_another_span() -> None:
    machine = Machine()
    machine.pass_time(600)
    machine.now -= 5 * HOUR
    machine.pass_time(600)
    for span in (*machine.noticed().watched, *machine.noticed().active):
        assert 0 <= span.seconds <= 600


def test_notes_that_a_sync_saves_while_nobody_is_there_are_nobodys_activity() -> None:
    machine = Machine()
    machine.pass_time(60)
    left = machine.now
    machine.pass_time(4 * HOUR, idle_from=left)
    synced, earlier = left + 2 * HOUR, AT - HOUR
    told = machine.noticed(OwnActivity(active=(TimeSpan(earlier, earlier), TimeSpan(synced, synced))))
    assert [span.start for span in told.active] == [earlier, AT + 10]


def test_the_journal_tells_edits_and_answers_as_far_as_they_may_be_used() -> None:
    def answered(name: str, reaction: str, at: float) -> OfferOutcome:
        return OfferOutcome(
            offer=name, topic="t", aliases=(), cause="", kind="task", framing="question", at=at - 60, reaction=reaction,  # type: ignore[arg-type]
            reacted_at=at,
        )  # fmt: skip

    history = JournalState(
        edit_times={"a.md": [AT - 90 * 86400, AT - 7000.0], "b.md": [AT + 999.0]},
        outcomes={"o": answered("o", "engaged", AT - 3000), "i": answered("i", "ignored", AT - 9000)},
    )
    config = Config(activity=ActivityConfig(enabled=True))
    assert [span.start for span in journaled_activity(history, config, AT).active] == [AT - 7000, AT - 3000]
    silent = Config(sensors=SensorsConfig(edits=False, reactions=False))
    assert journaled_activity(history, silent, AT) == OwnActivity()


async def test_a_running_brain_hands_it_to_the_source_and_keeps_its_days(tmp_path: Path) -> None:
    async with Face(tmp_path, config=Config(activity=ActivityConfig(enabled=True))) as face:
        await until(lambda: face.services.items.read_cursor("activity").state)
        assert not [status for status in face.companion.poller.status if status.trouble]
