"""What `benchmarks.resources` runs in a process of its own, with the program of either commit on its path.

It imports only what both have: the wire's codec, requests and config.
"""

from __future__ import annotations

import contextlib
import json
import resource
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from queue import Empty, Queue
from typing import Any

import psutil

from proactive_tui.config import Config
from proactive_tui.ipc import codec
from proactive_tui.ipc.requests import ClientHello, QuitBrain, SearchNotes

NOTE, QUERY = "The heron over the millpond waits for the miller.\n", "heron over the millpond"
PATIENCE = 900.0


class Brain:
    """A brain as a face starts it; every line that it writes is in `lines`."""

    def __init__(self, folder: Path) -> None:
        self.began = time.monotonic()
        command = [sys.executable, "-P", "-m", "proactive_tui.brain.server"]
        log = (folder / "log").open("ab")
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log)
        self.lines: Queue[dict[str, Any]] = Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.send(ClientHello(notes=str(folder / "notes"), data=str(folder / "data"), config=Config()))
        self._number = 0

    def send(self, request: Any) -> None:
        """Write a request."""
        assert self.process.stdin
        self.process.stdin.write(codec.encode_message(request))
        self.process.stdin.flush()

    def search(self, query: str) -> list[dict[str, Any]]:
        """The hits of a search."""
        self._number += 1
        self.send(SearchNotes(request=self._number, query=query, k=3))
        while True:
            line = self.lines.get(timeout=PATIENCE)
            if line.get("request") == self._number and "hits" in line:
                return list(line["hits"])

    def wait_for_search(self, query: str, holds: Callable[[list[dict[str, Any]]], Any]) -> None:
        """Search until the hits are as wanted."""
        while not holds(self.search(query)):
            time.sleep(0.02)

    def wait_for_event(self, kind: str) -> None:
        """Wait for an event of the wire."""
        while self.lines.get(timeout=PATIENCE).get("type") != kind:
            pass

    def rest(self) -> None:
        """Wait until it has used under a hundredth of a core for three seconds."""
        seen = psutil.Process(self.process.pid)
        calm = 0
        while calm < 3:
            calm = calm + 1 if seen.cpu_percent(interval=1.0) < 1.0 else 0

    def quit(self) -> float:
        """Seconds from QuitBrain to its end."""
        began = time.monotonic()
        self.send(QuitBrain())
        with contextlib.suppress(BrokenPipeError):
            assert self.process.stdin
            self.process.stdin.close()
        self.process.wait(PATIENCE)
        return time.monotonic() - began

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.put(json.loads(line))


def by_meaning(hits: list[dict[str, Any]]) -> bool:
    """Whether meaning found the hits too."""
    return any("meaning" in hit["channels"] for hit in hits)


def hits_of(path: str, hits: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The hits in one note."""
    return [hit for hit in hits if hit["passage"]["path"] == path]


def found_by_meaning(path: str, hits: list[dict[str, Any]]) -> bool:
    """Whether meaning found the note."""
    return by_meaning(hits_of(path, hits))


def command_seconds(folder: Path, *words: str) -> float:
    """Processor time of a command."""
    names = {"--data-dir": "data", "--notes": "notes", "--config": "config.toml"}
    where = [part for option, name in names.items() for part in (option, str(folder / name))]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-P", "-m", "proactive_tui", *words, *where]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def save_seconds(brain: Brain, folder: Path, saves: int) -> tuple[float, float]:
    """The 95th percentiles of the seconds from a save to being found by words, and by meaning."""
    words, meaning = [], []
    for number in range(saves):
        mark, path = f"zyxq{number}v", f"saved {number}.md"
        text = f"# Save {number}\n\nThe word {mark} stands in a note about a boat on a lake, number {number}.\n"
        (folder / "notes" / path).write_text(text, "utf-8")
        began = time.monotonic()
        brain.wait_for_search(mark, partial(hits_of, path))
        words.append(time.monotonic() - began)
        brain.wait_for_search(mark, partial(found_by_meaning, path))
        meaning.append(time.monotonic() - began)
        time.sleep(1.0)
    return statistics.quantiles(words, n=20)[-1], statistics.quantiles(meaning, n=20)[-1]


def main(folder: Path, saves: int) -> dict[str, float]:
    """The figures."""
    (folder / "config.toml").touch()
    (folder / "notes" / "heron.md").write_text(NOTE, "utf-8")
    figures = {"index pass": command_seconds(folder, "index")}
    figures["search command"] = command_seconds(folder, "search", QUERY)
    figures["status command"] = command_seconds(folder, "status")
    brain = Brain(folder)  # what the first one does at its start is not counted: topics are embedded then
    brain.wait_for_search(QUERY, by_meaning)
    brain.rest()
    figures["unique set size"] = psutil.Process(brain.process.pid).memory_full_info().uss / 1e6
    if saves:
        figures["words after a save"], figures["meaning after a save"] = save_seconds(brain, folder, saves)
    brain.rest()
    brain.quit()
    brain = Brain(folder)
    brain.wait_for_search(QUERY, by_meaning)
    figures["search by meaning"] = time.monotonic() - brain.began
    brain.quit()
    brain = Brain(folder)
    with contextlib.suppress(Empty):
        brain.search(QUERY)  # answered by words: the model is being loaded
    figures["quit"] = brain.quit()
    return figures


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]))) + "\n")
