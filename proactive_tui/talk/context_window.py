"""Builds the prompt of a reply so that it fits into a language model's context."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from msgspec import structs

from proactive_tui.model.talk_values import Turn
from proactive_tui.model.topic_values import Evidence
from proactive_tui.talk.llm.base import ChatMessage
from proactive_tui.talk.llm.token_count import (
    TOKENS_PER_MESSAGE,
    estimate_messages,
    estimate_tokens,
    truncate_to_tokens,
)
from proactive_tui.talk.prompt import fence_note, remove_prompt_marks, rules_for_sources
from proactive_tui.talk.turn_summary import summarize_turns
from proactive_tui.text.language import LANGUAGE_NAMES
from proactive_tui.text.lexicon import LEXICONS
from proactive_tui.text.stream_cleaner import sanitize_text

REPLY_SYSTEM_PROMPT = (
    "You talk with somebody about their own notes, like a thoughtful colleague: brief, concrete, in their language. "
    "Answer from the notes below and cite them by number, like [1]. Where the notes do not answer, say so plainly; "
    "do not make anything up. "
)
MAX_REPLY_SOURCES = 6
REPLY_SOURCE_TOKENS = 300
REPLY_SOURCES_SHARE = 0.5
"""Share of the sources in the tokens that rules and question leave; earlier turns get the rest."""
MAX_SUMMARY_TOKENS = 480
"""Maximum tokens that sum up the turns that do not fit."""
SUMMARY_SHARE = 0.4
"""Share of the summary in the tokens that rules, question and sources leave."""
MAX_TURN_TOKENS = 400
"""Maximum tokens repeated of an earlier turn."""


def build_reply_prompt(
    turns: Sequence[Turn],
    text: str,
    sources: Sequence[Evidence],
    *,
    context: int,
    max_tokens: int,
    today: dt.date | None = None,
    language: str = "",
) -> tuple[list[ChatMessage], tuple[Evidence, ...]]:
    """The prompt for a reply to `text`, and the sources in it, in the order of their numbers.

    By estimate (`llm/token_count.py`) prompt and reply together stay within `context` tokens, however long the turns
    are. Room goes to the question first (its end is cut where it is longer than half of the room), then to sources,
    best first, then to earlier turns, newest first. Turns that do not fit, and what is cut off long ones, are summed up
    (`turn_summary.py`).
    """
    rules = REPLY_SYSTEM_PROMPT + _describe_circumstances(today, language) + rules_for_sources(sources)
    room = context - max_tokens - 4 * TOKENS_PER_MESSAGE - estimate_tokens(rules)
    asked = truncate_to_tokens(sanitize_text(text), max(room // 2, 16))
    room -= estimate_tokens(asked)
    fences, used = _fence_sources(sources, int(room * REPLY_SOURCES_SHARE))
    room -= sum(estimate_tokens(fence) + 2 for fence in fences)
    kept, dropped = _recent_messages(turns, room)
    summary = ""
    if dropped:
        share = min(MAX_SUMMARY_TOKENS, int(max(room, 0) * SUMMARY_SHARE))
        kept, dropped = _recent_messages(turns, room - share)
        summary = summarize_turns(dropped, share - 8)
    system = "\n\n".join(filter(None, [rules, "\n".join(fences) or "The notes have nothing on this.", summary]))
    messages = [ChatMessage(role="system", text=system), *kept, ChatMessage(role="user", text=asked)]
    while estimate_messages(messages) + max_tokens > context and len(messages) > 2:
        del messages[1]
    return messages, used


def _describe_circumstances(today: dt.date | None, language: str) -> str:
    """Who speaks in the notes, which day it is, and in which language to answer, as far as these are known."""
    parts = ["“I” in a note is the person you talk with: say “you”."]
    if today is not None:
        days, months = LEXICONS["en"].days, LEXICONS["en"].months
        parts.append(f"Today is {days[today.weekday()]}, {today.day} {months[today.month - 1]} {today.year}.")
    if language in LANGUAGE_NAMES:
        parts.append(f"Answer in {LANGUAGE_NAMES[language]}.")
    return " ".join(parts) + " "


def _fence_sources(sources: Sequence[Evidence], room: int) -> tuple[list[str], tuple[Evidence, ...]]:
    fences: list[str] = []
    used: list[Evidence] = []
    for passage in sources[:MAX_REPLY_SOURCES]:
        share = min(REPLY_SOURCE_TOKENS, room)
        fence = fence_note(len(used) + 1, passage, share - 40)
        cost = estimate_tokens(fence) + 2
        if share < 80 or cost > room:
            break
        fences.append(fence)
        used.append(passage)
        room -= cost
    return fences, tuple(used)


def _recent_messages(turns: Sequence[Turn], room: int) -> tuple[list[ChatMessage], list[Turn]]:
    """The newest turns that fit into `room` tokens, as messages, and what of the turns is left out, oldest first."""
    kept: list[ChatMessage] = []
    left_out: list[Turn] = []
    for at in range(len(turns) - 1, -1, -1):
        quoting = turns[at].role == "assistant"  # what it said may be a note, word for word
        said = truncate_to_tokens(
            remove_prompt_marks(turns[at].text) if quoting else sanitize_text(turns[at].text), MAX_TURN_TOKENS
        )
        cost = estimate_tokens(said) + TOKENS_PER_MESSAGE
        if cost > room:
            return kept[::-1], [*turns[: at + 1], *left_out[::-1]]
        room -= cost
        if estimate_tokens(turns[at].text) > MAX_TURN_TOKENS:
            left_out.append(structs.replace(turns[at], text=turns[at].text[len(said) - 1 :]))
        if said:
            kept.append(ChatMessage(role=turns[at].role, text=said))
    return kept[::-1], left_out[::-1]
