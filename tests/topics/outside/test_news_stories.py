"""Which stories meet the owner, what is quoted of both, and that all others stay out of sight."""

from __future__ import annotations

import dataclasses

import pytest

from proactive_tui.index.catalogs.item_catalog import note_of_item
from proactive_tui.model.note_values import ItemOrigin, Note
from proactive_tui.model.shared_words import Kind
from proactive_tui.model.topic_values import Topic
from proactive_tui.sources.contract import SourceItem
from proactive_tui.talk.templates import build_template_opener
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.topics.outside.news_stories import (
    distinct_concepts,
    is_name,
    is_plain_word,
    is_subject,
    merge_adjacent,
    mine_news,
)
from proactive_tui.units import SECONDS_PER_DAY
from tests.talk.opener_checking import check_opener
from tests.topics.builders import NOW, build_pool, library, note

SERVING = note(
    "# Serving\n\n## Batching\n\nThe gateway relies on Kestrel and its paged cache, so that Kestrel may drop idle "
    "sessions.\n\n## Deploys\n\nThe rollout is on Thursdays after the standup, by a script.\n",
    "work/serving.md",
    days=3,
)
BREAD = note("# Bread\n\nThe rye starter wants a feeding each morning; hydration at seventy is easy.\n", "bread.md", 9)
OLD = note(
    "# Trip\n\nThe train to Kestrel Bay leaves at nine, by the paged timetable of the old station.\n", "t.md", 200
)
NEWS: tuple[Kind, ...] = ("news",)
MET = (
    "Kestrel 3 drops the paged cache",
    "The maintainers of Kestrel removed the paged cache in this release. Gateways that rely on it keep idle sessions "
    "for longer, and have to set a limit of their own before they upgrade.",
)


def story(
    title: str = MET[0], text: str = MET[1], *, name: str = "a", days: float = 1.0, author: str = "The Ledger"
) -> Note:
    origin = ItemOrigin(source="news", form="story", author=author, address=f"https://ledger.example/{name}")
    facts = {"words": str(len(text.split()))}
    return note_of_item(
        SourceItem(id=name, title=title, text=text, at=NOW - days * SECONDS_PER_DAY, origin=origin, facts=facts)
    )


def news(*stories: Note, notes: tuple[Note, ...] = (SERVING, BREAD)) -> list[Topic]:
    return mine_news(with_items(library(*notes), stories), NOW)


def with_items(context: MiningContext, stories: tuple[Note, ...]) -> MiningContext:
    return dataclasses.replace(context, items={item.path: item for item in stories})


def test_a_story_that_bears_on_a_line_is_raised_with_both() -> None:
    (topic,) = news(story())
    told, noted = topic.evidence
    assert (topic.kind, topic.title) == ("news", MET[0])
    assert told.is_others
    assert "removed the paged cache" in told.text
    assert (noted.path, noted.line_start, noted.origin) == ("work/serving.md", 5, None)
    assert topic.detail.meets == "theme"
    assert "Kestrel" in (topic.detail.in_common or "")
    assert 0.0 < topic.salience <= 1.0


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("A walk along the sea", "We walked for three hours along the sea, and met nobody but two dogs and a postman."),
        ("Ten tips for the morning", "Every morning, write three lines and drink a glass of water before the standup."),
        ("The old station opens again", "After nine years the old station opens, with a new timetable for the trains."),
        ("Weekly roundup", "New releases of twelve projects, a talk about gateways, and many sessions at the summit."),
        ("Bread prices rise", "The price of bread rose by seven per cent this year, as the office of figures reports."),
    ],
)
def test_a_story_that_meets_nothing_stays_out_of_sight(title: str, text: str) -> None:
    assert news(story(title, text), notes=(SERVING, BREAD, OLD)) == []


def test_what_a_story_mentions_by_the_way_is_not_what_it_is_about() -> None:
    aside = "The meeting of the board was moved to May. " * 14 + "Somebody asked about Kestrel and the paged cache."
    assert news(story("The board meets in May", aside)) == []


def test_old_short_and_known_stories_are_left_out() -> None:
    assert news(story(days=9)) == []
    assert news(story("Kestrel 3 paged cache", "Comments")) == []
    known = note("# Links\n\nRead https://www.ledger.example/a/?utm_source=x later.\n", "links.md")
    assert news(story(), notes=(SERVING, BREAD, known)) == []


def test_the_owners_own_note_published_is_no_news() -> None:
    assert news(story("Serving", SERVING.passages[0].text)) == []
    assert news(story("Another title", SERVING.passages[0].text + " " + MET[1])) == []


def test_the_name_of_a_feed_is_nothing_that_its_stories_share() -> None:
    blog = story(
        "Kestrel 3.1", "Kestrel 3.1 is here, with many fixes that were asked for since the summer.", author="Kestrel"
    )
    assert news(blog) == []
    assert distinct_concepts(("WebSocket", "socket", "Ledger"), frozenset({"ledger"})) == ("WebSocket",)


def test_a_note_has_two_stories_at_the_most() -> None:
    stories = tuple(story(f"{MET[0]}, part {number}", name=f"n{number}", days=number) for number in range(1, 6))
    topics = news(*stories)
    assert [topic.title[-1] for topic in topics] == ["1", "2"]


def test_tender_lines_are_met_by_nothing() -> None:
    tender = note(
        "# Diary\n\nKestrel and the paged cache broke the day my mother died, and I could not stop crying.\n", "d.md"
    )
    assert news(story(), notes=(tender, BREAD)) == []


def test_the_pool_has_stories_under_an_id_that_stays() -> None:
    context = with_items(library(SERVING, BREAD), (story(),))
    (topic,) = [topic for topic in build_pool(context, NOW) if topic.kind == "news"]
    later = story(text=MET[1] + " More was added later.")
    assert news(later)[0].id == topic.id
    assert build_pool(library(SERVING, BREAD), NOW, NEWS) == ()


def test_the_offer_quotes_the_story_and_the_line_and_says_only_what_they_say() -> None:
    (topic,) = news(story())
    for framing in ("question", "recap", "connect"):
        opener = build_template_opener(topic, framing, now=NOW, language="en")
        assert "The Ledger has “Kestrel 3 drops the paged cache”" in opener
        assert "Serving, line 5" in opener
        assert check_opener(opener, topic.evidence, topic, language="en", now=NOW) == []


@pytest.mark.parametrize(
    ("word", "text", "told"),
    [
        ("Kestrel", "We use Kestrel here.", True),
        ("Kestrel", "Kestrel is used here.", False),
        ("vLLM", "vLLM is used here.", True),
        ("roadmap", "The roadmap is long.", False),
        ("sm_70", "sm_70 first", True),
        ("CUDA", "- CUDA", True),
    ],
)
def test_names_are_told_by_how_they_are_written(word: str, text: str, told: bool) -> None:
    assert is_name(word, text) is told


def test_a_subject_is_named_by_the_title_or_said_twice() -> None:
    assert is_subject("kestrel", "Kestrel 3", "nothing")
    assert is_subject("Kestrel", "x", "Kestrel and kestrel")
    assert not is_subject("Kestrel", "x", "one kestrel")


@pytest.mark.parametrize(
    ("word", "text", "plain"),
    [
        ("Upcoming", "Upcoming: the harbour. We have upcoming dates.", True),
        ("Upcoming", "Upcoming dates. See upcoming_dates and /upcoming/ there.", False),
        ("Kestrel", "The gateway relies on Kestrel.", False),
        ("GitHub", "by github and GitHub", False),
        ("upcoming", "an upcoming date", False),
    ],
)
def test_a_word_that_is_written_small_elsewhere_is_no_name(word: str, text: str, plain: bool) -> None:
    assert is_plain_word(word, text) is plain


def test_two_words_of_one_name_are_one_concept() -> None:
    both = ("used in North Harbour since May", "the North Harbour again")
    assert merge_adjacent(("North", "Harbour", "May"), *both) == ("North", "May")
    assert merge_adjacent(("North", "Harbour"), both[0], "North of the Harbour") == ("North", "Harbour")


def test_both_quotations_hold_what_both_are_about() -> None:
    many = (
        "Kestrel 3, a new logo and more!",
        "Hi, we are back. Forty people helped this week. Kestrels and the paged cache were named. Thank you all.",
    )
    for topic in news(story(*many)):
        told, noted = (lines.text.lower() for lines in topic.evidence)
        assert "kestrel" in told or "cache" in told
        assert "kestrel" in noted or "cache" in noted
    assert (
        news(story("This week: cache helpers and more!", "Forty people helped. A list of friends of the port.")) == []
    )


def test_a_part_of_another_name_is_no_name() -> None:
    assert not is_name("helper", "By `NumberHelper` it is rounded.")
    assert is_name("NumberHelper", "By NumberHelper it is rounded.")
