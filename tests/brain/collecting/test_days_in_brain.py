"""A running brain with an ActivityWatch: days come in, a goal of the notes meets them, and one is taken out."""

from __future__ import annotations

import datetime as dt
import random
from functools import partial
from pathlib import Path

from msgspec import structs

from proactive_tui.brain.collecting.polling import ask_source, take_in
from proactive_tui.brain.forgetting import ForgetSelection, forget_records
from proactive_tui.brain.worker import Priority
from proactive_tui.config import ActivityConfig
from proactive_tui.model.topic_values import Topic
from proactive_tui.sources.contract import TimeSpan
from proactive_tui.sources.source_registry import find_source
from tests.brain.build import QUICK, Face
from tests.sources.activity.aw_server import Event, activitywatch, event
from tests.waiting import until


def noted_goal(day: dt.date) -> dict[str, str]:
    """A note of a day that wants early evenings."""
    return {"evenings.md": f"---\ndate: {day}\n---\n# Evenings\n\nI want to be in bed before 23:00.\n"}


def late_days(now: dt.datetime) -> list[Event]:
    """The last five days on this machine, each until 0:40, with its owner away between them."""
    today = now.date()
    starts = [dt.datetime.combine(today - dt.timedelta(days=ago), dt.time(9)).timestamp() for ago in range(5, 0, -1)]
    active = [TimeSpan(start, start + (15 * 60 + 40) * 60) for start in starts]
    away = [
        TimeSpan(span.end, after)
        for span, after in zip(active, [*starts[1:], now.timestamp()], strict=True)
        if span.end < after
    ]
    return [event(span) for span in active] + [event(span, "afk") for span in away]


async def test_days_are_met_by_a_goal_and_what_was_taken_out_stays_out(tmp_path: Path) -> None:
    def rhythms(face: Face) -> list[Topic]:
        return [topic for topic in face.companion.maintainer.pool if topic.kind == "rhythm"]

    now = dt.datetime.now().astimezone().replace(hour=10, minute=0, second=0)  # as for the brain
    notes = noted_goal(now.date() - dt.timedelta(days=20))
    with activitywatch({"aw-watcher-afk_here": late_days(now)}) as (address, _):
        config = structs.replace(QUICK, activity=ActivityConfig(enabled=True, activitywatch=address))
        async with Face(tmp_path, config=config, notes=notes) as face:
            (topic,) = await until(lambda: rhythms(face), 60)
            assert topic.evidence[0].path == "evenings.md"
            assert topic.detail.times == "00:40, 00:40, 00:40, 00:40"
            taken_out = topic.evidence[1].path
            services, worker = face.services, face.companion.worker
            selection = ForgetSelection(path=taken_out)
            await worker.run(Priority.PERSON, lambda: forget_records(services, selection))
            spec = find_source("activity")

            def poll_again(at: float) -> set[str]:
                state = services.items.read_cursor("activity").state
                outcome = ask_source(spec, services.config, state, at)
                return {item.path for item in take_in(services, spec, outcome, at, random.Random(1)).changed}

            for hours in (0, 1, 2):
                at = face.clock() + 3600 * hours
                assert taken_out not in await worker.run(Priority.PERSON, partial(poll_again, at))
            assert taken_out not in services.index.items
            assert len(services.index.items) >= 4
