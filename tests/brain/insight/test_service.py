"""What is kept: looked back on, counted, exported and forgotten, by the running companion."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from msgspec import structs

from proactive_tui.brain.insight.inventory import list_outbound
from proactive_tui.brain.learned_models import LearnedModels as Models
from proactive_tui.config import Config, IndexConfig, LanguageModelConfig
from proactive_tui.ipc.events import (
    ConversationOpened,
    DataExported,
    DataForgotten,
    DataInventory,
    FailureReport,
    LearningStatistics,
    OfferMade,
    OfferWithdrawn,
    RankedSuggestions,
    ReplyFinished,
    StatusUpdate,
)
from proactive_tui.ipc.requests import (
    ExportData,
    ForgetData,
    GetInventory,
    GetStatistics,
    GetSuggestions,
    OpenConversation,
    ResumeConversation,
    SendMessage,
)
from proactive_tui.journal import events
from proactive_tui.journal.journal import Journal
from proactive_tui.journal.projection import replay_events
from proactive_tui.model.shared_words import Kind, Reaction
from tests.brain.build import QUICK, Face, with_offers
from tests.journal.builders import offer, topic
from tests.waiting import until

SILENT = with_offers(QUICK, per_day=0)
DAY = 86_400.0


def lived(face: Face, days: int = 9) -> None:
    """Tasks were waved off and questions taken up, one of each a day, and notes changed every day at the same time."""
    pair: tuple[tuple[Kind, Reaction], ...] = (("task", "not this"), ("open question", "engaged"))
    for day in range(days, 0, -1):
        at = face.clock() - day * DAY
        for kind, reaction in pair:
            about = structs.replace(topic(f"{kind}-{day}", f"{kind}/a.md"), kind=kind)
            made = offer(f"{kind}{day}", about, at)
            face.services.record_event(events.OfferIssued(offer=made), at)
            face.services.record_event(events.ReactionReceived(offer=made.id, reaction=reaction, seconds=30), at + 60)
        face.services.record_event(events.NotesEdited(paths=("2026-11-20-raft.md",)), at)


def same_as_replayed(face: Face) -> None:
    """What is in memory is what a new start would make of the journal."""
    models = Models(face.services.config)
    with Journal.open_readonly(face.data / "journal.db") as journal:
        assert replay_events(journal.read_events(), models.subscribers) == face.services.history
    live = face.services.learned
    assert live.receptivity.learned_weights() == models.receptivity.learned_weights()
    assert live.framings.kind_effects() == models.framings.kind_effects()
    assert live.presence.hourly_profile(0) == models.presence.hourly_profile(0)
    features = {"kind:task": 1.0, "meaning:1": 0.6, "due soon": 1.0}
    ranker = models.recommender.ranker
    assert live.recommender.ranker.contributions(features) == ranker.contributions(features)


async def test_what_was_learned_comes_with_its_evidence(tmp_path: Path) -> None:
    async with Face(tmp_path, SILENT) as face:
        lived(face)
        face.ask(GetStatistics(request=3))
        learned = await face.next(LearningStatistics)
        assert (learned.request, learned.offers, learned.days, learned.span_days) == (3, 18, 9, 1)
        assert (learned.welcome.welcome, learned.welcome.answered) == (9, 18)
        assert [each.answered for each in learned.over_time.values()] == [2] * 9
        assert list(learned.over_time) == sorted(learned.over_time)
        assert [each.answered for each in learned.by["hour"].values()] == [18]
        assert learned.by["kind"]["tasks"].welcome == 0
        questions = next(each for each in learned.beliefs if "open questions" in each.text)
        assert len(questions.offers) == 9
        assert {learned.cited[each].reaction for each in questions.offers} == {"engaged"}


async def test_a_belief_is_forgotten_exactly(tmp_path: Path) -> None:
    async with Face(tmp_path, SILENT) as face:
        lived(face)
        face.ask(GetStatistics(request=1))
        belief = next(
            each for each in (await face.next(LearningStatistics)).beliefs if "seldom take up tasks" in each.text
        )
        features = {"kind:task": 1.0}
        knew = face.services.learned.recommender.ranker.contributions(features)
        face.ask(ForgetData(request=2, reactions=belief.offers, dry=True))
        assert await face.next(DataForgotten) == DataForgotten(request=2, events=9)
        assert face.services.history.outcomes[belief.offers[0]].reaction == "not this"
        face.ask(ForgetData(request=3, reactions=belief.offers))
        assert await face.next(DataForgotten, 1) == DataForgotten(request=3, events=9)
        face.ask(GetStatistics(request=4))
        again = await face.next(LearningStatistics, 1)
        assert not [each for each in again.beliefs if "tasks" in each.text]
        assert (again.offers, again.welcome.answered) == (18, 9)
        assert face.services.learned.recommender.ranker.contributions(features) != knew
        same_as_replayed(face)


async def test_when_notes_were_changed_is_forgotten(tmp_path: Path) -> None:
    async with Face(tmp_path, SILENT) as face:
        lived(face, 10)
        face.ask(GetStatistics(request=1))
        usual = next(each for each in (await face.next(LearningStatistics)).beliefs if "usually work" in each.text)
        assert usual.offers == ()
        face.ask(ForgetData(request=2, touches=True))
        assert (await face.next(DataForgotten)).events == 10
        assert face.services.history.edit_times == {}
        face.ask(GetStatistics(request=3))
        assert not [each for each in (await face.next(LearningStatistics, 1)).beliefs if "usually work" in each.text]
        same_as_replayed(face)


@pytest.mark.slow
async def test_a_forgotten_note_takes_its_offer_off_the_screen_and_out_of_conversations(tmp_path: Path) -> None:
    async with Face(tmp_path) as face:
        first = (await face.next(OfferMade)).offer
        path = first.topic.evidence[0].path
        face.ask(OpenConversation(request=1, offer=first.id))
        conversation = (await face.next(ConversationOpened)).conversation.id
        face.ask(SendMessage(request=2, conversation=conversation, text="What did I write?"))
        await face.next(ReplyFinished)
        (face.folder / path).unlink()
        face.ask(ForgetData(request=3, path=path))
        gone = await face.next(DataForgotten)
        assert (gone.offers, gone.conversations) == (1, 1)
        assert first.id not in face.services.history.offers
        face.ask(ResumeConversation(request=4, conversation=conversation))
        assert (await face.next(FailureReport)).request == 4
        same_as_replayed(face)


@pytest.mark.slow
async def test_everything_is_forgotten_and_the_notes_are_read_again(tmp_path: Path) -> None:
    async with Face(tmp_path) as face:
        shown = (await face.next(OfferMade)).offer
        face.ask(ForgetData(request=1, everything=True, dry=True))
        would = await face.next(DataForgotten)
        assert (would.offers, would.notes) == (1, 3)
        face.ask(ForgetData(request=2, everything=True))
        await face.next(DataForgotten, 1)
        assert (await face.next(OfferWithdrawn)).offer == shown.id
        await until(lambda: any(now.status.notes.indexed == 3 for now in face.all(StatusUpdate)[-1:]), 20)
        again = (await face.next(OfferMade, 1)).offer
        assert again.id != shown.id
        same_as_replayed(face)


@pytest.mark.slow
async def test_while_it_forgets_nothing_is_decided(tmp_path: Path) -> None:
    async with Face(tmp_path) as face:
        face.companion.set_forgetting(True)
        face.ask(GetSuggestions(request=1))
        await face.next(RankedSuggestions)
        assert not face.all(OfferMade)
        face.companion.set_forgetting(False)
        await face.next(OfferMade)


async def test_stock_says_what_is_kept_and_where(tmp_path: Path) -> None:
    async with Face(tmp_path, SILENT) as face:
        lived(face)
        face.ask(GetInventory(request=5))
        stock = await face.next(DataInventory)
        assert stock.folder == str(face.data)
        assert {"offered": 18, "reacted": 18, "touched": 9}.items() <= stock.events.items()
        sizes = {each.name: each.size for each in stock.stores}
        assert sizes["journal"] >= (face.data / "journal.db").stat().st_size
        assert sizes["words"] > 0
        assert "task/a.md" in stock.paths
        assert stock.topics[0] == "Topic open question-1"
        assert stock.leaving == ()


@pytest.mark.parametrize(
    ("host", "local"), [("", True), ("http://127.0.0.1:11434", True), ("gpu.example:11434", False), ("10.0.0.7", False)]
)
def test_what_leaves_this_machine(monkeypatch: pytest.MonkeyPatch, host: str, local: bool) -> None:
    monkeypatch.delenv("OLLAMA_HOST", raising=False)
    (ollama,) = list_outbound(Config(llm=LanguageModelConfig(host=host)))
    assert ollama.local is local
    assert host in ollama.to


def test_a_chroma_server_and_no_language_model() -> None:
    config = Config(
        index=IndexConfig(chroma_url="http://vectors.example:8000"), llm=LanguageModelConfig(backend="none")
    )
    assert [(each.name, each.local) for each in list_outbound(config)] == [("Chroma", False)]


@pytest.mark.slow
async def test_everything_is_exported_in_open_formats(tmp_path: Path) -> None:
    async with Face(tmp_path) as face:
        offered = (await face.next(OfferMade)).offer
        face.ask(OpenConversation(request=1, offer=offered.id))
        conversation = (await face.next(ConversationOpened)).conversation
        face.ask(SendMessage(request=2, conversation=conversation.id, text="What did I write about pre-vote?"))
        said = (await face.next(ReplyFinished)).turn
        folder = tmp_path / "out" / "mine"
        face.ask(ExportData(request=3, folder=str(folder)))
        exported = await face.next(DataExported)
        assert (exported.request, exported.folder, exported.files["conversations"]) == (3, str(folder), 1)
        lines = [json.loads(line) for line in (folder / "journal.jsonl").read_text().splitlines()]
        assert len(lines) == exported.files["journal.jsonl"]
        assert {"offered", "reacted", "said"} <= {line["kind"] for line in lines}
        (talk,) = (folder / "conversations").iterdir()
        text = talk.read_text()
        assert text.startswith(f"# {conversation.title}\n")
        assert "What did I write about pre-vote?" in text
        assert said.text in text
        assert f"{said.sources[0].path}, line {said.sources[0].line_start}" in text
        kept = tomllib.loads((folder / "settings.toml").read_text())
        assert kept["offers"]["per_day"] == 50
        assert "active_hours" not in kept["offers"]

        face.ask(ExportData(request=4, folder=str(folder)))
        assert (await face.next(FailureReport)).title == "There is something in that folder"
        (tmp_path / "file").write_text("")
        face.ask(ExportData(request=5, folder=str(tmp_path / "file" / "x")))
        assert (await face.next(FailureReport, 1)).title == "It cannot be exported there"
