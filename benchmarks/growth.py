"""Measures how costs grow with the notes: `python -m benchmarks.growth [SIZES …] [--json FILE]`.

Vaults of so many short notes are made from a seed, the smaller ones the first notes of the larger. Each is measured in
a process of its own, without vectors: the index pass, a start with nothing changed, a search by words, mining
everything, an edit until the pool, a decision; what the process holds and what is on the disk. Times are those of the
processor. With --vectors passages have vectors of hashed words, which are made in no time: what is counted is what
follows from having them.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import psutil

from benchmarks.source_costs import HashedWords
from proactive_tui.brain.offers.ranking import query_context, rank_topics
from proactive_tui.brain.services import Services, open_services
from proactive_tui.config import Config, LanguageModelConfig
from proactive_tui.footprint.garbage import collect_rarely
from proactive_tui.model.moment_values import Moment
from proactive_tui.paths import open_data_folder
from proactive_tui.units import SECONDS_PER_DAY

SIZES: Final = (1_000, 3_000, 10_000)
EDITS: Final = 40
SEARCHES: Final = 20
SHORT_LIST: Final = 5
VECTORS_AT_ONCE: Final = 256
NOW: Final = 1_780_000_000.0
CONFIG: Final = Config(llm=LanguageModelConfig(backend="none"))
SYLLABLES: Final = ("ba", "co", "di", "fe", "gu", "ha", "ki", "lo", "mu", "ne", "pi", "ro", "sa", "te", "vi", "zu")
COMMON: Final = (
    "the",
    "of",
    "and",
    "to",
    "in",
    "is",
    "it",
    "that",
    "for",
    "was",
    "on",
    "with",
    "as",
    "at",
    "by",
    "from",
)
SUBJECTS: Final = 400
"""Subjects that notes are about: each has words of its own, so that a vault has themes and rare words alike."""


def made_word(number: int) -> str:
    """A word that no language has, always the same for a number."""
    letters = ""
    while number or not letters:
        number, place = divmod(number, len(SYLLABLES))
        letters += SYLLABLES[place]
    return f"{letters}n"


def made_note(number: int) -> tuple[str, str, float]:
    """The path, the text and the modification time (unix seconds) of a note: some 150 words under one to three
    headings, with a link, and in one of three notes a box, in one of five a question.
    """
    chance = random.Random(number)
    subject = int(SUBJECTS * chance.random() ** 2)
    own = [made_word(1_000 + 40 * subject + place) for place in range(40)]

    def sentence() -> str:
        words = chance.choices(COMMON, k=8) + chance.choices(own, k=3) + [made_word(chance.randrange(60_000))]
        chance.shuffle(words)
        return f"{' '.join(words).capitalize()}."

    parts = [f"# {own[0].capitalize()} {own[1 + number % 39]} {number}\n"]
    for place in range(chance.randint(1, 3)):
        parts.append(f"## {own[place].capitalize()} {chance.choice(own)}\n")
        parts.append(" ".join(sentence() for _ in range(chance.randint(3, 8))) + "\n")
    parts.append(f"See [[{made_note_name(chance.randrange(number + 1))}]].\n")
    if number % 3 == 0:
        parts.append(f"- [ ] ask about the {chance.choice(own)} {made_word(number)}\n")
    if number % 5 == 0:
        parts.append(f"Why does {chance.choice(own)} need {made_word(number)}?\n")
    at = NOW - chance.random() * 900 * SECONDS_PER_DAY
    return f"area {subject % 20}/{made_note_name(number)}.md", "\n".join(parts), at


def made_note_name(number: int) -> str:
    """The name of a note without its suffix."""
    return f"note {number:06}"


def write_vault(folder: Path, size: int) -> None:
    """Write `size` notes into a folder, with their modification times."""
    for number in range(size):
        path, text, at = made_note(number)
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        _set_times(file, at)


def _set_times(file: Path, at: float) -> None:
    os.utime(file, (at, at))


def milliseconds(call: Callable[[], object]) -> float:
    """Milliseconds of processor time that a call takes."""
    began = time.process_time()
    call()
    return 1000.0 * (time.process_time() - began)


def unique_megabytes() -> float:
    """The memory that is the process's own."""
    gc.collect()
    return float(psutil.Process().memory_full_info().uss) / 1e6


def measure_size(size: int, folder: Path, *, with_vectors: bool = False) -> Iterator[tuple[str, float]]:
    """The figures for a vault of `size` notes, by name."""
    notes, paths = folder / "notes", open_data_folder(folder / "data")
    write_vault(notes, size)
    bare = unique_megabytes()
    collect_rarely()
    services = open_services(CONFIG, paths, notes, HashedWords())
    yield "index pass, ms a note", milliseconds(services.index.refresh) / size
    yield "passages", float(services.index.passage_count)
    if with_vectors:
        while services.index.vectors.embed_batch(VECTORS_AT_ONCE):
            pass
    yield "memory, kB a note", 1000.0 * (unique_megabytes() - bare) / size
    services.close()
    yield (
        "on the disk, kB a note",
        sum(file.stat().st_size for file in (folder / "data").rglob("*") if file.is_file()) / (1000.0 * size),
    )

    def start() -> None:
        nonlocal services
        services = open_services(CONFIG, paths, notes, HashedWords())
        services.index.refresh()

    yield "start with nothing changed, ms", milliseconds(start)
    yield from measure_use(services, size)
    services.close()


def measure_use(services: Services, size: int) -> Iterator[tuple[str, float]]:
    """The figures of a running brain: searches, mining, edits, decisions."""
    words = [made_word(1_000 + 40 * number) for number in range(SEARCHES)]
    yield (
        "a search by words, ms",
        statistics.median(milliseconds(partial(services.index.search, word, 10, meaning=False)) for word in words),
    )
    held = unique_megabytes()
    yield "mining everything, ms a note", milliseconds(lambda: services.mine_topics(NOW, new_titles=0)) / size
    yield "memory that mining keeps, kB a note", 1000.0 * (unique_megabytes() - held) / size
    yield "mining with nothing changed, ms", milliseconds(lambda: services.mine_topics(NOW, new_titles=0))
    edits = sorted(edit_note(services, number * size // EDITS) for number in range(EDITS))
    yield "an edit until the pool, ms, median", statistics.median(edits)
    yield "an edit until the pool, ms, p95", edits[int(0.95 * EDITS)]
    table, moment, rng = services.mine_topics(NOW, new_titles=0), Moment(at=NOW), random.Random(1)
    yield "topics in the pool", float(len(table))
    decisions = [
        milliseconds(lambda: rank_topics(services, table, moment, query_context(services, moment), rng, SHORT_LIST))
        for _ in range(SEARCHES)
    ]
    yield "a decision, ms", statistics.median(decisions)


def edit_note(services: Services, number: int) -> float:
    """Milliseconds from a changed note on the disk until the pool; that the change is noticed is not counted."""
    path, text, _ = made_note(number)
    file = services.folder / path
    file.write_text(f"{text}\n- [ ] ask number {number} about the figures\n", "utf-8")
    _set_times(file, NOW + number)

    def follow() -> None:
        services.index.apply_changes([path])
        if services.index.vectors.count:
            services.index.vectors.embed_batch(VECTORS_AT_ONCE)
        services.mine_topics(NOW + 60.0, new_titles=0)

    return milliseconds(follow)


def main(arguments: Sequence[str]) -> int:
    """Print a row for each figure, with a column for each size; exit status 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--vectors", action="store_true", help="with vectors of hashed words")
    parser.add_argument("--one", action="store_true", help="measure one size in this process, and print JSON")
    given = parser.parse_args(arguments)
    if given.one:
        with tempfile.TemporaryDirectory() as folder:
            for name, value in measure_size(given.sizes[0], Path(folder), with_vectors=given.vectors):
                sys.stdout.write(f"{json.dumps([name, value])}\n")
                sys.stdout.flush()
        return 0
    found: dict[str, dict[int, float]] = {}
    for size in given.sizes:
        command = [sys.executable, "-m", "benchmarks.growth", "--one", str(size)]
        command += ["--vectors"] * given.vectors
        for line in subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines():
            name, value = json.loads(line)
            found.setdefault(name, {})[size] = value
    sys.stdout.write(f"{'notes':40}{''.join(f'{size:>12,}' for size in given.sizes)}\n")
    for name, values in found.items():
        sys.stdout.write(f"{name:40}{''.join(f'{values[size]:12,.2f}' for size in given.sizes)}\n")
    if given.json:
        given.json.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
