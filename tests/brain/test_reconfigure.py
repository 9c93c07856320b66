"""Other settings while it runs: what holds at once."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from msgspec import structs

from proactive_tui.config import Config, JournalConfig, LanguageModelConfig, TopicsConfig
from proactive_tui.ipc.events import OfferMade, StatusUpdate
from proactive_tui.ipc.requests import ReportKeyPress, UpdateConfig
from proactive_tui.journal import events
from tests.brain.build import QUICK, Face, with_offers
from tests.waiting import until


@pytest.mark.slow
async def test_it_speaks_once_it_may(tmp_path: Path) -> None:
    silent = with_offers(QUICK, per_day=0)
    async with Face(tmp_path, silent) as face:
        await until(lambda: face.all(StatusUpdate) and sum(face.all(StatusUpdate)[-1].status.topics.values()), 20)
        assert not face.all(OfferMade)
        face.ask(UpdateConfig(config=QUICK))
        await face.next(OfferMade)
        assert face.all(StatusUpdate)[-1].status.rhythm.budget in {0, 50}
        await until(lambda: face.all(StatusUpdate) and face.all(StatusUpdate)[-1].status.rhythm.budget == 50)


@pytest.mark.slow
async def test_a_signal_that_is_paused_is_neither_kept_nor_used(tmp_path: Path) -> None:
    config = with_offers(QUICK, per_day=0)
    async with Face(tmp_path, config) as face:
        await until(lambda: face.all(StatusUpdate) and face.all(StatusUpdate)[-1].status.notes.mode == "watching", 20)
        face.ask(ReportKeyPress(at=face.clock()))
        assert face.companion.tracker.build_moment(face.clock(), ()).key_at is not None
        paused = structs.replace(
            config, sensors=structs.replace(config.sensors, keys=False, edits=False, commits=False)
        )
        face.ask(UpdateConfig(config=paused))
        assert face.companion.tracker.build_moment(face.clock(), ()).key_at is None
        face.ask(ReportKeyPress(at=face.clock()))
        assert face.companion.tracker.build_moment(face.clock(), ()).key_at is None
        (face.folder / "new.md").write_text("# Heron\n\nA heron at the millpond.\n")
        await until(lambda: "new.md" in face.services.index.notes, 20)
        assert "new.md" not in face.services.history.edit_times
        await until(
            lambda: (
                face.all(StatusUpdate)
                and face.all(StatusUpdate)[-1].status.rhythm.sensors.get("keys", "").startswith("off")
            ),
            20,
        )
        face.ask(UpdateConfig(config=config))
        await until(
            lambda: (
                face.all(StatusUpdate)
                and face.all(StatusUpdate)[-1].status.rhythm.sensors.get("keys", "").startswith("on")
            ),
            20,
        )


@pytest.mark.slow
async def test_kinds_that_are_off_are_not_looked_for(tmp_path: Path) -> None:
    config = with_offers(QUICK, per_day=0)
    async with Face(tmp_path, config) as face:
        await until(lambda: face.all(StatusUpdate) and face.all(StatusUpdate)[-1].status.topics.get("task"), 20)
        face.ask(UpdateConfig(config=structs.replace(config, topics=TopicsConfig(kinds=("open question",)))))
        await until(lambda: set(face.all(StatusUpdate)[-1].status.topics) == {"open question"}, 20)
        await until(lambda: {each.kind for each in face.companion.maintainer.pool} == {"open question"}, 20)


@pytest.mark.slow
async def test_who_speaks_is_looked_for_anew(tmp_path: Path) -> None:
    config = with_offers(QUICK, per_day=0)
    async with Face(tmp_path, config) as face:
        await until(
            lambda: (
                face.all(StatusUpdate) and "no language model is wanted" in face.all(StatusUpdate)[-1].status.llm.detail
            ),
            20,
        )
        missing = LanguageModelConfig(backend="llama.cpp", gguf=str(tmp_path / "none.gguf"))
        face.ask(UpdateConfig(config=structs.replace(config, llm=missing)))
        await until(lambda: "no language model is wanted" not in face.all(StatusUpdate)[-1].status.llm.detail, 20)


@pytest.mark.slow
async def test_what_is_part_of_a_model_is_learned_again(tmp_path: Path) -> None:
    async with Face(tmp_path) as face:
        first = (await face.next(OfferMade)).offer
        face.services.record_event(
            events.ReactionReceived(offer=first.id, reaction="not this", seconds=9), face.clock()
        )
        before, history = face.services.learned, face.services.history
        knew = before.recommender.ranker.contributions(first.features)
        face.ask(UpdateConfig(config=with_offers(QUICK, exploration=0.5)))
        await until(lambda: face.services.learned is not before)
        assert face.services.learned.recommender.ranker.contributions(first.features) == knew
        assert face.services.history.outcomes[first.id] == history.outcomes[first.id]


@pytest.mark.slow
async def test_the_log_follows(tmp_path: Path) -> None:
    log = logging.getLogger("proactive_tui")
    before = log.level
    try:
        async with Face(tmp_path, with_offers(QUICK, per_day=0)) as face:
            face.ask(
                UpdateConfig(config=structs.replace(face.services.config, journal=JournalConfig(log_level="error")))
            )
            assert log.level == logging.ERROR
            assert face.services.config == Config(
                offers=face.services.config.offers,
                sensors=QUICK.sensors,
                llm=QUICK.llm,
                journal=JournalConfig(log_level="error"),
            )
    finally:
        log.setLevel(before)
