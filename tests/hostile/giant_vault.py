"""Builds, indexes and mines a hostile vault: `python -m tests.hostile.giant_vault --files 100000 --deep 400`.

The vault has many files, folders deeper than the longest path, names with newlines and invalid UTF-8, pipes, sockets,
devices, circular links, and all notes of `pathological_markdown`.
"""

from __future__ import annotations

import argparse
import os
import resource
import socket
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from proactive_tui.paths import open_data_folder
from tests.hostile.pathological_markdown import made
from tests.hostile.payloads import PLANTED


class Met(NamedTuple):
    """The result of one pass: notes read, files skipped and failed with reasons, topics found, seconds, megabytes."""

    notes: int
    skipped: dict[str, str]
    failed: dict[str, str]
    topics: int
    seconds: float
    megabytes: int


def build(folder: Path, *, files: int, deep: int, characters: int) -> None:
    """Build the vault."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(files):
        place = folder / f"many-{number // 1000}"
        if number % 1000 == 0:
            place.mkdir()
        (place / f"{number}.md").write_text(f"# Note {number}\n\n- [ ] look at lease {number}\n\nDoes it hold?\n")
    for number, (name, text) in enumerate(made(characters).items()):
        (folder / f"shape-{number}.md").write_text(f"{text}\n\n{name}\n")
    for number, each in enumerate(PLANTED):
        text = f"# Lease {each}\n\n- [ ] mend {each} by Friday\n\nDoes {each} hold?\n"
        (folder / f"dirt-{number}.md").write_bytes(text.encode("utf-8", "surrogatepass"))
    for raw in (b"new\nline.md", b"\xff\xfe.md", b"\x1b[2J.md", b"-rf.md", b"a" * 252 + b".md", "é\u202e.md".encode()):
        with suppress(OSError):
            (folder / os.fsdecode(raw)).write_text("# A name\n\nDoes it hold?\n")
    os.mkfifo(folder / "pipe.md")
    with socket.socket(socket.AF_UNIX) as made_socket:
        here = Path.cwd()
        os.chdir(folder)  # the address of a socket has at most about 100 characters
        made_socket.bind("socket.md")
        os.chdir(here)
    (folder / "device.md").symlink_to("/dev/zero")
    (folder / "circle").symlink_to(folder)
    (folder / "itself.md").symlink_to("itself.md")
    (folder / "out.md").symlink_to("/etc/passwd")
    for number, seconds in enumerate((-(2**31), 2**33, 2**34 - 1)):
        (folder / f"time-{number}.md").write_text("# A time\n\n- [ ] mend it in 999 weeks\n")
        os.utime(folder / f"time-{number}.md", (seconds, seconds))
    dig(folder, deep)


def dig(folder: Path, deep: int) -> None:
    """Make `deep` nested folders step by step, since the whole path is too long for a system call."""
    here = os.open(folder, os.O_RDONLY)
    for number in range(deep):
        name = f"deep-{number:03}-" + "d" * 20
        os.mkdir(name, dir_fd=here)
        below = os.open(name, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
        if number % 50 == 0:
            note = os.open("note.md", os.O_WRONLY | os.O_CREAT, dir_fd=here)
            os.write(note, b"# Deep\n\nDoes it hold?\n")
            os.close(note)
    os.close(here)


def meet(folder: Path, data: Path) -> Met:
    """Index the vault, mine it and search once, with a cheap embedder."""
    from proactive_tui.brain.services import open_services
    from tests.brain.build import QUICK, WordVectors

    start = time.perf_counter()
    services = open_services(QUICK, open_data_folder(data), folder, WordVectors())
    try:
        while services.index.refresh(500).left:
            pass
        found = services.mine_topics(time.time())
        services.index.search("does the lease hold", 10, meaning=False)
        status = services.index.status()
        return Met(
            notes=status.indexed,
            skipped={each.path: each.reason for each in status.skipped},
            failed={each.path: each.reason for each in status.failed},
            topics=len(found.topics),
            seconds=time.perf_counter() - start,
            megabytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        )
    finally:
        services.close()


def main() -> None:
    """Build the vault, run over it, and print the result."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--files", type=int, default=100_000)
    asked.add_argument("--deep", type=int, default=400, help="folders in folders")
    asked.add_argument("--characters", type=int, default=100_000, help="of each note that is made to be slow")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as place:
        build(Path(place) / "notes", files=given.files, deep=given.deep, characters=given.characters)
        met = meet(Path(place) / "notes", Path(place) / "data")
    sys.stdout.write(
        f"{met.notes} notes, {len(met.skipped)} skipped, {len(met.failed)} failed, {met.topics} topics; "
        f"{met.seconds:.1f} s, {met.megabytes} MB at the most\n"
    )


if __name__ == "__main__":
    main()
