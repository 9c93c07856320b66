"""Lists, deletes and saves kept conversations, and reads the notes that they cite."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from proactive_tui.brain.capturing.capture_plan import plan_capture
from proactive_tui.brain.capturing.capture_writing import append_capture
from proactive_tui.brain.conversations import markdown_export
from proactive_tui.errors import ProactiveError
from proactive_tui.ipc import requests
from proactive_tui.ipc.events import (
    CapturePlanned,
    CaptureWritten,
    ConversationsListed,
    NoteLines,
    RequestDone,
    WireEvent,
)
from proactive_tui.journal import conversation_index, events
from proactive_tui.model.note_values import CapturePlan, Note
from proactive_tui.model.talk_values import Conversation
from proactive_tui.model.topic_values import Evidence
from proactive_tui.paths import PRIVATE_UMASK
from proactive_tui.sources import folder as sources
from proactive_tui.sources.rules import Rules
from proactive_tui.text.decoding import decode_text

if TYPE_CHECKING:
    from proactive_tui.brain.conversations.sessions import ConversationSessions
    from proactive_tui.brain.services import Services

CONTEXT_LINES = 40
"""Lines shown before and after the cited ones."""
MAX_CITED_LINE_CHARACTERS, MAX_CONTEXT_LINE_CHARACTERS = 6_000, 500
"""Longest part shown of a cited line, and of a line beside it, in characters."""
MAX_MATCH_CHARACTERS = 80
"""Characters of a cited text that are compared with the note."""


class ConversationArchive:
    """Answers requests about kept conversations. Files are read and written on threads. Raises ProactiveError."""

    def __init__(
        self,
        services: Services,
        *,
        sessions: ConversationSessions,
        send_event: Callable[[WireEvent], None],
        clock: Callable[[], float],
    ) -> None:
        self._services, self._sessions, self._send_event, self._clock = services, sessions, send_event, clock

    async def list_conversations(self, ask: requests.ListConversations) -> None:
        """Send all conversations, or those that hold the words of the query."""
        turns = self._services.journal.list_turns
        found = await asyncio.to_thread(lambda: conversation_index.list_conversations(turns(), ask.query))
        self._send_event(ConversationsListed(request=ask.request, conversations=found))

    async def delete_conversation(self, ask: requests.DeleteConversation) -> None:
        """Stop a conversation and delete its turns from the journal."""
        self._sessions.mark_deleted(ask.conversation)
        await asyncio.to_thread(conversation_index.delete_conversation, self._services.journal, ask.conversation)
        self._send_event(RequestDone(request=ask.request))

    async def save_conversation(self, ask: requests.SaveConversation) -> None:
        """Write a conversation as Markdown into a new note, or as an export."""
        path = await self._write_markdown(ask, self._sessions.get_conversation(ask.conversation))
        self._send_event(RequestDone(request=ask.request, path=path))

    async def plan_capture(self, ask: requests.PlanCapture) -> None:
        """Send where a captured line would go; nothing is written. Raises ProactiveError."""
        plan = await asyncio.to_thread(self._plan_capture, ask.text)
        self._send_event(CapturePlanned(request=ask.request, plan=plan))

    async def write_capture(self, ask: requests.WriteCapture) -> None:
        """Append the line that the owner has seen, or send the new plan where the note has changed meanwhile."""
        services = self._services
        plan, written = await asyncio.to_thread(
            append_capture,
            services.folder,
            Rules(services.folder, services.config.notes),
            services.config.capture,
            ask.plan,
            self._clock(),
            services.umask,
        )
        self._send_event(CaptureWritten(request=ask.request, written=written, plan=plan))

    def _plan_capture(self, text: str) -> CapturePlan:
        services = self._services
        rules = Rules(services.folder, services.config.notes)
        return plan_capture(services.folder, rules, services.config.capture, text, self._clock())

    async def read_note(self, ask: requests.ReadNote) -> None:
        """Send the cited lines with those around them."""
        note = self._services.index.documents.get(ask.at.path)
        if note is None:
            raise ProactiveError("The note is not there any more", ask.at.path)
        self._send_event(
            await asyncio.to_thread(lambda: build_note_lines(ask.request, note, ask.at, self._read_note_text(note)))
        )

    def _read_note_text(self, note: Note) -> str:
        """The whole text of the note; empty where its file has changed since it was indexed, or may not be read, and
        for an item.
        """
        if note.origin is not None:
            return ""
        folder = self._services.folder
        try:
            data = sources.read_note(folder, note.path, Rules(folder, self._services.config.notes))
        except (OSError, ProactiveError):
            return ""
        return decode_text(data) if isinstance(data, bytes) and _file_digest(data) == note.digest else ""

    async def _write_markdown(self, ask: requests.SaveConversation, conversation: Conversation) -> str:
        data = markdown_export.conversation_markdown(conversation, last=ask.last).encode()
        services, folder = self._services, self._services.folder
        if ask.export:
            file = markdown_export.resolve_export_file(services.paths.exports_folder, folder, conversation, ask.name)
            await asyncio.to_thread(markdown_export.write_new_file, file, data, PRIVATE_UMASK)
            return str(file)
        path = markdown_export.resolve_new_note(folder, Rules(folder, services.config.notes), ask.name)
        # Journaled before the file exists, so that the watcher never takes the file for the owner's own writing.
        services.record_event(events.NoteWritten(path=path, digest=_file_digest(data)), self._clock())
        await asyncio.to_thread(markdown_export.write_new_file, folder / path, data, services.umask)
        return path


def build_note_lines(request: int, note: Note, evidence: Evidence, text: str = "") -> NoteLines:
    """The cited lines with those around them: from the note's `text`, else (without headings) from its passages.

    A note that changed since is searched for the passage, then for its words; where it has neither, the lines now at
    that place are shown, and `found` is false. A long line is shown in part, with how much is left out.
    """
    lines = dict(enumerate(re.split("\r\n|\r|\n", text.rstrip("\r\n")), 1)) if text else _lines_from_passages(note)
    start, found = _locate_evidence(note, lines, evidence)
    end = start + evidence.line_end - evidence.line_start
    last = max(lines, default=1)
    first, stop = max(start - CONTEXT_LINES, 1), min(end + CONTEXT_LINES, last)
    return NoteLines(
        request=request,
        path=note.path,
        first=first,
        lines=tuple(
            _shorten_line(lines.get(number, ""), evidence.text if start <= number <= end else "")
            for number in range(first, stop + 1)
        ),
        start=start,
        end=min(end, last),
        heading=evidence.heading,
        found=found,
    )


def _lines_from_passages(note: Note) -> dict[int, str]:
    """The lines of the passages, by number; a line that was cut into several passages is joined again."""
    found: dict[int, list[str]] = {}
    for passage in note.passages:
        for number, line in enumerate(passage.text.splitlines(), passage.line_start):
            found.setdefault(number, []).append(line)
    return {number: " ".join(parts) for number, parts in found.items()}


def _shorten_line(line: str, cited: str) -> str:
    """The line, or of a very long one the part around the cited text, else its beginning."""
    most = MAX_CITED_LINE_CHARACTERS if cited else MAX_CONTEXT_LINE_CHARACTERS
    if len(line) <= most:
        return line
    at = max(line.find(max(cited.splitlines(), key=len, default="")), 0)
    begin = min(max(at - MAX_CONTEXT_LINE_CHARACTERS, 0), len(line) - most)
    before = f"({begin:,} characters) … " if begin else ""
    after = len(line) - begin - most
    return before + line[begin : begin + most] + (f" … ({after:,} characters)" if after else "")


def _file_digest(data: bytes) -> str:
    """The digest of a note's bytes, as in `Note.digest`."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _locate_evidence(note: Note, lines: dict[int, str], evidence: Evidence) -> tuple[int, bool]:
    """The line at which the evidence begins now, and whether it is there."""
    cited_text = " ".join(evidence.text.split())[:MAX_MATCH_CHARACTERS]

    def is_evidence_at(number: int) -> bool:
        span = range(number, number + evidence.line_end - evidence.line_start + 1)
        return cited_text in " ".join(" ".join(lines.get(line_number, "") for line_number in span).split())

    if is_evidence_at(evidence.line_start):
        return evidence.line_start, True
    for passage in note.passages:
        if evidence.passage and passage.id == evidence.passage and evidence.text == passage.text:
            return passage.line_start, True
    if here := [number for number in lines if is_evidence_at(number)]:
        return min(here, key=lambda number: abs(number - evidence.line_start)), True
    return min(evidence.line_start, max(lines, default=1)), False
