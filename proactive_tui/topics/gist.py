"""The sentence that says most of what a note is about."""

from __future__ import annotations

import re

from proactive_tui.model import Evidence, Note
from proactive_tui.text.blocks import blocks, lines, quote, sentences
from proactive_tui.text.words import WORD

LOOK = 12  # sentences: what a note is about it says at its beginning


def gist(note: Note) -> Evidence | None:
    """The lines with the sentence that says most of what a note is about; None where it has no sentence of some length.

    It is the one near the beginning that shares most words with the title and asks nothing.
    """
    title = {word for word in WORD.findall(note.title.lower()) if len(word) > 3}
    best: tuple[float, int, int, str] | None = None
    place = 0
    for block in blocks(note):
        if block.role not in ("prose", "item") or re.match(r"^\s*[-*+]\s+\[.\]", block.lines[0].text):
            continue
        for sentence in sentences(block):
            place += 1
            words = WORD.findall(sentence.masked.lower())
            if not 6 <= len(words) <= 45 or sentence.masked.rstrip("*_ ").endswith(("?", ":")):
                continue
            score = len(title & set(words)) / (len(title) or 1) - 0.05 * place
            if best is None or score > best[0]:
                best = (score, sentence.line_start, sentence.line_end, sentence.text)
        if place > LOOK:
            break
    return quote(lines(note), best[1], best[2], note.path, best[3]) if best else None
