"""Finds the sentence that says most of what a note is about."""

from __future__ import annotations

import re

from proactive_tui.model.note_values import Note
from proactive_tui.model.topic_values import Evidence
from proactive_tui.text.blocks import classify_lines, quote_lines, split_blocks, split_sentences
from proactive_tui.text.words import WORD_PATTERN

MAX_GIST_SENTENCES = 12  # a note says at its beginning what it is about


def find_gist(note: Note) -> Evidence | None:
    """The lines of the sentence that says most of what a note is about; None without a sentence of 6 to 45 words.

    The sentence stands near the beginning, shares most words with the title and asks nothing.
    """
    title = {word for word in WORD_PATTERN.findall(note.title.lower()) if len(word) > 3}
    best: tuple[float, int, int, str] | None = None
    place = 0
    for block in split_blocks(note):
        if block.role not in ("prose", "item") or re.match(r"^\s*[-*+]\s+\[.\]", block.lines[0].text):
            continue
        for sentence in split_sentences(block):
            place += 1
            words = WORD_PATTERN.findall(sentence.masked.lower())
            if not 6 <= len(words) <= 45 or sentence.masked.rstrip("*_ ").endswith(("?", ":")):
                continue
            score = len(title & set(words)) / (len(title) or 1) - 0.05 * place
            if best is None or score > best[0]:
                best = (score, sentence.line_start, sentence.line_end, sentence.text)
        if place > MAX_GIST_SENTENCES:
            break
    return quote_lines(classify_lines(note), best[1], best[2], note.path, best[3]) if best else None
