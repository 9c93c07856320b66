from __future__ import annotations

import pytest

from proactive_tui.text.outline.placeholders import PlaceholderKind, find_placeholders, has_placeholder, strip_code


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("{{date:YYYY-MM-DD}}", "template"),
        ("{{title}}", "template"),
        ("{{ time }}", "template"),
        ("{{VALUE:name}}", "template"),
        ("{{Datum}}", "template"),
        ('<% tp.date.now("YYYY-MM-DD", 7) %>', "template"),
        ("<%* const who = 1; -%>", "template"),
        ("{{ VALUE:project }}", "template"),
        ("{{titel}}", "template"),
        ("{{c1::mitochondrion}}", "cloze"),
        ("{{c12::a {b} c::hint}}", "cloze"),
        ("{{cloze ribosome}}", "cloze"),
        ("{{embed [[Reading list]]}}", "embed"),
        ("{{[[embed]]: ((abc))}}", "embed"),
        ("{{query (todo TODO)}}", "query"),
        ("{{[[query]]: {and: [[a]]}}}", "query"),
        ("{{renderer :timer}}", "macro"),
        ("{{video https://example.org}}", "macro"),
        ("{{< figure >}}", "macro"),
        ("{{#each items}}", "macro"),
        ("{{[[TODO]]}}", "state"),
        ("{{ inventory_hostname }}", "expression"),
        ("{{ ansible_user }}", "expression"),
        ("{% if highlights %}", "expression"),
    ],
)
def test_what_stands_in_braces(text: str, kind: PlaceholderKind) -> None:
    (found,) = find_placeholders(f"before {text} after")
    assert found.kind == kind
    assert f"before {text} after"[found.start : found.end] == text
    assert has_placeholder(text, named=True) == (kind == "template")
    assert has_placeholder(text) == (kind in {"template", "expression"})


@pytest.mark.parametrize("text", ["no braces", "x^{{a}", "{ {a} }", "a }} b {{", "{{ }}"])
def test_other_braces_are_none(text: str) -> None:
    assert list(find_placeholders(text)) == []


def test_code_only_talks_about_them() -> None:
    text = "Use `{{title}}`.\n\n```\n{{date}}\n```\n"
    assert not has_placeholder(strip_code(text))
    assert strip_code(text).count("\n") == text.count("\n")
