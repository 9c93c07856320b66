"""Words a found answer without a language model: lists, quotations, or that the notes do not tell. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from proactive_tui.model import Evidence, FrozenValue, ItemOrigin
from proactive_tui.talk.answers.answer_finding import FoundAnswer
from proactive_tui.talk.answers.known_facts import KnownList, KnownTask
from proactive_tui.talk.answers.reply_phrases import ReplyPhrases, reply_phrases
from proactive_tui.talk.answers.statements import Statement
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.plain import escape_markdown, note_location, plain_line
from proactive_tui.text.terminal_safe import one_line

MAX_QUOTATION_CHARACTERS = 320
_ITEM_OR_ROW = re.compile(r"\s*(?:[-*+•|]|\d{1,3}[.)]\s)")


class ExtractedReply(FrozenValue, frozen=True, kw_only=True):
    """A reply in Markdown; `[n]` cites `sources[n - 1]`. `is_silent` says that the notes do not tell."""

    text: str
    sources: tuple[Evidence, ...] = ()
    is_silent: bool = False


def word_answer(found: FoundAnswer, origins: Mapping[str, ItemOrigin], at: float) -> ExtractedReply:
    """The reply to a question from what was found; `origins` has, by path, where items come from."""
    phrases = reply_phrases(found.question.language)
    if found.known is not None:
        return _word_list(found.known, phrases, local_day(at))
    if not found.quoted:
        return ExtractedReply(text=phrases.nothing, is_silent=True)
    blocks = join_statements(found.quoted, origins)
    lines, sources = quote_blocks(dict(enumerate(blocks, 1))), tuple(block.source for block in blocks)
    others = any(source.origin is not None for source in sources)
    if not found.answers:
        return ExtractedReply(text=f"{phrases.silent} {phrases.nearest}\n\n{lines}", sources=sources, is_silent=True)
    return ExtractedReply(text=f"{phrases.found if others else phrases.say}\n\n{lines}", sources=sources)


class QuotedBlock(NamedTuple):
    """Statements beside each other: their `words` without markup, and their lines as a source."""

    words: tuple[str, ...]
    source: Evidence


def join_statements(statements: Sequence[Statement], origins: Mapping[str, ItemOrigin]) -> tuple[QuotedBlock, ...]:
    """The statements as blocks, most likely first; those that stand beside each other are one, in their order."""
    blocks: list[list[Statement]] = []
    for statement in statements:
        near = next((block for block in blocks if _is_beside(block, statement)), None)
        if near is None:
            blocks.append([statement])
        else:
            near.append(statement)
            near.sort(key=lambda part: (part.line_start, part.line_end))
    joined = [
        QuotedBlock(
            tuple(words for part in block if (words := _shorten(plain_line(part.text)))),
            _block_evidence(block, origins.get(block[0].path)),
        )
        for block in blocks
    ]
    return tuple(block for block in joined if block.words)


def quote_blocks(blocks: Mapping[int, QuotedBlock]) -> str:
    """Block quotes, each with the number by which it is cited, then who wrote those of others."""
    quoted = ["  \n".join(f"> {word}" for word in block.words) + f" [{number}]" for number, block in blocks.items()]
    said_by = [
        f"{_name_author(block.source)} [{number}]"
        for number, block in blocks.items()
        if block.source.origin is not None
    ]
    return "\n>\n".join(quoted) + (f"\n\n{', '.join(said_by)}" if said_by else "")


def _shorten(words: str) -> str:
    """A statement that is short enough to be quoted; it ends at a word."""
    if len(words) <= MAX_QUOTATION_CHARACTERS:
        return words
    return words[:MAX_QUOTATION_CHARACTERS].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def _is_beside(block: Sequence[Statement], statement: Statement) -> bool:
    return any(
        part.path == statement.path
        and part.passage == statement.passage
        and part.line_start <= statement.line_end + 2
        and part.line_end >= statement.line_start - 2
        for part in block
    )


def _block_evidence(block: Sequence[Statement], origin: ItemOrigin | None) -> Evidence:
    return Evidence(
        path=block[0].path,
        line_start=min(part.line_start for part in block),
        line_end=max(part.line_end for part in block),
        text=_join_lines([part.text for part in block]),
        heading=block[0].heading,
        passage=block[0].passage,
        origin=origin,
    )


def _join_lines(parts: Sequence[str]) -> str:
    """Statements as one text in which each is still one: paragraphs with an empty line between them."""
    joined = parts[0]
    for part in parts[1:]:
        joined += ("\n" if _ITEM_OR_ROW.match(part) else "\n\n") + part
    return joined


def _name_author(source: Evidence) -> str:
    """Who wrote it and where, in a line of Markdown."""
    author = one_line(source.origin.author) if source.origin is not None else ""
    return escape_markdown(", ".join(part for part in (author, note_location(source)) if part))


def _word_list(known: KnownList, phrases: ReplyPhrases, today: dt.date) -> ExtractedReply:
    if not known.tasks:
        none = {"due": phrases.none_due, "overdue": phrases.none_overdue, "promises": phrases.none_promised}
        return ExtractedReply(text=none[known.asked])
    head = {"due": phrases.due, "overdue": phrases.overdue, "promises": phrases.promises}[known.asked]
    lines = [f"- {_word_task(task, phrases, today)} [{number}]" for number, task in enumerate(known.tasks, 1)]
    if known.more:
        lines.append(f"- {phrases.more.format(known.more)}")
    return ExtractedReply(text=f"{head}\n\n" + "\n".join(lines), sources=tuple(task.source for task in known.tasks))


def _word_task(task: KnownTask, phrases: ReplyPhrases, today: dt.date) -> str:
    words = escape_markdown(_shorten(plain_line(task.words)))
    if task.person and task.person.lower() not in words.lower():
        words = f"{words} ({escape_markdown(task.person)})"
    if not task.due:
        return words
    named = {today.isoformat(): phrases.today, (today + dt.timedelta(days=1)).isoformat(): phrases.tomorrow}
    day = named.get(task.due, "")
    if task.due in words:
        return f"{words} ({day})" if day else words
    return f"{task.due}{f' ({day})' if day else ''}: {words}"
