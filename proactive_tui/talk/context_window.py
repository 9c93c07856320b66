"""What of a conversation fits into a language model's context."""

from __future__ import annotations

from collections.abc import Sequence

from proactive_tui.model import Evidence, Turn
from proactive_tui.talk.llm.base import Message
from proactive_tui.talk.llm.token_count import PER_MESSAGE, cut, estimate, estimate_messages
from proactive_tui.talk.prompt import DATA, fenced, harmless
from proactive_tui.text.plain import sentences
from proactive_tui.text.stream_cleaner import clean

SYSTEM = (
    "You talk with somebody about their own notes, like a thoughtful colleague: brief, concrete, in their language. "
    "Answer from the notes below and cite them by number, like [1]. Where the notes do not answer, say so plainly; "
    "do not make anything up. "
) + DATA
SOURCES = 6
SOURCE_TOKENS = 300
SOURCES_SHARE = 0.5
"""Of what is left beside rules and question, how much the sources may take; the rest is for earlier turns."""
SUMMARY_TOKENS = 160
TURN_TOKENS = 400
"""Of an earlier turn, so much is repeated; what was said at length is in the notes."""


def fit(
    turns: Sequence[Turn], text: str, sources: Sequence[Evidence], *, context: int, max_tokens: int
) -> tuple[list[Message], tuple[Evidence, ...]]:
    """The prompt for a reply to `text`, and the sources that are in it, in the order of their numbers.

    By estimate (`tokens.py`) prompt and reply together stay within `context` tokens, whatever the turns hold: the
    question comes first (cut in the end where it is longer than half of the room), then sources, best first, then
    earlier turns, newest first. Of turns that do not fit, the first sentence of what the owner said is kept as a
    summary.
    """
    room = context - max_tokens - 4 * PER_MESSAGE - estimate(SYSTEM)
    asked = cut(clean(text), max(room // 2, 16))
    room -= estimate(asked)
    fences, used = _sources(sources, int(room * SOURCES_SHARE))
    room -= sum(estimate(each) + 2 for each in fences)
    kept, dropped = _recent(turns, room - SUMMARY_TOKENS)
    summary = _summary(dropped, min(SUMMARY_TOKENS - 24, room)) if dropped else ""
    system = "\n\n".join(filter(None, [SYSTEM, "\n".join(fences) or "The notes have nothing on this.", summary]))
    messages = [Message(role="system", text=system), *kept, Message(role="user", text=asked)]
    while estimate_messages(messages) + max_tokens > context and len(messages) > 2:
        del messages[1]
    return messages, used


def _sources(sources: Sequence[Evidence], room: int) -> tuple[list[str], tuple[Evidence, ...]]:
    fences: list[str] = []
    used: list[Evidence] = []
    for each in sources[:SOURCES]:
        share = min(SOURCE_TOKENS, room)
        fence = fenced(len(used) + 1, each, share - 40)
        cost = estimate(fence) + 2
        if share < 80 or cost > room:
            break
        fences.append(fence)
        used.append(each)
        room -= cost
    return fences, tuple(used)


def _recent(turns: Sequence[Turn], room: int) -> tuple[list[Message], Sequence[Turn]]:
    kept: list[Message] = []
    for at in range(len(turns) - 1, -1, -1):
        quoting = turns[at].role == "assistant"  # what it said may be a note, word for word
        said = cut(harmless(turns[at].text) if quoting else clean(turns[at].text), TURN_TOKENS)
        cost = estimate(said) + PER_MESSAGE
        if cost > room:
            return kept[::-1], turns[: at + 1]
        room -= cost
        if said:
            kept.append(Message(role=turns[at].role, text=said))
    return kept[::-1], ()


def _summary(turns: Sequence[Turn], room: int) -> str:
    said = [next(iter(sentences(turn.text)), "") for turn in turns if turn.role == "user"]
    lines: list[str] = []
    for each in reversed([cut(each, 40) for each in said if each]):
        line = f"- {each}"
        room -= estimate(line) + 1
        if room < 0:
            break
        lines.append(line)
    return "Earlier they said:\n" + "\n".join(reversed(lines)) if lines else ""
