"""Measures the face's latency in a terminal: `python -m benchmarks.latency [--keys 200] [--starts 10] [--json FILE]`.

The baseline is a minimal Textual app (`benchmarks/bare.py`) in the same run and under the same load: keys go to both in
turn. A key's echo is the time from writing the byte to reading the letter on the screen; the first frame is the time
from starting the process to its first text. The program is measured idle, while 8,000 passages are embedded, and while
a reply streams in at 50 tokens a second. All times are wall-clock times.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import json
import os
import pty
import random
import select
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

from benchmarks.bare import READY
from tests.ollama_server import Script, serving

ROWS: Final = 36
COLUMNS: Final = 120
LETTERS: Final = [chr(each) for each in (*range(0x391, 0x3A2), *range(0x3B1, 0x3CA), *range(0x410, 0x450))]
"""Letters that appear on no screen before they are typed: Greek and Cyrillic."""
CLEAR_AFTER: Final = 40
CTRL_N, CTRL_U, ENTER = "\x0e", "\x15", "\r"
TOKEN_SECONDS: Final = 1 / 50
WORDS: Final = ("queues", "leases", "clocks", "retries", "indexes", "caches", "quorums", "streams", "locks", "logs")
PASSAGES: Final = 8000
CONFIG: Final = """
[offers]
per_day = 0
first_day = 0

[topics]
kinds = []

[llm]
beyond_notes = true
{llm}
"""


class Echo(NamedTuple):
    """Seconds from a key to its echo, for the bare app and for the program."""

    bare: list[float]
    ours: list[float]


class Pane:
    """A program in a pseudo-terminal of its own."""

    def __init__(self, *command: str, environ: Mapping[str, str] | None = None) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.began = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, *command],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "", "LINES": "", **(environ or {})},
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        while True:  # pending output would block its end
            try:
                self._process.wait(0.05)
                break
            except subprocess.TimeoutExpired:
                self.read(0.0)
        os.close(self._master)

    def read(self, seconds: float) -> bytes:
        """Read the output, waiting for at most `seconds`."""
        if not select.select([self._master], [], [], seconds)[0]:
            return b""
        with contextlib.suppress(OSError):
            return os.read(self._master, 1 << 16)
        return b""

    def write(self, keys: str) -> None:
        """Press keys."""
        os.write(self._master, keys.encode())

    def see(self, text: str, seconds: float = 60.0) -> float:
        """The time (perf_counter) at which this text was on the screen. Raises TimeoutError."""
        wanted, seen, until = text.encode(), b"", time.perf_counter() + seconds
        while time.perf_counter() < until:
            seen = seen[-len(wanted) :] + self.read(0.2)
            if wanted in seen:
                return time.perf_counter()
        raise TimeoutError(f"{text!r} did not come on the screen")

    def rest(self, seconds: float) -> None:
        """Read and discard output for `seconds`."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            self.read(left)

    def echo(self, letter: str) -> float:
        """Press a key; returns the seconds until its letter is on the screen."""
        began = time.perf_counter()
        self.write(letter)
        return self.see(letter, 20.0) - began


def in_turn(bare: Pane, ours: Pane, keys: int, rng: random.Random) -> Echo:
    """The echoes of `keys` keys, each typed into both apps."""
    found = Echo([], [])
    letters = list(LETTERS)
    for number in range(keys):
        if number % CLEAR_AFTER == 0:
            rng.shuffle(letters)
            for pane in (bare, ours):
                pane.write(CTRL_U)
                pane.rest(0.3)
        letter = letters[number % CLEAR_AFTER]
        for pane, seconds in [(bare, found.bare), (ours, found.ours)][:: 1 if number % 2 else -1]:
            ours.rest(0.02 + 0.03 * rng.random())
            bare.read(0.0)
            seconds.append(pane.echo(letter))
    return found


def first_frames(starts: int, place: Path) -> Echo:
    """Seconds from starting each process to its first text, `starts` times."""
    found = Echo([], [])
    for _ in range(starts):
        with Pane("-m", "benchmarks.bare") as bare:
            found.bare.append(bare.see(READY) - bare.began)
        with program(place, place / "few") as ours:
            found.ours.append(ours.see("Starting") - ours.began)
    return found


@contextlib.contextmanager
def program(place: Path, notes: Path, llm: str = 'backend = "none"') -> Iterator[Pane]:
    """Run the assistant on these notes."""
    config = place / "config.toml"
    config.write_text(CONFIG.format(llm=llm))
    data = place / f"data-{notes.name}"
    (data / "drafts.json").unlink(missing_ok=True)  # left by the last run
    with Pane(
        "-m", "proactive_tui", "run", "--config", str(config), "--data-dir", str(data), "--notes", str(notes)
    ) as pane:  # fmt: skip
        yield pane


@contextlib.contextmanager
def both(place: Path, notes: Path, llm: str = 'backend = "none"') -> Iterator[tuple[Pane, Pane]]:
    """Run the bare app, and the assistant with a conversation open."""
    with program(place, notes, llm) as ours, Pane("-m", "benchmarks.bare") as bare:
        bare.see(READY)
        ours.see("watching")
        ours.write(CTRL_N)
        ours.see("ay something")  # the cursor is on the first letter
        yield bare, ours


def long_reply(paragraphs: int, rng: random.Random) -> str:
    """Markdown of so many paragraphs, no two alike: the program ends a reply that turns in circles."""

    def line(length: int) -> str:
        return " ".join(rng.choices(WORDS, k=length))

    return "no slack\n\n" + "".join(
        f"{line(6).capitalize()} **{line(2)}**: {line(9)}\n{line(5)}.\n\n- {line(2)} `{line(1)}`.\n- {line(6)}.\n\n"
        for _ in range(paragraphs)
    )


def status(place: Path, notes: Path) -> dict[str, Any]:
    """The last status of the running instance."""
    found: dict[str, Any] = json.loads((place / f"data-{notes.name}" / "status.json").read_text())
    return found


def write_notes(folder: Path, passages: int) -> None:
    """Write notes of ten passages, all different."""
    folder.mkdir()
    for number in range(passages // len(WORDS)):
        sections = [
            f"## {word} {number}\n\n" + " ".join(f"{word} {number} meets {other} {number % 7}." for other in WORDS)
            for word in WORDS
        ]
        (folder / f"note-{number:03}.md").write_text(f"# Note {number}\n\n" + "\n\n".join(sections) + "\n")


def figures(keys: int, starts: int) -> dict[str, Echo]:
    """All measurements, by name. Raises RuntimeError when the load ended before the keys did."""
    rng = random.Random(1)
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write_notes(place / "few", 20)
        write_notes(place / "many", PASSAGES)
        found["first frame"] = first_frames(starts, place)
        with both(place, place / "few") as (bare, ours):
            ours.rest(5.0)
            found["key, idle"] = in_turn(bare, ours, keys, rng)
        with both(place, place / "many") as (bare, ours):
            ours.rest(4.0)  # the model loads meanwhile
            found["key, while indexing"] = in_turn(bare, ours, keys, rng)
            now = status(place, place / "many")
            if not 0 < now["vectors"] < now["passages"]:
                raise RuntimeError(f"embedding had ended, or not begun: {now['vectors']} of {now['passages']}")
        with serving() as server:
            server.scripts.append(Script(says=long_reply(4 * keys, rng), between=TOKEN_SECONDS))
            with both(place, place / "few", f'backend = "ollama"\nhost = "{server.url}"') as (bare, ours):
                ours.write("go on" + ENTER)
                ours.see("slack")
                found["key, while a reply streams"] = in_turn(bare, ours, keys, rng)
                if server.closed or not ours.read(1.0):
                    raise RuntimeError("the reply had ended")
    return found


def table(found: Mapping[str, Echo]) -> str:
    """Median and 99th percentile of both in milliseconds, and the ratio of the medians."""
    lines = [f"{'ms':28} {'bare p50':>9} {'p99':>7} {'ours p50':>9} {'p99':>7} {'ratio':>6} {'n':>4}"]
    for name, (bare, ours) in found.items():
        middle, slow = _at(bare, 0.5), _at(bare, 0.99)
        our_middle, our_slow = _at(ours, 0.5), _at(ours, 0.99)
        ratio = our_middle / middle
        lines.append(
            f"{name:28} {middle:9.1f} {slow:7.1f} {our_middle:9.1f} {our_slow:7.1f} {ratio:6.2f} {len(ours):4}"
        )
    return "\n".join(lines) + "\n"


def _at(seconds: Sequence[float], share: float) -> float:
    """The quantile `share` (0..1) in milliseconds."""
    return 1000 * statistics.quantiles(seconds, n=1000, method="inclusive")[round(1000 * share) - 1]


def main(arguments: Sequence[str]) -> int:
    """Print the table; exit status 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.latency", description=__doc__)
    parser.add_argument("--keys", type=int, default=200)
    parser.add_argument("--starts", type=int, default=10)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args(arguments)
    found = figures(given.keys, given.starts)
    sys.stdout.write(table(found))
    if given.json:
        given.json.write_text(json.dumps({name: each._asdict() for name, each in found.items()}) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
