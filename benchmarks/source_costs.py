"""Measures what many items cost: `python -m benchmarks.source_costs NOTES [--items 50000] [--vectors] [--json FILE]`.

Made items of a forge, feeds and a calendar are stored and indexed beside a copy of NOTES. It prints the processor time
that this takes, that from the answer of a forge with one new comment until its topic is in the pool, that of a decision
then (look-up, ranking, choice), that of comparing stories with the notes, and the memory of the process.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import psutil

from proactive_tui.brain.collecting.polling import PollOutcome, take_in
from proactive_tui.brain.offers.ranking import query_context, rank_topics
from proactive_tui.brain.services import Services, open_services
from proactive_tui.cli.actions import run_index_pass
from proactive_tui.config import CalendarConfig, Config, ForgeConfig, LanguageModelConfig, NewsConfig
from proactive_tui.index.embedder import Vectors
from proactive_tui.index.links import resolve_links
from proactive_tui.model.moment_values import Moment
from proactive_tui.model.note_values import ItemOrigin
from proactive_tui.model.shared_words import SourceName
from proactive_tui.paths import open_data_folder
from proactive_tui.sources.contract import SourceItem, SourcePoll
from proactive_tui.sources.forge.forge_items import items_of_pull
from proactive_tui.sources.forge.forge_port import ForgeActor, ForgeComment, ForgePull
from proactive_tui.sources.source_registry import SOURCES
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.outside.news_stories import mine_news
from proactive_tui.units import SECONDS_PER_DAY, SECONDS_PER_HOUR

DIMENSIONS: Final = 384
TIMES: Final = 7
CONFIG: Final = Config(
    llm=LanguageModelConfig(backend="none"),
    forge=ForgeConfig(enabled=True),
    calendar=CalendarConfig(enabled=True),
    news=NewsConfig(enabled=True),
)
COMMENTS_EACH: Final = 20
"""Comments of a pull request."""


class HashedWords:
    """An embedder of hashed words, so that a run needs no model; as many dimensions as the shipped one."""

    identity = f"hashed-{DIMENSIONS}"
    older_forms = ()
    trouble = ""
    dimensions = DIMENSIONS

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, float32 [texts, dimensions]."""
        rows = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.lower().split():
                row[int.from_bytes(hashlib.blake2b(word.encode(), digest_size=2).digest(), "big") % DIMENSIONS] += 1
            row[0] += 0.01
        unit: Vectors = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
        return unit


def made_items(size: int, words: Sequence[str], now: float) -> dict[SourceName, list[SourceItem]]:
    """`size` items: half of them stories of a month, the others comments and appointments; `words` are the notes'."""
    chance = random.Random(1)

    def text(length: int) -> str:
        return " ".join(chance.choices(words, k=length))

    stories = [
        SourceItem(
            id=f"s{number}", title=text(6), text=text(60), at=now - chance.random() * 30 * SECONDS_PER_DAY,
            origin=ItemOrigin(source="news", form="story", author=f"Feed {number % 40}", address=f"https://f.example/{number}"),
            facts={"words": "60"},
        )
        for number in range(size // 2)
    ]  # fmt: skip
    pulls = size * 2 // 5 // (COMMENTS_EACH + 1)
    reviews = [item for number in range(pulls) for item in items_of_pull("forge.example", made_pull(number, text, now))]
    dates = [
        SourceItem(
            id=f"cal/{number}", title=text(3), text=text(12), at=now + (number % 600 - 300) * SECONDS_PER_HOUR,
            origin=ItemOrigin(source="calendar", form="appointment", own=True),
            facts={"start": f"{now + (number % 600 - 300) * SECONDS_PER_HOUR:.0f}",
                   "end": f"{now + (number % 600 - 299) * SECONDS_PER_HOUR:.0f}", "busy": "yes"},
        )
        for number in range(size - len(stories) - len(reviews))
    ]  # fmt: skip
    return {"news": stories, "forge": reviews, "calendar": dates}


def made_pull(number: int, text: Callable[[int], str], now: float, comments: int = COMMENTS_EACH) -> ForgePull:
    """A pull request of the owner's with comments of four others."""
    said = tuple(
        ForgeComment(id=f"c{number}-{place}", author=ForgeActor(name=f"user{place % 4}"), text=text(20), at=now - place)
        for place in range(1, comments + 1)
    )
    return ForgePull(
        id=f"P{number}", repository="acme/api", number=number, title=text(5), text=text(20), comments=said,
        address=f"https://forge.example/{number}", author=ForgeActor(name="me", own=True), updated_at=now,
        created_at=now - SECONDS_PER_DAY, pushed_at=now - SECONDS_PER_DAY,
    )  # fmt: skip


def timed(call: Callable[[], object]) -> float:
    """Milliseconds of processor time that a call takes, so that other programs of the machine do not count."""
    began = time.process_time()
    call()
    return 1000.0 * (time.process_time() - began)


def megabytes() -> float:
    """What the process holds now."""
    gc.collect()
    return float(psutil.Process().memory_info().rss) / 1e6


def measure(services: Services, size: int, *, vectors: bool) -> Iterator[tuple[str, float]]:
    """The figures: milliseconds of processor time, and megabytes, by name."""
    run_index_pass(services, lambda *_: None)
    now, rng = time.time(), random.Random(1)
    services.mine_topics(now)
    words = note_words(services)
    yield "memory with the notes alone, MB", megabytes()
    made = made_items(size, words, now)

    def take_all() -> None:
        for name, items in made.items():
            poll = SourcePoll(items=tuple(items), state="1", complete=True)
            take_in(services, SOURCES[name], PollOutcome(poll=poll), now, rng)

    yield f"storing and indexing {size:,} items, ms", timed(take_all)
    if vectors:
        yield "embedding them (hashed words), ms", timed(lambda: embed_all(services))
    yield "memory with the items, MB", megabytes()
    yield "the first mining with them, ms", timed(lambda: services.mine_topics(now, new_titles=0))
    yield "memory after mining, MB", megabytes()
    table = services.mine_topics(now, new_titles=0)
    yield "topics in the pool", float(len(table))
    yield (
        "mining again where nothing has changed, ms",
        statistics.median(timed(lambda: services.mine_topics(now, new_titles=0)) for _ in range(TIMES)),
    )
    yield (
        "one new comment: from the answer to the pool, ms",
        statistics.median(new_comment(services, words, number, now) for number in range(TIMES)),
    )
    yield (
        "one edit of a note, until the pool, ms",
        statistics.median(edited(services, number) for number in range(TIMES)),
    )
    table = services.mine_topics(now, new_titles=0)
    moment = Moment(at=now)
    yield (
        "a decision: look-up, ranking, choice, ms",
        statistics.median(
            timed(lambda: rank_topics(services, table, moment, query_context(services, moment), rng, 5))
            for _ in range(3 * TIMES)
        ),
    )
    context = MiningContext(
        notes=services.index.notes,
        items=services.index.items,
        vectors=services.index.vectors.of_passages(
            passage.id for text in services.index.documents.values() for passage in text.passages
        ),
        links=resolve_links(services.index.notes),
    )
    context.tie_index.find_ties("", (), 1)
    yield "comparing the newest 150 stories with the notes, once, ms", timed(lambda: mine_news(context, now))
    again = replace(context, memory=context.memory)
    yield "comparing them again (tenderness is known), ms", timed(lambda: mine_news(again, now))


def note_words(services: Services) -> list[str]:
    """The words of the notes, each once, of which items are made, so that many of them meet a note somewhere."""
    texts = (passage.prose for note in services.index.notes.values() for passage in note.passages)
    return sorted({word for text in texts for word in text.split() if word.isalpha() and len(word) > 3})


def embed_all(services: Services) -> None:
    """Embed whatever has no vector yet."""
    while services.index.vectors.pending_count:
        services.index.vectors.embed_batch(256)


def new_comment(services: Services, words: Sequence[str], number: int, now: float) -> float:
    """Milliseconds of processor time from an answer of the forge with one comment more until the pool has its topic."""
    chance = random.Random(number)
    pull = made_pull(900_000 + number, lambda length: " ".join(chance.choices(words, k=length)), now, comments=1)
    poll = SourcePoll(items=tuple(items_of_pull("forge.example", pull)), state="2")
    found: list[bool] = []

    def arrive() -> None:
        take_in(services, SOURCES["forge"], PollOutcome(poll=poll), now, random.Random(1))
        table = services.mine_topics(now, new_titles=0)
        found.append(any(f"P{900_000 + number}" in path for topic in table.topics for path in topic.paths))

    took = timed(arrive)
    assert found == [True]
    return took


def edited(services: Services, number: int) -> float:
    """Milliseconds of processor time from a changed note on the disk until the pool."""
    paths = sorted(services.index.notes)
    path = services.folder / paths[number * 7 % len(paths)]
    path.write_text(path.read_text("utf-8", "replace") + f"\n\nA line more, number {number}.\n", "utf-8")

    def follow() -> None:
        services.index.refresh()
        services.mine_topics(time.time(), new_titles=0)

    return timed(follow)


def main(arguments: Sequence[str]) -> int:
    """Print the figures; exit status 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.source_costs", description=__doc__)
    parser.add_argument("notes", type=Path)
    parser.add_argument("--items", type=int, default=50_000)
    parser.add_argument("--vectors", action="store_true", help="embed the items as well, by hashed words")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args(arguments)
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder) / "notes"
        for path in given.notes.rglob("*.md"):
            target = notes / path.relative_to(given.notes)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
        services = open_services(CONFIG, open_data_folder(Path(folder) / "data"), notes, HashedWords())
        try:
            for name, value in measure(services, given.items, vectors=given.vectors):
                found[name] = round(value, 1)
                sys.stdout.write(f"{name:60} {value:12,.1f}\n")
                sys.stdout.flush()
        finally:
            services.close()
    if given.json:
        given.json.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
