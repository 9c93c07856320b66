"""Checks that unlearning is exact: models after forgetting equal, to the last bit, models that never saw the data.

`python -m tests.brain.unlearning --examples 5000` tries so many random journals; the tests try a few.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from proactive_tui.brain.learned_models import LearnedModels
from proactive_tui.brain.services import Services
from proactive_tui.config import Config
from proactive_tui.journal.events import Event, RecordedEvent, event_from_json, event_to_json
from proactive_tui.journal.forget import forget_events
from proactive_tui.journal.journal import Journal
from proactive_tui.journal.projection import JournalState, replay_events
from proactive_tui.paths import open_data_folder
from tests.brain.model_dump import bits
from tests.brain.random_journals import OFFERS, PATHS, TOPICS, Life, life
from tests.brain.unlearning_oracle import Wish, never
from tests.journal.builders import T0

SEEDS = st.integers(0, 1 << 30)
PLACES = st.sampled_from([*PATHS, "sub", "sub/deep/", "other.md"])
NAMES = st.sampled_from([*TOPICS, *(f"TOPIC {each.upper()}" for each in TOPICS)])
Case: TypeAlias = tuple[Life, Wish, Life, Life, frozenset[int]]
PARTS = ("paths", "topic", "since", "before", "reactions", "touches")


@st.composite
def wishes(draw: st.DrawFn, lived: Life) -> Wish:
    """A random wish: one part, a union of several, or rarely everything."""
    parts = set(draw(st.lists(st.sampled_from(PARTS), min_size=1, max_size=3)))
    times = st.sampled_from([at for at, _ in lived] or [T0])
    return Wish(
        paths=tuple(draw(st.lists(PLACES, min_size=1, max_size=2))) if "paths" in parts else (),
        topic=draw(NAMES) if "topic" in parts else None,
        since=draw(times) if "since" in parts else None,
        before=draw(times) if "before" in parts else None,
        reactions=tuple(draw(st.lists(st.sampled_from(OFFERS), min_size=1, max_size=3)))
        if "reactions" in parts
        else (),
        touches="touches" in parts,
        everything=draw(st.integers(0, 19)) == 19,
    )


@st.composite
def lives(draw: st.DrawFn, most: int, begins: float = T0) -> Life:
    """A journal of up to `most` events; every length is equally likely, while hypothesis prefers short lists."""
    size = draw(st.integers(0, most))
    return life(draw(st.lists(SEEDS, min_size=size, max_size=size)), begins)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A journal, a wish, the events during the replay and after it, and positions of further events to delete."""
    lived = draw(lives(50))
    ends = lived[-1][0] if lived else T0
    meanwhile = draw(lives(4, ends))
    after = draw(lives(10, meanwhile[-1][0] if meanwhile else ends))
    some = draw(st.frozensets(st.integers(0, 80), max_size=8)) if draw(st.integers(0, 3)) == 3 else frozenset[int]()
    return lived, draw(wishes(lived)), meanwhile, after, some


class Brain:
    """The learning part of a brain: the real services without an index, and without durable writes."""

    def __init__(self, folder: Path) -> None:
        nothing: Any = None
        journal = Journal(folder / "journal.db")
        journal._database.execute("PRAGMA synchronous = OFF")  # for speed; others test durability
        self.services = Services(
            config=Config(),
            paths=open_data_folder(folder),
            folder=folder,
            journal=journal,
            history=JournalState(),
            learned=LearnedModels(Config()),
            embedder=nothing,
            index=nothing,
            cache=nothing,
            items=nothing,
        )

    def begin(self) -> None:
        """Start again with an empty journal and new models."""
        self.services.journal._database.execute("DELETE FROM events")
        self.services.history, self.services.learned = JournalState(), LearnedModels(Config())

    def live(self, lived: Life) -> None:
        """Record these events, and learn from them."""
        for at, event in lived:
            self.services.record_event(event, at)

    def forget(self, wish: Wish, some: frozenset[int], meanwhile: Life) -> None:
        """Forget as the brain does: first in the journal, then by a replay, during which `meanwhile` is recorded."""
        services = self.services
        forget_events(services.journal, **{name: getattr(wish, name) for name in Wish.__struct_fields__})
        numbers = [each.id for each in services.journal.read_events()]
        services.journal.delete_events([number for place, number in enumerate(numbers) if place in some])
        replayed = services.replay_journal()
        self.live(meanwhile)
        services.adopt_replay(*replayed)

    @property
    def state(self) -> object:
        return _state(self.services.learned, self.services.history)

    @property
    def journal(self) -> list[tuple[float, Event]]:
        return [(each.at, each.event) for each in self.services.journal.read_events()]


def _state(learned: LearnedModels, history: JournalState) -> object:
    history.last_id = 0  # event ids differ, and do not influence learning
    return bits((learned, history))


def tried(brain: Brain, case: Case) -> Counter[str]:
    """Live, forget and go on; compare with a journal that never had the data. Returns counts of the case.

    Raises AssertionError where the two differ.
    """
    lived, wish, meanwhile, after, some = case
    brain.begin()
    brain.live(lived)
    brain.forget(wish, some, meanwhile)
    brain.live(after)
    kept = [each for place, each in enumerate(never(lived, wish)) if place not in some]
    other = [*kept, *meanwhile, *after]
    assert brain.journal == other
    told = LearnedModels(Config())
    assert brain.state == _state(told, replay_events(recorded(other), told.subscribers))
    parts = [name for name in Wish.__struct_fields__ if getattr(wish, name)]
    return Counter({"lives": 1, "events": len(lived), "forgotten": len(lived) - len(kept)}) + Counter(parts)


def recorded(lived: Sequence[tuple[float, Event]]) -> list[RecordedEvent]:
    return [
        RecordedEvent(id=n, at=at, event=event_from_json(event_to_json(each)))
        for n, (at, each) in enumerate(lived, start=1)
    ]


def run(examples: int, *, smallest: bool = True) -> Counter[str]:
    """Try `examples` random cases; returns the counts. Raises AssertionError, with `smallest` for a shrunk case."""
    total = Counter[str]()
    with tempfile.TemporaryDirectory() as place:
        brain = Brain(Path(place))

        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, *([Phase.shrink] if smallest else [])],
        )
        @given(cases())
        def once(case: Case) -> None:
            total.update(tried(brain, case))

        try:
            once()
        finally:
            brain.services.journal.close()
    return total


def main() -> None:
    """Try the cases, and print the counts."""
    parser = argparse.ArgumentParser(prog="python -m tests.brain.unlearning", description=__doc__)
    parser.add_argument("--examples", type=int, default=5_000)
    given_ = parser.parse_args()
    began = time.monotonic()
    for name, times in run(given_.examples).items():
        sys.stdout.write(f"{times:8} {name}\n")
    sys.stdout.write(f"{time.monotonic() - began:8.0f} seconds\n")


if __name__ == "__main__":
    main()
