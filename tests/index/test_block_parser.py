"""Blocks are the same whether or not the rules that cannot find anything are tried."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.front_matter import front_matter_plugin

from proactive_tui.index.block_parser import MAX_TABLE_BARS, parse_blocks

PIECES = (
    *("---", "===", "--", "-", "=", "- ", "* ", "1. ", "2) ", "> ", ">", "#", "## ", "```", "~~~", "    ", "\t", " "),
    *("tea", "two words", "[a]: /x", "[a]", "]:", "<div>", "</div>", "<!--", "-->", "| a | b |", "|--|--|", "...", "|"),
    *("--- x", "***", "---  ", "\n", "\n", "\n", "\n\n", "x-", "a: b", "[ ] ", "\\"),
)


def parse_with_all_rules(text: str, env: dict[str, Any], *, plain_text: bool) -> list[MutableMapping[str, Any]]:
    parser = MarkdownIt("commonmark").use(front_matter_plugin).enable("table").disable("inline")
    return [token.as_dict() for token in parser.disable(["code"] if plain_text else []).parse(text, env)]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.booleans(), st.booleans())
@example("Kettles\n=======\n\nold\n", False, False)
@example("a: b\n-----\nKettles\n---\n", True, False)
@example("a: b\n ---\nKettles\n---\n", True, False)
@example("a: b\n...\nKettles\n===\n", True, False)
@example("> Kettles\n> ---\n\n- old\n  ===\n", False, False)
@example("| a |\n|---|\n| b |\n\n[x]: /y\n\n<b>\n", False, True)
def test_the_tokens_are_those_of_all_rules(text: str, begins_with_line: bool, plain_text: bool) -> None:
    text = f"---\n{text}" if begins_with_line else text
    wanted_env, env = dict[str, Any](), dict[str, Any]()
    wanted = parse_with_all_rules(text, wanted_env, plain_text=plain_text)
    assert [token.as_dict() for token in parse_blocks(text, env, plain_text=plain_text)] == wanted
    assert env.get("references", {}) == wanted_env.get("references", {})


def test_a_text_of_very_many_bars_has_no_tables() -> None:
    table = "| a | b |\n|---|---|\n"
    assert parse_blocks(table, {})[0].type == "table_open"
    assert parse_blocks(table + "|" * MAX_TABLE_BARS, {})[0].type == "paragraph_open"
