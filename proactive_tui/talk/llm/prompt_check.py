"""Notices a prompt that the model did not read whole, by the only thing that tells it: the count of tokens it read."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import aclosing
from typing import NamedTuple

from proactive_tui.talk.llm.base import ChatMessage, ChatModel

READ_SHARE = 0.95
"""Share of the least tokens of a prompt below which it was not read whole. Real prompts had 1.4 times the least tokens
and more (SmolLM2, 37 texts in five languages); the rest is for vocabularies that join words.
"""
MIN_WINDOW_TOKENS = 400
"""Fewest tokens that a cut window leaves of a prompt. Where fewer were read, the model is shown its last message
only.
"""
MIN_CONTEXT = 1024
"""The smallest context that a conversation is tried with."""


class CutPrompt(NamedTuple):
    """What is known of a prompt that was cut: the context that the model really has, or 0 where no prompt will do."""

    context: int


def find_cut(read: int | None, least: int, context: int, sizes: Sequence[int]) -> CutPrompt | None:
    """What was cut off a prompt of at least `least` tokens, of which the model says that it read `read`; None if whole.

    Ollama says nothing when it cuts. 0.24 reads the last window of the prompt, 0.32 and later half of a window and two
    tokens; both leave out old messages first. A prompt that it has read before counts in full (measured on 0.24.0).
    """
    if not read or read >= READ_SHARE * least:
        return None
    if read < MIN_WINDOW_TOKENS or context <= MIN_CONTEXT:
        return CutPrompt(0)
    seen = next((size for size in sizes if read <= size), sizes[-1])
    return CutPrompt(max(MIN_CONTEXT, seen if seen < context else context // 2))


PROBE = (
    ChatMessage(
        role="system",
        text=(
            "You answer with one word. Below is a note. It says that the spare key of the garden shed hangs behind the "
            "second flower pot on the left, that the neighbour waters the tomatoes while the family is away, that the "
            "water is to be turned off before the first frost in November, that the ladder was lent to the people at "
            "number twelve and is to be asked for in spring, and that the roof was mended last year by the carpenter "
            "from the village, who said that it would hold for another ten winters if the gutter is kept clean."
        ),
    ),
    ChatMessage(role="user", text="Who waters the tomatoes?"),
)
"""A prompt that shows whether a model reads what it is sent: longer than the last message by far."""


async def generate_probe(model: ChatModel) -> float:
    """Have the model read `PROBE` and generate one token; returns the seconds it took, loading included.

    Raises UnfitModelError where it was not shown the note, and LanguageModelError where it fails.
    """
    began = time.monotonic()
    async with aclosing(model.stream(PROBE, max_tokens=1, temperature=0.0)) as pieces:
        async for _ in pieces:
            pass
    return time.monotonic() - began
