"""What is kept: looked back on, counted, exported and forgotten, by the running companion."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from msgspec import structs

from proactive_tui.brain.insight.inventory import leaving
from proactive_tui.brain.services import Learned as Models
from proactive_tui.config import Config, Index, LanguageModel
from proactive_tui.ipc.events import (
    Exported,
    Failed,
    Forgotten,
    Learned,
    Now,
    Offered,
    Opened,
    Said,
    Stock,
    Suggested,
    Withdrawn,
)
from proactive_tui.ipc.requests import Export, Forget, LookBack, Resume, Say, Suggest, TakeStock, Talk
from proactive_tui.journal import events
from proactive_tui.journal.journal import Journal
from proactive_tui.journal.projection import replay
from proactive_tui.model import Kind, Reaction
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
            face.services.record(events.Offered(offer=made), at)
            face.services.record(events.Reacted(offer=made.id, reaction=reaction, seconds=30), at + 60)
        face.services.record(events.Touched(paths=("2026-11-20-raft.md",)), at)


def same_as_replayed(face: Face) -> None:
    """What is in memory is what a new start would make of the journal."""
    models = Models(face.services.config)
    with Journal.read(face.data / "journal.db") as journal:
        assert replay(journal.events(), models.pupils) == face.services.history
    live = face.services.learned
    assert live.receptivity.state() == models.receptivity.state()
    assert live.framings.effects() == models.framings.effects()
    assert live.presence.profile(0) == models.presence.profile(0)
    features = {"kind:task": 1.0, "meaning:1": 0.6, "due soon": 1.0}
    ranker = models.recommender.ranker
    assert live.recommender.ranker.contributions(features) == ranker.contributions(features)


async def test_what_was_learned_comes_with_its_evidence(tmp_path: Path) -> None:
    async with Face(tmp_path, SILENT) as face:
        lived(face)
        face.ask(LookBack(request=3))
        learned = await face.next(Learned)
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
        face.ask(LookBack(request=1))
        belief = next(each for each in (await face.next(Learned)).beliefs if "seldom take up tasks" in each.text)
        features = {"kind:task": 1.0}
        knew = face.services.learned.recommender.ranker.contributions(features)
        face.ask(Forget(request=2, reactions=belief.offers, dry=True))
        assert await face.next(Forgotten) == Forgotten(request=2, events=9)
        assert face.services.history.outcomes[belief.offers[0]].reaction == "not this"
        face.ask(Forget(request=3, reactions=belief.offers))
        assert await face.next(Forgotten, 1) == Forgotten(request=3, events=9)
        face.ask(LookBack(request=4))
        again = await face.next(Learned, 1)
        assert not [each for each in again.beliefs if "tasks" in each.text]
        assert (again.offers, again.welcome.answered) == (18, 9)
        assert face.services.learned.recommender.ranker.contributions(features) != knew
        same_as_replayed(face)


async def test_when_notes_were_changed_is_forgotten(tmp_path: Path) -> None:
    async with Face(tmp_path, SILENT) as face:
        lived(face, 10)
        face.ask(LookBack(request=1))
        usual = next(each for each in (await face.next(Learned)).beliefs if "usually work" in each.text)
        assert usual.offers == ()
        face.ask(Forget(request=2, touches=True))
        assert (await face.next(Forgotten)).events == 10
        assert face.services.history.touches == {}
        face.ask(LookBack(request=3))
        assert not [each for each in (await face.next(Learned, 1)).beliefs if "usually work" in each.text]
        same_as_replayed(face)


@pytest.mark.slow
async def test_a_forgotten_note_takes_its_offer_off_the_screen_and_out_of_conversations(tmp_path: Path) -> None:
    async with Face(tmp_path) as face:
        first = (await face.next(Offered)).offer
        path = first.topic.evidence[0].path
        face.ask(Talk(request=1, offer=first.id))
        conversation = (await face.next(Opened)).conversation.id
        face.ask(Say(request=2, conversation=conversation, text="What did I write?"))
        await face.next(Said)
        (face.folder / path).unlink()
        face.ask(Forget(request=3, path=path))
        gone = await face.next(Forgotten)
        assert (gone.offers, gone.conversations) == (1, 1)
        assert first.id not in face.services.history.offers
        face.ask(Resume(request=4, conversation=conversation))
        assert (await face.next(Failed)).request == 4
        same_as_replayed(face)


@pytest.mark.slow
async def test_everything_is_forgotten_and_the_notes_are_read_again(tmp_path: Path) -> None:
    async with Face(tmp_path) as face:
        shown = (await face.next(Offered)).offer
        face.ask(Forget(request=1, everything=True, dry=True))
        would = await face.next(Forgotten)
        assert (would.offers, would.notes) == (1, 3)
        face.ask(Forget(request=2, everything=True))
        await face.next(Forgotten, 1)
        assert (await face.next(Withdrawn)).offer == shown.id
        await until(lambda: any(now.status.notes.indexed == 3 for now in face.all(Now)[-1:]), 20)
        again = (await face.next(Offered, 1)).offer
        assert again.id != shown.id
        same_as_replayed(face)


@pytest.mark.slow
async def test_while_it_forgets_nothing_is_decided(tmp_path: Path) -> None:
    async with Face(tmp_path) as face:
        face.companion._hush(True)
        face.ask(Suggest(request=1))
        await face.next(Suggested)
        assert not face.all(Offered)
        face.companion._hush(False)
        await face.next(Offered)


async def test_stock_says_what_is_kept_and_where(tmp_path: Path) -> None:
    async with Face(tmp_path, SILENT) as face:
        lived(face)
        face.ask(TakeStock(request=5))
        stock = await face.next(Stock)
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
    (ollama,) = leaving(Config(llm=LanguageModel(host=host)))
    assert ollama.local is local
    assert host in ollama.to


def test_a_chroma_server_and_no_language_model() -> None:
    config = Config(index=Index(chroma_url="http://vectors.example:8000"), llm=LanguageModel(backend="none"))
    assert [(each.name, each.local) for each in leaving(config)] == [("Chroma", False)]


@pytest.mark.slow
async def test_everything_is_exported_in_open_formats(tmp_path: Path) -> None:
    async with Face(tmp_path) as face:
        offered = (await face.next(Offered)).offer
        face.ask(Talk(request=1, offer=offered.id))
        conversation = (await face.next(Opened)).conversation
        face.ask(Say(request=2, conversation=conversation.id, text="What did I write about pre-vote?"))
        said = (await face.next(Said)).turn
        folder = tmp_path / "out" / "mine"
        face.ask(Export(request=3, folder=str(folder)))
        exported = await face.next(Exported)
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

        face.ask(Export(request=4, folder=str(folder)))
        assert (await face.next(Failed)).title == "There is something in that folder"
        (tmp_path / "file").write_text("")
        face.ask(Export(request=5, folder=str(tmp_path / "file" / "x")))
        assert (await face.next(Failed, 1)).title == "It cannot be exported there"
