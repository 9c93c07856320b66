"""Records the first offer as an animated SVG: `python -m tests.recording docs/screens/first-offer.svg`.

The script presses the keys of the real app, with the fake brain of the face's tests and a stopped clock, and takes a
screenshot after each step. A row of the screen is written once for as long as it stays the same, and CSS shows each
row in its time. With reduced motion the frame of `POSTER` is shown.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

from msgspec import structs
from textual.widgets import Markdown

from proactive_tui.ipc.events import ConversationOpened, ReplyChunk, ReplyFinished, StatusUpdate
from proactive_tui.ipc.requests import OpenConversation, SendMessage
from proactive_tui.model.status_values import OfferRhythm
from proactive_tui.model.talk_values import Conversation
from proactive_tui.tui.screens.conversation import ConversationScreen
from proactive_tui.tui.widgets.lists import SourceList
from proactive_tui.tui.widgets.prompt_input import PromptInput
from tests.screenshots import still
from tests.tui.fakes import AT, now, turn
from tests.tui.host import PATIENT, Stage, stage
from tests.tui.sample import EVENT_IDS, OFFER, REPLY, SPEAKER, TOKENS

SIZE = (80, 24)
"""Columns and rows."""
QUESTION = "Are event ids a kind of fencing then?"
WRITING = "you saved a note 4 s ago"
POSTER = "A quiet moment: it starts the conversation."
"""The caption of the frame that is shown with reduced motion."""

FONTS = "Fira Code, ui-monospace, Menlo, Consolas, DejaVu Sans Mono, monospace"

ROW = re.compile(r'\s*<(rect|text)\b[^>]*?\sy="([\d.]+)"[^>]*?(?:/>|>.*?</\1>)', re.DOTALL)
RULE = re.compile(r"\.screen-(r\d+) \{([^}]*)\}")
CANVAS = re.compile(
    r'(<g transform="[^"]*" clip-path="url\(#screen-clip-terminal\)">)(.*)(</g>\s*</g>\s*</svg>)', re.DOTALL
)
RECT = re.compile(r'<rect fill="([^"]+)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"[^>]*/>')
CAPTION = re.compile(r'(<text class="screen-title"[^>]*>)[^<]*(</text>)')


class Frame(NamedTuple):
    """A screenshot, the seconds for which it is shown, and the caption above it."""

    svg: str
    seconds: float
    caption: str


class Piece(NamedTuple):
    """Elements of one row that are shown in the frames from `first` to before `end`."""

    first: int
    end: int
    svg: str


def standing(*, made: int, why_silent: str = "") -> StatusUpdate:
    """The status on the first day, after `made` offers."""
    day = now(
        folder="~/notes", conversations=(), rhythm=OfferRhythm(made=made, budget=3, why_silent=why_silent, prepared=3)
    )
    notes = structs.replace(day.status.notes, watched=60, indexed=60, embedded=60)
    return structs.replace(day, status=structs.replace(day.status, notes=notes))


async def act(it: Stage) -> AsyncIterator[tuple[float, str]]:
    """Play the scene; yields after each step the seconds for which it is shown, and the caption."""
    yield 3.0, "It watches a folder of notes, and waits while you write."
    await it.tell(standing(made=1))
    await it.offer(OFFER)
    yield 5.5, POSTER
    await it.press("y")
    await it.until(lambda: isinstance(it.app.screen, ConversationScreen))
    first = turn("assistant", OFFER.opener.text, sources=OFFER.topic.evidence, spoken_by=SPEAKER)
    kept = Conversation(id="c9", title=OFFER.topic.title, at=AT, turns=(first,))
    await it.tell(ConversationOpened(request=it.brain.last(OpenConversation).request, conversation=kept))
    await it.until(lambda: it.app.screen.query_one(PromptInput).can_send)
    yield 3.0, "One key takes it up."
    for letter in QUESTION:
        await it.write(letter)
        yield 0.07, "You ask on."
    yield 0.8, "You ask on."
    await it.press("enter")
    await it.until(lambda: it.brain.asked(SendMessage))
    request = it.brain.last(SendMessage).request
    yield 0.9, "The reply rests on your notes."
    for part in re.finditer(r"\s*\S+(?:\s+\S+)?", REPLY):
        await it.tell(ReplyChunk(request=request, text=part[0]))
        await drawn(it, REPLY[: part.end()])
        yield 0.14, "The reply rests on your notes."
    await it.tell(
        ReplyFinished(request=request, turn=turn("assistant", REPLY, sources=(TOKENS, EVENT_IDS), spoken_by=SPEAKER))
    )
    await it.until(lambda: len(it.app.screen.query(SourceList)) == 2)
    yield 6.0, "The reply rests on your notes: file and line are shown with it."


async def drawn(it: Stage, text: str) -> None:
    """Wait until the streaming reply, which is drawn a few times a second, shows this text."""
    await it.until(lambda: it.app.screen.query(Markdown).last().source == text)


async def record() -> list[Frame]:
    """The frames of the scene, the same at every run."""
    frames: list[Frame] = []
    async with stage(config=PATIENT, size=SIZE, standing=standing(made=0, why_silent=WRITING), notes="~/notes") as it:
        async for seconds, caption in act(it):
            frames.append(Frame(await settled(it), seconds, caption))
    return frames


async def settled(it: Stage) -> str:
    """The screenshot once the screen has stayed the same for three looks."""
    pictures: list[str] = []
    while len(pictures) < 3 or len(set(pictures[-3:])) > 1:
        await it.pilot.wait_for_scheduled_animations()
        await it.pilot.pause(0.02)
        pictures.append(still(it.app.export_screenshot()))
    return pictures[-1]


def assemble(frames: list[Frame]) -> str:
    """One SVG that shows the frames one after the other, in a loop."""
    classes: dict[str, str] = {}
    rows: dict[str, list[str]] = {}
    for number, frame in enumerate(frames):
        for row, svg in rows_of(frame.svg, classes).items():
            rows.setdefault(row, [""] * len(frames))[number] = svg
    rows["caption"] = [frame.caption for frame in frames]
    pieces = {row: runs(states) for row, states in rows.items()}
    spans = sorted({(each.first, each.end) for runs_ in pieces.values() for each in runs_} - {(0, len(frames))})
    moving = {span: f"t{number}" for number, span in enumerate(spans)}
    poster = next(number for number, frame in enumerate(frames) if frame.caption == POSTER)

    def group(piece: Piece, svg: str) -> str:
        name = moving.get((piece.first, piece.end))
        shown = " p" if piece.first <= poster < piece.end else ""
        return f'<g class="t {name}{shown}">{svg}</g>' if name else svg

    whole = CANVAS.search(frames[0].svg)
    title = CAPTION.search(frames[0].svg)
    assert whole, "Textual draws its pictures in another way than it did"
    assert title, "Textual draws its pictures in another way than it did"
    captions = [group(each, f"{title[1]}{each.svg}{title[2]}") for each in pieces.pop("caption")]
    rects, texts = (
        [group(each, each.svg) for row, runs_ in pieces.items() if row.startswith(kind) for each in runs_]
        for kind in ("rect", "text")
    )
    head = frames[0].svg[: whole.start()].replace(title[0], "\n".join(captions))
    head = head.replace("Fira Code, monospace", FONTS)
    head = re.sub(r"(\s*\.screen-r\d+ \{[^}]*\})+", lambda _: f"\n{style(classes, moving, frames)}", head, count=1)
    return still("\n".join([head + whole[1], *rects, '<g class="screen-matrix">', *texts, whole[3]]))


def rows_of(svg: str, classes: dict[str, str]) -> dict[str, str]:
    """The elements of a frame by their row, backgrounds first; new styles are added to `classes` with a name."""
    canvas = CANVAS.search(svg)
    assert canvas, "Textual draws its pictures in another way than it did"
    names = {name: classes.setdefault(rule.strip(), f"c{len(classes)}") for name, rule in RULE.findall(svg)}
    rows: dict[str, list[str]] = {}
    for found in ROW.finditer(canvas[2]):
        element = found[0].strip()
        if found[1] == "text" and not re.sub(r"<[^>]*>|&#160;|\s", "", element):
            continue  # nothing but blanks
        key = f"{found[1]} {found[2]}"
        rows.setdefault(key, []).append(re.sub(r'class="screen-(r\d+)"', lambda m: f'class="{names[m[1]]}"', element))
    return {key: "".join(merged(each) if key.startswith("rect") else each) for key, each in rows.items()}


def merged(rects: list[str]) -> list[str]:
    """The backgrounds of a row, with adjacent ones of the same colour merged."""
    bars: list[str] = []
    fill, start, y, end, height = "", 0.0, "", 0.0, ""
    for rect in rects:
        found = RECT.fullmatch(rect)
        assert found, rect
        x, width = float(found[2]), float(found[4])
        if found[1] == fill and abs(x - end) < 0.05:
            end = x + width
            bars.pop()
        else:
            fill, start, y, end, height = found[1], x, found[3], x + width, found[5]
        bars.append(f'<rect fill="{fill}" x="{start:g}" y="{y}" width="{end - start:g}" height="{height}"/>')
    return bars


def runs(states: list[str]) -> list[Piece]:
    """The states of a row as pieces, one for as long as the row stays the same; empty states are left out."""
    pieces: list[Piece] = []
    for number, svg in enumerate(states):
        if pieces and pieces[-1].svg == svg:
            pieces[-1] = pieces[-1]._replace(end=number + 1)
        else:
            pieces.append(Piece(number, number + 1, svg))
    return [each for each in pieces if each.svg]


def style(classes: dict[str, str], moving: dict[tuple[int, int], str], frames: list[Frame]) -> str:
    """The style sheet: colours, and the keyframes that show each piece in its time."""
    starts = [sum(frame.seconds for frame in frames[:number]) for number in range(len(frames) + 1)]
    whole = starts[-1]
    lines = [f".{name} {{ {rule} }}" for rule, name in classes.items()]
    lines.append("rect { shape-rendering: crispEdges } .t { visibility: hidden } .p { visibility: visible }")
    lines.append("@media (prefers-reduced-motion: no-preference) {")
    lines.append(f".t {{ visibility: hidden; animation: {whole:g}s step-end infinite }}")
    for (first, end), name in moving.items():
        before = "0% { visibility: hidden }" if first else ""
        after = f"{100 * starts[end] / whole:.3f}% {{ visibility: hidden }}" if end < len(frames) else ""
        seen = f"{100 * starts[first] / whole:.3f}% {{ visibility: visible }}"
        lines.append(f"@keyframes {name} {{ {before} {seen} {after} }} .{name} {{ animation-name: {name} }}")
    return "\n".join([*lines, "}"])


def main() -> None:
    """Write the recording to the file."""
    parser = argparse.ArgumentParser(prog="tests.recording", description="The moving picture of the first offer.")
    parser.add_argument("file", type=Path)
    options = parser.parse_args()
    os.environ["TZ"] = "UTC"
    time.tzset()
    options.file.write_text(assemble(asyncio.run(record())), encoding="utf-8")


if __name__ == "__main__":
    main()
