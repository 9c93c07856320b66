"""Conversations as they are kept: listed, searched and deleted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import shorten

from proactive_tui.journal.journal import Journal, Saying
from proactive_tui.model import Kept

WORDS = 160
"""Characters of what was said that a list shows."""
AROUND = 40
"""Characters before the word that was found."""
MOST = 500
"""Conversations in a list."""
RECENT, REMEMBERED, LONGEST = 600, 100, 4_000
"""What the owner said that a prompt can bring back: of so many turns so many texts, and none of more characters."""


def kept(sayings: Iterable[Saying], query: str = "") -> tuple[Kept, ...]:
    """The conversations, the one spoken in last first; with a query, those that hold all of its words, in any case."""
    wanted = query.casefold().split()
    found: list[Kept] = []
    for turns in _conversations(sayings).values():
        title = next((each.title for each in turns if each.title), "")
        left = _counting(turns)
        hay = "\n".join([title, *(each.text for each in left)]).casefold()
        if not left or not all(word in hay for word in wanted):
            continue
        words = _passage(left, wanted) or _opening(left)
        found.append(Kept(id=turns[0].conversation, title=title, at=turns[-1].at, turns=len(left), words=words))
    return tuple(sorted(found, key=lambda each: -each.at)[:MOST])


def said(sayings: Iterable[Saying]) -> tuple[str, ...]:
    """What the owner said last, each text once, oldest first."""
    own = [each.text for each in sayings if each.role == "user" and 0 < len(each.text) <= LONGEST]
    return tuple(reversed(list(dict.fromkeys(reversed(own)))[:REMEMBERED]))


def drop(journal: Journal, conversation: str) -> int:
    """Delete all that was said in a conversation; returns how many turns that were. What its offer taught stays.

    Exact, as `forget` is: nothing of it is left in the file. Raises JournalError.
    """
    return journal.delete([each.id for each in journal.sayings() if each.conversation == conversation])


def _conversations(sayings: Iterable[Saying]) -> dict[str, list[Saying]]:
    found: dict[str, list[Saying]] = {}
    for each in sayings:
        found.setdefault(each.conversation, []).append(each)
    return found


def _counting(turns: Iterable[Saying]) -> list[Saying]:
    """Those that no later one replaced; as `events.turns`."""
    left: list[Saying] = []
    for each in turns:
        del left[max(len(left) - each.replaces, 0) :]
        left.append(each)
    return left


def _opening(turns: Sequence[Saying]) -> str:
    first = next((each.text for each in turns if each.role == "user"), turns[0].text)
    return _short(first)


def _passage(turns: Iterable[Saying], wanted: Sequence[str]) -> str:
    """Where the rarest thing asked for, its longest word, was said."""
    if not wanted:
        return ""
    word = max(wanted, key=len)
    for each in turns:
        text = " ".join(each.text.split())
        at = text.casefold().find(word)
        if at >= 0:
            start = text.rfind(" ", 0, max(at - AROUND, 0)) + 1 if at > AROUND else 0
            return ("…" if start else "") + _short(text[start:])
    return ""


def _short(text: str) -> str:
    return shorten(text[: 4 * WORDS], WORDS, placeholder="…")
