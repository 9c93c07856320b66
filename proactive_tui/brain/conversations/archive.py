"""What is done with kept conversations and with the notes that they cite: list, delete, write, look."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from proactive_tui.brain.conversations import markdown_export
from proactive_tui.errors import ProactiveError
from proactive_tui.ipc import requests
from proactive_tui.ipc.events import Done, Listed, Shown, Tell
from proactive_tui.journal import conversation_index, events
from proactive_tui.model import Conversation, Evidence, Note
from proactive_tui.paths import PRIVATE
from proactive_tui.sources import folder as sources
from proactive_tui.sources.rules import Rules
from proactive_tui.text.decoding import decode

if TYPE_CHECKING:
    from proactive_tui.brain.conversations.sessions import Conversing
    from proactive_tui.brain.services import Services

Wish: TypeAlias = requests.Browse | requests.Drop | requests.Save | requests.Look

AROUND = 40
"""Lines before and after those that are asked for."""
WIDE, BESIDE = 6_000, 500
"""Characters of a line at the most: of one that is asked for, around what is cited, and of another one."""
ENOUGH = 80
"""Characters by which a text is recognised."""


class Archive:
    """Answers wishes that are about kept conversations. Files and long reads are not the loop's."""

    def __init__(self, services: Services, conversing: Conversing, clock: Callable[[], float]) -> None:
        self._services, self._conversing, self._clock = services, conversing, clock

    async def answer(self, wish: Wish) -> Tell:
        """What the face is told. Raises ProactiveError."""
        journal = self._services.journal
        match wish:
            case requests.Browse(request=request, query=query):
                found = await asyncio.to_thread(lambda: conversation_index.kept(journal.sayings(), query))
                return Listed(request=request, conversations=found)
            case requests.Drop(request=request, conversation=conversation):
                self._conversing.drop(conversation)
                await asyncio.to_thread(conversation_index.drop, journal, conversation)
                return Done(request=request)
            case requests.Save(request=request, conversation=conversation):
                return Done(request=request, path=await self._saved(wish, self._conversing.kept(conversation)))
            case requests.Look(request=request, at=evidence):
                note = self._services.index.notes.get(evidence.path)
                if note is None:
                    raise ProactiveError("The note is not there any more", evidence.path)
                return await asyncio.to_thread(lambda: shown(request, note, evidence, self._text(note)))

    def _text(self, note: Note) -> str:
        """The note as the index knows it, whole; empty where its file is another by now, or may not be read."""
        folder = self._services.folder
        try:
            data = sources.read(folder, note.path, Rules(folder, self._services.config.notes))
        except (OSError, ProactiveError):
            return ""
        return decode(data) if isinstance(data, bytes) and _digest(data) == note.digest else ""

    async def _saved(self, wish: requests.Save, conversation: Conversation) -> str:
        data = markdown_export.markdown(conversation, last=wish.last).encode()
        services, folder = self._services, self._services.folder
        if wish.export:
            file = markdown_export.for_export(services.paths.exports, folder, conversation, wish.name)
            await asyncio.to_thread(markdown_export.write, file, data, PRIVATE)
            return str(file)
        path = markdown_export.in_notes(folder, Rules(folder, services.config.notes), wish.name)
        # Known before it is there, so that the watcher never takes it for the owner's own writing.
        services.record(events.Wrote(path=path, digest=_digest(data)), self._clock())
        await asyncio.to_thread(markdown_export.write, folder / path, data, services.umask)
        return path


def shown(request: int, note: Note, evidence: Evidence, text: str = "") -> Shown:
    """The lines of evidence among their neighbours: from the note's `text`, else (without headings) from its passages.

    A note that changed since is searched for the passage, then for its words; where it has neither, the lines that are
    in its place now are shown, and `found` is false. A long line is shown in part, with how much is left out.
    """
    lines = dict(enumerate(re.split("\r\n|\r|\n", text.rstrip("\r\n")), 1)) if text else _of_passages(note)
    start, found = _where(note, lines, evidence)
    end = start + evidence.line_end - evidence.line_start
    last = max(lines, default=1)
    first, stop = max(start - AROUND, 1), min(end + AROUND, last)
    return Shown(
        request=request,
        path=note.path,
        first=first,
        lines=tuple(
            _part(lines.get(number, ""), evidence.text if start <= number <= end else "")
            for number in range(first, stop + 1)
        ),
        start=start,
        end=min(end, last),
        heading=evidence.heading,
        found=found,
    )


def _of_passages(note: Note) -> dict[int, str]:
    """The lines that the passages hold, by number; one that was cut into several is whole again."""
    found: dict[int, list[str]] = {}
    for passage in note.passages:
        for number, line in enumerate(passage.text.splitlines(), passage.line_start):
            found.setdefault(number, []).append(line)
    return {number: " ".join(parts) for number, parts in found.items()}


def _part(line: str, cited: str) -> str:
    """A line as long as can be read: of a longer one, the part with what is cited, or else its beginning."""
    most = WIDE if cited else BESIDE
    if len(line) <= most:
        return line
    at = max(line.find(max(cited.splitlines(), key=len, default="")), 0)
    begin = min(max(at - BESIDE, 0), len(line) - most)
    before = f"({begin:,} characters) … " if begin else ""
    after = len(line) - begin - most
    return before + line[begin : begin + most] + (f" … ({after:,} characters)" if after else "")


def _digest(data: bytes) -> str:
    """As `Note.digest`."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _where(note: Note, lines: dict[int, str], evidence: Evidence) -> tuple[int, bool]:
    """The line at which the evidence begins now, and whether it is there."""
    said = " ".join(evidence.text.split())[:ENOUGH]

    def there(number: int) -> bool:
        span = range(number, number + evidence.line_end - evidence.line_start + 1)
        return said in " ".join(" ".join(lines.get(each, "") for each in span).split())

    if there(evidence.line_start):
        return evidence.line_start, True
    for passage in note.passages:
        if evidence.passage and passage.id == evidence.passage and evidence.text == passage.text:
            return passage.line_start, True
    if here := [number for number in lines if there(number)]:
        return min(here, key=lambda number: abs(number - evidence.line_start)), True
    return min(evidence.line_start, max(lines, default=1)), False
