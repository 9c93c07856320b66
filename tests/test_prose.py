"""Control flow never reads a sentence made for people: sentences may be reworded, and code must not notice.

Conditions have codes (`Gate.code`), reasons are values (`ScoreReason.feature`), errors have classes; one module reads
what old journals say in words only.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "proactive_tui"

PROSE = frozenset({"brief", "detail", "hint", "message", "problem", "title", "why_silent", "words"})
"""Fields, keys and variables that hold sentences for people."""

READERS = frozenset(
    {"count", "endswith", "find", "index", "partition", "removeprefix", "removesuffix", "rpartition", "startswith"}
)
"""Methods that look for something in a text."""

MATCHERS = frozenset({"findall", "finditer", "fullmatch", "match", "search"})
"""Methods of a pattern that look for it in their argument."""

WORDS_OF_NOTES = frozenset({"title", "words"})
"""Of these, patterns may read those that come from notes: most do."""

ALLOWED = {
    "journal/gate_codes.py": "the one decoder of journals that hold no codes",
    "topics/question.py": "the words of a question are a note's",
    "text/dates/day_words.py": "somebody typed the words of a date",
    "text/dates/typed_times.py": "somebody typed the words of a time",
}
"""Modules that read words, each with its reason: all but the first read those of the owner and not the program's."""


def prose_name(node: ast.expr) -> str:
    """The field, key or variable that an expression reads a text from, methods of texts left out."""
    match node:
        case ast.Call(func=ast.Attribute(value=value, attr="casefold" | "lower" | "strip" | "rstrip")):
            return prose_name(value)
        case ast.Attribute(attr=name) | ast.Name(id=name) | ast.Subscript(slice=ast.Constant(value=str(name))):
            return name
    return ""


def has_text(node: ast.expr) -> bool:
    """Whether an expression holds a text written out, other than the empty one."""
    return any(isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value for part in ast.walk(node))


def prose_reads(tree: ast.AST) -> Iterator[ast.AST]:
    """Where a sentence is compared with a text written out, or searched for one."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=value, attr=method), args=[wanted, *_]) if method in READERS:
                if prose_name(value) in PROSE and has_text(wanted):
                    yield node
            case ast.Call(func=ast.Attribute(attr=method), args=arguments) if method in MATCHERS:
                if any(prose_name(argument) in PROSE - WORDS_OF_NOTES for argument in arguments):
                    yield node
            case ast.Compare(left=left, comparators=comparators):
                sides = [left, *comparators]
                if any(prose_name(side) in PROSE for side in sides) and any(map(has_text, sides)):
                    yield node
            case ast.Match(subject=subject) if prose_name(subject) in PROSE:
                yield node
            case ast.match_case(pattern=pattern) if any(
                name in PROSE and isinstance(value, ast.MatchValue | ast.MatchOr)
                for part in ast.walk(pattern)
                if isinstance(part, ast.MatchClass)
                for name, value in zip(part.kwd_attrs, part.kwd_patterns, strict=True)
            ):
                yield node.pattern


def test_no_code_reads_a_sentence() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix(): [ast.unparse(node) for node in nodes]
        for path in sorted(PACKAGE.rglob("*.py"))
        if (nodes := list(prose_reads(ast.parse(path.read_text(encoding="utf-8")))))
    }
    assert {module: reads for module, reads in found.items() if module not in ALLOWED} == {}, (
        "give it a code or a field"
    )
    assert found.keys() == ALLOWED.keys(), "a module that reads no words any more needs no permission"
    assert found["journal/gate_codes.py"] == ["gate.detail.startswith('you saved')"]


@pytest.mark.parametrize(
    "code",
    [
        "waits = 'on screen' in rhythm['why_silent']",
        "gate.detail.startswith('you typed' if keys else 'you saved')",
        "silence.detail.partition(' (')[0]",
        "problems[0].title == 'Ollama cannot be reached'",
        "detail.strip().partition('. ')",
        "error.title not in {'a', 'b'}",
        "match error.title:\n    case 'a': pass",
        "match error:\n    case Failed(title='a'): pass",
        "'promised to' in topic.detail",
        "re.search('until', gate.detail)",
    ],
)
def test_it_would_be_seen(code: str) -> None:
    assert list(prose_reads(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "gate.code == 'typing'",
        "one.title == other.title",
        "error.title != ''",
        "f'{error.title}: {error.message}'",
        "match tell:\n    case Failed(title=title): pass",
    ],
)
def test_values_and_codes_are_free(code: str) -> None:
    assert not list(prose_reads(ast.parse(code)))
