"""Estimates how many tokens a text has at the most, without the model's tokenizer."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from proactive_tui.talk.llm.base import ChatMessage

TOKENS_PER_MESSAGE = 8
"""Tokens that a chat template adds to a message: role, begin and end marks."""

_WORD_RUNS = re.compile(r"[^\W\d_]+|\d+")
_LETTERS_PER_TOKEN = 24
"""Letters without a blank between them that one token may have; in writing without blanks a run is a whole sentence."""

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


def least_tokens(messages: Sequence[ChatMessage]) -> int:
    """Tokens that a prompt has at the least: one for each word or number, for no vocabulary has tokens of two words.

    What a model says that it read of a prompt is compared with this, where `estimate_messages` may be five times too
    high (Cyrillic).
    """
    runs = (run for message in messages for run in _WORD_RUNS.findall(message.text))
    return sum(1 + (len(run) - 1) // _LETTERS_PER_TOKEN for run in runs)


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
