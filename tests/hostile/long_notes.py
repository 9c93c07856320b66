"""Notes of one very long line, and a measurement of the brain that reads them."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from msgspec import structs

from proactive_tui.brain.conversations.archive import build_note_lines
from proactive_tui.ipc.codec import encode_message
from proactive_tui.ipc.events import SearchResults
from proactive_tui.model.topic_values import Evidence
from proactive_tui.paths import open_data_folder

LINES: Mapping[str, Callable[[int], str]] = {
    "words": lambda n: "lease word " * (n // 11),
    "no blanks": lambda n: "x" * n,
    "a link": lambda n: f"[lease]({'x' * n})",
    "a link that does not end": lambda n: "[lease](" + "x" * n,
    "a wikilink": lambda n: f"[[{'lease' * (n // 5)}]]",
    "links": lambda n: "[lease](b.md) " * (n // 14),
    "a tag": lambda n: "#" + "lease" * (n // 5),
    "other tags": lambda n: " ".join(f"#t{k}" for k in range(n // 8)),
    "a row of a table": lambda n: f"|{'a|' * (n // 4)}\n|{'-|' * (n // 4)}",
    "a heading": lambda n: "# " + "lease word " * (n // 11),
    "a heading and text below": lambda n: f"# {'lease ' * (n // 12)}\n\n{'word ' * (n // 10)}",
    "a task": lambda n: "- [ ] send the lease " + "word " * (n // 5),
    "stars": lambda n: "*" * n,
    "emphasis": lambda n: "*lease " * (n // 7),
    "ticks": lambda n: "``a` " * (n // 5),
    "a value in front": lambda n: f"---\ntitle: {'lease ' * (n // 6)}\n---\n\nText.",
    "marks on a letter": lambda n: "a" + "\N{COMBINING ACUTE ACCENT}" * (n // 2),
    "joined emoji": lambda n: "\N{MAN}\N{ZERO WIDTH JOINER}" * (n // 7),
    "turned around": lambda n: "\N{RIGHT-TO-LEFT OVERRIDE}lease " * (n // 9),
    "without blanks in Chinese": lambda n: "租" * (n // 3),
    "a question": lambda n: "why does the lease " * (n // 19) + "?",
    "questions": lambda n: "Why does the lease hold? " * (n // 25),
    "abbreviations": lambda n: "why e.g. " * (n // 9),
    "promises": lambda n: "I will send Anna the lease by 2026-12-01. " * (n // 42),
    "a sentence at the end": lambda n: "x " * (n // 2) + "Why does the lease hold?",
}
"""Functions that make a line of about `n` bytes, by name."""


@dataclass(frozen=True)
class Met:
    """The cost of a note: seconds to read it, to mine topics and to search; memory growth and data folder in MB.

    `message` is the longest message to the face, in bytes; `reason` says why the note was skipped.
    """

    read: float
    mined: float
    search: float
    memory: int
    disk: int
    message: int
    passages: int
    topics: int
    reason: str


def meet(name: str, size: int, limit: int) -> Met:
    """Measure one such note in a process of its own; `limit` is the setting notes.max_kilobytes."""
    words = [sys.executable, "-m", "tests.hostile.long_notes", name, str(size), str(limit)]
    return Met(**json.loads(subprocess.run(words, capture_output=True, check=True, text=True).stdout))


def _meet(name: str, size: int, limit: int, place: Path) -> Met:
    from proactive_tui.index.tokenizer import TokenOffsets
    from tests.brain.build import NOTES, QUICK, services

    config = structs.replace(QUICK, notes=structs.replace(QUICK.notes, max_kilobytes=limit))
    open_data_folder(place / "data")
    TokenOffsets("the tokenizer is loaded")
    (place / "notes").mkdir()
    (place / "notes" / "long.md").write_text(LINES[name](size))
    all_of = services(place, config, dict(NOTES))
    before, began = _memory(), time.perf_counter()
    while all_of.index.refresh(100).left:
        pass
    read, began = time.perf_counter() - began, time.perf_counter()
    topics = all_of.mine_topics(time.time()).topics
    mined, began = time.perf_counter() - began, time.perf_counter()
    hits = all_of.index.search("does the lease hold", 20, meaning=False)
    search = time.perf_counter() - began
    notes = all_of.index.notes
    cited = [
        *(Evidence.of_passage(hit.passage, hit.origin) for hit in hits),
        *(each for topic in topics for each in topic.evidence),
    ]
    text = (place / "notes" / "long.md").read_text()
    looks = [build_note_lines(1, notes[each.path], each, text if each.path == "long.md" else "") for each in cited[:40]]
    found = len(encode_message(SearchResults(request=1, hits=tuple(hits))))
    longest = max([found, *(len(encode_message(each)) for each in looks), *(len(repr(topic)) for topic in topics)])
    met = Met(
        read=read,
        mined=mined,
        search=search,
        memory=_memory() - before,
        disk=sum(file.stat().st_size for file in (place / "data").rglob("*") if file.is_file()) >> 20,
        message=longest,
        passages=len(notes["long.md"].passages) if "long.md" in notes else 0,
        topics=len(topics),
        reason=next((each.reason for each in all_of.index.status().skipped if each.path == "long.md"), ""),
    )
    all_of.close()
    return met


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        sys.stdout.write(json.dumps(asdict(_meet(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(folder)))))
