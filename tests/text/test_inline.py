from __future__ import annotations

import pytest

from proactive_tui.text.inline import find_links, find_tags, strip_inline


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see [[Raft]] and [[Paxos|the old one]]", ["Raft", "Paxos"]),
        ("[[Raft#Leases]] [[#here]] [[dir/Note#^block]]", ["Raft", "dir/Note"]),
        ("![[Embedded note]] ![[photo.png]] [[x.pdf]]", ["Embedded note"]),
        ("| [[Raft\\|in a table]] |", ["Raft"]),
        ("`[[code]]` ``[x](a.md)``", []),
        ('[a](../b%20c.md#part) [b](<d e.md>) [c](f.md "title")', ["../b%20c.md", "d e.md", "f.md"]),
        ("[web](https://example.org/a.md) [mail](mailto:a@b.c) [top](#top) ![pic](a.md)", []),
        ("[image](a.png) [no suffix](folder/note) [x](//host/a.md) []()", ["folder/note"]),
        ("[with (parens)](a_(b).md)", ["a_(b).md"]),
        ("[x](b.md) then [[A]]", ["b.md", "A"]),
        ("\\[no link](a.md) \\![a link](b.md) ``a` [x](c.md)", ["b.md", "c.md"]),
        ("[[an alias|a.b.c]] [[x | a.b#part]] [[a.b|alias]]", ["an alias|a.b.c", "x|a.b", "a.b"]),
        ("[[release|v1.2]] [[a|b.]]", ["release", "a"]),
        ("nothing", []),
    ],
)
def test_links(text: str, found: list[str]) -> None:
    assert find_links(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("#Work and #deep/work, #überlegung.", ["work", "deep/work", "überlegung"]),
        ("#123 #2026-11 C# a#b &#39; \\#no `#code`", []),
        ("#a1b2c3 colour, #v2 tag", ["v2"]),
        ("https://example.org/#part [x](a.md#part) [[a#part]] (#inside)", []),
        ("nothing", []),
    ],
)
def test_tags(text: str, found: list[str]) -> None:
    assert find_tags(text) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**Bold** and *light* and `code` ~~gone~~ __too__", "Bold and light and code gone too"),
        ("[text](url) [[Note|alias]] [[Note#Part]]", "text alias Note Part"),
        ("snake_case_name stays, 2 * 3 * 4", "snake_case_name stays, 2 * 3 * 4"),
        ("***both***", "both"),
        (
            "see [[the dynasty|history.ming]] and [[a.b|the note]] in [[release|v1.2]]",
            "see the dynasty and the note in v1.2",
        ),
    ],
)
def test_words_without_marks(text: str, words: str) -> None:
    assert strip_inline(text) == words
