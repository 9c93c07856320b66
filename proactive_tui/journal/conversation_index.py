"""Lists, searches and deletes the conversations in the journal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import shorten

from proactive_tui.journal.journal import Journal, StoredTurn
from proactive_tui.model.talk_values import ConversationSummary

MAX_SNIPPET_CHARACTERS = 160
"""Characters of a conversation's text in a list."""
SNIPPET_LEAD_CHARACTERS = 40
"""Characters before the word that was found."""
MAX_LISTED_CONVERSATIONS = 500
"""Conversations in a list."""
RECALLED_TURNS, MAX_RECALLED_TEXTS, MAX_RECALLED_CHARACTERS = 600, 100, 4_000
"""Limits of the input history: turns that are searched, texts that are kept, characters of the longest text."""


def list_conversations(stored_turns: Iterable[StoredTurn], query: str = "") -> tuple[ConversationSummary, ...]:
    """The conversations, the one spoken in last first; with a query, those that hold all of its words, in any case."""
    wanted = query.casefold().split()
    found: list[ConversationSummary] = []
    for turns in _group_by_conversation(stored_turns).values():
        title = next((turn.title for turn in turns if turn.title), "")
        counted = _effective_turns(turns)
        text = "\n".join([title, *(turn.text for turn in counted)]).casefold()
        if not counted or not all(word in text for word in wanted):
            continue
        words = _matching_snippet(counted, wanted) or _opening_snippet(counted)
        found.append(
            ConversationSummary(id=turns[0].conversation, title=title, at=turns[-1].at, turns=len(counted), words=words)
        )
    return tuple(sorted(found, key=lambda summary: -summary.at)[:MAX_LISTED_CONVERSATIONS])


def recent_user_texts(stored_turns: Iterable[StoredTurn]) -> tuple[str, ...]:
    """The owner's latest texts, each once, oldest first."""
    texts = [
        turn.text for turn in stored_turns if turn.role == "user" and 0 < len(turn.text) <= MAX_RECALLED_CHARACTERS
    ]
    return tuple(reversed(list(dict.fromkeys(reversed(texts)))[:MAX_RECALLED_TEXTS]))


def delete_conversation(journal: Journal, conversation: str) -> int:
    """Delete the turns of a conversation; returns how many there were. What the models learned from its offer stays.

    As after `forget_events`, nothing of the turns is left in the file. Raises JournalError.
    """
    return journal.delete_events([turn.id for turn in journal.list_turns() if turn.conversation == conversation])


def _group_by_conversation(stored_turns: Iterable[StoredTurn]) -> dict[str, list[StoredTurn]]:
    found: dict[str, list[StoredTurn]] = {}
    for turn in stored_turns:
        found.setdefault(turn.conversation, []).append(turn)
    return found


def _effective_turns(turns: Iterable[StoredTurn]) -> list[StoredTurn]:
    """The turns that no later one replaced; as `events.effective_turns`."""
    counted: list[StoredTurn] = []
    for turn in turns:
        del counted[max(len(counted) - turn.replaces, 0) :]
        counted.append(turn)
    return counted


def _opening_snippet(turns: Sequence[StoredTurn]) -> str:
    first = next((turn.text for turn in turns if turn.role == "user"), turns[0].text)
    return _shorten_text(first)


def _matching_snippet(turns: Iterable[StoredTurn], wanted: Sequence[str]) -> str:
    """The text around the longest word of the query."""
    if not wanted:
        return ""
    word = max(wanted, key=len)
    for turn in turns:
        text = " ".join(turn.text.split())
        at = text.casefold().find(word)
        if at >= 0:
            start = text.rfind(" ", 0, max(at - SNIPPET_LEAD_CHARACTERS, 0)) + 1 if at > SNIPPET_LEAD_CHARACTERS else 0
            return ("…" if start else "") + _shorten_text(text[start:])
    return ""


def _shorten_text(text: str) -> str:
    return shorten(text[: 4 * MAX_SNIPPET_CHARACTERS], MAX_SNIPPET_CHARACTERS, placeholder="…")
