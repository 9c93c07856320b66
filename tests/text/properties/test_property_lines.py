from __future__ import annotations

import pytest

from proactive_tui.text.properties.property_lines import NoteHead, read_head, read_page_properties


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Title: Hop\nDate: 2026-11-20\n\ntext", NoteHead({"Title": "Hop", "Date": "2026-11-20"}, 2)),
        ("title: a: b\nmood: fine\n", NoteHead({"title": "a: b", "mood": "fine"}, 2)),
        ("Author: Ann\nTags: a, b\n\n", NoteHead({"Author": "Ann", "Tags": "a, b"}, 2)),
        ("Title: alone", NoteHead({"Title": "alone"}, 1)),
        ("TODO: call Ann\n\ntext", None),
        ("Question: why?\nAnswer: because\n", None),
        ("Title: Hop\nand a sentence", None),
        ("Date: 2026-11-20\n\ntext", None),
        ("", None),
        ("\nTitle: Hop", None),
        ("text", None),
    ],
)
def test_heads_without_fences(text: str, head: NoteHead | None) -> None:
    assert read_head(text) == head


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("title:: Millet\ntags:: a, b\n\n- text:: here", {"title": "Millet", "tags": "a, b"}),
        ("- alias:: M\n- type:: grain\n- words", {"alias": "M", "type": "grain"}),
        ("public::\nwords", {"public": ""}),
        ("std::vector is a type", {}),
        ("words", {}),
    ],
)
def test_properties_of_a_page(text: str, fields: dict[str, str]) -> None:
    assert read_page_properties(text) == fields
