"""Draws where processor time goes, as flame graphs: `python -m benchmarks.flame NOTES DIR [--folded]`.

Two runs on a copy of the notes, each in a process of its own: the index pass (reading, vectors, topics), and a start
with nothing changed until the first search by meaning is answered, imports included. Every TICK_SECONDS the time of the
processor since the last look, of all threads, is counted for what Python does then. DIR gets `profile-index.svg` and
`profile-start.svg`; --folded prints the stacks as other tools read them. The order from left to right is that of the
alphabet, not of time.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from benchmarks.resources import copy_notes

if TYPE_CHECKING:
    from proactive_tui.brain.services import Services

QUERY: Final = "what was decided about the release"
TICK_SECONDS: Final = 0.003
MIN_SHARE: Final = 0.004
"""The share of all time below which a frame is not drawn: it would be narrower than five pixels."""
WIDTH, ROW, MAX_DEPTH = 1200, 16, 30
LETTER: Final = 5.6
"""Pixels of a letter."""
COLOURS: Final = {"proactive_tui": "#7fb2e5", "chromadb": "#f2b26b", "onnxruntime": "#e58f8f", "importlib": "#d5d5d5"}
OTHER_COLOUR: Final = "#b9dfb0"

Stacks = Counter[tuple[str, ...]]


def main(arguments: Sequence[str]) -> int:
    """Draw both; exit status 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.flame", description=__doc__)
    parser.add_argument("notes", type=Path)
    parser.add_argument("to", type=Path)
    parser.add_argument("--most", type=int, default=2000, help="notes at the most")
    parser.add_argument("--folded", action="store_true")
    parser.add_argument("--one", choices=("index", "start"), help="profile this in this process, and print JSON")
    given = parser.parse_args(arguments)
    if given.one:
        stacks = sample(lambda: run_index(given.to) if given.one == "index" else run_start(given.to))
        sys.stdout.write(json.dumps([[list(stack), count] for stack, count in stacks.items()]))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        copied = copy_notes(given.notes, Path(folder) / "notes", given.most)
        for name in ("index", "start"):
            command = [sys.executable, "-m", "benchmarks.flame", str(given.notes), folder, "--one", name]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
            stacks = Counter({tuple(stack): count for stack, count in json.loads(done)})
            seconds = stacks.total() / 1000.0
            title = (
                f"{'Index pass' if name == 'index' else 'Start'}, {copied:,} notes, {seconds:.1f} s of processor time"
            )
            (given.to / f"profile-{name}.svg").write_text(draw_flames(stacks, title), "utf-8")
            sys.stdout.write(f"{title}\n")
            if given.folded:
                sys.stdout.writelines(f"{';'.join(stack)} {count}\n" for stack, count in sorted(stacks.items()))
    return 0


def run_index(folder: Path) -> None:
    """An index pass, with vectors and topics."""
    services = _open(folder)
    while services.index.refresh(100).left:
        pass
    while services.index.vectors.embed_batch(32):
        pass
    services.mine_topics(0.0)
    services.close()


def run_start(folder: Path) -> None:
    """A start until a search is answered by meaning."""
    services = _open(folder)
    services.index.refresh()
    services.warm_up()
    services.search_notes(QUERY, 3)
    services.close()


def _open(folder: Path) -> Services:
    from proactive_tui.brain.services import open_services  # noqa: PLC0415  (a start is made of its imports)
    from proactive_tui.config import Config  # noqa: PLC0415
    from proactive_tui.paths import open_data_folder  # noqa: PLC0415

    return open_services(Config(), open_data_folder(folder / "data"), folder / "notes")


def sample(work: Callable[[], object]) -> Stacks:
    """The stacks of the work, outermost frame first, each with the milliseconds of processor time that led to it."""
    stacks: Stacks = Counter()
    done, worker = threading.Event(), threading.get_ident()

    def watch() -> None:
        last = time.process_time()
        while not done.wait(TICK_SECONDS):
            frame, now = sys._current_frames().get(worker), time.process_time()
            stacks[tuple(_names(frame))[::-1]] += round(1000.0 * (now - last))
            last += round(1000.0 * (now - last)) / 1000.0

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        work()
    finally:
        done.set()
        watching.join()
    return stacks


def _names(frame: FrameType | None) -> Iterator[str]:
    """The names of the frames from this one outwards, up to the work; an import is one frame."""
    while frame is not None:
        module, code = frame.f_globals.get("__name__", "?"), frame.f_code
        if module == __name__ and code.co_name in {"run_index", "run_start"}:
            yield code.co_name
            return
        if code.co_name == "<module>":
            yield f"import {module}"
        elif not str(module).startswith("importlib"):
            yield f"{module}:{code.co_name}"
        frame = frame.f_back


@dataclass
class Flame:
    """A frame with what it called: the milliseconds of it."""

    count: int = 0
    inner: dict[str, Flame] = field(default_factory=dict)


def build_flames(stacks: Mapping[tuple[str, ...], int]) -> Flame:
    """The tree of the stacks."""
    root = Flame()
    for stack, count in stacks.items():
        root.count += count
        at = root
        for name in stack:
            at = at.inner.setdefault(name, Flame())
            at.count += count
    return root


def draw_flames(stacks: Mapping[tuple[str, ...], int], title: str) -> str:
    """An SVG of the stacks, the outermost at the top; a frame's title tells its name and share."""
    root = build_flames(stacks)
    rows = list(_rows(root, 0.0, 1, max(root.count, 1)))
    height = ROW * (2 + max((depth for _, depth, _, _ in rows), default=0))
    boxes = "\n".join(_box(name, depth, left, share) for name, depth, left, share in rows)
    style = "text{font:10px monospace;pointer-events:none}rect{stroke:#fff;stroke-width:.5}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"><style>{style}</style>\n'
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>\n<text x="4" y="12">{escape(title)}</text>\n'
        f"{boxes}\n</svg>\n"
    )


def _rows(flame: Flame, left: float, depth: int, total: int) -> Iterator[tuple[str, int, float, float]]:
    """What a frame called as name, depth, left edge and share of all, without what is too narrow."""
    for name, inner in sorted(flame.inner.items()):
        share = inner.count / total
        if share >= MIN_SHARE and depth <= MAX_DEPTH:
            yield name, depth, left, share
            yield from _rows(inner, left, depth + 1, total)
        left += share


def _box(name: str, depth: int, left: float, share: float) -> str:
    x, y, width = WIDTH * left, ROW * depth, WIDTH * share
    short = name.removeprefix("import ") if name.startswith("import ") else name.rpartition(":")[2]
    text = short[: int((width - 4) / LETTER)]
    root = next((part for part in name.removeprefix("import ").partition(".")[:1]), "")
    colour = COLOURS.get("importlib" if name.startswith("import ") else root, OTHER_COLOUR)
    label = f'<text x="{x + 2:.1f}" y="{y + 12}">{escape(text)}</text>' if len(text) > 2 else ""
    return (
        f'<g><title>{escape(name)} {100 * share:.1f} %</title><rect x="{x:.1f}" y="{y}" width="{width:.1f}" '
        f'height="{ROW}" fill="{colour}"/>{label}</g>'
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
