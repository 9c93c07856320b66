"""What an item of a list is a part of."""

from __future__ import annotations

import pytest

from proactive_tui.text.outline.list_parents import find_list_parents
from tests.topics.builders import NOW, library, mine_each_note, note


@pytest.mark.parametrize(
    ("text", "parents"),
    [
        ("- [ ] Move\n    - [ ] rent a van\n    - [ ] pack\n- [ ] Taxes\n", {4: "Move", 5: "Move"}),
        ("- [ ] Umzug\n\t- [ ] Wagen mieten\n\t\t- [ ] Preise ansehen\n", {4: "Umzug", 5: "Wagen mieten"}),
        ("Packen für Graz:\n\n- [ ] Zelt\n- [ ] Kocher\n", {5: "Packen für Graz", 6: "Packen für Graz"}),
        ("We went home.\n\n- [ ] tent\n- [ ] stove\n", {}),
        ("Pack:\n\n- [ ] tent\n\n## Work\n\n- [ ] write\n", {5: "Pack"}),
        ("1. Valise :\n   - [ ] pull\n", {4: "Valise"}),
        ("- [ ] 引っ越し\n  - [ ] トラックを借りる\n", {4: "引っ越し"}),
    ],
)
def test_the_item_above_or_the_words_before_the_list(text: str, parents: dict[int, str]) -> None:
    assert find_list_parents(note(f"# Plans\n\n{text}")) == parents


def test_a_task_knows_what_it_is_a_part_of_and_a_plain_list_is_no_whole() -> None:
    text = "- [ ] Move to Graz\n  - [ ] rent a van for it\n\nTo do:\n\n- [ ] write to the landlord\n"
    found = {topic.title: topic.detail.part_of for topic in mine_each_note("task", library(note(text)), NOW)}
    assert found["Move to Graz: Rent a van for it"] == "Move to Graz"
    assert found["Move to Graz"] is None
    assert found["Write to the landlord"] is None
