"""Measures the cost of one decision: `python -m benchmarks.decision [--topics 10000] [--offers 1500] [--json FILE]`.

For a synthetic owner with a long history it runs the gates, break and receptivity, the retrieval over all topics, the
ranking of a thousand candidates, and the choice. It reports the CPU time of each part in milliseconds (median and
worst), beside the gate of the package `proactive-gate`, which checks quiet hours, limits and dismissals and knows no
topics. The pool is prepared whenever notes have changed, outside the decision.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
import psutil
from numpy.typing import NDArray

from proactive_tui.brain.learned_models import LearnedModels
from proactive_tui.config import Config
from proactive_tui.journal.events import OfferIssued, ReactionReceived, RecordedEvent
from proactive_tui.journal.projection import JournalState, apply_event
from proactive_tui.model.moment_values import Moment, NoteEdit
from proactive_tui.model.note_values import ItemOrigin
from proactive_tui.model.offer_values import Offer, Opener, Suggestion
from proactive_tui.model.shared_words import REACTIONS, TOPIC_KINDS, Kind, SourceName
from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.moment.assessment import assess_moment
from proactive_tui.recommend.context import RetrievalContext
from proactive_tui.recommend.topic_table import TopicTable

NOW: Final = 1_780_000_000.0
HOUR: Final = 3600.0
DAY: Final = 24 * HOUR
NOTES: Final = 2000
NEAREST: Final = 1000
ITEM_SOURCES: Final[dict[Kind, SourceName]] = {
    "review": "forge",
    "unfinished work": "git",
    "meeting": "calendar",
    "rhythm": "activity",
    "news": "news",
}
SHORT_LIST: Final = 5


def pool(size: int) -> tuple[list[Topic], dict[str, NDArray[np.float32]]]:
    """`size` random topics in NOTES notes, and a vector for each piece of evidence."""
    rng = random.Random(1)
    topics = []
    for number in range(size):
        where = rng.sample(range(NOTES), 1 + (number % 3 == 0))
        topics.append(
            Topic(
                id=f"t{number:06}",
                kind=TOPIC_KINDS[number % len(TOPIC_KINDS)],
                title=f"Topic {number}",
                evidence=tuple(
                    Evidence(
                        path=f"f{each % 40}/n{each}.md", line_start=1, line_end=2, text="", passage=f"p{number}-{each}"
                    )
                    for each in where
                )
                + tuple(_item_evidence(number)),
                at=NOW - rng.random() * 900 * DAY,
                cause=f"c{number}",
                due=NOW + rng.uniform(-30, 60) * DAY if TOPIC_KINDS[number % len(TOPIC_KINDS)] == "task" else None,
                salience=rng.random(),
                tags=tuple(f"tag{rng.randrange(700)}" for _ in range(3)),
                people=(f"Person {rng.randrange(60)}",) if number % 4 == 0 else (),
            )
        )
    passages = [each.passage for topic in topics for each in topic.evidence]
    drawn = np.random.default_rng(1).standard_normal((len(passages), 384)).astype(np.float32)
    return topics, dict(zip(passages, drawn, strict=True))


def _item_evidence(number: int) -> Iterator[Evidence]:
    """The item that a topic of a source's kind rests on, beside the notes that it meets."""
    source = ITEM_SOURCES.get(TOPIC_KINDS[number % len(TOPIC_KINDS)])
    if source:
        origin = ItemOrigin(source=source, form="item", author=f"Author {number % 300}")
        path = f"{source}://i{number}"
        yield Evidence(path=path, line_start=1, line_end=2, text="", passage=f"i{number}", origin=origin)


def signals(topics: Sequence[Topic]) -> RetrievalContext:
    """A random context of retrieval, as the index would give for the present."""
    rng = random.Random(2)
    passages = [each.passage for topic in topics for each in topic.evidence]
    near = min(NEAREST, len(passages))
    return RetrievalContext(
        meaning={each: rng.random() for each in rng.sample(passages, near)},
        words={each: rng.random() for each in rng.sample(passages, near)},
        returns={f"f{each % 40}/n{each}.md": rng.random() for each in range(NOTES)},
    )


def live(
    learned: LearnedModels, history: JournalState, standing: TopicTable, now: RetrievalContext, offers: int
) -> None:
    """Make `offers` offers of good topics, four a day, and learn from random reactions."""
    rng = random.Random(3)
    for number in range(offers):
        at = NOW - (offers - number) * 6 * HOUR
        if number % 50 == 0:  # the best topics now, for the next fifty offers
            found = learned.recommender.suggest(standing, _moment(at, history), now, rng, 50)
        best = found[number % len(found)]
        offer = _offer(best, f"o{number}", at, learned)
        apply_event(
            history, RecordedEvent(id=2 * number + 1, at=at, event=OfferIssued(offer=offer)), learned.subscribers
        )
        reacted = ReactionReceived(offer=offer.id, reaction=rng.choice(REACTIONS))
        apply_event(history, RecordedEvent(id=2 * number + 2, at=at + 60, event=reacted), learned.subscribers)


def measure(call: Callable[[], Any], times: int) -> tuple[float, float]:
    """Median and worst CPU time of `times` calls, in milliseconds."""
    call()
    gc.collect()
    took = []
    for _ in range(times):
        began = time.process_time()
        call()
        took.append(1000 * (time.process_time() - began))
    return statistics.median(took), max(took)


def figures(size: int, offers: int, times: int) -> dict[str, tuple[float, float]]:
    """The CPU time by part: (median, worst), in milliseconds."""
    config, history = Config(), JournalState()
    learned = LearnedModels(config)
    topics, vectors = pool(size)
    standing, now = TopicTable.from_topics(topics, vectors), signals(topics)
    live(learned, history, standing, now, offers)
    moment, rng = _moment(NOW, history), random.Random(4)

    def looking() -> float:
        seen = assess_moment(
            moment, config, learned.receptivity.predict, usual=learned.presence.relative_availability(moment.at)
        )
        seen.decide(0.5, config)
        return seen.receptivity

    def ranking() -> list[Suggestion]:
        return learned.recommender.suggest(standing, moment, now, rng, SHORT_LIST)

    found = {
        "gates, break, receptivity, threshold": measure(looking, times),
        f"retrieval over {size} topics, ranking of 1,000, choice": measure(ranking, times),
        "the whole decision": measure(lambda: (looking(), ranking()), times),
    }
    if find_spec("proactive_gate"):  # the extra "bench"
        found["proactive-gate, the gate alone"] = measure(gate(), times)
    return found | {
        "once for each change of the notes: preparing the pool": measure(
            lambda: TopicTable.from_topics(topics, vectors, history.past_outcomes), 3
        ),
    }


def gate() -> Callable[[], Any]:
    """One evaluation by proactive-gate with its default checks."""
    from proactive_gate import Candidate, EvaluateInput, Gate, UserState, default_checks  # noqa: PLC0415

    made = Gate(default_checks(daily_limit=6))
    user = UserState.from_dict(
        {
            "id": "owner",
            "consent": True,
            "timezone": "UTC",
            "quietHours": {"start": "22:00", "end": "07:30"},
            "createdAt": "2026-01-01T00:00:00Z",
        }
    )
    candidate = Candidate(id="c", type="reminder", priority="normal", surfaces=("feed",))
    given = EvaluateInput(user, candidate, datetime.fromtimestamp(NOW, UTC))
    return lambda: made.evaluate(given)


def main(arguments: Sequence[str]) -> int:
    """Print the table; exit status 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.decision", description=__doc__)
    parser.add_argument("--topics", type=int, default=10_000)
    parser.add_argument("--offers", type=int, default=1_500)
    parser.add_argument("--times", type=int, default=30)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args(arguments)
    found = figures(given.topics, given.offers, given.times)
    lines = [f"{'CPU, ms':55} {'median':>8} {'worst':>8}"]
    lines += [f"{name:55} {middle:8.2f} {worst:8.2f}" for name, (middle, worst) in found.items()]
    lines.append(f"memory of the whole process, {psutil.Process().memory_info().rss / 1e6:.0f} MB")
    sys.stdout.write("\n".join(lines) + "\n")
    if given.json:
        given.json.write_text(json.dumps({name: list(each) for name, each in found.items()}, indent=1) + "\n", "utf-8")
    return 0


def _moment(at: float, history: JournalState) -> Moment:
    edits = tuple(NoteEdit(path=f"f{each % 40}/n{each}.md", at=at - 600 * each) for each in range(5))
    return Moment(at=at, history=history.past_outcomes, edits=edits, key_at=at - 90, idle=90.0, started_at=at - HOUR)


def _offer(best: Suggestion, name: str, at: float, learned: LearnedModels) -> Offer:
    seen = assess_moment(_moment(at, JournalState()), Config(), learned.receptivity.predict)
    return Offer(
        id=name, at=at, topic=best.topic, opener=Opener(text="?", framing="question", spoken_by="template"),
        score=best.score, features=best.features, contributions=best.contributions, channels=best.channels,
        propensity={"topic": best.propensity, "framing": 0.5, "moment": 0.9}, when=seen.when,
        receptivity=seen.receptivity,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
