"""Knows which topics say the same, and compares only what is new with the rest, instead of all with all in each round.

Whether two titles match is kept by their words, not by the topics, so that it holds when these are weighed anew. It
finds the pairs that comparing all by `same_topics.py` finds (`tests/topics/memory/test_known_duplicates.py`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from math import ceil
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from proactive_tui.model.topic_values import Topic
from proactive_tui.topics.same_topics import (
    MIN_CONTAINED_STEMS,
    SAME_TITLE_COSINE,
    SAME_TITLE_JACCARD,
    TitleWords,
    pair_same_lines,
    title_family,
    title_words,
    titles_match,
)

MAX_STEM_TITLES = 60  # a stem in more titles than this does not select pairs

MAX_COMPARED_ONE_BY_ONE = 64
"""New titles from which all are compared anew, which takes less then."""

Vectors = Mapping[str, NDArray[np.float32]]


class AlikeTitles:
    """The titles of one family of kinds, by their words, and which of them match."""

    def __init__(self) -> None:
        self._held: Counter[TitleWords] = Counter()
        self._counts: Counter[str] = Counter()
        self._holders: defaultdict[str, set[TitleWords]] = defaultdict(set)
        self._alike: defaultdict[TitleWords, set[TitleWords]] = defaultdict(set)

    def follow(self, titles: Counter[TitleWords]) -> None:
        """Become the matches of these titles, each of which that many topics have."""
        before = self._held
        self._held = titles
        other = [words for words in titles.keys() | before.keys() if titles[words] != before[words]]
        gone = [words for words in before if words not in titles]
        come = [words for words in titles if words not in before]
        if len(come) > MAX_COMPARED_ONE_BY_ONE:
            self._compare_all()
            return
        frequent = {stem for words in other for stem in words.stems if self._counts[stem] > MAX_STEM_TITLES}
        for words in other:
            for stem in words.stems:
                self._counts[stem] += titles[words] - before[words]
        for words in gone:
            for stem in words.stems:
                self._holders[stem].discard(words)
                if not self._holders[stem]:
                    del self._holders[stem], self._counts[stem]
            for beside in self._alike.pop(words, ()):
                self._alike[beside].discard(words)
        for words in come:
            for stem in words.stems:
                self._holders[stem].add(words)
        rarer = {stem for stem in frequent if 0 < self._counts[stem] <= MAX_STEM_TITLES}
        for stem in rarer:
            for one, beside in combinations(self._holders[stem], 2):
                self._compare(one, beside)
        for words in come:
            near = {beside for stem in words.stems if self.selects(stem) for beside in self._holders[stem]}
            for beside in near - {words}:
                self._compare(words, beside)

    def selects(self, stem: str) -> bool:
        """Whether few enough titles have a stem for it to select pairs."""
        return self._counts[stem] <= MAX_STEM_TITLES

    def pairs(self) -> Iterator[tuple[TitleWords, TitleWords]]:
        """The titles that match, each pair at least once; a title that several topics have matches itself."""
        for words, count in self._held.items():
            if count > 1 and words.stems and self.is_selected(words, words):
                yield words, words
        for words, alike in self._alike.items():
            for beside in alike:
                if self.is_selected(words, beside):
                    yield words, beside

    def is_selected(self, one: TitleWords, other: TitleWords) -> bool:
        """Whether a stem that both titles have is rare enough to select them."""
        return any(map(self.selects, one.stems & other.stems))

    def _compare(self, one: TitleWords, other: TitleWords) -> None:
        if titles_match(one, other, near=False):
            self._alike[one].add(other)
            self._alike[other].add(one)

    def _compare_all(self) -> None:
        every = list(self._held)
        self._counts, self._holders, self._alike = Counter(), defaultdict(set), defaultdict(set)
        for words, count in self._held.items():
            for stem in words.stems:
                self._counts[stem] += count
                self._holders[stem].add(words)
        for one, other in _pairs_to_compare(every, self._counts):
            self._compare(every[one], every[other])


class NearTitles:
    """Which titles are near in meaning, by the ids of their topics; only new vectors are compared with the others."""

    def __init__(self) -> None:
        self._vectors: dict[str, NDArray[np.float32]] = {}
        self._near: defaultdict[str, set[str]] = defaultdict(set)

    def follow(self, titles: Vectors) -> Mapping[str, Collection[str]]:
        """The ids near each id, for these unit vectors by id."""
        for name in [name for name, vector in self._vectors.items() if titles.get(name) is not vector]:
            del self._vectors[name]
            for beside in self._near.pop(name, ()):
                self._near[beside].discard(name)
        new = [name for name in titles if name not in self._vectors]
        self._vectors.update((name, titles[name]) for name in new)
        if new:
            names = list(self._vectors)
            rows = np.stack([self._vectors[name] for name in names])
            for begin in range(0, len(new), MAX_COMPARED_ONE_BY_ONE):
                block = new[begin : begin + MAX_COMPARED_ONE_BY_ONE]
                product = np.stack([self._vectors[name] for name in block]) @ rows.T
                for row, column in zip(*np.nonzero(product >= SAME_TITLE_COSINE), strict=True):
                    one, other = block[int(row)], names[int(column)]
                    if one != other:
                        self._near[one].add(other)
                        self._near[other].add(one)
        return self._near


class _NoteLines(NamedTuple):
    """The topics of a note, and which of them are about the same lines, as places among them."""

    topics: tuple[Topic, ...]
    pairs: tuple[tuple[int, int], ...]


class KnownDuplicates:
    """The pairs of duplicates of the last pool, brought in step with another one."""

    def __init__(self) -> None:
        self._families: defaultdict[str, AlikeTitles] = defaultdict(AlikeTitles)
        self._near = NearTitles()
        self._lines: dict[str, _NoteLines] = {}

    def clear(self) -> None:
        """Know nothing: all topics are compared again."""
        self._families.clear()
        self._near, self._lines = NearTitles(), {}

    def find(self, topics: Sequence[Topic], titles: Vectors) -> Iterator[tuple[int, int]]:
        """Pairs of indexes of topics that say the same, by the rules of `same_topics.py`."""
        yield from _pair_same_ids(topics)
        yield from self._pair_lines(topics)
        words = [title_words(topic.title, topic.people) for topic in topics]
        families: defaultdict[str, defaultdict[TitleWords, list[int]]] = defaultdict(lambda: defaultdict(list))
        for place, topic in enumerate(topics):
            if (family := title_family(topic.kind)) is not None:
                families[family][words[place]].append(place)
        for family, places in families.items():
            alike = self._families[family]
            alike.follow(Counter({title: len(held) for title, held in places.items()}))
            for one, other in alike.pairs():
                yield from ((places[one][0], place) for place in (*places[one], *places[other]))
        yield from self._pair_near(topics, titles, words)

    def _pair_lines(self, topics: Sequence[Topic]) -> Iterator[tuple[int, int]]:
        by_note: defaultdict[str, list[int]] = defaultdict(list)
        for place, topic in enumerate(topics):
            by_note[topic.evidence[0].path].append(place)
        before, self._lines = self._lines, {}
        for path, places in by_note.items():
            if len(places) > 1:
                held = tuple(topics[place] for place in places)
                known = before.get(path)
                if known is None or known.topics != held:
                    known = _NoteLines(held, tuple(pair_same_lines(held)))
                self._lines[path] = known
                yield from ((places[one], places[other]) for one, other in known.pairs)

    def _pair_near(
        self, topics: Sequence[Topic], titles: Vectors, words: Sequence[TitleWords]
    ) -> Iterator[tuple[int, int]]:
        near = self._near.follow(titles)
        by_id: defaultdict[str, list[int]] = defaultdict(list)
        for place, topic in enumerate(topics):
            if topic.id in near:
                by_id[topic.id].append(place)
        for name, places in by_id.items():
            for beside in near[name]:
                for one in places:
                    for other in by_id.get(beside, ()):
                        family = title_family(topics[one].kind)
                        if (
                            family is not None
                            and family == title_family(topics[other].kind)
                            and titles_match(words[one], words[other], near=True)
                            and self._families[family].is_selected(words[one], words[other])
                        ):
                            yield one, other


def _pair_same_ids(topics: Sequence[Topic]) -> Iterator[tuple[int, int]]:
    """Pairs of indexes of topics with one id."""
    by_id: dict[str, int] = {}
    for place, topic in enumerate(topics):
        if topic.id in by_id:
            yield by_id[topic.id], place
        by_id.setdefault(topic.id, place)


def _pairs_to_compare(words: Sequence[TitleWords], counts: Mapping[str, int]) -> Iterator[tuple[int, int]]:
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
