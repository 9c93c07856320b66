"""After any changes of the pool, the duplicates that are known are those found where each is compared with each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from proactive_tui.model.shared_words import Kind
from proactive_tui.model.topic_values import Evidence, Topic
from proactive_tui.topics import same_topics
from proactive_tui.topics.dedupe import merge_duplicates
from proactive_tui.topics.memory import known_duplicates
from proactive_tui.topics.memory.known_duplicates import MAX_STEM_TITLES, KnownDuplicates
from proactive_tui.topics.quoting import topic_id
from proactive_tui.topics.same_topics import (
    SAME_TITLE_COSINE,
    TitleWords,
    pair_same_lines,
    title_family,
    title_words,
    titles_match,
)
from tests.topics.builders import NOW

WORDS = ("lamp", "kettle", "Lisbon", "flights", "garden", "fence", "7", "Part C", "rye", "oven", "send", "the")
KINDS: tuple[Kind, ...] = ("task", "open question", "idea", "goal", "thread", "theme", "fading", "meeting")


def made_topic(kind: Kind, title: str, path: str = "a.md", line: int = 1, people: tuple[str, ...] = ()) -> Topic:
    lines = Evidence(path=path, line_start=line, line_end=line, text=title)
    return Topic(id=topic_id(kind, title), kind=kind, title=title, evidence=(lines,), at=NOW, people=people)


topics = st.builds(
    made_topic,
    st.sampled_from(KINDS),
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=7, unique=True).map(" ".join),
    st.sampled_from(("a.md", "b.md", "c.md")),
    st.integers(1, 3),
    st.sampled_from(((), ("Mara",))),
)
pools = st.lists(st.lists(topics, max_size=10), min_size=2, max_size=5)
NEAR = np.eye(4, dtype=np.float32)


def compare_each_with_each(
    topics: Sequence[Topic], titles: Mapping[str, NDArray[np.float32]]
) -> Iterator[tuple[int, int]]:
    """The plain reference: pairs of indexes of topics that say the same, whatever is known of them."""
    words = [title_words(topic.title, topic.people) for topic in topics]
    holders: defaultdict[str | None, Counter[str]] = defaultdict(Counter)
    for topic, title in zip(topics, words, strict=True):
        holders[title_family(topic.kind)].update(title.stems)
    for one, other in combinations(range(len(topics)), 2):
        first, second = topics[one], topics[other]
        near = first.id in titles and second.id in titles and titles[first.id] @ titles[second.id] >= SAME_TITLE_COSINE
        family = title_family(first.kind)
        rare = [stem for stem in words[one].stems & words[other].stems if holders[family][stem] <= MAX_STEM_TITLES]
        same_title = rare and titles_match(words[one], words[other], near=bool(near))
        one_note = first.evidence[0].path == second.evidence[0].path
        if (
            first.id == second.id
            or (one_note and any(pair_same_lines([first, second])))
            or (family is not None and family == title_family(second.kind) and same_title)
        ):
            yield one, other


def groups(pairs: Iterable[tuple[int, int]], count: int) -> set[frozenset[int]]:
    """The topics that pairs hold together, as sets of their places."""
    found = [{place} for place in range(count)]
    for one, other in pairs:
        if found[one] is not found[other]:
            found[one] |= found[other]
            for place in found[one]:
                found[place] = found[one]
    return {frozenset(held) for held in found}


def vectors_of(pool: Sequence[Topic], seed: int) -> dict[str, NDArray[np.float32]]:
    """A vector for two of three ids, another one with another seed; titles of the same one are near in meaning."""
    return {topic.id: NEAR[(int(topic.id[:2], 16) + seed) % 4] for topic in pool if (int(topic.id[2:4], 16) + seed) % 3}


@settings(deadline=None)
@given(pools, st.lists(st.integers(0, 2), min_size=5, max_size=5), st.sampled_from((0, 2, 64)))
def test_what_is_known_is_what_is_found_anew(pools: list[list[Topic]], seeds: list[int], one_by_one: int) -> None:
    known, most = KnownDuplicates(), known_duplicates.MAX_COMPARED_ONE_BY_ONE
    known_duplicates.MAX_COMPARED_ONE_BY_ONE = max(1, one_by_one)
    try:
        for pool, seed in zip(pools, seeds, strict=False):
            titles = vectors_of(pool, seed)
            anew = groups(compare_each_with_each(pool, titles), len(pool))
            assert groups(known.find(pool, titles), len(pool)) == anew
            assert merge_duplicates(pool, titles, known) == merge_duplicates(pool, titles)
    finally:
        known_duplicates.MAX_COMPARED_ONE_BY_ONE = most


def letters(number: int) -> str:
    """A word without digits for a number."""
    return "".join("bdfgklmnpr"[int(digit)] + "o" for digit in f"{number:03}")


def test_a_word_of_many_titles_selects_again_when_it_is_rarer() -> None:
    def pool(count: int) -> list[Topic]:
        return [made_topic("task", f"paint fence {letters(number % 9)}", f"{number}.md") for number in range(count)]

    known, many = KnownDuplicates(), MAX_STEM_TITLES + 3
    for count in (many, MAX_STEM_TITLES, many, MAX_STEM_TITLES - 1):
        anew = groups(compare_each_with_each(pool(count), {}), count)
        assert groups(known.find(pool(count), {}), count) == anew, count


def test_a_new_topic_is_compared_with_few_others(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[bool] = []
    real = same_topics.titles_match

    def counted(one: TitleWords, other: TitleWords, *, near: bool) -> bool:
        compared.append(near)
        return real(one, other, near=near)

    titles = [f"mend {letters(number)} with {letters(900 + number % 40)}" for number in range(400)]
    pool = [made_topic("task", title, f"{place}.md") for place, title in enumerate(titles)]
    known = KnownDuplicates()
    list(known.find(pool, {}))
    monkeypatch.setattr(known_duplicates, "titles_match", counted)
    list(known.find([*pool, made_topic("task", f"mend {letters(500)} with {letters(907)}", "new.md")], {}))
    assert 0 < len(compared) < 20
