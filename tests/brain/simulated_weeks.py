"""Simulates weeks with the assistant on a simulated clock: the real scheduler decides and writes the journal."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from proactive_tui.brain.indexing.indexer_loop import IndexMaintainer
from proactive_tui.brain.model_picker import ModelSelector
from proactive_tui.brain.offers.scheduler import OfferScheduler
from proactive_tui.brain.worker import PriorityWorker
from proactive_tui.config import Config, LanguageModelConfig
from proactive_tui.journal import events
from proactive_tui.journal.events import RecordedEvent
from proactive_tui.model.offer_values import Offer
from proactive_tui.model.shared_words import Reaction
from proactive_tui.moment.tracker import ActivityTracker
from tests.brain.build import services, settle

MONDAY = datetime(2026, 11, 23).astimezone()
STEP = 600
"""Seconds between two ticks of the scheduler."""
USUAL = Config(llm=LanguageModelConfig(backend="none"))


def vault(size: int = 6) -> dict[str, str]:
    """Notes with two tasks and an open question in each, by path; two notes for each of `size` things."""
    things = ["raft", "bread", "garden", "taxes", "violin", "cache", "lisbon", "heating", "thesis", "budget"]
    return {
        f"{place}/{thing}.md": f"# The {thing}\n\n- [ ] order the {thing} {what} for {who}\n"
        f"- [ ] tell {who} about the {thing} {place}\n\nWhy does the {thing} {what} cost so much?\n"
        for thing in things[:size]
        for place, what, who in (("work", "manual", "Mara"), ("home", "book", "Tom"))
    }


async def lived(
    folder: Path,
    days: int,
    answer: Callable[[Offer, random.Random], Reaction | None],
    config: Config = USUAL,
    seed: int = 7,
) -> list[RecordedEvent]:
    """The journal of `days` days from MONDAY on, with the owner at the desk 9-12 and 13-18 and saving notes at random.

    `answer` returns the reaction to an offer, which follows two minutes later; None means that the offer is ignored.
    """
    now, chance = [(MONDAY + timedelta(hours=8)).timestamp()], random.Random(seed)
    life = services(folder, config, {})
    for name, text in vault().items():
        (life.folder / name).parent.mkdir(exist_ok=True)
        (life.folder / name).write_text(text)
    life.index.refresh()
    while life.index.vectors.pending_count:
        life.index.vectors.embed_batch(64)
    lane, sensed = PriorityWorker("index"), ActivityTracker(config.sensors, now[0])
    upkeep = IndexMaintainer(
        life, lane, lambda: now[0], on_progress=_nothing, on_edit=_ignored, on_left=_ignored, on_trouble=_ignored
    )
    initiative = OfferScheduler(
        life,
        worker=lane,
        maintainer=upkeep,
        tracker=sensed,
        model_selector=ModelSelector(config.llm, _nothing),
        send_event=_ignored,
        on_change=_nothing,
        clock=lambda: now[0],
        rng=chance,
    )
    initiative._seed = str(seed)  # else the seed would depend on the data folder of the test
    try:
        for day in range(days):
            upkeep.topic_table = life.mine_topics(now[0], new_titles=0)
            for step in range(int(12 * 3600 / STEP)):
                now[0] = (MONDAY + timedelta(days=day, hours=8)).timestamp() + step * STEP
                hour = 8 + step * STEP / 3600
                here = 9 <= hour < 12 or 13 <= hour < 18
                sensed.record_idle(0.0 if here else 3600.0, now[0])
                if here and chance.random() < 0.3:
                    sensed.record_key_press(now[0] - chance.choice([10.0, 100.0]))
                if here and chance.random() < 0.1:
                    path = chance.choice(sorted(life.index.notes))
                    sensed.record_edits([path], now[0] - 60)
                    life.record_event(events.NotesEdited(paths=(path,)), now[0] - 60)
                await initiative.tick()
                await settle()
                await initiative.tick()  # the opener was prepared meanwhile
                if offer := initiative.pending.offer:
                    reaction = answer(offer, chance) or "ignored"
                    life.record_event(
                        events.ReactionReceived(offer=offer.id, reaction=reaction, seconds=120), now[0] + 120
                    )
                    initiative.pending.resolve_offer(offer.id)
        initiative.close()
        return list(life.journal.read_events())
    finally:
        lane.close()
        life.close()


def _nothing() -> None:
    pass


def _ignored(*_: object) -> None:
    pass
