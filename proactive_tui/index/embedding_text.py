"""The text that is embedded for a passage, and the id of its vector: the hash of exactly that text."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

from proactive_tui.index.catalogs.boilerplate_lines import strip_boilerplate
from proactive_tui.index.passages import MAX_BODY_TOKENS
from proactive_tui.index.tokenizer import MODEL_MAX_TOKENS, TokenOffsets
from proactive_tui.model.note_values import Note, Passage

MAX_HEADER_TOKENS = MODEL_MAX_TOKENS - MAX_BODY_TOKENS - 4
"""Tokens of title and headings at the most: two are special, and a cut through a word may add one at each end."""

_DATE_IN_TITLE = re.compile(r"(?<!\d)(?:19|20)\d\d[-_.]?(?:\d\d|w\d\d)?[-_.]?(?:\d\d)?(?!\d)", re.IGNORECASE)


def build_embedding_text(note: Note, passage: Passage, boilerplate: frozenset[str]) -> str:
    """Title and headings on one line, then the text without boilerplate; within what the model reads.

    A title without a letter (a date, a number) says nothing about what is below it and is left out.
    """
    heading, body = strip_boilerplate(passage, boilerplate)
    title = _DATE_IN_TITLE.sub(" ", note.title).strip(" -_.")
    parts = list(heading) if not any(map(str.isalpha, title)) or title in heading else [title, *heading]
    header = _cap_header(" > ".join(parts))
    return f"{header}\n{body}" if header else body


def vector_id(embedded: str) -> str:
    """The id of the vector of a text."""
    return hashlib.blake2b(embedded.encode("utf-8", "replace"), digest_size=16).hexdigest()


@lru_cache(maxsize=4096)
def _cap_header(header: str) -> str:
    if len(header) <= MAX_HEADER_TOKENS:
        return header
    return header[: TokenOffsets(header).offset_after(0, MAX_HEADER_TOKENS, len(header))].rstrip()
