"""Each signal switched off is neither stored nor used."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from proactive_tui.config import Config, SensorsConfig
from proactive_tui.errors import ProactiveError
from proactive_tui.ipc.events import ConversationOpened, ConversationsListed, OfferMade, OwnerNotice, ReplyFinished
from proactive_tui.ipc.requests import (
    LeaveConversation,
    ListConversations,
    OpenConversation,
    ReactToOffer,
    SendMessage,
    UpdateConfig,
)
from proactive_tui.journal import events
from proactive_tui.journal.consent import has_consent
from proactive_tui.journal.journal import Journal
from proactive_tui.model.talk_values import Turn
from tests.brain.build import QUICK, Face, with_offers
from tests.brain.insight.test_service import lived
from tests.waiting import until

SILENT = with_offers(QUICK, per_day=0, ask=False)


def without(config: Config, *signals: str) -> Config:
    return structs.replace(config, sensors=structs.replace(config.sensors, **dict.fromkeys(signals, False)))


def kinds(face: Face) -> set[str]:
    with Journal.open_readonly(face.data / "journal.db") as journal:
        return {events.event_kind(each.event) for each in journal.read_events()}


def test_every_event_says_by_which_signal_it_is_told() -> None:
    answers = (events.ReactionReceived(offer="o", reaction="ignored"), events.MomentAsked(offer="o"))
    told: dict[str, list[events.Event]] = {
        "reactions": [*answers, events.MomentRated(offer="o", good=True)],
        "conversations": [events.TurnAdded(conversation="c", turn=Turn(role="user", text="?", at=0.0))],
        "edits": [events.NotesEdited(paths=("a.md",))],
    }
    for signal, each in told.items():
        off = structs.replace(SensorsConfig(), **{signal: False})
        assert not any(has_consent(event, off) for event in each)
        assert all(has_consent(event, off) for other, events_ in told.items() if other != signal for event in events_)
    assert has_consent(events.NotesRemoved(paths=("a.md",)), SensorsConfig(edits=False))


@pytest.mark.slow
async def test_reactions_that_are_off_are_not_kept_and_those_that_were_are_not_used(tmp_path: Path) -> None:
    async with Face(tmp_path, SILENT) as face:
        lived(face)
        assert any(outcome.reaction for outcome in face.services.history.past_outcomes)
        learned = face.services.learned
        face.ask(UpdateConfig(config=without(with_offers(SILENT, per_day=50), "reactions")))
        await until(lambda: face.services.learned is not learned)
        assert not any(outcome.reaction for outcome in face.services.history.past_outcomes)
        assert face.services.learned.framings.kind_effects() == type(learned)(SILENT).framings.kind_effects()
        offer = (await face.next(OfferMade)).offer
        face.ask(ReactToOffer(offer=offer.id, reaction="not this"))
        await until(
            lambda: (
                face.companion.scheduler.pending.offer is None or face.companion.scheduler.pending.offer.id != offer.id
            )
        )
        with Journal.open_readonly(face.data / "journal.db") as journal:
            told = [each.event for each in journal.read_events() if isinstance(each.event, events.ReactionReceived)]
        assert offer.id not in {each.offer for each in told}
        face.ask(UpdateConfig(config=SILENT))  # on again: what was kept counts again
        await until(lambda: any(outcome.reaction for outcome in face.services.history.past_outcomes))


@pytest.mark.slow
async def test_conversations_that_are_off_last_until_they_are_left(tmp_path: Path) -> None:
    async with Face(tmp_path, without(SILENT, "conversations")) as face:
        face.ask(OpenConversation(request=1))
        conversation = (await face.next(ConversationOpened)).conversation.id
        for number, text in enumerate(("about rye?", "and kneading?")):
            face.ask(SendMessage(request=2 + number, conversation=conversation, text=text))
            await face.next(ReplyFinished, number)
        assert len(face.companion.sessions.get_conversation(conversation).turns) == 4, "it goes on while it is open"
        face.ask(LeaveConversation(conversation=conversation))
        face.ask(ListConversations(request=9))
        assert (await face.next(ConversationsListed)).conversations == ()
        with pytest.raises(ProactiveError, match="is gone"):
            face.companion.sessions.get_conversation(conversation)
        assert "said" not in kinds(face)
    assert b"kneading?" not in b"".join(each.read_bytes() for each in face.data.glob("journal.db*"))


@pytest.mark.slow
async def test_what_keeps_it_from_deciding_is_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with Face(tmp_path, QUICK) as face:

        def full(*_: object) -> None:
            raise ProactiveError("The journal cannot be written", "disk is full", "Free some space.")

        monkeypatch.setattr(face.services, "record_event", full)
        await until(lambda: face.all(OwnerNotice), 20)
        assert face.companion.scheduler.pending.offer is None, "what is not durable is not shown"
        assert [each.title for each in face.all(OwnerNotice)] == ["The journal cannot be written"]
