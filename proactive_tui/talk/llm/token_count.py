"""Estimates how many tokens a text has at the most, without the model's tokenizer."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from proactive_tui.talk.llm.base import ChatMessage

TOKENS_PER_MESSAGE = 8
"""Tokens that a chat template adds to a message: role, begin and end marks."""

_TOKEN_PIECES = re.compile(r"[A-Za-z]+|\d|\s+|[^\sA-Za-z\d]")


def estimate_tokens(text: str) -> int:
    """Estimated tokens of `text`, rather too many than too few.

    Byte-pair vocabularies encode an English word with its leading space in one or two tokens; the strictest of them
    encode digits one by one, and other characters in up to one token a byte. On prose this is about half more than
    SmolLM2 counts.
    """
    return sum(map(_piece_tokens, _TOKEN_PIECES.findall(text)))


def _piece_tokens(piece: str) -> int:
    if piece.isspace():
        return piece.count("\n") + (len(piece) > 1)
    if piece.isascii():
        return math.ceil(len(piece) / 3)
    return len(piece.encode(errors="replace"))


def estimate_messages(messages: Sequence[ChatMessage]) -> int:
    """Estimated tokens of a whole prompt, with what the chat template adds."""
    return TOKENS_PER_MESSAGE + sum(TOKENS_PER_MESSAGE + estimate_tokens(message.text) for message in messages)


def truncate_to_tokens(text: str, tokens: int) -> str:
    """The beginning of `text` that has at most `tokens` tokens, ending at a word where it can, and then …."""
    if tokens <= 0:
        return ""
    if estimate_tokens(text) <= tokens:
        return text
    room, end = tokens - 3, 0
    for match in _TOKEN_PIECES.finditer(text):
        room -= _piece_tokens(match.group())
        if room < 0:
            break
        end = match.end()
    return text[:end].rstrip() + "…"
