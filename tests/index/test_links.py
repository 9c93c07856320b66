from __future__ import annotations

from proactive_tui.index.links import resolve_links
from proactive_tui.index.markdown import parse_note
from proactive_tui.model import Note


def vault(**texts: str) -> dict[str, Note]:
    return {path: parse_note(path, text.encode(), 0.0) for path, text in texts.items()}


def test_wikilinks_by_name_title_and_alias() -> None:
    notes = vault(
        **{
            "a.md": "[[b]] [[The Title]] [[other name]] [[missing]] [[a]]",
            "deep/B.md": "text",
            "c.md": "# The Title",
            "d.md": "---\naliases: [Other Name, second]\n---\ntext",
        }
    )
    assert resolve_links(notes) == {"a.md": frozenset({"deep/B.md", "c.md", "d.md"})}


def test_relative_links_by_path() -> None:
    notes = vault(
        **{
            "x/a.md": "[up](../b%20c.md) [beside](d.md) [from the top](/x/d.md) [no suffix](d)",
            "b c.md": "[down](x/a.md)",
            "x/d.md": "text",
            "d.md": "text",
        }
    )
    assert resolve_links(notes) == {"x/a.md": frozenset({"b c.md", "x/d.md"}), "b c.md": frozenset({"x/a.md"})}


def test_of_several_the_nearest_is_meant() -> None:
    notes = vault(**{"p/q/a.md": "[[n]]", "n/n/n.md": "", "p/n.md": "", "b.md": "[[q/a]]"})
    assert resolve_links(notes) == {"p/q/a.md": frozenset({"p/n.md"}), "b.md": frozenset({"p/q/a.md"})}


def test_no_links() -> None:
    assert resolve_links({}) == {}
    assert resolve_links(vault(**{"a.md": "text"})) == {}
