from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proactive_tui.index.links import LinkResolver, resolve_links
from proactive_tui.index.markdown import parse_note
from proactive_tui.model.note_values import Note


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


def targets(link: str, *paths: str, text: str = "") -> set[str]:
    notes = vault(**{"from.md": link, **dict.fromkeys(paths, text)})
    return set(resolve_links(notes).get("from.md", ()))


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("[[Cafe\u0301 au lait]]", "Caf\u00e9 au lait.md"),
        ("[[Caf\u00e9 au lait]]", "Cafe\u0301 au lait.md"),
        ("[x](Cafe%CC%81.md)", "Caf\u00e9.md"),
        ("[[U\u0308bung]]", "folder/\u00fcbung.md"),
        ("[[an alias|a.b.c]]", "vault/a.b.c.md"),
        ("[[an alias | a.b.c#anchor]]", "vault/a.b.c.md"),
        ("[[a.b.c#anchor]]", "vault/a.b.c.md"),
        ("[[an alias|a.b.c.md]]", "vault/a.b.c.md"),
        ("[[dendron://private/a.b]]", "private/a.b.md"),
        ("[[name|dendron://private/a.b#x]]", "private/a.b.md"),
        ("[[the note|its.alias]]", "the note.md"),
        ("[[202611200930]]", "202611200930 fern.md"),
        ("[[202611200930 an older name]]", "z/202611200930-fern.md"),
        ("[[20261120093015]]", "20261120093015.md"),
        ("[[20261120]]", "20261120 walk.md"),
        ("[[A/B]]", "pages/A___B.md"),
        ("[[A/B/C]]", "pages/A___B___C.md"),
        ("[[a/b]]", "pages/A%2FB.md"),
        ("[[Why%3F]]", "Why?.md"),
        ("[[a%20b]]", "a b.md"),
        ("[[Note.md]]", "deep/note.md"),
        ("[[NOTE.MD]]", "deep/note.md"),
        ("[[deep/note.md ]]", "deep/note.md"),
        ("[[My Long Note]]", "my-long-note.md"),
        ("[[2026-11-20]]", "journals/2026_11_20.md"),
        ("[x](./sub/../a%20b)", "a b.md"),
    ],
)
def test_other_spellings_of_a_target(link: str, path: str) -> None:
    assert targets(link, path, "other.md") == {path}


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("[[B]]", "pages/A___B.md"),
        ("[[C]]", "C++.md"),
        ("[[C#]]", "C++.md"),
        ("[[20261120 swim]]", "20261120 walk.md"),
        ("[[b.c]]", "vault/a.b.c.md"),
        ("[[missing]]", "miss.md"),
    ],
)
def test_what_only_looks_alike_is_not_meant(link: str, path: str) -> None:
    assert not targets(link, path)


def test_a_zettel_id_among_the_properties() -> None:
    notes = vault(**{"a.md": "[[202611200930]]", "fern.md": "---\nid: 202611200930\n---\ntext"})
    assert resolve_links(notes) == {"a.md": frozenset({"fern.md"})}


def test_an_obsidian_link_whose_alias_has_a_dot_stays_one() -> None:
    notes = vault(**{"a.md": "[[Server|node.js]]", "Server.md": "", "b.md": "[[Server|node.js]]", "node.js.md": ""})
    assert resolve_links(notes)["a.md"] == {"node.js.md"}
    del notes["node.js.md"]
    assert resolve_links(notes)["a.md"] == {"Server.md"}


EDITS = st.lists(
    st.tuples(st.sampled_from(("a.md", "b.md", "x/c.md", "x/a.md")), st.sampled_from((
        None, "text", "to [[a]] and [[c]]", "[[b]] [[other name]]", "# Other name\n[[x/a]]",
        "---\naliases: other name\n---\n[[b]]", "---\nid: c\n---\n[[nowhere]]",
    ))),
    max_size=6,
)  # fmt: skip


@given(EDITS)
def test_links_resolved_again_are_those_resolved_anew(edits: list[tuple[str, str | None]]) -> None:
    resolver, texts, notes = LinkResolver(), dict[str, str](), dict[str, Note]()
    for path, text in edits:
        texts.pop(path, None)
        if text is not None:
            texts[path] = text
        kept = {name: note for name, note in notes.items() if name in texts and name != path}
        notes = kept | vault(**{name: text for name, text in texts.items() if name not in kept})
        assert resolver.resolve(notes) == resolve_links(notes)


def test_links_that_stay_the_same_are_the_same_mapping() -> None:
    resolver, notes = LinkResolver(), vault(**{"a.md": "to [[b]]", "b.md": "text"})
    found = resolver.resolve(notes)
    assert resolver.resolve(notes | vault(**{"b.md": "other text"})) is found
    assert resolver.resolve(notes | vault(**{"b.md": "to [[a]]"})) is not found
