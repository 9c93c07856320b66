"""What says the same: the rules by which two topics, two titles or two lines of one note are one.

`memory/known_duplicates.py` looks for the pairs, `dedupe.py` merges them, and `recommend/identity.py` knows by the same
rules what was offered before in other words.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from proactive_tui.model.shared_words import Kind
from proactive_tui.model.topic_values import Topic
from proactive_tui.text.words import WORD_PATTERN, content_stems, strip_markdown

SAME_TITLE_JACCARD = 0.6
"""Jaccard index (1901) of stems from which two titles say the same."""
CONTAINED_STEM_SHARE = 0.99
MIN_CONTAINED_STEMS = 3
"""Share of the shorter title's stems (at least so many) that the longer one must contain to say the same and more."""
SAME_TITLE_COSINE = 0.78
"""Cosine of MiniLM title vectors from which two titles that share a word say the same.

Measured on pairs written for it: the same in other words 0.64-0.90, half of them above 0.79; different, but with common
words, 0.39-0.76 (0.83 where only a number differs, which `TitleWords.marks` tells apart).
"""
HANDING_STEMS = frozenset(("send", "give", "promis", "owe", "bring", "deliv", "deliver", "hand", "get"))
"""Verbs of handing over, left out of titles: to promise Mara the figures and to send them is one task."""
ONE_LETTER_WORDS = frozenset("aàioy")
"""Single letters that are words in some language; other single letters distinguish titles ("Part C")."""
MIN_TYPO_LETTERS = 4  # a shorter stem with one letter changed is another word, not a typing error
MAX_SAME_LINE_CHARACTERS = 240  # a longer line is a paragraph, which may hold a question and a task

# Kinds of one family may be one topic: a question, an idea and a task are often the same thing in other words.
KIND_FAMILIES: dict[Kind, str] = {
    "open question": "doing",
    "task": "doing",
    "idea": "doing",
    "goal": "goal",
    "thread": "thread",
    "theme": "theme",
    "fading": "fading",
    "connection": "connection",
    "review": "review",
    "unfinished work": "unfinished work",
    "meeting": "meeting",
    "rhythm": "rhythm",
    "news": "news",
}
SAME_LINE_KINDS: frozenset[Kind] = frozenset({"open question", "task", "goal", "idea", "thread"})
"""Topics of these kinds that quote the same lines are one."""


class TitleWords(NamedTuple):
    """The stems of a title, and the numbers and single letters that tell it from similar titles ("Part C")."""

    stems: frozenset[str]
    marks: frozenset[str]


def title_family(kind: Kind) -> str | None:
    """The kinds among which titles of a kind are compared; None where titles tell nothing: two appointments of one name
    are two.
    """
    return None if kind == "meeting" else KIND_FAMILIES[kind]


def pair_same_lines(topics: Sequence[Topic]) -> Iterator[tuple[int, int]]:
    """Pairs of indexes of topics of one note that are about the same lines."""
    places = [place for place, topic in enumerate(topics) if topic.kind in SAME_LINE_KINDS]
    for one, other in combinations(places, 2):
        if topics[one].kind != topics[other].kind and _same_lines(topics[one], topics[other]):
            yield one, other


def _same_lines(one: Topic, other: Topic) -> bool:
    """Whether two topics of different kinds in one note are about the same lines, or the next step of a thread is what
    the other one says. Within a long line they may be about different sentences: then their titles decide.
    """
    first, second = one.evidence[0], other.evidence[0]
    if first.line_start <= second.line_end and second.line_start <= first.line_end:
        if max(len(first.text), len(second.text)) <= MAX_SAME_LINE_CHARACTERS:
            return True
        return is_reworded(one.detail.next or one.title, other.detail.next or other.title)
    return any(
        thread.kind == "thread" and thread.detail.next is not None and is_reworded(thread.detail.next, about.title)
        for thread, about in ((one, other), (other, one))
    )


@lru_cache(maxsize=16384)
def title_words(title: str, people: tuple[str, ...] = ()) -> TitleWords:
    """The words of a title that tell it from others. Names of `people` count where they are stop words too."""
    title = unicodedata.normalize("NFKC", strip_markdown(title)).lower()
    marks = {
        word
        for word in WORD_PATTERN.findall(title)
        if any(letter.isdigit() for letter in word) or (len(word) == 1 and word not in ONE_LETTER_WORDS)
    }
    names = {name.lower() for person in people for name in person.split()}
    return TitleWords(frozenset({*content_stems(title), *names} - marks - HANDING_STEMS), frozenset(marks))


def titles_match(one: TitleWords, other: TitleWords, *, near: bool) -> bool:
    """Whether two titles say the same by their words; of titles that are `near` in meaning, one word is enough."""
    both = len(one.stems & other.stems)
    least = min(len(one.stems), len(other.stems))
    if one.marks != other.marks and ((one.marks and other.marks) or one.stems == other.stems):
        return False
    if one.stems == other.stems:
        return least > 0
    if near:
        return both >= 1
    alike = both / len(one.stems | other.stems)
    return (both >= 2 and alike >= SAME_TITLE_JACCARD) or (
        both >= MIN_CONTAINED_STEMS and both / least >= CONTAINED_STEM_SHARE and alike >= SAME_TITLE_JACCARD / 2
    )


def is_reworded(one: str, other: str) -> bool:
    """Whether two titles of one note say the same in other words: the test of `titles_match`, tolerating typing
    errors and hyphens.
    """
    first, second = title_words(one.replace("-", " "), ()), title_words(other.replace("-", " "), ())
    if 2 * len(first.stems & second.stems) < min(len(first.stems), len(second.stems)):
        return False  # most pairs: refused at once
    left, right = first.stems - second.stems, second.stems - first.stems
    mended = {wrong: word for wrong in left for word in right if _is_typo(wrong, word)}
    stems = frozenset(mended.get(word, word) for word in first.stems)
    return titles_match(TitleWords(stems, first.marks), second, near=False)


def _is_typo(one: str, other: str) -> bool:
    """Whether two words differ by one letter inserted, deleted, changed or swapped with the next (Damerau 1964)."""
    if min(len(one), len(other)) < MIN_TYPO_LETTERS or abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
