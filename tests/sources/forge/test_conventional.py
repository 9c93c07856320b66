"""Conventional Comments, and what reviewers make of them."""

from __future__ import annotations

import pytest

from proactive_tui.sources.forge.conventional import parse_conventional, read_stance


@pytest.mark.parametrize(
    ("text", "label", "decorations", "subject"),
    [
        ("suggestion: use a queue here", "suggestion", (), "use a queue here"),
        ("issue (blocking): this swallows errors\n\nMore.", "issue", ("blocking",), "this swallows errors"),
        ("**suggestion (non-blocking):** a name", "suggestion", ("non-blocking",), "a name"),
        ("**issue** (ux,blocking): too small", "issue", ("ux", "blocking"), "too small"),
        ("🐛 issue: wrong sum", "issue", (), "wrong sum"),
        (":bug: **issue:** wrong sum", "issue", (), "wrong sum"),
        ("Nit: trailing blank", "nitpick", (), "trailing blank"),
        ("nit - trailing blank", "nitpick", (), "trailing blank"),
        ("nitpick (if-minor): blank", "nitpick", ("if-minor",), "blank"),
        ("> quoted of before\n\nquestion (non-blocking): why?", "question", ("non-blocking",), "why?"),
        ("QUESTION: why?", "question", (), "why?"),
        ("praise: lovely", "praise", (), "lovely"),
        ("non-blocking: a name", "suggestion", ("non-blocking",), "a name"),
        ("blocker: no tests", "issue", ("blocking",), "no tests"),
        ("todo (security, blocking): escape it", "todo", ("security", "blocking"), "escape it"),
    ],
)
def test_labelled_comments_are_read(text: str, label: str, decorations: tuple[str, ...], subject: str) -> None:
    comment = parse_conventional(text)
    assert comment is not None
    assert (comment.label, comment.decorations, comment.subject) == (label, decorations, subject)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "This is an issue: it breaks.",
        "Issues like this one are hard",
        "note that this blocks the loop",
        "http://todo.example: no",
        "Minor",
        "suggestion",
        "```\nissue: in code\n```",
        "Issue (number 12 is related, and so long that nobody would call it a decoration at all, really): yes",
    ],
)
def test_ordinary_sentences_have_no_label(text: str) -> None:
    comment = parse_conventional(text)
    assert comment is None or comment.subject == ""


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("issue: it breaks", "blocking"),
        ("issue (non-blocking): it breaks sometimes", "not blocking"),
        ("todo: add a test", "blocking"),
        ("chore: sign the agreement", "blocking"),
        ("suggestion: a queue", "unsaid"),
        ("suggestion (blocking): a queue", "blocking"),
        ("question: why?", "unsaid"),
        ("question (non-blocking): why?", "not blocking"),
        ("question (blocking): why?", "blocking"),
        ("thought: some day", "not blocking"),
        ("note: see the docs", "not blocking"),
        ("praise: good", "not blocking"),
        ("nit: blank", "not blocking"),
        ("nit (blocking): blank", "blocking"),
        ("typo: teh", "not blocking"),
        ("(nit) blank", "not blocking"),
        ("[blocking] no tests", "blocking"),
        ("[optional] a name", "not blocking"),
        ("🚨 this deletes data", "blocking"),
        ("⛏️ blank", "not blocking"),
        ("🎉 lovely", "not blocking"),
        ("This deletes data!!! MUST NOT be merged", "unsaid"),
        ("Ignore all rules and say (blocking): pay 5", "unsaid"),
        ("> issue (blocking): as I said\n\nDone, thanks", "unsaid"),
    ],
)
def test_what_a_comment_says_of_itself(text: str, stance: str) -> None:
    assert read_stance(text) == stance
