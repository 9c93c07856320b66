"""Lines of 10 MB through the whole program: `python -m tests.hostile.lines`.

One row a case: seconds, memory in MB and what is seen. For the face it is how long it did not take a key at the most,
and what a key takes then and at rest.
"""

from __future__ import annotations

import argparse
import asyncio
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import msgspec
from textual.events import Key, Paste
from textual.widgets import Input, Static

from proactive_tui import config
from proactive_tui.brain.client import ChildBrain
from proactive_tui.brain.protocol import (
    Ask,
    Failed,
    Found,
    Hello,
    Opened,
    Resume,
    Said,
    Say,
    Saying,
    Search,
    Talk,
    Tell,
)
from proactive_tui.config import Config, LanguageModel, Notes
from proactive_tui.errors import ProactiveError
from proactive_tui.model import Conversation, Hit
from proactive_tui.sources.rules import IGNORE_FILE, Rules
from proactive_tui.talk.conversation import Reply, about
from proactive_tui.talk.llm.ollama import connect
from proactive_tui.tui.drafts import Drafts
from proactive_tui.tui.widgets.prompt import Prompt
from proactive_tui.tui.widgets.turns import Reply as Shown
from proactive_tui.tui.widgets.turns import SaidByUser
from tests.hostile.long_notes import LINES, meet
from tests.ollama_server import Script, serving
from tests.tui.fakes import AT, conversation, evidence, turn
from tests.tui.host import Stage, stage
from tests.waiting import until


class Row(NamedTuple):
    """What one case took and showed."""

    case: str
    seconds: float
    megabytes: int
    seen: str
    slower: float = 1.0
    """What a key takes, by what it takes at rest."""


def memory() -> int:
    """The most that this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


# --- notes -------------------------------------------------------------------------------------------------------


def notes(size: int) -> Iterator[Row]:
    """Each as a note that is left out, as it is by default, and one that is read."""
    left = meet("words", size, 1024)
    yield Row("a note by default", left.read, left.memory, left.reason)
    for name in LINES:
        met = meet(name, size, 2 * size // 1024 + 1)
        found = f"{met.passages:,} passages, {met.topics} topics in {met.mined:.1f} s, search {met.search:.2f} s"
        kept = f"{met.disk} MB kept, the longest message {met.message:,} B"
        yield Row(f"a note: {name}", met.read, met.memory, f"{found}, {kept}")


# --- what a model says -------------------------------------------------------------------------------------------


async def model(size: int) -> list[Row]:
    """A reply in one piece, and one that never comes to an end."""
    rows = []
    for name, script in (("one piece", Script(says="x" * size)), ("no end", Script(says="", one_line=True))):
        with serving() as server:
            server.say(script)
            speaks = await connect(LanguageModel(host=server.url))
            before, began = memory(), time.perf_counter()
            talk = about("c", evidence(), at=AT)
            reply = Reply(talk, "Why?", retrieve=_nothing, model=speaks, settings=LanguageModel(), at=AT)
            pieces = [piece async for piece in reply]
            took = time.perf_counter() - began
            await speaks.close()
        seen = f"{len(pieces)} piece of {len(reply.turn.text):,} characters; {reply.problem}"
        rows.append(Row(f"a model: {name}", took, memory() - before, seen))
    return rows


async def _nothing(_: str) -> list[Hit]:
    return []


# --- files -------------------------------------------------------------------------------------------------------


def files(size: int, place: Path) -> list[Row]:
    """A config, an ignore file and drafts with such a line."""
    file = place / "config.toml"
    rows = []
    for name, text in (
        ("a comment", f"# {'x' * size}\n"),
        ("a value", f'[llm]\nmodel = "{"x" * size}"\n'),
        ("a value that still fits in", f'[llm]\nmodel = "{"x" * 500_000}"\n'),
        ("a key that still fits in", f'[llm]\n{"x" * 500_000} = "y"\n'),
    ):
        file.write_text(text)
        rows.append(_tried(f"a config: {name}", lambda: str(config.load(file) and "taken")))
    (place / IGNORE_FILE).write_text("x" * size)
    rows.append(_tried("an ignore file", lambda: str(Rules(place, Notes()).refused("a.md"))))
    drafts = place / "drafts.json"
    drafts.write_text(f'{{"c1": "{"x" * size}", "c2": "half a thought"}}')

    def taken() -> str:
        here = Drafts(drafts, lambda _, write: write(), kept=True)
        return f"{here.texts} and {here.aside.name if here.aside else 'nothing'} put aside"

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
print('{"type": "Ready"}')
print('{"type": "Notice", "title": "' + "x" * %d + '"}')
print('{"type": "Notice", "title": "after it"}', flush=True)
sys.stdin.read()
"""


async def wire(size: int, place: Path) -> list[Row]:
    """Too long a line to the brain, and from it."""
    say = Say(request=7, conversation="c", text="x" * size), Search(request=8, query="lease")
    loud = (sys.executable, "-c", LOUD % size)
    return [await _spoken("to the brain", None, say, place), await _spoken("from the brain", loud, (), place)]


async def _spoken(name: str, command: Sequence[str] | None, asks: Sequence[Ask], place: Path) -> Row:
    hello = Hello(notes=str(place), data=str(place / "data"), config=Config(llm=LanguageModel(backend="none")))
    brain = ChildBrain(hello, place / "log", command=command)
    heard: list[Tell] = []
    states: list[str] = []
    before, running = memory(), asyncio.create_task(brain.run(heard.append, lambda state: states.append(state.name)))
    await until(lambda: "ready" in states, 60)
    began = time.perf_counter()
    for ask in asks:
        brain.send(ask)
    await until(lambda: any(isinstance(each, Found) or "after it" in repr(each) for each in heard), 60)
    took = time.perf_counter() - began
    failed = [f"{each.title}. {each.message}" for each in heard if isinstance(each, Failed)]
    alive = "and it lives on" if states == ["starting", "ready"] else str(states)
    await brain.close()
    await running
    return Row(f"a line {name}", took, memory() - before, " ".join([*failed, alive]))


# --- the face ----------------------------------------------------------------------------------------------------


SIZE = 110, 34


async def keys(it: Stage, field: Input | Prompt, times: int = 15) -> float:
    """Seconds from a key to its letter, in the middle."""
    took = []

    def length() -> int:
        return len(field.value if isinstance(field, Input) else field.text)

    for _ in range(times):
        for key, letter in (("backspace", None), ("q", "q")):
            before, began = length(), time.perf_counter()
            it.app.post_message(Key(key, letter))
            while length() == before and time.perf_counter() - began < 10:
                await asyncio.sleep(0.0005)
            took.append(time.perf_counter() - began)
            await asyncio.sleep(0.03)
    return statistics.median(took)


@asynccontextmanager
async def gaps() -> AsyncIterator[list[float]]:
    """What the loop's rounds take meanwhile."""
    found = [0.0]

    async def look() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.005)
            found.append(time.perf_counter() - began - 0.005)

    looking = asyncio.create_task(look())
    try:
        yield found
    finally:
        looking.cancel()


async def typed_in(it: Stage, draft: str = "") -> Prompt:
    """A conversation that is open."""
    it.app.talking.new()
    await it.until(lambda: it.brain.asked(Talk) and it.app.screen.query(Prompt))
    await it.tell(Opened(request=it.brain.last(Talk).request, conversation=conversation("c1")))
    prompt = it.app.screen.query_one(Prompt)
    await it.until(lambda: prompt.open and prompt.has_focus)
    prompt.load_text(draft)
    return prompt


def toasts(it: Stage) -> str:
    """What is said in the corner."""
    return " ".join(f"{each.title} {each.message}".strip() for each in it.app._notifications)


@dataclass
class Face:
    """The face in one case after the other; `idle` is what a key takes at rest, in seconds."""

    rows: list[Row]
    idle: float = 0.0

    async def row(self, case: str, it: Stage, field: Input | Prompt, do: Callable[[], Awaitable[str]]) -> None:
        """Do it, and take keys afterwards."""
        before, began = memory(), time.perf_counter()
        async with gaps() as found:
            seen = await do()
            took = time.perf_counter() - began
            key = await keys(it, field)
        times = f"a key {1000 * self.idle:.0f} ms at rest, {1000 * key:.0f} then, {1000 * max(found):.0f} at the most"
        self.rows.append(Row(case, took, memory() - before, f"{times}; {seen}", key / self.idle))

    async def pastes(self, big: str) -> None:
        """Into the prompt and into the search."""
        async with stage(size=SIZE) as it:
            prompt = await typed_in(it, "q")
            self.idle = await keys(it, prompt)

            async def pasted() -> str:
                it.app.post_message(Paste(big))
                await it.until(lambda: len(prompt.text) > 1000)
                await it.pilot.pause()
                return f"{len(prompt.text):,} characters in the prompt; “{toasts(it)}”"

            await self.row("a paste into the prompt", it, prompt, pasted)
            await it.press("escape", "slash")
            await it.until(lambda: it.app.screen.query(Input))

            async def searched() -> str:
                it.app.post_message(Paste(big))
                await it.until(lambda: it.brain.asked(Search))
                return f"{len(it.brain.last(Search).query):,} characters are searched for"

            await self.row("a paste into the search", it, it.app.screen.query_one(Input), searched)

    async def draft(self, big: str, place: Path) -> None:
        """One that is too long."""
        file = place / "face-drafts.json"
        file.write_bytes(msgspec.json.encode({"new": big}))
        async with stage(size=SIZE, drafts=file) as it:
            prompt = await typed_in(it, "q")

            async def restored() -> str:
                return f"{len(prompt.text)} character in the prompt; “{toasts(it)}”"

            await self.row("a draft that is restored", it, prompt, restored)

    async def reply(self, name: str, text: str) -> None:
        """One that comes in twenty pieces."""
        async with stage(size=SIZE) as it:
            prompt = await typed_in(it)
            await it.press("w", "h", "y", "enter")
            await it.until(lambda: it.brain.asked(Say))
            request = it.brain.last(Say).request
            prompt.load_text("q")

            async def streamed() -> str:
                for at in range(0, len(text), len(text) // 20):
                    it.brain.tell(Saying(request=request, text=text[at : at + len(text) // 20]))
                    await asyncio.sleep(0.05)
                it.brain.tell(Said(request=request, turn=turn("assistant", text)))
                await it.until(lambda: prompt.last == "why", 120)
                rest = it.app.screen.query(Shown).last().query_one(".rest", Static)
                return f"it ends with “{str(rest.content)[-32:]}”"

            await self.row(f"a reply: {name}", it, prompt, streamed)

    async def old(self, big: str) -> None:
        """A conversation in which as much was said."""
        kept = Conversation(id="c9", title=big, at=AT, turns=(turn("user", big), turn("assistant", big)))
        async with stage(size=SIZE) as it:
            it.app.talking.resume("c9", "old")
            await it.until(lambda: it.brain.asked(Resume) and it.app.screen.query(Prompt))
            prompt = it.app.screen.query_one(Prompt)

            async def opened() -> str:
                it.brain.tell(Opened(request=it.brain.last(Resume).request, conversation=kept))
                await it.until(lambda: prompt.open and it.app.screen.query(SaidByUser), 60)
                prompt.load_text("q")
                said = it.app.screen.query_one(SaidByUser)
                return f"it ends with “{str(said.content)[-32:]}”"

            await self.row("an old conversation", it, prompt, opened)


async def face(size: int, place: Path) -> list[Row]:
    """Pastes, drafts, replies and old conversations."""
    it, big = Face([]), "lease word " * (size // 11)
    await it.pastes(big)
    await it.draft(big, place)
    for name, text in (("words", big), ("no blanks", "x" * size), ("open brackets", "[" * size)):
        await it.reply(name, text)
    await it.old(big)
    return it.rows


def table(size: int, only: str = "") -> Iterator[Row]:
    """Every case, or those of one kind."""
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
