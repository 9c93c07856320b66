from __future__ import annotations

import pytest

from proactive_tui.text.placeholders import has_placeholder, strip_code


@pytest.mark.parametrize(
    "text",
    [
        '<% tp.date.now("YYYY-MM-DD", 7) %>',
        "# {{date:YYYY-MM-DD}}",
        "{{title}}",
        "{{ VALUE:project }}",
        "- {{datum}}",
        "{{time}}",
        "<%* const who = 1 -%>",
    ],
)
def test_what_programs_fill_in(text: str) -> None:
    assert has_placeholder(text, named=True)


@pytest.mark.parametrize(
    "text",
    [
        "The {{c1::mitochondrion}} makes energy.",
        "{{embed [[Reading list]]}}",
        "{{query (todo TODO)}}",
        "{{video https://example.org}}",
        "{{< figure >}}",
        "{{renderer :todomaster}}",
        "{{#each items}}",
        "{{cloze a word}}",
        "no braces",
    ],
)
def test_cloze_embeds_and_queries_are_none(text: str) -> None:
    assert not has_placeholder(text)


def test_a_variable_in_prose_is_not_filled_in_by_a_program() -> None:
    assert has_placeholder("The role sets {{ inventory_hostname }}.")
    assert not has_placeholder("The role sets {{ inventory_hostname }}.", named=True)


def test_code_only_talks_about_them() -> None:
    text = "Use `{{title}}`.\n\n```\n{{date}}\n```\n"
    assert not has_placeholder(strip_code(text))
    assert strip_code(text).count("\n") == text.count("\n")
