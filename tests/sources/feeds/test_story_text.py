"""What is kept of HTML: what a reader sees, as Markdown, in time that its author cannot stretch."""

from __future__ import annotations

import pytest

from proactive_tui.sources.feeds.markup_tokens import read_tokens
from proactive_tui.sources.feeds.story_text import MAX_STORY_CHARACTERS, plain_title, story_markdown

BASE = "https://blog.example/2026/post"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One <b>two</b>.</p><p>Three</p>", "One two.\n\nThree"),
        ("<h1>Head</h1>words<br>more", "## Head\n\nwords more"),
        ("<ul><li>a<li>b</ul>", "- a\n\n- b"),
        ("<blockquote><p>said</p></blockquote>after", "> said\n\nafter"),
        ("<pre>a = 1\n  b = 2</pre>", "```\na = 1\n  b = 2\n```"),
        ('See <a href="../x?utm_source=rss&id=3">that page</a>.', "See [that page](https://blog.example/x?id=3)."),
        ('<a href="javascript:alert(1)">no</a> <a href="data:text/html,x">data</a>', "no data"),
        ("a &amp; b &lt;tag&gt; &#8212; c", "a & b <tag> — c"),
        ("<p>Story</p><p>The post Story appeared first on The Ledger.</p>", "Story"),
        ("a<img src='x' alt='not seen'> b", "a b"),
    ],
)
def test_what_is_visible_is_kept_as_markdown(markup: str, text: str) -> None:
    assert story_markdown(markup, BASE) == text


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>HIDDEN</script>", "<style>HIDDEN</style>", "<template><p>HIDDEN</p></template>", "<!-- HIDDEN -->",
        "<p hidden>HIDDEN</p>", "<p style='display: none'>HIDDEN</p>", "<p STYLE='Display:NONE'>HIDDEN</p>",
        "<span style='visibility:hidden'>HIDDEN</span>", "<span style='font-size:0'>HIDDEN</span>",
        "<span style='font-size: 1px; color: red'>HIDDEN</span>", "<div style='opacity:0;'>HIDDEN</div>",
        "<div style='position:absolute;left:-9999px'>HIDDEN</div>", "<span style='color:#FFF'>HIDDEN</span>",
        "<font color='white'>HIDDEN</font>", "<span class='sr-only'>HIDDEN</span>", "<svg><text>HIDDEN</text></svg>",
        "<div aria-hidden='true'><div>HIDDEN</div> HIDDEN</div>", "<noscript>HIDDEN</noscript>",
        "<iframe srcdoc='x'>HIDDEN</iframe>", "<form><input value='HIDDEN'><button>HIDDEN</button></form>",
        "<details open><summary hidden>HIDDEN</summary></details>", "<![CDATA[HIDDEN]]>", "<?php HIDDEN ?>",
        "<span style='text-indent:-5000px'>HIDDEN</span>", "<textarea>HIDDEN</textarea>",
        "<div style='height:0'>HIDDEN</div>",
    ],
)  # fmt: skip
def test_what_nobody_sees_is_left_out(hidden: str) -> None:
    text = story_markdown(f"<p>before</p>{hidden}<p>after</p>", BASE)
    assert "HIDDEN" not in text
    assert text.startswith("before")
    assert text.endswith("after")


def test_an_open_hidden_paragraph_ends_at_the_next_one() -> None:
    assert story_markdown("<p hidden>HIDDEN<p>seen", BASE) == "seen"


def test_signs_that_a_terminal_or_a_note_obeys_are_taken_out() -> None:
    assert story_markdown("a\x1b[31mb\u202ec\u200bd", BASE) == "abcd"
    assert not story_markdown("---\ntags: x\n---\n<p>words</p>", BASE).startswith("---")
    assert not story_markdown("---\ntitle: x\n---\n\nwords", BASE, is_plain=True).startswith("---")


def test_a_story_is_kept_by_its_beginning() -> None:
    text = story_markdown("<p>Some words of a story.</p>" * 2000, BASE)
    assert len(text) <= MAX_STORY_CHARACTERS
    assert len(story_markdown("word " * 9000, BASE)) <= MAX_STORY_CHARACTERS


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("Leases &amp;amp; locks", "Leases & locks"),
        ("<b>Bold</b> title", "Bold title"),
        ("&lt;i&gt;Twice&lt;/i&gt;", "Twice"),
        ("a < b and c", "a < b and c"),
        ("<script>x</script>Words", "Words"),
        ("  two\n lines ", "two lines"),
        ("", ""),
    ],
)
def test_titles_are_plain(markup: str, title: str) -> None:
    assert plain_title(markup) == title


@pytest.mark.parametrize(
    "piece", ["<!--", "<a ", '<a "', "<![CDATA[", "<!x", "<?", "<script>", "<p hidden>", "<", "&", "</"]
)
def test_markup_is_read_once_however_broken_it_is(piece: str) -> None:
    assert sum(1 for _ in read_tokens(piece * (120_000 // len(piece)))) <= 120_001
