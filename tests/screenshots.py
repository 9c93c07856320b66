"""Pictures of the screens, drawn by the program on the example notes: `python -m tests.screenshots docs/screens`.

The brain is the scripted one of the face's tests and the clock stands still, so the same program draws the same files.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from msgspec import structs

from proactive_tui.brain.protocol import (
    Because,
    Browse,
    Found,
    Learned,
    Listed,
    Look,
    LookBack,
    Opened,
    Said,
    Say,
    Search,
    Shown,
    Stock,
    TakeStock,
    Talk,
    Why,
)
from proactive_tui.model import (
    Belief,
    Cited,
    Conversation,
    Evidence,
    Gate,
    Hit,
    Kept,
    Leaving,
    Offer,
    Opener,
    Passage,
    Share,
    Skipped,
    Store,
    Topic,
)
from proactive_tui.tui.screens.conversation import ConversationScreen
from proactive_tui.tui.widgets.lists import SourceList
from proactive_tui.tui.widgets.prompt import Prompt
from tests.tui.fakes import AT, now, turn
from tests.tui.host import Stage, stage

Scene = Callable[[Stage], Awaitable[None]]
Size = tuple[int, int]
"""Columns and rows."""

WIDE, USUAL, NARROW = (120, 36), (80, 24), (40, 20)

LEASES = Evidence(
    path="course/2026-10-27-leases.md",
    line_start=27,
    line_end=27,
    text="Open: what do you do if the resource can't check tokens, an e-mail gateway say?",
    heading=("L6: leases and fencing", "The pause problem"),
)
TOKENS = Evidence(
    path="course/2026-10-27-leases.md",
    line_start=18,
    line_end=20,
    text="Fencing token: every grant carries a number that only grows.",
    heading=("L6: leases and fencing", "The pause problem"),
)
EVENT_IDS = Evidence(
    path="work/adr-008-event-ids.md",
    line_start=11,
    line_end=12,
    text="Header X-Event-Id: UUIDv7, made when intake writes the outbox row, so that every retry has the same one.",
    heading=("ADR 8: event ids",),
)
SPEAKER = "ollama:qwen3:4b"

OFFER = Offer(
    id="o1",
    at=AT,
    topic=Topic(
        id="t1",
        kind="open question",
        title="What do you do if the resource can't check tokens?",
        evidence=(LEASES, EVENT_IDS),
        at=AT,
    ),
    opener=Opener(
        text="You asked what to do if the resource can't check fencing tokens, an e-mail gateway say. "
        "Did the event ids at work answer that?",
        framing="connect",
        spoken_by=SPEAKER,
    ),
    score=0.62,
    features={},
    contributions={},
    channels={},
    propensity={},
    when={},
    receptivity=0.58,
    gates=(),
    reason="it is very like what you are working on; you may come back to this note soon",
)

GATES = (
    Gate(name="quiet hours", passed=True, detail="outside 22:00-07:30"),
    Gate(name="away", passed=True, detail="you were here 40 s ago"),
    Gate(name="budget", passed=True, detail="2 of 6 offers made"),
    Gate(name="spacing", passed=True, detail="the last offer is long enough ago"),
    Gate(name="typing", passed=True, detail="nothing was typed or saved just now"),
)
WEIGHED = (
    ("it is very like what you are working on", 0.21),
    ("an open question", 0.18),
    ("you may come back to this note soon", 0.12),
    ("not shown before", 0.06),
    ("it is some weeks old", -0.05),
)
REPLY = """\
In part. A token lets the *resource* refuse an old writer [1]; a gateway can't, so the refusing moves to whoever reads.

That is what `X-Event-Id` does: every retry carries the same id, and the shop ignores one that it knows [2].
"""


CONVERSATIONS = (
    Conversation(id="c1", title="Part C of the Raft lab", at=AT - 3_600, turns=()),
    Conversation(id="c2", title="What was promised to Mara", at=AT - 90_000, turns=()),
    Conversation(id="c3", title="The alert on lag in seconds", at=AT - 5 * 86_400, turns=()),
)


LISTED = (
    Kept(id="c1", title="Part C of the Raft lab", at=AT - 3_600, turns=6, words="Is the lock held while it waits?"),
    Kept(id="c2", title="What was promised to Mara", at=AT - 90_000, turns=2, words="Remind me on Thursday."),
    Kept(id="c3", title="The alert on lag in seconds", at=AT - 5 * 86_400, turns=9, words="Seconds or messages?"),
)
NOTE = (
    "Client 1 gets the lease, stops for a GC, the lease ends, client 2 gets it and",
    "writes, client 1 wakes up and writes too. A longer lease only makes it rarer.",
    "",
    "",
    "**Fencing token**: every grant carries a number that only grows. The *resource*",
    "remembers the highest it has seen and refuses a lower one. So the check is made",
    "where the damage would be.",
    "",
    "Needs a resource that can compare: a database row, a log's epoch.",
)
STANDING = now(folder="~/notes", conversations=CONVERSATIONS)
LEFT_OUT = structs.replace(
    STANDING.status.notes,
    skipped=(
        Skipped(path="attachments/rig.md", reason="2048 kB is over the limit of 1024 kB"),
        Skipped(path="private", reason="excluded by .proactiveignore"),
    ),
    failed=(Skipped(path="work/old.md", reason="permission denied"),),
)


def share(welcome: int, answered: int) -> Share:
    """A share with Wilson's interval."""
    rate, z = welcome / answered, 1.96
    middle = (rate + z * z / (2 * answered)) / (1 + z * z / answered)
    half = z * (rate * (1 - rate) / answered + z * z / (4 * answered**2)) ** 0.5 / (1 + z * z / answered)
    return Share(welcome=welcome, answered=answered, low=middle - half, high=middle + half)


LEARNED = Learned(
    request=0,
    offers=131,
    days=42,
    welcome=share(58, 124),
    over_time={
        f"2026-{day}": share(*each)
        for day, each in {
            "01-20": (5, 19),
            "01-27": (8, 21),
            "02-03": (9, 20),
            "02-10": (11, 22),
            "02-17": (12, 21),
            "02-24": (13, 21),
        }.items()
    },
    span_days=7,
    by={
        "hour": {
            "08:00": share(3, 14),
            "10:00": share(16, 31),
            "12:00": share(4, 15),
            "14:00": share(13, 22),
            "16:00": share(22, 42),
        },
        "kind": {"open questions": share(23, 31), "tasks": share(9, 38), "themes": share(8, 19), "goals": share(7, 12)},
        "framing": {"question": share(27, 44), "recap": share(9, 27), "next step": share(13, 30), "quiz": share(9, 23)},
    },
    fewest=4,
    beliefs=(
        Belief(text="You take up open questions: 23 of 31.", offers=("o1", "o2")),
        Belief(text="You seldom take up tasks: 9 of 38.", offers=("o3",)),
        Belief(text="You usually work on your notes at 9–12, 14–17.", offers=()),
    ),
    cited={
        "o1": Cited(title="What do you do if the resource can't check tokens?", at=AT, reaction="followed up"),
        "o2": Cited(title="How much lag is too much?", at=AT, reaction="engaged"),
        "o3": Cited(title="Send Mara the load-test numbers", at=AT, reaction="not now"),
    },
)
STOCK = Stock(
    request=0,
    folder="~/.local/share/proactive-tui",
    events={"offered": 131, "reacted": 124, "said": 212, "silent": 388, "touched": 402},
    stores=(
        Store(name="journal", holds="offers, reactions, silences, conversations, touches", size=1_900_000),
        Store(name="words", holds="a copy of the words of your notes, to search them", size=4_200_000),
        Store(name="vectors", holds="what your notes mean, as numbers", size=9_800_000),
        Store(name="log", holds="errors and notices, without text of notes", size=23_000),
        Store(name="status", holds="how things stand", size=1_500),
    ),
    leaving=(
        Leaving(name="Ollama", what="what you say, and the passages it is to speak about", to="http://127.0.0.1:11434"),
    ),
)


async def home(it: Stage) -> None:
    """At rest."""


async def offer(it: Stage) -> None:
    """An offer arrived."""
    await it.offer(OFFER)


async def conversation(it: Stage) -> None:
    """It was taken up, and a question was answered."""
    await it.offer(OFFER)
    await it.press("y")
    await it.until(lambda: isinstance(it.app.screen, ConversationScreen))
    first = turn("assistant", OFFER.opener.text, sources=OFFER.topic.evidence, spoken_by=SPEAKER)
    kept = Conversation(id="c9", title=OFFER.topic.title, at=AT, turns=(first,))
    await it.tell(Opened(request=it.brain.last(Talk).request, conversation=kept))
    await it.until(lambda: it.app.screen.query_one(Prompt).open)
    await it.write("Are event ids a kind of fencing then?")
    await it.press("enter")
    await it.until(lambda: it.brain.asked(Say))
    reply = turn("assistant", REPLY, sources=(TOKENS, EVENT_IDS), spoken_by=SPEAKER)
    await it.tell(Said(request=it.brain.last(Say).request, turn=reply))
    await it.until(lambda: len(it.app.screen.query(SourceList)) == 2)


async def search(it: Stage) -> None:
    """Results while one types."""
    await it.press("slash")
    await it.write("who refuses an old writer")
    await it.until(lambda: it.brain.asked(Search) and it.brain.last(Search).query.endswith("writer"))
    found = tuple(_hit(each) for each in (TOKENS, LEASES, EVENT_IDS))
    await it.tell(Found(request=it.brain.last(Search).request, hits=found))


async def why(it: Stage) -> None:
    """Why it spoke."""
    await it.offer(OFFER)
    await it.press("w")
    reasons = tuple(words if value > 0 else f"but {words}" for words, value in WEIGHED)
    reasons += ("now, because you saved a note and then were quiet",)
    because = Because(request=it.brain.last(Why).request, reasons=reasons, weighed=WEIGHED, offer=OFFER, gates=GATES)
    await it.tell(because)
    await it.until(lambda: it.seen("#gates"))


async def conversations(it: Stage) -> None:
    """All that were kept."""
    await it.press("c")
    await it.until(lambda: it.brain.asked(Browse))
    await it.tell(Listed(request=it.brain.last(Browse).request, conversations=LISTED))


async def look(it: Stage) -> None:
    """A source in its note."""
    await conversation(it)
    await it.press("f3", "enter")
    await it.until(lambda: it.brain.asked(Look))
    there = Shown(
        request=it.brain.last(Look).request, path=TOKENS.path, first=14, lines=NOTE, start=18, end=20, heading=()
    )
    await it.tell(there)
    await it.until(lambda: "Fencing" in it.text("#lines"))


async def index(it: Stage) -> None:
    """What was left out."""
    await it.tell(structs.replace(STANDING, status=structs.replace(STANDING.status, notes=LEFT_OUT, vectors=3_198)))
    await it.press("i")
    await it.until(lambda: it.seen("#facts"))


async def learned(it: Stage) -> None:
    """What came of some weeks."""
    await it.press("l")
    await it.until(lambda: it.brain.asked(LookBack))
    await it.tell(structs.replace(LEARNED, request=it.brain.last(LookBack).request))
    await it.until(lambda: it.seen("BeliefList"))


async def data(it: Stage) -> None:
    """What is kept."""
    await it.press("d")
    await it.until(lambda: it.brain.asked(TakeStock))
    await it.tell(structs.replace(STOCK, request=it.brain.last(TakeStock).request))
    await it.until(lambda: "Kept" in it.text("#stock"))


async def settings(it: Stage) -> None:
    """Every setting."""
    await it.press("comma")
    await it.until(lambda: it.seen("#about"))
    await it.press(*["down"] * 16)


async def rooms(it: Stage) -> None:
    """All rooms."""
    await it.press("f9")


async def help_(it: Stage) -> None:
    """All keys."""
    await it.press("f1")


SCENES: dict[str, tuple[Scene, tuple[Size, ...]]] = {
    "home": (home, (WIDE,)),
    "offer": (offer, (WIDE, USUAL, NARROW)),
    "conversation": (conversation, (WIDE, USUAL, NARROW)),
    "search": (search, (WIDE,)),
    "conversations": (conversations, (WIDE,)),
    "look": (look, (WIDE,)),
    "why": (why, (WIDE,)),
    "index": (index, (WIDE,)),
    "learned": (learned, (WIDE, USUAL)),
    "data": (data, (WIDE,)),
    "settings": (settings, (WIDE, USUAL)),
    "rooms": (rooms, (USUAL,)),
    "help": (help_, (WIDE,)),
}


async def picture(scene: Scene, size: Size) -> str:
    """The scene as SVG, the same each time."""
    async with stage(size=size, standing=STANDING, notes="~/notes") as it:
        await scene(it)
        await it.pilot.wait_for_scheduled_animations()
        return still(it.app.export_screenshot())


def still(svg: str) -> str:
    """The picture without what differs between two runs (the id), and without the fonts that a viewer would fetch."""
    svg = re.sub(r"terminal-\d+", "screen", svg)
    svg = re.sub(r"\s*@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    return "\n".join(line.rstrip() for line in svg.split("\n") if line.strip()) + "\n"


def pictures() -> dict[str, tuple[Scene, Size]]:
    """What there is to draw, by the name of its file; the usual picture of a scene is the wide one."""
    return {
        f"{name}.svg" if size == WIDE else f"{name}-{size[0]}x{size[1]}.svg": (scene, size)
        for name, (scene, sizes) in SCENES.items()
        for size in sizes
    }


def main(folder: Path) -> None:
    """Draw all of them into the folder."""
    os.environ["TZ"] = "UTC"
    time.tzset()
    folder.mkdir(parents=True, exist_ok=True)
    for name, (scene, size) in pictures().items():
        (folder / name).write_text(asyncio.run(picture(scene, size)), encoding="utf-8")


def _hit(evidence: Evidence) -> Hit:
    passage = Passage(
        id=f"{evidence.path}:{evidence.line_start}",
        path=evidence.path,
        heading=evidence.heading,
        line_start=evidence.line_start,
        line_end=evidence.line_end,
        text=evidence.text,
        prose=evidence.text,
    )
    return Hit(passage=passage, score=0.5, channels={})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
