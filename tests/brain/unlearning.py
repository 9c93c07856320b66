"""Unlearning is exact: a brain that forgot is, to the last bit, one to which it never happened.

`python -m tests.brain.unlearning --examples 5000` tries so many lives; the tests try a few.
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

from proactive_tui.brain.services import LearnedModels, Services
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
    """One part, or a union of several; now and then everything."""
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
    """So many events at the most; any number of them is as likely, while lists are short mostly."""
    size = draw(st.integers(0, most))
    return life(draw(st.lists(SEEDS, min_size=size, max_size=size)), begins)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A life, a wish, what happened while models were replayed and after it, and any events that go as well."""
    lived = draw(lives(50))
    ends = lived[-1][0] if lived else T0
    meanwhile = draw(lives(4, ends))
    after = draw(lives(10, meanwhile[-1][0] if meanwhile else ends))
    some = draw(st.frozensets(st.integers(0, 80), max_size=8)) if draw(st.integers(0, 3)) == 3 else frozenset[int]()
    return lived, draw(wishes(lived)), meanwhile, after, some


class Brain:
    """What of a brain learns: the real services, without an index. Nothing of it is durable."""

    def __init__(self, folder: Path) -> None:
        nothing: Any = None
        journal = Journal(folder / "journal.db")
        journal._database.execute("PRAGMA synchronous = OFF")  # thousands of lives; the disk has tests of its own
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
        )

    def begin(self) -> None:
        """Another life: an empty journal, and nothing learned."""
        self.services.journal._database.execute("DELETE FROM events")
        self.services.history, self.services.learned = JournalState(), LearnedModels(Config())

    def live(self, lived: Life) -> None:
        """Record and learn."""
        for at, event in lived:
            self.services.record_event(event, at)

    def forget(self, wish: Wish, some: frozenset[int], meanwhile: Life) -> None:
        """As the brain does it: the journal first, then new models, while life goes on."""
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
    history.last_id = 0  # numbers differ, and teach nothing
    return bits((learned, history))


def tried(brain: Brain, case: Case) -> Counter[str]:
    """Live, forget, go on; compare with a life that never had it. What was tried, counted. Raises AssertionError."""
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
    """So many lives; what was tried. Raises AssertionError, with the `smallest` life that can be found if asked."""
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
    """Try, and say what was tried."""
    parser = argparse.ArgumentParser(prog="python -m tests.brain.unlearning", description=__doc__)
    parser.add_argument("--examples", type=int, default=5_000)
    given_ = parser.parse_args()
    began = time.monotonic()
    for name, times in run(given_.examples).items():
        sys.stdout.write(f"{times:8} {name}\n")
    sys.stdout.write(f"{time.monotonic() - began:8.0f} seconds\n")


if __name__ == "__main__":
    main()
