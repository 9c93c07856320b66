"""Each signal switched off is neither stored nor used."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from proactive_tui.config import Config, Sensors
from proactive_tui.errors import ProactiveError
from proactive_tui.ipc.events import Listed, Notice, Offered, Opened, Said
from proactive_tui.ipc.requests import Browse, Leave, React, Reconfigure, Say, Talk
from proactive_tui.journal import events
from proactive_tui.journal.consent import wanted
from proactive_tui.journal.journal import Journal
from proactive_tui.model import Turn
from tests.brain.build import QUICK, Face, with_offers
from tests.brain.insight.test_service import lived
from tests.waiting import until

SILENT = with_offers(QUICK, per_day=0, ask=False)


def without(config: Config, *signals: str) -> Config:
    return structs.replace(config, sensors=structs.replace(config.sensors, **dict.fromkeys(signals, False)))


def kinds(face: Face) -> set[str]:
    with Journal.read(face.data / "journal.db") as journal:
        return {events.kind(each.event) for each in journal.events()}


def test_every_event_says_by_which_signal_it_is_told() -> None:
    answers = (events.Reacted(offer="o", reaction="ignored"), events.Asked(offer="o"))
    told: dict[str, list[events.Event]] = {
        "reactions": [*answers, events.Answered(offer="o", good=True)],
        "conversations": [events.Said(conversation="c", turn=Turn(role="user", text="?", at=0.0))],
        "edits": [events.Touched(paths=("a.md",))],
    }
    for signal, each in told.items():
        off = structs.replace(Sensors(), **{signal: False})
        assert not any(wanted(event, off) for event in each)
        assert all(wanted(event, off) for other, events_ in told.items() if other != signal for event in events_)
    assert wanted(events.Left(paths=("a.md",)), Sensors(edits=False))


@pytest.mark.slow
async def test_reactions_that_are_off_are_not_kept_and_those_that_were_are_not_used(tmp_path: Path) -> None:
    async with Face(tmp_path, SILENT) as face:
        lived(face)
        assert any(outcome.reaction for outcome in face.services.history.history)
        learned = face.services.learned
        face.ask(Reconfigure(config=without(with_offers(SILENT, per_day=50), "reactions")))
        await until(lambda: face.services.learned is not learned)
        assert not any(outcome.reaction for outcome in face.services.history.history)
        assert face.services.learned.framings.effects() == type(learned)(SILENT).framings.effects()
        offer = (await face.next(Offered)).offer
        face.ask(React(offer=offer.id, reaction="not this"))
        await until(lambda: face.companion._initiative.shown is None or face.companion._initiative.shown.id != offer.id)
        with Journal.read(face.data / "journal.db") as journal:
            told = [each.event for each in journal.events() if isinstance(each.event, events.Reacted)]
        assert offer.id not in {each.offer for each in told}
        face.ask(Reconfigure(config=SILENT))  # on again: what was kept counts again
        await until(lambda: any(outcome.reaction for outcome in face.services.history.history))


@pytest.mark.slow
async def test_conversations_that_are_off_last_until_they_are_left(tmp_path: Path) -> None:
    async with Face(tmp_path, without(SILENT, "conversations")) as face:
        face.ask(Talk(request=1))
        conversation = (await face.next(Opened)).conversation.id
        for number, text in enumerate(("about rye?", "and kneading?")):
            face.ask(Say(request=2 + number, conversation=conversation, text=text))
            await face.next(Said, number)
        assert len(face.companion._conversing.kept(conversation).turns) == 4, "it goes on while it is open"
        face.ask(Leave(conversation=conversation))
        face.ask(Browse(request=9))
        assert (await face.next(Listed)).conversations == ()
        with pytest.raises(ProactiveError, match="is gone"):
            face.companion._conversing.kept(conversation)
        assert "said" not in kinds(face)
    assert b"kneading?" not in b"".join(each.read_bytes() for each in face.data.glob("journal.db*"))


@pytest.mark.slow
async def test_what_keeps_it_from_deciding_is_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with Face(tmp_path, QUICK) as face:

        def full(*_: object) -> None:
            raise ProactiveError("The journal cannot be written", "disk is full", "Free some space.")

        monkeypatch.setattr(face.services, "record", full)
        await until(lambda: face.all(Notice), 20)
        assert face.companion._initiative.shown is None, "what is not durable is not shown"
        assert [each.title for each in face.all(Notice)] == ["The journal cannot be written"]
