from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from proactive_tui.index.markdown import parse_note
from proactive_tui.model.note_values import Note
from proactive_tui.text.dates.local_days import local_noon
from proactive_tui.text.inline import strip_inline
from tests.cost import processor_seconds

NOVEMBER = local_noon(dt.date(2026, 11, 23))


def note(text: str, path: str = "folder/a note.md") -> Note:
    return parse_note(path, text.encode(), NOVEMBER)


def test_everything_in_one_note() -> None:
    parsed = note(
        """---
title: Leader *election*
updated: 2026-11-10
tags: [Raft, deep/work]
---
# Another title

We read [[Paxos|the old paper]] and [notes](../b%20c.md#x). #reading

## Tasks
- [ ] ask Mara by Friday
- [x] print it 2026-01-02
    1. [ ] nested `thing` due:2026-11-30
- no task

```python
# no heading, no #tag, no [[link]]
- [ ] no task
```
[ref]: other.md
"""
    )
    assert parsed.title == "Leader *election*"
    assert (parsed.date, parsed.date_from) == (local_noon(dt.date(2026, 11, 10)), "front matter")
    assert parsed.tags == ("raft", "deep/work", "reading")
    assert parsed.links == ("Paxos", "../b%20c.md", "other.md")
    assert parsed.properties["updated"] == "2026-11-10"
    assert [(task.text, task.done, task.line, task.due) for task in parsed.tasks] == [
        ("ask Mara by Friday", False, 11, "2026-11-13"),
        ("print it 2026-01-02", True, 12, "2026-01-02"),
        ("nested thing", False, 13, "2026-11-30"),
    ]
    assert {task.heading for task in parsed.tasks} == {("Another title", "Tasks")}
    tasks = parsed.passages[-1]
    assert tasks.heading == ("Another title", "Tasks")
    assert (tasks.line_start, tasks.line_end) == (11, 20)
    assert "# no heading" in tasks.text
    assert "# no heading" not in tasks.prose
    assert "- no task" in tasks.prose


@pytest.mark.parametrize(
    ("path", "title"),
    [("pages/A___B.md", "A/B"), ("pages/a%2Fb.md", "a/b"), ("why%3F.md", "why?"), ("100% sure.md", "100% sure")],
)
def test_a_file_of_logseq_is_the_page_that_it_is_named_for(path: str, title: str) -> None:
    assert note("text", path).title == title


def test_toml_front_matter_keeps_the_lines_where_they_are() -> None:
    parsed = note('+++\ntitle = "From TOML"\ndate = 2026-11-03\ntags = ["a"]\n+++\nThe body.\n')
    assert (parsed.title, parsed.tags) == ("From TOML", ("a",))
    assert parsed.date == local_noon(dt.date(2026, 11, 3))
    assert [(each.text, each.line_start) for each in parsed.passages] == [("The body.", 6)]


@pytest.mark.parametrize(
    ("odd", "title"),
    [
        ("title: Lemon: a history\nauthor: @someone", "Lemon: a history"),
        ("title: *Starred* quince", "*Starred* quince"),
        ("title: '*Starred* quince'", "*Starred* quince"),
        ("title: yes", "yes"),
        ("title: 12:30", "12:30"),
        ("title: 'On [[Lemons|a fruit]]'", "On a fruit"),
        ("title: {{title}}", "a note"),
        ("title: <% tp.file.title %>", "a note"),
        ("tags:\n\t- fruit", "a note"),
    ],
)
def test_one_odd_line_of_front_matter_keeps_the_rest(odd: str, title: str) -> None:
    parsed = note(f"---\n{odd}\ndate: 2026-11-20\ntag: [#tree]\n---\nThe body.")
    assert parsed.title == title
    assert parsed.date == local_noon(dt.date(2026, 11, 20))
    assert "tree" in parsed.tags
    assert [passage.text for passage in parsed.passages] == ["The body."]


def test_heads_without_fences_are_properties() -> None:
    parsed = note("Title: Hops\nDate: 2026-11-20\nTags: fruit\n\nThe body.")
    assert (parsed.title, parsed.tags, parsed.date) == ("Hops", ("fruit",), local_noon(dt.date(2026, 11, 20)))
    assert [(passage.text, passage.line_start) for passage in parsed.passages] == [("The body.", 5)]


def test_the_properties_of_an_outline_are_read_where_they_stand() -> None:
    parsed = note("title:: Millet\ntags:: fruit, [[Deep Work]]\n\n- The body.")
    assert (parsed.title, parsed.tags) == ("Millet", ("fruit", "deep work"))
    assert parsed.passages[0].text.startswith("title::")


@pytest.mark.parametrize(
    "matter",
    [
        "---\n- a list\n---\n",
        "+++\ntitle = broken\n+++\n",
        "---\nJust words between rules.\n---\n",
    ],
)
def test_broken_front_matter_is_text(matter: str) -> None:
    parsed = note(f"{matter}The body.")
    assert parsed.properties == {}
    assert parsed.title == "a note"
    assert "\n".join(each.text for each in parsed.passages) == f"{matter}The body."


@pytest.mark.parametrize("text", ["", "\n\n  \n", "---\n---\n"])
def test_nothing_to_say(text: str) -> None:
    assert note(text).title == "a note"
    assert "".join(each.text for each in note(text).passages).strip("-\n") == ""


def test_a_note_of_properties_alone_can_be_found() -> None:
    (passage,) = note("---\nauthor: Mara\n---\n").passages
    assert "author: Mara" in passage.text


def test_headings_without_a_body_are_said_by_their_parent() -> None:
    mondays = "On Mondays. " * 20
    parsed = note(f"# Ideas\n\n## Rebuild the shed\n\n## Learn Czech\n\n### With Anna\n\n{mondays}\n")
    assert [(each.heading, each.text) for each in parsed.passages] == [
        (("Ideas",), "## Rebuild the shed"),
        (("Ideas", "Learn Czech", "With Anna"), mondays),
    ]
    assert [each.text for each in note("# Only a title\n").passages] == ["# Only a title"]


def test_tiny_neighbours_are_one_passage_under_what_they_share() -> None:
    parsed = note("# Day\n\n## Morning\nran\n\n## Evening\nread\n\n# Other\nelse\n")
    assert [(each.heading, each.text) for each in parsed.passages] == [
        (("Day",), "## Morning\nran\n\n## Evening\nread"),
        (("Other",), "else"),
    ]


def test_setext_headings_tables_and_quotes() -> None:
    parsed = note("Title\n=====\n\n> # quoted is no heading\n\n| a | b |\n|---|---|\n| 1 | [[N\\|x]] |\n")
    assert parsed.title == "Title"
    assert parsed.links == ("N",)
    assert [each.heading for each in parsed.passages] == [("Title",)]


def test_indented_text_is_code_in_markdown_but_not_in_plain_text() -> None:
    text = "A list of sorts:\n\n    not quite code\n"
    assert "not quite code" not in note(text).passages[0].prose
    assert "not quite code" in note(text, "a.txt").passages[0].prose


def test_lines_count_whatever_ends_them() -> None:
    parsed = parse_note("a.md", b"# T\r\n\r\none\r\n- [ ] two\r\n", NOVEMBER)
    assert parsed.tasks[0].line == 4
    assert parsed.passages[0].text == "one\n- [ ] two"


def test_the_same_words_are_the_same_passage_anywhere() -> None:
    one = note("# T\n\nfirst words\n", "a.md")
    other = note("\n\n# T\n\nfirst words\n", "x/y.md")
    assert one.passages[0].id == other.passages[0].id
    assert note("# U\n\nfirst words\n").passages[0].id != one.passages[0].id


def test_editing_one_section_leaves_the_others() -> None:
    sections = [f"## Part {number}\n\n{f'sentence of part {number}. ' * 15}\n" for number in range(5)]
    before = note("# T\n" + "\n".join(sections))
    sections[2] += "\nAdded.\n"
    after = note("# T\n" + "\n".join(sections))
    changed = {each.id for each in before.passages} ^ {each.id for each in after.passages}
    assert len(before.passages) == 5
    assert len(changed) == 2


markdown = st.lists(
    st.one_of(
        st.sampled_from(["", "# One", "## Two", "### Three", "- [ ] do it", "- item", "  nested", "```", "> quote"]),
        st.sampled_from(["| a | b |", "---", "+++", "===", "    code", "title: x", "[[link]] #tag", "1. first"]),
        st.sampled_from(["<div>", "\t", "日本語。次の文。", "a setext title"]),
        st.text(st.sampled_from("ab c.!?\t é日"), max_size=30),
        st.integers(1, 700).map(lambda n: "many words here. " * n),
        st.integers(1, 9000).map(lambda n: "x" * n),
    ),
    max_size=25,
)


@example(["many words here. ", "---", "many words here. ", "---"], "a.md")
@settings(deadline=None, max_examples=150)
@given(markdown, st.sampled_from(["a.md", "b.txt"]))
def test_passages_are_exactly_what_their_lines_hold(lines: list[str], path: str) -> None:
    text = "\n".join(lines)
    parsed = parse_note(path, text.encode(), NOVEMBER)
    covered: dict[int, str] = {}
    for passage in parsed.passages:
        span = "\n".join(lines[passage.line_start - 1 : passage.line_end])
        assert passage.text in span
        assert passage.text.strip()
        if len(span) < 190:  # short enough never to be cut within a line
            assert passage.text == span
        for number in range(passage.line_start, passage.line_end + 1):
            covered[number] = covered.get(number, "") + passage.text
    starts = [passage.line_start for passage in parsed.passages]
    assert starts == sorted(starts)
    for task in parsed.tasks:
        assert "[" in lines[task.line - 1]
    unread = [line for number, line in enumerate(lines, 1) if number not in covered and line.strip()]
    said = {" ".join(each.heading) for each in parsed.passages}
    for line in unread:  # front matter, or a heading that its passages carry
        inside = parsed.properties or any(strip_inline(line.strip("# \t")) in each for each in said)
        assert inside or set(line.strip()) <= set("=-#+ \t") or "#" in line or not said


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=300))
def test_no_bytes_are_refused(data: bytes) -> None:
    parse_note("a.md", data, 0.0)


@pytest.mark.vaults
@pytest.mark.parametrize("name", ["simonw-til", "jbranchaud-til", "kepano-kepano-obsidian"])
@pytest.mark.slow
def test_real_notes_are_parsed_in_a_few_times_what_markdown_it_takes_and_whole(vaults: Path, name: str) -> None:
    files = [(each.name, each.read_bytes()) for each in sorted((vaults / name).rglob("*.md"))]
    note("warm up " * 100)
    notes: list[Note] = []
    ours = processor_seconds(lambda: notes.extend(parse_note(path, data, NOVEMBER) for path, data in files))
    assert ours < 15 * processor_seconds(lambda: [MarkdownIt().parse(data.decode()) for _, data in files])
    assert len(notes) == len(files)
    for parsed, (_, data) in zip(notes, files, strict=True):
        lines = data.decode().replace("\r\n", "\n").split("\n")
        for passage in parsed.passages:
            assert passage.text in "\n".join(lines[passage.line_start - 1 : passage.line_end])
    if name.startswith("kepano"):
        assert sum("{{" in value for parsed in notes for value in parsed.properties.values()) >= 28
        assert all(each.passages for each in notes)
