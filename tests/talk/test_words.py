"""Dates in words, plain text, names of notes, and what is stripped from a model's text."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from proactive_tui.model.topic_values import Evidence
from proactive_tui.talk.facts.true_phrases import true_date_phrases
from proactive_tui.talk.relative_time import RELATIVE_DATE_PHRASES, describe_day_offset, describe_relative_day
from proactive_tui.text.plain import note_name, plain_line, plain_sentences, quotable_fragment
from proactive_tui.text.stream_cleaner import StreamCleaner, sanitize_text
from tests.talk.topics import DAY, NOW, PREVOTE, evidence


@pytest.mark.parametrize(
    ("days", "english"),
    [(0, "today"), (1, "tomorrow"), (-1, "yesterday"), (-3, "three days ago"), (-7, "a week ago"), (-21, "three "
        "weeks ago"),
     (-30, "four weeks ago"), (-61, "two months ago"), (-365, "a year ago"), (-5000, "14 years ago"), (14, "in "
         "two weeks"),
     (90, "in three months")],
)  # fmt: skip
def test_dates_in_words(days: int, english: str) -> None:
    assert describe_day_offset(days, "en") == english


def test_the_coming_week_is_named_by_its_day_in_local_time() -> None:
    assert describe_relative_day(NOW + 4 * DAY, NOW, "en") == "on Friday"
    assert describe_relative_day(NOW + 4 * DAY, NOW, "de") == "am Freitag"
    assert describe_relative_day(NOW + 14 * 3600, NOW, "en") == "tomorrow"
    assert describe_relative_day(NOW + 14 * 3600, NOW, "en", utc_offset=-5 * 3600) == "today"


@given(st.integers(-30_000, 30_000), st.sampled_from(sorted(RELATIVE_DATE_PHRASES)), st.integers(0, 6))
def test_every_day_has_words(days: int, language: str, weekday: int) -> None:
    assert "{" not in describe_day_offset(days, language, weekday)


def test_true_dates_are_known_without_a_clock() -> None:
    assert true_date_phrases(PREVOTE, now=None, language="en") == "2026-11-02. 2 November 2026. Monday"


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("- [ ] send **Mara** the [numbers](http://x.y)", "send Mara the numbers"),
        ("> ## A `title` with [[note|a link]] and [[other]]", "A title with a link and other"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("before\n```py\ncode()\n```\nafter", "before after"),
        ("a <b>tag</b> and ==mark==", "a tag and mark"),
        ("a `code span\nover lines` and [[Films#Director]]", "a code span over lines and Films Director"),
        ("see [the (old) page](https://example.org/a_(b)) now", "see the (old) page now"),
    ],
)
def test_markup_goes(marked: str, plain: str) -> None:
    assert plain_line(marked) == plain


def test_sentences_are_list_items_too() -> None:
    assert plain_sentences("One. Two?\n- three\n- four\n\nFive") == ["One.", "Two?", "three", "four", "Five"]


@given(st.text(max_size=300))
def test_a_fragment_can_stand_in_quotation_marks(text: str) -> None:
    short = quotable_fragment(text)
    assert len(short) <= 110
    assert not set(short) & set('“”„«»"\n')


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (
            evidence("course/lecture-06.md", "", "Distributed systems, lecture 6", "Open"),
            "Distributed systems, lecture 6",
        ),
        (evidence("daily/2026-11-02.md", "", "Monday"), "Monday"),
        (evidence("daily/2026-11-02.md", ""), "2026-11-02"),
        (evidence("work/2026-11-02 load-test plan.md", "", "Tasks"), "Load test plan"),
        (evidence("ds-6.md", "", "Leases"), "Leases"),
        (evidence("retry-budget.md", "", "The retry budget"), "The retry budget"),
    ],
)
def test_notes_are_called_what_their_owner_calls_them(source: Evidence, name: str) -> None:
    assert note_name(source) == name


DIRTY = "\x1b[31mred\x1b[0m \x1b]8;;http://x\x07link\x1b]8;;\x07 bell\x07 \u202eright\u202c nul\x00 tab\tnew\n\x1b[1mx"


def test_escape_sequences_go() -> None:
    assert sanitize_text(DIRTY) == "red link bell right nul tab\tnew\nx"


@example(["\x1b", "[1]"], None)
@given(
    st.lists(
        st.sampled_from(
            [
                *DIRTY,
                "<think>",
                "</think>",
                "[1]",
                "[9]",
                "[",
                "]",
                "<",
                " ",
                "word",
                "\x1b]",
                "\x07",
                "\u0301",
                "\u200d",
            ]
        )
    ),
    st.randoms(),
)
def test_pieces_are_cleaned_like_the_whole(parts: list[str], rng: object) -> None:
    text = "".join(parts)
    streamed, whole = StreamCleaner(3), StreamCleaner(3)
    pieces = "".join([*map(streamed.feed, text), streamed.flush()])
    assert pieces.split() == (whole.feed(text) + whole.flush()).split()
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", pieces)


def test_what_goes_does_not_bring_a_sequence_together() -> None:
    assert "".join([StreamCleaner(3).feed("\x1b<think>hm</think>3 of them "), ""]).split() == ["3", "of", "them"]


def test_thinking_and_invented_citations_go_whatever_the_pieces() -> None:
    text = "<think>hm [1]</think>It holds [1], they say [7]. See x[0] < y."
    for size in (1, 2, 3, 7, 100):
        cleaner = StreamCleaner(2)
        said = "".join(cleaner.feed(text[at : at + size]) for at in range(0, len(text), size)) + cleaner.flush()
        assert said == "It holds [1], they say. See x < y."


def test_text_without_sources_keeps_its_brackets() -> None:
    cleaner = StreamCleaner()
    assert cleaner.feed("a[0] and [12]") + cleaner.flush() == "a[0] and [12]"
