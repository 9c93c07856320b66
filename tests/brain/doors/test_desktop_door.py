"""A brain without a face that offers by the desktop, on a real bus: once an offer, where the owner wants it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs

from proactive_tui.brain.doors.absence import describe_absence
from proactive_tui.brain.offers import pending_offer
from proactive_tui.config import BrainConfig, FaceConfig
from proactive_tui.desktop_notice import KIND_NOTIFICATIONS
from proactive_tui.ipc.events import OfferMade, OfferWithdrawn, OwnerNotice
from proactive_tui.ipc.requests import ReportOfferShown, UpdateConfig
from proactive_tui.journal.events import OfferIssued
from tests.brain.build import QUICK, Face
from tests.desktop_bus import notification_service, session_bus
from tests.waiting import until

TOLD = structs.replace(QUICK, brain=BrainConfig(notify=True))


@pytest.fixture(autouse=True)
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with session_bus(monkeypatch):
        yield


async def test_an_offer_is_told_once_by_its_kind_and_waits_for_a_face(tmp_path: Path) -> None:
    async with notification_service() as shown, Face(tmp_path, TOLD) as face:
        face.companion.set_attended(False)
        made = await face.next(OfferMade)
        await until(lambda: shown)
        assert shown == [("proactive-tui", KIND_NOTIFICATIONS[made.offer.topic.kind])]
        assert face.companion.scheduler.gates[1].code != "unattended"
        face.companion.set_attended(True)
        assert (await face.next(OfferMade, 1)).offer == made.offer
        assert len(shown) == 1
        assert (
            len([entry for entry in face.services.journal.read_events() if isinstance(entry.event, OfferIssued)]) == 1
        )
        assert face.all(OwnerNotice) == []


async def test_a_face_that_is_there_does_the_telling_itself(tmp_path: Path) -> None:
    async with notification_service() as shown, Face(tmp_path, TOLD) as face:
        face.companion.set_attended(False)
        face.companion.set_attended(True)
        await face.next(OfferMade)
        face.companion.set_attended(False)
        await until(lambda: face.companion.desktop.is_open)
        assert shown == [], "it was offered on a screen before"


async def test_only_where_the_owner_allows_it_are_words_of_notes_told(tmp_path: Path) -> None:
    config = structs.replace(TOLD, face=FaceConfig(notify_text="opener"))
    async with notification_service() as shown, Face(tmp_path, config) as face:
        face.companion.set_attended(False)
        made = await face.next(OfferMade)
        await until(lambda: shown)
        assert shown[0][1][:20] == made.offer.opener.text[:20]


async def test_without_a_desktop_or_the_setting_topics_are_held(tmp_path: Path) -> None:
    async with Face(tmp_path, TOLD) as face:  # the bus has no service
        face.companion.set_attended(False)
        await until(face.companion.scheduler.count_held)
        assert face.companion.scheduler.gates[1].code == "unattended"
        async with notification_service() as shown:
            face.ask(UpdateConfig(config=QUICK))
            face.companion.desktop.look_again()
            await until(face.companion.scheduler.count_held)
            assert not face.companion.desktop.is_open
            face.ask(UpdateConfig(config=TOLD))
            await until(lambda: shown)
        assert len(face.all(OfferMade)) == 1


async def test_what_nobody_came_for_leaves_and_is_told_of_on_attach(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pending_offer, "MAX_UNATTENDED_SECONDS", 0.5)
    config = structs.replace(TOLD, offers=structs.replace(TOLD.offers, spacing_minutes=60.0))
    async with notification_service() as shown, Face(tmp_path, config) as face:
        face.companion.set_attended(False)
        await until(lambda: shown)
        assert (await face.next(OfferWithdrawn)).back
        face.companion.set_attended(True)
        notice = (await face.next(OwnerNotice)).message
        assert "has left by itself; it can be brought back." in notice


async def test_a_face_that_comes_late_has_the_usual_time_to_show_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with notification_service() as shown, Face(tmp_path, TOLD) as face:
        face.companion.set_attended(False)
        await until(lambda: shown)
        made = face.all(OfferMade)[0]
        monkeypatch.setattr(pending_offer, "MAX_UNSEEN_SECONDS", face.clock() - made.offer.at + 0.5)
        face.companion.set_attended(True)
        face.ask(ReportOfferShown(offer=made.offer.id, at=face.clock()))
        await face.companion.scheduler.tick()
        assert face.all(OfferWithdrawn) == []


def test_an_absence_in_which_nothing_waited_is_not_spoken_of() -> None:
    assert describe_absence(0.0, 0, None) == ""
    assert describe_absence(0.0, 1, None).startswith("1 topic waited since")
