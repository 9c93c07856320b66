"""Which entries are one story, and which only look alike."""

from __future__ import annotations

from proactive_tui.sources.feeds.story_identity import StoryBook, StoryMark, identify_entry, shared_keys
from proactive_tui.units import SECONDS_PER_DAY
from tests.sources.feeds.feed_pages import LONG, NOW

ONE, OTHER = "https://one.example/feed", "https://two.example/feed"
TITLE = "The scheduler of the ledger batches requests"
ELSE = (
    "Bread wants salt, and a rest of an hour in a warm kitchen before it is shaped a second time and baked dark. " * 2
)


def told(
    book: StoryBook, feed: str, guid: str, link: str, title: str = TITLE, text: str = LONG, *, days: float = 0.0
) -> StoryMark:
    at = NOW - days * SECONDS_PER_DAY
    words = identify_entry(guid, link, title, text, feed)
    mark = book.find(words, at) or book.add(words, feed, at, NOW)
    book.note_seen(mark, words, feed, NOW)
    return mark


def same(*entries: tuple[str, ...], days: float = 0.0) -> bool:
    book = StoryBook([])
    marks = [
        told(book, feed, guid, link, *words, days=days * place)
        for place, (feed, guid, link, *words) in enumerate(entries)
    ]
    return len({mark.id for mark in marks}) == 1


def test_one_page_is_one_story_wherever_it_is_told() -> None:
    assert same((ONE, "1", "https://x.example/a?utm_source=one"), (OTHER, "z", "http://www.x.example/a/", "Else", ELSE))
    assert same((ONE, "https://x.example/a", ""), (OTHER, "9", "https://x.example/a", "Else", ELSE))


def test_a_story_whose_feed_changes_its_id_or_its_address_stays_one() -> None:
    assert same((ONE, "1", "https://x.example/a"), (ONE, "2", "https://x.example/a"))
    assert same((ONE, "1", "https://x.example/a"), (ONE, "1", "https://x.example/b", "New title", ELSE))
    assert same((ONE, "1", "https://x.example/a"), (ONE, "2", "https://x.example/b"))


def test_the_same_title_and_near_text_are_one_story_in_many_feeds() -> None:
    assert same((ONE, "1", "https://x.example/a"), (OTHER, "1", "https://y.example/b", TITLE.upper(), LONG + " More."))
    assert same((ONE, "1", "https://x.example/a"), (OTHER, "1", "https://y.example/b", TITLE, "Comments"))


def test_what_only_looks_alike_stays_apart() -> None:
    assert not same((ONE, "1", "https://x.example/a"), (OTHER, "1", "https://y.example/b", TITLE, ELSE))
    assert not same((ONE, "1", "https://x.example/a"), (OTHER, "1", "https://y.example/b", "Else", LONG))
    assert not same((ONE, "1", "https://x.example/a"), (ONE, "2", "https://x.example/b"), days=7)
    assert not same(
        (ONE, "1", "https://x.example/a", "Links", "Comments"), (OTHER, "1", "https://y.example/b", "Links", "Read")
    )
    assert not same((ONE, "1", "https://x.example/a", "", LONG), (OTHER, "1", "https://y.example/b", "", ELSE))


def test_an_address_that_all_entries_of_a_feed_have_tells_none() -> None:
    pairs = [("1", "https://x.example/blog"), ("2", "https://x.example/blog"), ("2", "https://x.example/c")]
    shared = shared_keys(pairs)
    one, two = (identify_entry(guid, link, f"T{guid}", ELSE, ONE, shared) for guid, link in pairs[:2])
    assert not set(one.keys) & set(two.keys)


def test_the_words_of_the_feed_that_had_it_first_stand_unless_another_tells_much_more() -> None:
    book = StoryBook([])
    mark = told(book, ONE, "1", "https://x.example/a", text="An excerpt of ten words, which says only how it begins.")
    longer = identify_entry("2", "https://x.example/a", TITLE, LONG * 3, OTHER)
    shorter = identify_entry("2", "https://x.example/a", TITLE, "Comments", OTHER)
    assert not book.take_words(mark, shorter, OTHER)
    assert book.take_words(mark, longer, OTHER)
    assert not book.take_words(mark, identify_entry("1", "https://x.example/a", TITLE, LONG, ONE), ONE)
    assert len(mark.told_by) == 1
