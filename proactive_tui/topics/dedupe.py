"""Merges topics that say the same in other words."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, combinations
from math import ceil
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from proactive_tui.model.shared_words import Kind
from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.text.words import WORD_PATTERN, content_stems, strip_markdown
from proactive_tui.topics.quoting import hash_parts

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
MAX_STEM_TITLES = 60  # a stem in more titles than this does not select pairs
MAX_MERGED_EVIDENCE = 4
TITLE_BLOCK_ROWS = 512

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
KIND_PRECEDENCE: tuple[Kind, ...] = (
    "meeting", "review", "task", "open question", "goal", "unfinished work", "idea", "rhythm", "thread", "theme",
    "news", "fading", "connection",
)  # fmt: skip
"""Which kind stands for duplicates of several kinds: the one that asks most of its owner."""


PairFinder = Callable[[Sequence[Topic], Mapping[str, NDArray[np.float32]]], Iterable[tuple[int, int]]]
"""Finds pairs of indexes of topics that say the same, told unit vectors of their titles by id."""


class TitleWords(NamedTuple):
    """The stems of a title, and the numbers and single letters that tell it from similar titles ("Part C")."""

    stems: frozenset[str]
    marks: frozenset[str]


def merge_duplicates(
    topics: Iterable[Topic],
    titles: Mapping[str, NDArray[np.float32]] | None = None,
    find_pairs: PairFinder | None = None,
) -> tuple[Topic, ...]:
    """The topics with duplicates merged, sorted by id; the order of the input does not matter.

    `titles` maps topic ids to unit vectors of titles and may be partial. `find_pairs` finds what `find_duplicates`
    does, and may know some of it. Of several topics the most urgent one stays: the earliest due, else the first by
    `KIND_PRECEDENCE`, else the most salient. It keeps the ids of the others as `aliases` and shares their evidence.
    """
    every = sorted(topics, key=lambda topic: (topic.id, topic.evidence[0].path, topic.evidence[0].line_start))
    parent = list(range(len(every)))

    def find_root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for one, other in (find_pairs or find_duplicates)(every, titles or {}):
        parent[find_root(one)] = find_root(other)
    groups: defaultdict[int, list[Topic]] = defaultdict(list)
    for place, topic in enumerate(every):
        groups[find_root(place)].append(topic)
    return tuple(sorted(map(_merge_group, groups.values()), key=lambda topic: topic.id))


def pair_same_ids(topics: Sequence[Topic]) -> Iterator[tuple[int, int]]:
    """Pairs of indexes of topics with one id."""
    by_id: dict[str, int] = {}
    for place, topic in enumerate(topics):
        if topic.id in by_id:
            yield by_id[topic.id], place
        by_id.setdefault(topic.id, place)


def pair_same_lines(topics: Sequence[Topic]) -> Iterator[tuple[int, int]]:
    """Pairs of indexes of topics of one note that are about the same lines."""
    places = [place for place, topic in enumerate(topics) if topic.kind in SAME_LINE_KINDS]
    for one, other in combinations(places, 2):
        if topics[one].kind != topics[other].kind and _same_lines(topics[one], topics[other]):
            yield one, other


def find_duplicates(topics: Sequence[Topic], titles: Mapping[str, NDArray[np.float32]]) -> Iterator[tuple[int, int]]:
    """Pairs of indexes of topics that say the same."""
    yield from pair_same_ids(topics)
    by_note: defaultdict[str, list[int]] = defaultdict(list)
    for place, topic in enumerate(topics):
        by_note[topic.evidence[0].path].append(place)
    for places in by_note.values():
        pairs = pair_same_lines([topics[place] for place in places])
        yield from ((places[one], places[other]) for one, other in pairs)
    words = [title_words(topic.title, topic.people) for topic in topics]
    near = set(_near_pairs(topics, titles))
    families: defaultdict[str, list[int]] = defaultdict(list)
    for place, topic in enumerate(topics):
        if topic.kind != "meeting":  # two appointments of one name are two
            families[KIND_FAMILIES[topic.kind]].append(place)
    for places in families.values():
        counts = Counter(chain.from_iterable(words[place].stems for place in places))
        chosen = set(places)
        alike = ((places[one], places[other]) for one, other in pairs_to_compare([words[at] for at in places], counts))
        for one, other in chain(near, alike):
            if one in chosen and titles_match(words[one], words[other], near=(one, other) in near):
                rarest = min(counts[word] for word in words[one].stems & words[other].stems)
                if rarest <= MAX_STEM_TITLES:
                    yield one, other


def pairs_to_compare(words: Sequence[TitleWords], counts: Mapping[str, int]) -> Iterator[tuple[int, int]]:
    """Pairs of indexes of titles that may match by their stems, of which `counts` has the numbers of titles.

    They are far fewer than those that share a stem. Of two titles as alike as `SAME_TITLE_JACCARD`, the stems that are
    in the fewest titles have one in common (prefix filtering: Chaudhuri et al., 2006); of a title that another one
    contains, even the first.
    """
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, title in enumerate(words):
        for word in title.stems:
            holders[word].append(place)
    earlier: defaultdict[str, list[int]] = defaultdict(list)
    for one, title in enumerate(words):
        by_count = sorted(title.stems, key=lambda word: (counts[word], word))
        kept = len(by_count) - ceil(SAME_TITLE_JACCARD * len(by_count) - 1e-9) + 1
        firsts = [word for word in by_count[:kept] if 1 < counts[word] <= MAX_STEM_TITLES]
        others: set[int] = set()
        for word in firsts:
            others.update(earlier[word])
            earlier[word].append(one)
        if len(by_count) >= MIN_CONTAINED_STEMS and firsts and firsts[0] == by_count[0]:
            others.update(place for place in holders[firsts[0]] if title.stems < words[place].stems)
        for other in others:
            yield min(one, other), max(one, other)


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
    """Whether two titles of one note say the same in other words: the test of `merge_duplicates`, tolerating typing
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


def _near_pairs(topics: Sequence[Topic], titles: Mapping[str, NDArray[np.float32]]) -> Iterator[tuple[int, int]]:
    """Pairs of indexes of topics of one family with near title vectors, in blocks (0.1 s for 3,000 topics)."""
    places = [place for place, topic in enumerate(topics) if topic.id in titles]
    if len(places) < 2:
        return
    vectors = np.stack([titles[topics[place].id] for place in places])
    for begin in range(0, len(places), TITLE_BLOCK_ROWS):
        product = vectors[begin : begin + TITLE_BLOCK_ROWS] @ vectors.T
        for row, column in zip(*np.nonzero(product >= SAME_TITLE_COSINE), strict=True):
            one, other = places[begin + int(row)], places[int(column)]
            if one < other and KIND_FAMILIES[topics[one].kind] == KIND_FAMILIES[topics[other].kind]:
                yield one, other


def _urgency_order(topic: Topic) -> tuple[float, int, bool, float, str, str, int]:
    """The most urgent first; of equals, one whose title names its people ("Mara", not "her")."""
    first = topic.evidence[0]
    due = topic.due if topic.due is not None else float("inf")
    unnamed = bool(topic.people) and not any(name in topic.title for name in topic.people)
    return due, KIND_PRECEDENCE.index(topic.kind), unnamed, -topic.salience, topic.id, first.path, first.line_start


def _merge_group(group: list[Topic]) -> Topic:
    if len(group) == 1:
        return group[0]
    group = sorted(group, key=_urgency_order)
    chosen = group[0]
    evidence: dict[tuple[str, int, int], Evidence] = {}
    for topic in group:
        for lines in topic.evidence:
            evidence.setdefault((lines.path, lines.line_start, lines.line_end), lines)
    detail = chosen.detail
    for topic in group[1:]:
        detail = detail.complete_with(topic.detail)
    return replace(
        chosen,
        evidence=tuple(evidence.values())[:MAX_MERGED_EVIDENCE],
        at=max(topic.at for topic in group),
        cause=hash_parts(*sorted({topic.cause for topic in group})),
        salience=max(topic.salience for topic in group),
        tags=tuple(dict.fromkeys(tag for topic in group for tag in topic.tags)),
        people=tuple(sorted({name for topic in group for name in topic.people})),
        aliases=tuple(sorted({name for topic in group for name in (topic.id, *topic.aliases)} - {chosen.id})),
        detail=detail,
    )
