"""Tells which entries are the same story: in one feed that changes its ids, and in many feeds that carry it. Pure.

A story is known by its address, by the id that its feed gives it, and by its title together with near text.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from proactive_tui.sources.feeds.story_links import comparable_address
from proactive_tui.text.words import WORD_PATTERN
from proactive_tui.units import SECONDS_PER_DAY

SKETCH_SIZE = 12
"""Smallest hashes of the runs of words of a text that are kept, to tell how much of two texts is the same (Broder,
1997)."""
SKETCH_WORDS = 80
"""Words of a text that are sketched: an excerpt has the beginning in common with the whole."""
RUN_WORDS = 3
MIN_SAME_SHARE = 0.4
"""Share of runs in common from which texts under one title are the same story."""
MIN_TELLING_TITLE_WORDS = 5
"""Words of a title that tell a story by themselves where one of the texts is too short to compare."""
MIN_COMPARED_WORDS = 25
SAME_TITLE_DAYS = 4.0
"""Days between two entries of one title beyond which they are two stories: "Links of the week"."""
_GLOBAL_ID = re.compile(r"https?://\S+|tag:\S+,\S+|urn:\S+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class StoryMark(msgspec.Struct, array_like=True):
    """What is kept of a story, to know it again.

    `feed` is the address of the feed whose words stand for it, `at` when it was published or first seen, `seen_at` when
    a feed last had it (unix seconds), `words` how long its text was, `keys` by what it is known; `told_by` has a hash
    of each feed that has it.
    """

    id: str
    feed: str
    at: float
    seen_at: float
    words: int
    keys: list[str]
    title: str
    sketch: list[int]
    told_by: list[str]


class StoryWords(msgspec.Struct):
    """What identifies an entry: its keys, the hash of its title, how many words that has, and its text in short."""

    keys: list[str]
    title: str
    title_words: int
    words: int
    sketch: list[int]


def short_hash(text: str) -> str:
    """Ten bytes of a hash, in hexadecimal."""
    return hashlib.blake2b(text.encode(), digest_size=10).hexdigest()


def shared_keys(addresses: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The addresses and ids that several entries of one feed have, which therefore identify none. `addresses` are
    pairs of id and address.
    """
    pairs = list(addresses)
    counts = Counter(comparable_address(address) for _, address in pairs)
    ids = Counter(guid for guid, _ in pairs)
    return frozenset(key for counted in (counts, ids) for key, count in counted.items() if count > 1)


def identify_entry(
    guid: str, address: str, title: str, text: str, feed: str, shared: frozenset[str] = frozenset()
) -> StoryWords:
    """What identifies an entry of `feed`; ids and addresses that are `shared` by several entries do not."""
    place = comparable_address(address)
    keys = [f"a{short_hash(place)}"] if place and place not in shared else []
    if guid and guid not in shared:
        scope = "" if _GLOBAL_ID.fullmatch(guid) else feed
        linked = comparable_address(guid) if guid.startswith("http") else ""
        keys.append(f"a{short_hash(linked)}" if linked else f"i{short_hash(f'{scope} {guid}')}")
    title_words = WORD_PATTERN.findall(title.lower())
    words = WORD_PATTERN.findall(text.lower())
    if not keys:
        keys = [f"t{short_hash(' '.join([feed, *title_words, *words[:SKETCH_WORDS]]))}"]
    return StoryWords(
        list(dict.fromkeys(keys)), short_hash(" ".join(title_words)), len(title_words), len(words), sketch_words(words)
    )


def sketch_words(words: Sequence[str]) -> list[int]:
    """The `SKETCH_SIZE` smallest hashes of the runs of `RUN_WORDS` words at the beginning of a text."""
    start = words[:SKETCH_WORDS]
    runs = {
        zlib.crc32(" ".join(start[place : place + RUN_WORDS]).encode())
        for place in range(max(0, len(start) - RUN_WORDS + 1))
    }
    return sorted(runs)[:SKETCH_SIZE]


class StoryBook:
    """The stories that are known, by what they are known by."""

    def __init__(self, marks: Iterable[StoryMark]) -> None:
        self.marks = {mark.id: mark for mark in marks}
        self._by_key = {key: mark.id for mark in self.marks.values() for key in mark.keys}
        self._by_title: dict[str, list[str]] = {}
        for mark in self.marks.values():
            self._by_title.setdefault(mark.title, []).append(mark.id)

    def find(self, entry: StoryWords, at: float) -> StoryMark | None:
        """The story that an entry of the time `at` tells; None where it is a new one."""
        for key in entry.keys:
            if key in self._by_key:
                return self.marks[self._by_key[key]]
        near = (self.marks[known] for known in self._by_title.get(entry.title, ()) if entry.title_words)
        return next((mark for mark in near if _is_same_story(mark, entry, at)), None)

    def add(self, entry: StoryWords, feed: str, at: float, now: float) -> StoryMark:
        """A new story, known from now on."""
        mark = StoryMark(
            short_hash(entry.keys[0]), feed, at, now, entry.words, [], entry.title, entry.sketch, told_by=[]
        )
        self.marks[mark.id] = mark
        self._by_title.setdefault(mark.title, []).append(mark.id)
        return mark

    def note_seen(self, mark: StoryMark, entry: StoryWords, feed: str, now: float) -> None:
        """A feed has the story, by the entry's ids too."""
        mark.seen_at = now
        told = short_hash(feed)[:8]
        if told not in mark.told_by and len(mark.told_by) < 20:
            mark.told_by.append(told)
        for key in entry.keys:
            if key not in self._by_key and len(mark.keys) < 8:
                mark.keys.append(key)
                self._by_key[key] = mark.id

    def take_words(self, mark: StoryMark, entry: StoryWords, feed: str) -> bool:
        """Whether the entry's words stand for the story: those of the feed that had it first, or of one that tells
        twice as much; they are remembered then.
        """
        if mark.feed != feed and entry.words <= 2 * max(mark.words, 20):
            return False
        if mark.title != entry.title:
            self._by_title.setdefault(entry.title, []).append(mark.id)
        mark.feed, mark.words, mark.title, mark.sketch = feed, entry.words, entry.title, entry.sketch
        return True

    def forget(self, ids: Iterable[str]) -> None:
        """Drop stories; they would be new again."""
        for story in ids:
            self.marks.pop(story, None)


def _is_same_story(mark: StoryMark, entry: StoryWords, at: float) -> bool:
    if abs(mark.at - at) > SAME_TITLE_DAYS * SECONDS_PER_DAY:
        return False
    if min(mark.words, entry.words) < MIN_COMPARED_WORDS:
        return entry.title_words >= MIN_TELLING_TITLE_WORDS
    return same_share(mark.sketch, entry.sketch) >= MIN_SAME_SHARE


def same_share(one: Sequence[int], other: Sequence[int]) -> float:
    """An estimate of the share (0..1) of runs of words that two texts have in common, by their sketches."""
    if not one or not other:
        return 0.0
    smallest = sorted({*one, *other})[:SKETCH_SIZE]
    return len(set(smallest) & set(one) & set(other)) / len(smallest)
