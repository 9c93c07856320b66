from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proactive_tui.text.blocks import (
    LINE_ROLES,
    classify_lines,
    quote_lines,
    split_blocks,
    split_sentences,
)
from proactive_tui.text.dates.local_days import end_of_day, local_day
from proactive_tui.text.people import find_people
from proactive_tui.text.words import (
    MAX_TOPIC_TITLE_CHARACTERS,
    content_stems,
    excerpt_around,
    shorten_text,
    strip_markdown,
)
from proactive_tui.topics.open_ends.note_voice import is_personal
from proactive_tui.topics.quoting import build_title, section_subject, section_written_at, topic_id
from tests.topics.builders import NOW, library, note

TEXT = """# Note

First sentence of a paragraph, e.g. this one. Second one
goes on here! Third?

- item one
  goes on
- item two

> quoted
still quoted

```sh
code?
```

| a | b |
| - | - |

    indented code
"""


def test_each_line_is_what_it_is() -> None:
    roles = {block.lines[0].text.strip(): block.role for block in split_blocks(note(TEXT))}
    assert roles["- item one"] == roles["- item two"] == "item"
    assert roles["> quoted"] == "quote"
    assert roles["```sh"] == roles["indented code"] == "code"
    assert roles["| a | b |"] == "table"
    assert [len(block.lines) for block in split_blocks(note(TEXT)) if block.role == "quote"] == [2]


def test_sentences_know_their_lines() -> None:
    paragraph = next(block for block in split_blocks(note(TEXT)) if block.role == "prose")
    assert [(each.text, each.line_start, each.line_end) for each in split_sentences(paragraph)] == [
        ("First sentence of a paragraph, e.g. this one.", 3, 3),
        ("Second one goes on here!", 3, 4),
        ("Third?", 4, 4),
    ]


def test_code_and_addresses_are_masked_at_the_same_length() -> None:
    (block,) = split_blocks(note("Is `a ? b` at https://example.org/?q=1 the [same?](x.md) as that\n"))
    (sentence,) = split_sentences(block)
    assert len(sentence.masked) == len(sentence.text)
    assert "b`" not in sentence.masked
    assert "example" not in sentence.masked


def test_a_line_too_long_for_a_passage_is_quoted_by_the_piece_that_says_it() -> None:
    long = " ".join(f"Sentence number {n} of a very long line says very little." for n in range(60))
    every = classify_lines(note(f"Before.\n\n{long}\n"))
    assert len([line for line in every if line.number == 3]) > 1
    quoted = quote_lines(every, 3, 3, "note.md", "Sentence number 55 of a very long line")
    assert "number 55" in quoted.text
    assert "number 1 " not in quoted.text
    assert quoted.text in long


def test_in_plain_text_each_short_line_stands_alone() -> None:
    assert len(split_blocks(note("one thing\nanother thing\n", "a.txt"))) == 2
    assert len(split_blocks(note("one thing\nanother thing\n", "a.md"))) == 1


def test_working_notes_are_told_from_write_ups() -> None:
    assert is_personal(note("See [[other]]."))
    assert is_personal(note("- [ ] do it now"))
    assert not is_personal(note("How it works."))


def test_blocks_know_what_they_stand_in() -> None:
    blocks = split_blocks(
        note(
            "# H\n\nintro\n\n- one\n\t- two\n\n\t  more of two\n\t\t- three\n- four\n  - five\n\nend\n"
            "> [!question]- Why is it so?\n> Because.\n>\n> - and so\n> > said\n\n> quoted\n"
        )
    )
    told = [(block.text.strip("- \t>"), block.role, block.depth, block.parent, block.callout) for block in blocks]
    assert told == [
        ("intro", "prose", 0, None, ""),
        ("one", "item", 0, None, ""),
        ("two", "item", 1, 1, ""),
        ("more of two", "prose", 2, 2, ""),
        ("three", "item", 2, 2, ""),
        ("four", "item", 0, None, ""),
        ("five", "item", 1, 5, ""),
        ("end", "prose", 0, None, ""),
        ("[!question]- Why is it so?", "prose", 0, None, "question"),
        ("Because.", "prose", 1, 8, "question"),
        ("and so", "item", 1, 8, "question"),
        ("said", "quote", 1, 8, "question"),
        ("quoted", "quote", 0, None, ""),
    ]

    def children(parent: int) -> list[int]:
        return [place for place, block in enumerate(blocks) if block.parent == parent]

    assert children(1) == [2]
    assert children(2) == [3, 4]
    assert children(8) == [9, 10, 11]
    assert [sentence.text for sentence in split_sentences(blocks[8])] == ["Why is it so?"]


def test_lines_of_programs_belong_to_the_block_they_stand_in() -> None:
    blocks = split_blocks(
        note("type:: project\n\n- TODO a\n  SCHEDULED: <2026-11-30 Mon>\n  b\n- collapsed:: true\n  LATER c\n\t- d\n")
    )
    assert [(block.role, block.text.split(), len(block.hidden), block.parent) for block in blocks] == [
        ("hidden", ["type::", "project"], 0, None),
        ("item", ["-", "TODO", "a", "b"], 1, None),
        ("item", ["LATER", "c"], 1, None),
        ("item", ["-", "d"], 0, 2),
    ]


def test_titles_are_short_plain_words() -> None:
    assert strip_markdown(
        "- [ ] **see** [the page](https://example.org) and `code` [[note|alias]] https://a.example.org/x"
    ) == ("see the page and code alias a.example.org")
    assert len(shorten_text("word " * 40)) <= MAX_TOPIC_TITLE_CHARACTERS
    assert shorten_text("short") == "short"
    assert excerpt_around(
        "x" * 50 + ", I wonder whether it is so or not, after all of that was done and dusted", 52
    ).startswith("I wonder")
    apart = "Trouble with the move of the larger projects (no answer, refused), but I need to look into it and ask Ida"
    assert excerpt_around(apart, apart.index("I need"), 70) == "But I need to look into it and ask Ida"
    inside = (
        "The move of the larger projects failed at home and at work (no answer, I need to look into it and ask Ida)"
    )
    assert excerpt_around(inside, inside.index("I need"), 70).startswith("I need to look into it and ask Ida")
    assert excerpt_around("word " * 30 + "and not sure why", 155).startswith("…")
    assert build_title("I don't know why", "The cache") == "The cache: I don't know why"
    assert build_title("// which cache is cold after each restart", "Cache") == "which cache is cold after each restart"
    assert build_title("#ops warm the cache before the launch", "Cache") == "warm the cache before the launch"
    assert build_title("The cache is cold after each restart", "Cache") == "The cache is cold after each restart"


def test_stems_are_of_the_language_of_the_text() -> None:
    assert content_stems("Die Häuser sind nicht alt") == ["haus", "alt"]
    assert content_stems("The rebalances of consumers") == ["rebal", "consum"]


def test_people_and_who_is_none() -> None:
    assert find_people("ask @mara, write to Tom and promised Ada Byron", frozenset()) == ("Ada Byron", "Mara", "Tom")
    assert find_people("Lunch with Imran Khan", frozenset({"Imran", "Imran Khan"})) == ("Imran Khan",)
    assert find_people("send it to GitHub on Monday, mail a@example.org", frozenset()) == ()


def test_days_are_local() -> None:
    midnight = dt.datetime(2026, 1, 1, 23, 30, tzinfo=dt.UTC).timestamp()
    assert local_day(midnight, 0).isoformat() == "2026-01-01"
    assert local_day(midnight, 3600).isoformat() == "2026-01-02"
    assert end_of_day("2026-01-01", 3600) == dt.datetime(2026, 1, 1, 22, 59, 59, tzinfo=dt.UTC).timestamp()
    assert section_written_at(("Mara", "2026-99-99"), NOW) == NOW
    assert section_written_at(("2026-10-29", "Notes"), NOW) < NOW
    assert section_written_at(("Thu 29 October", "Notes"), NOW) == section_written_at(("29.10.2026",), NOW) < NOW
    assert section_written_at(("Top 10",), NOW) == NOW


def test_what_lines_are_about_is_the_nearest_heading_that_says_something() -> None:
    desk = note("# Desk\n\nText.\n")
    assert section_subject(("Desk", "Paint", "Tasks"), desk) == "Paint"
    assert section_subject(("Plan",), note("# Fri 20 November\n\nText.\n")) == ""
    assert section_subject(("TODO",), note("# TODO\n\nText.\n", "Wind tunnel.md")) == "Wind tunnel"
    assert (
        topic_id("task", "**Buy** the clock!") == topic_id("task", "buy the clock") != topic_id("goal", "buy the clock")
    )


def test_modification_times_of_a_checkout_tell_nothing() -> None:
    by_hand = library(note("a", "2026-11-01.md", days=1))
    checkout = library(*(note("a", f"2026-11-{n:02}.md", days=1) for n in range(1, 15)))
    assert by_hand.last_written_at(by_hand.notes["2026-11-01.md"]) > NOW - 2 * 86400
    assert checkout.last_written_at(checkout.notes["2026-11-01.md"]) < NOW - 20 * 86400
    assert checkout.last_encountered_at("2026-11-01.md") == checkout.last_written_at(checkout.notes["2026-11-01.md"])


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("# A\n\nText\nmore\n\n- item\n  goes on\n\n  and on\n", "h pp ip p "),
        ("- one\n  - two\n\n        code\n", "ii c "),
        ("1. step\n\n   ```sh\n   run\n\n   ```\n2. step\n", "i cccci "),
        ("> quoted\nlazy\n\n> ```\n> code\n", "qq cc "),
        ("- > quoted\n- ```\n  code\n  ```\n", "qccc "),
        ("a | b\n-- | --\n1 | 2\n", "ttt "),
        ("| no | table |\n", "p "),
        ("Title\n=====\ntext\n***\n", "hhpr "),
        ("```\nnever closed\n\n", "ccc "),
        ("text\n    wrapped\n\n    code\n\n    code\n", "pp ccc "),
        ("---\ntitle: x\n---\ntext\n", "pppp "),
    ],
)
def test_the_roles_are_what_markdown_takes_lines_for(text: str, roles: str) -> None:
    assert note(text).line_roles == roles
    assert set(roles) <= set(LINE_ROLES)


def test_plain_text_has_no_indented_code() -> None:
    assert note("    a song\n    and its verse\n", "a.txt").line_roles == "pp "


@given(st.text(st.sampled_from("a#>-*`~|1. \t\n="), max_size=80))
def test_every_line_has_a_role(text: str) -> None:
    made = note(text)
    assert len(made.line_roles) == len(text.split("\n"))
    lines = classify_lines(made)
    assert [line.text for line in lines if line.role == "blank" and line.text.strip()] == []
    filled = [line.number for line in lines if line.text.strip()]
    assert [line.number for block in split_blocks(made) for line in block.lines if line.text.strip()] == filled
