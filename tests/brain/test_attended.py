"""A brain whose terminal goes and comes: nothing is offered to nobody, and what was open is shown again."""

from __future__ import annotations

from pathlib import Path

from proactive_tui.brain.app import BrainApp
from proactive_tui.ipc.events import (
    ConversationOpened,
    OfferMade,
    OfferWithdrawn,
    OwnerNotice,
    StatusUpdate,
    TalkLeftOpen,
)
from proactive_tui.ipc.requests import LeaveConversation, OpenConversation, ReactToOffer, ReportOfferShown
from proactive_tui.journal.events import MomentAsked, ReactionReceived, SilenceDecided
from tests.brain.build import Face
from tests.waiting import until


def journaled(face: Face, kind: type) -> list[object]:
    return [recorded.event for recorded in face.services.journal.read_events() if isinstance(recorded.event, kind)]


async def test_topics_wait_while_nobody_looks_and_come_afterwards(tmp_path: Path) -> None:
    async with Face(tmp_path) as face:
        face.companion.set_attended(False)
        await until(face.companion.scheduler.count_held)
        assert face.all(OfferMade) == []
        assert face.companion.scheduler.gates[1].code == "unattended"
        told = len(face.all(StatusUpdate))
        face.companion.set_attended(True)
        await face.next(OfferMade)
        assert [notice.title for notice in face.all(OwnerNotice)] == ["While you were away"]
        await until(lambda: len(face.all(StatusUpdate)) > told)
        silences = journaled(face, SilenceDecided)
        assert "unattended" in {silence.silence.reason for silence in silences if isinstance(silence, SilenceDecided)}


async def test_an_offer_waits_for_the_next_terminal_unjudged(tmp_path: Path) -> None:
    async with Face(tmp_path) as face:
        made = await face.next(OfferMade)
        face.ask(ReportOfferShown(offer=made.offer.id, at=face.clock()))
        for times in (1, 2):
            face.companion.set_attended(False)
            face.companion.set_attended(True)
            assert (await face.next(OfferMade, times)).offer == made.offer
        assert journaled(face, ReactionReceived) == journaled(face, MomentAsked) == []


async def test_the_conversation_that_was_open_is_shown_again_and_one_that_was_left_is_not(tmp_path: Path) -> None:
    async with Face(tmp_path) as face:
        face.ask(OpenConversation(request=1))
        first = (await face.next(ConversationOpened)).conversation.id
        face.companion.set_attended(False)
        assert not face.companion.tracker.build_moment(face.clock(), ()).in_conversation
        face.companion.set_attended(True)
        assert face.all(TalkLeftOpen) == [TalkLeftOpen(conversation=first)]
        face.ask(OpenConversation(request=2))
        second = (await face.next(ConversationOpened, 1)).conversation.id
        face.ask(LeaveConversation(conversation=second))
        face.companion.set_attended(False)
        face.companion.set_attended(True)
        assert len(face.all(TalkLeftOpen)) == 1


async def test_an_offer_that_waited_is_there_after_a_restart_and_one_that_was_answered_or_is_old_is_not(
    tmp_path: Path,
) -> None:
    async with Face(tmp_path) as face:
        made = await face.next(OfferMade)
        face.ask(ReportOfferShown(offer=made.offer.id, at=face.clock()))
    async with Face(tmp_path) as face:
        face.companion.set_attended(True)
        assert face.all(OfferMade)[0].offer == made.offer
        await until(lambda: face.companion.maintainer.mined_at)
        await face.companion.scheduler.tick()
        assert face.all(OfferWithdrawn) == [], "its note is as it was"
        ahead = face._ahead
        assert face.companion.scheduler.pending.offer == made.offer
    late = Face(tmp_path)
    late._ahead = ahead + 3700.0
    late.companion = BrainApp(late.services, late.said.append, clock=late.clock)
    async with late as face:
        assert face.companion.scheduler.pending.offer is None
    async with Face(tmp_path) as face:
        face.ask(ReactToOffer(offer=made.offer.id, reaction="not now", seconds=1.0))
        await until(lambda: journaled(face, ReactionReceived))
    async with Face(tmp_path) as face:
        assert face.companion.scheduler.pending.offer != made.offer
