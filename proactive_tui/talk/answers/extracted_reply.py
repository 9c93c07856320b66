"""Words a found answer without a language model: lists, quotations, or that the notes do not tell. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from proactive_tui.model.note_values import ItemOrigin
from proactive_tui.model.shared_words import FrozenValue
from proactive_tui.model.topic_values import Evidence
from proactive_tui.talk.answers.answer_finding import FoundAnswer
from proactive_tui.talk.answers.known.known_words import word_known
from proactive_tui.talk.answers.reply_phrases import reply_phrases
from proactive_tui.talk.answers.statements import Statement, shorten_words
from proactive_tui.text.dates.local_days import local_day
from proactive_tui.text.plain import escape_markdown, note_location, plain_line
from proactive_tui.text.terminal_safe import one_line

_ITEM_OR_ROW = re.compile(r"\s*(?:[-*+•|]|\d{1,3}[.)]\s)")


class ExtractedReply(FrozenValue, frozen=True, kw_only=True):
    """A reply in Markdown; `[n]` cites `sources[n - 1]`. `is_silent` says that the notes do not tell, or not
    all that is asked.
    """

    text: str
    sources: tuple[Evidence, ...] = ()
    is_silent: bool = False


def word_answer(found: FoundAnswer, origins: Mapping[str, ItemOrigin], at: float) -> ExtractedReply:
    """The reply to a question from what was found; `origins` has, by path, where items come from."""
    phrases = reply_phrases(found.question.language)
    if found.known is not None:
        text = word_known(found.known, found.question.language, local_day(at))
        return ExtractedReply(text=text, sources=tuple(entry.source for entry in found.known.entries))
    if not found.quoted:
        return ExtractedReply(text=phrases.nothing, is_silent=True)
    blocks = join_statements(found.quoted, origins)
    lines, sources = quote_blocks(dict(enumerate(blocks, 1))), tuple(block.source for block in blocks)
    others = any(source.origin is not None for source in sources)
    if not found.answers:
        return ExtractedReply(text=f"{phrases.silent} {phrases.nearest}\n\n{lines}", sources=sources, is_silent=True)
    text = f"{phrases.found if others else phrases.say}\n\n{lines}{word_untold(found)}"
    return ExtractedReply(text=text, sources=sources, is_silent=bool(found.untold))


def word_untold(found: FoundAnswer) -> str:
    """A paragraph that says which parts of the question the notes do not tell; "" where they tell all."""
    if not found.untold:
        return ""
    asked = ", ".join(f"“{escape_markdown(part.text.strip(' ,;.!?'))}?”" for part in found.untold)
    return f"\n\n{reply_phrases(found.question.language).untold} {asked}"


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
            tuple(words for part in block if (words := shorten_words(plain_line(part.text)))),
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
