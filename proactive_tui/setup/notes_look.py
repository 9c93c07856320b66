"""Reads the newest notes of a folder for a first look, before anything is kept. Writes nothing.

The guide runs this module as a process of its own, which prints a line of JSON for each step, so that its screen stays
quick.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final

import msgspec

from proactive_tui.config import NotesConfig
from proactive_tui.index.links import resolve_links
from proactive_tui.index.markdown import parse_note
from proactive_tui.setup.first_look import KINDS_IN_WORDS, FirstLook
from proactive_tui.sources.folder import read_note, scan_folder
from proactive_tui.sources.rules import Rules
from proactive_tui.text.language import DEFAULT_LANGUAGE, detect_any_language
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.pool import merge_topics, run_miners

MAX_NOTES_LOOKED_AT: Final = 2000
"""The newest notes that are read for a first look."""
MAX_LOOK_SECONDS: Final = 40.0
"""Seconds after which no further note is read."""
LOOK_REPORT_SECONDS: Final = 0.3
NOTES_TOLD_BY_LANGUAGE: Final = 200
"""The newest notes whose language is asked: a thousandth of a second each, and a second for the first."""


def look_at_notes(folder: Path, report: Callable[[FirstLook], None] = lambda _: None) -> FirstLook:
    """Read the newest notes of a folder, and count what they hold. Raises NotesError."""
    rules = Rules(folder, NotesConfig(folder=str(folder)))
    files = sorted(scan_folder(folder, rules).files, key=lambda file: -file.modified_ns)
    began = reported = time.monotonic()
    notes = {}
    for number, file in enumerate(files[:MAX_NOTES_LOOKED_AT]):
        now = time.monotonic()
        if now - began > MAX_LOOK_SECONDS:
            break
        if now - reported > LOOK_REPORT_SECONDS:
            reported = now
            report(FirstLook(read=number, total=len(files)))
        data = read_note(folder, file.path, rules)
        if isinstance(data, bytes):
            notes[file.path] = parse_note(file.path, data, file.modified_ns / 1e9)
    report(FirstLook(read=len(notes), total=len(files)))
    context = MiningContext(notes=notes, links=resolve_links(notes))
    counted = Counter(topic.kind for topic in merge_topics(run_miners(context, time.time(), tuple(KINDS_IN_WORDS))))
    return FirstLook(
        read=len(notes),
        total=len(files),
        open_ends={kind: counted[kind] for kind in KINDS_IN_WORDS if counted[kind]},
        people=count_people(context.people_names),
        days=sum(note.date_from == "name" for note in notes.values()),
        is_foreign=are_mostly_foreign(
            "\n".join(passage.prose for passage in note.passages[:2])
            for note in islice(notes.values(), NOTES_TOLD_BY_LANGUAGE)
        ),
        done=True,
    )


def are_mostly_foreign(texts: Iterable[str]) -> bool:
    """Whether more than half of the texts whose language can be told are not English."""
    codes = [code for code in map(detect_any_language, texts) if code]
    return 2 * sum(code != DEFAULT_LANGUAGE for code in codes) > len(codes)


def count_people(names: Iterable[str]) -> int:
    """How many people these names are of: a first name that begins a longer one is the same person's."""
    known = set(names)
    firsts = {name.split()[0] for name in known if " " in name}
    return len(known - firsts)


def main() -> None:
    """Print what is seen of the folder that the first argument names, a line of JSON for each step."""
    with suppress(OSError, AttributeError):
        os.nice(5)  # the screen comes first

    def print_look(look: FirstLook) -> None:
        sys.stdout.write(msgspec.json.encode(look).decode() + "\n")
        sys.stdout.flush()

    print_look(look_at_notes(Path(sys.argv[1]), print_look))


if __name__ == "__main__":
    main()
