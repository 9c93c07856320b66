"""A running brain in an appointment: silent, and it says why to the owner alone."""

from __future__ import annotations

import datetime as dt
import time
from contextlib import closing
from pathlib import Path

from msgspec import structs

from proactive_tui.cli.actions import load_decision
from proactive_tui.config import CalendarConfig
from proactive_tui.ipc.events import DecisionExplanation, OfferMade
from proactive_tui.ipc.requests import ExplainDecision
from proactive_tui.journal.events import OfferIssued, SilenceDecided
from proactive_tui.model.note_values import ItemOrigin
from proactive_tui.paths import resolve_data_paths
from proactive_tui.sources.contract import SourceItem, SourcePoll
from tests.brain.build import QUICK, Face, services
from tests.brain.test_app import journaled
from tests.sources.calendar.made_calendars import calendar, event
from tests.tui.fakes import offer as made_offer
from tests.waiting import until


async def test_in_an_appointment_it_is_silent_and_why_names_it(tmp_path: Path) -> None:
    file = tmp_path / "work.ics"
    config = structs.replace(QUICK, calendar=CalendarConfig(enabled=True, files=(str(file),)))
    async with Face(tmp_path, config) as face:
        now = dt.datetime.fromtimestamp(face.clock(), dt.UTC)
        start = (now - dt.timedelta(hours=1)).strftime(":%Y%m%dT%H%M%SZ")
        file.write_bytes(calendar(event("DURATION:PT3H", summary="Plum blossom planning", start=start)))
        await until(lambda: any(gate.code == "appointment" for gate in face.companion.scheduler.gates), 20)
        await until(lambda: any(isinstance(each, SilenceDecided) for each in journaled(face.data)), 20)
        begun = time.monotonic()
        await until(lambda: time.monotonic() - begun > 1.5, 5)
        assert not face.all(OfferMade)
        face.ask(ExplainDecision(request=1))
        because = await face.next(DecisionExplanation)
        assert because.silence is not None
        assert because.silence.reason == "appointment"
        assert "you are in “Plum blossom planning” until " in because.silence.detail
        assert "appointment" in face.companion.current_status().rhythm.why_silent
    assert "Plum" not in repr(journaled(tmp_path / "data"))
    _, reasons = load_decision(resolve_data_paths(tmp_path / "data"))
    assert any("you are in “Plum blossom planning” until " in reason for reason in reasons), "the command names it too"


async def test_an_offer_after_an_appointment_names_it_to_its_owner(tmp_path: Path) -> None:
    now = time.time()
    busy = {"busy": "yes", "start": f"{now - 4000:.0f}", "end": f"{now - 300:.0f}"}
    origin = ItemOrigin(source="calendar", form="appointment")
    item = SourceItem(id="a", title="Plum blossom planning", text="x", at=now - 4000, origin=origin, facts=busy)
    offer = structs.replace(made_offer(), at=now, when={"boundary: appointment ended": 1.0}, now="an appointment ended")
    with closing(services(tmp_path)) as opened:
        opened.record_event(OfferIssued(offer=offer), now)
        opened.items.store_poll("calendar", SourcePoll(items=(item,)), now, now)
    _, reasons = load_decision(resolve_data_paths(tmp_path / "data"))
    assert any("it was “Plum blossom planning”" in reason for reason in reasons)
    assert "Plum" not in repr(journaled(tmp_path / "data"))
