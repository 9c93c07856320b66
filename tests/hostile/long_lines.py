"""Sends lines of 10 MB through the whole program: `python -m tests.hostile.long_lines`.

Each case gives a row: seconds, memory in MB and the result. For the face the result has the delay of a key at rest and
afterwards, and the longest pause of the event loop.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from proactive_tui import config_reading
from proactive_tui.config import Config, LanguageModelConfig, NotesConfig
from proactive_tui.errors import ProactiveError
from proactive_tui.ipc.client import ChildBrain
from proactive_tui.ipc.events import FailureReport, SearchResults, WireEvent
from proactive_tui.ipc.requests import ClientHello, SearchNotes, SendMessage, WireRequest
from proactive_tui.sources.rules import IGNORE_FILE, Rules
from proactive_tui.talk.conversation import ReplyStream, start_about_passage
from proactive_tui.talk.llm.ollama import connect_model
from proactive_tui.tui.controllers.drafts import DraftStore
from tests.hostile.long_face import face
from tests.hostile.long_notes import LINES, meet
from tests.hostile.result_rows import Row, memory
from tests.ollama_server import Script, serving
from tests.talk.searched_hits import finding
from tests.tui.fakes import AT, evidence
from tests.waiting import until

# --- notes -------------------------------------------------------------------------------------------------------


def notes(size: int) -> Iterator[Row]:
    """The rows for notes: one that is left out by default, and one for each shape that is read."""
    left = meet("words", size, 1024)
    yield Row("a note by default", left.read, left.memory, left.reason)
    for name in LINES:
        met = meet(name, size, 2 * size // 1024 + 1)
        found = f"{met.passages:,} passages, {met.topics} topics in {met.mined:.1f} s, search {met.search:.2f} s"
        kept = f"{met.disk} MB kept, the longest message {met.message:,} B"
        yield Row(f"a note: {name}", met.read, met.memory, f"{found}, {kept}")


# --- what a model says -------------------------------------------------------------------------------------------


async def model(size: int) -> list[Row]:
    """The rows for a reply in one chunk, for one of a single letter, and for one without an end."""
    rows = []
    for name, script in (
        ("one piece", Script(says="-".join(map(str, range(size)))[:size])),
        ("one letter", Script(says="x" * size)),
        ("no end", Script(says="", one_line=True)),
    ):
        with serving() as server:
            server.say(script)
            speaks = await connect_model(LanguageModelConfig(host=server.url))
            before, began = memory(), time.perf_counter()
            talk = start_about_passage("c", evidence(), at=AT)
            reply = ReplyStream(
                talk, "Why?", find_answer=finding(()), model=speaks, settings=LanguageModelConfig(), at=AT
            )
            pieces = [piece async for piece in reply]
            took = time.perf_counter() - began
            await speaks.close()
        seen = f"{len(pieces)} piece of {len(reply.turn.text):,} characters; {reply.problem}"
        rows.append(Row(f"a model: {name}", took, memory() - before, seen))
    return rows


# --- files -------------------------------------------------------------------------------------------------------


def files(size: int, place: Path) -> list[Row]:
    """The rows for a config, an ignore file and drafts with such a line."""
    file = place / "config.toml"
    rows = []
    for name, text in (
        ("a comment", f"# {'x' * size}\n"),
        ("a value", f'[llm]\nmodel = "{"x" * size}"\n'),
        ("a value that still fits in", f'[llm]\nmodel = "{"x" * 500_000}"\n'),
        ("a key that still fits in", f'[llm]\n{"x" * 500_000} = "y"\n'),
    ):
        file.write_text(text)
        rows.append(_tried(f"a config: {name}", lambda: str(config_reading.load_config(file) and "taken")))
    (place / IGNORE_FILE).write_text("x" * size)
    rows.append(_tried("an ignore file", lambda: str(Rules(place, NotesConfig()).refusal_reason("a.md"))))
    drafts = place / "drafts.json"
    drafts.write_text(f'{{"c1": "{"x" * size}", "c2": "half a thought"}}')

    def taken() -> str:
        here = DraftStore(drafts, lambda _, write: write(), persistent=True)
        return f"{here.texts} and {here.rejected_file.name if here.rejected_file else 'nothing'} put aside"

    return [*rows, _tried("drafts", taken)]


def _tried(case: str, do: Callable[[], str]) -> Row:
    before, began = memory(), time.perf_counter()
    try:
        seen = do()
    except ProactiveError as error:
        seen = f"{error.title}: {error.message} {error.hint}"
    seen = " ".join(seen.split())
    return Row(
        case, time.perf_counter() - began, memory() - before, seen if len(seen) < 300 else f"{len(seen):,} letters!"
    )


# --- the wire ----------------------------------------------------------------------------------------------------

LOUD = """
import sys
sys.stdin.readline()
print('{"type": "BrainReady"}')
print('{"type": "OwnerNotice", "title": "' + "x" * %d + '"}')
print('{"type": "OwnerNotice", "title": "after it"}', flush=True)
sys.stdin.read()
"""


async def wire(size: int, place: Path) -> list[Row]:
    """The rows for a line to the brain, and from the brain, that is too long."""
    say = SendMessage(request=7, conversation="c", text="x" * size), SearchNotes(request=8, query="lease")
    loud = (sys.executable, "-c", LOUD % size)
    return [await _spoken("to the brain", None, say, place), await _spoken("from the brain", loud, (), place)]


async def _spoken(name: str, command: Sequence[str] | None, asks: Sequence[WireRequest], place: Path) -> Row:
    hello = ClientHello(
        notes=str(place), data=str(place / "data"), config=Config(llm=LanguageModelConfig(backend="none"))
    )
    brain = ChildBrain(hello, place / "log", command=command)
    heard: list[WireEvent] = []
    states: list[str] = []
    before, running = memory(), asyncio.create_task(brain.run(heard.append, lambda state: states.append(state.name)))
    await until(lambda: "ready" in states, 60)
    began = time.perf_counter()
    for ask in asks:
        brain.send(ask)
    await until(lambda: any(isinstance(each, SearchResults) or "after it" in repr(each) for each in heard), 60)
    took = time.perf_counter() - began
    failed = [f"{each.title}. {each.message}" for each in heard if isinstance(each, FailureReport)]
    alive = "and it lives on" if states == ["starting", "ready"] else str(states)
    await brain.close()
    await running
    return Row(f"a line {name}", took, memory() - before, " ".join([*failed, alive]))


def table(size: int, only: str = "") -> Iterator[Row]:
    """The rows of all cases, or of one kind."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "data").mkdir()
        kinds: dict[str, Callable[[], Iterable[Row]]] = {
            "notes": lambda: notes(size),
            "model": lambda: asyncio.run(model(size)),
            "files": lambda: files(size, place),
            "wire": lambda: asyncio.run(wire(size, place)),
            "face": lambda: asyncio.run(face(size, place)),
        }
        for kind, rows in kinds.items():
            if only in ("", kind):
                yield from rows()


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kilobytes", type=int, default=10_240)
    asked.add_argument("--only", default="", choices=["", "notes", "model", "files", "wire", "face"])
    given = asked.parse_args()
    for row in table(given.kilobytes * 1024, given.only):
        sys.stdout.write(f"{row.case:<36} {row.seconds:7.2f} s {row.megabytes:5} MB  {row.seen}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
