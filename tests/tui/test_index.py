from __future__ import annotations

import pytest
from msgspec import structs

from proactive_tui.ipc.events import StatusUpdate
from proactive_tui.model.note_values import SkippedFile
from proactive_tui.tui.app import ProactiveApp
from proactive_tui.tui.formatting.progress_rate import ProgressRate
from proactive_tui.tui.messages import OpenSource
from proactive_tui.tui.screens.bases.search_base import QueryInput
from proactive_tui.tui.screens.index import IndexScreen
from proactive_tui.tui.widgets.lists import PlainList
from tests.tui.fakes import AT, now
from tests.tui.host import Stage, stage

SKIPPED = (
    SkippedFile(path="large.md", reason="2000 kB is over the limit"),
    SkippedFile(path="photo.md", reason="binary"),
)
FAILED = (SkippedFile(path="private/diary [b].md", reason="permission denied"),)


def standing(*, skipped: tuple[SkippedFile, ...] = SKIPPED, lag: float = 0.0, **more: int) -> StatusUpdate:
    said = now(**more)  # type: ignore[arg-type]
    notes = structs.replace(said.status.notes, skipped=skipped, failed=FAILED, lag_seconds=lag)
    return structs.replace(said, status=structs.replace(said.status, notes=notes, vectors=more.get("embedded", 0) * 8))


def fact(it: Stage, name: str) -> list[str]:
    return it.text(f"#fact-{name} .value").split("\n")


def rows(it: Stage) -> list[str]:
    return [str(option.prompt) for option in it.app.screen.query_one(PlainList).options]


async def entered(it: Stage) -> None:
    await it.press("i")
    await it.until(lambda: isinstance(it.app.screen, IndexScreen))


async def test_notes_that_failed_in_part_and_notes_that_are_never_raised_are_listed() -> None:
    said = standing(skipped=SKIPPED[:1])
    notes = structs.replace(
        said.status.notes,
        troubled=(SkippedFile(path="odd.md", reason="no task could be made of it"),),
        unraised=(SkippedFile(path="Templates/day.md", reason="a template"),),
    )
    async with stage(standing=structs.replace(said, status=structs.replace(said.status, notes=notes))) as it:
        await entered(it)
        assert rows(it)[1:] == [
            "✗ partly   odd.md  no task could be made of it",
            "– skipped  large.md  2000 kB is over the limit",
            "○ unraised Templates/day.md  a template",
        ]
        assert fact(it, "left") == ["1 skipped · 1 failed · 1 in part · 1 never raised"]


async def test_what_was_left_out_is_listed_with_its_reason_failed_first() -> None:
    async with stage(standing=standing(indexed=411, embedded=411)) as it:
        await entered(it)
        assert rows(it) == [
            "✗ failed   private/diary [b].md  permission denied",
            "– skipped  large.md  2000 kB is over the limit",
            "– skipped  photo.md  binary",
        ]
        assert fact(it, "left") == ["2 skipped · 1 failed"]
        assert fact(it, "lag") == ["none: no change waits"]
        assert isinstance(it.app.focused, QueryInput)
        await it.write("binary")
        await it.until(lambda: rows(it) == ["– skipped  photo.md  binary"])
        await it.write("x")
        await it.until(lambda: it.text(".none") == "Nothing left out is like that.")


async def test_enter_opens_the_note(monkeypatch: pytest.MonkeyPatch) -> None:
    async with stage(standing=standing(indexed=411, embedded=411)) as it:
        opened: list[str] = []

        def note(_: ProactiveApp, message: OpenSource) -> None:
            opened.append(f"{message.evidence.path}:{message.evidence.line_start}")

        monkeypatch.setattr(ProactiveApp, "on_open_source", note)
        await entered(it)
        await it.press("down", "enter")
        await it.until(lambda: opened == ["large.md:1"])
        await it.press("tab", "j", "enter")
        await it.until(lambda: opened == ["large.md:1", "photo.md:1"])


async def test_it_follows_with_rate_and_time_left() -> None:
    async with stage(standing=standing(indexed=411, embedded=11)) as it:
        await entered(it)
        assert fact(it, "meaning")[1].endswith("measuring how fast")
        it.clock.passed += 10
        await it.tell(standing(indexed=411, embedded=111, lag=4.2))
        await it.until(lambda: "passages a second" in fact(it, "meaning")[1])
        assert fact(it, "meaning")[0] == "111 of 411 notes · 888 vectors of 3,210 passages"
        assert fact(it, "meaning")[1].endswith("80 passages a second · 29 s left")
        assert fact(it, "lag") == ["a change waits for 4 s"]
        await it.tell(standing(indexed=411, embedded=411))
        await it.until(lambda: len(fact(it, "meaning")) == 1)


async def test_the_highlight_stays_while_nothing_changes() -> None:
    async with stage(standing=standing(indexed=411, embedded=11)) as it:
        await entered(it)
        await it.press("down", "down")
        await it.tell(standing(indexed=411, embedded=20))
        assert it.app.screen.query_one(PlainList).highlighted == 2


@pytest.mark.slow
async def test_more_than_anybody_reads_is_said() -> None:
    many = tuple(SkippedFile(path=f"{number}.md", reason="binary") for number in range(1500))
    async with stage(standing=standing(skipped=many, indexed=411, embedded=411)) as it:
        await entered(it)
        assert it.text(".none") == "and 501 more: filter them"


def test_the_pace_is_measured_over_the_last_half_minute() -> None:
    pace = ProgressRate()
    for second, done in ((0, 0), (10, 1000), (20, 1010), (35, 1025)):
        pace.add_reading(AT + second, standing(indexed=411, embedded=done // 8).status)
    assert pace.item_name == "passage"
    assert pace.items_per_second == pytest.approx(1.0, abs=0.2)  # the thousand of the first seconds are too long ago
    assert pace.remaining_seconds == pytest.approx((3210 - 1024) / (pace.items_per_second or 1))


def test_a_pace_begins_anew_with_other_work_and_ends() -> None:
    pace = ProgressRate()
    pace.add_reading(AT, standing(indexed=10, embedded=0).status)
    pace.add_reading(AT + 0.1, standing(indexed=60, embedded=0).status)
    assert pace.items_per_second is None, "too short a time to say"
    pace.add_reading(AT + 5, standing(indexed=110, embedded=0).status)
    assert pace.items_per_second == pytest.approx(20.0)
    pace.add_reading(AT + 9, standing(indexed=411, embedded=1).status)
    assert (pace.item_name, pace.items_per_second, pace.remaining_seconds) == ("passage", None, None)
    pace.add_reading(AT + 30, standing(indexed=411, embedded=411).status)
    assert (pace.item_name, pace.items_per_second) == ("", None)
