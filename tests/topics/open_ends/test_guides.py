"""Steps of guides and labels of code are nobody's open ends."""

from __future__ import annotations

import pytest

from proactive_tui.model.shared_words import Kind
from proactive_tui.topics.open_ends.entries import read_entries
from proactive_tui.topics.open_ends.guides import is_guide_step
from tests.topics.builders import NOW, build_pool, library, note, titles


def steps(text: str, path: str = "note.md") -> list[bool]:
    found = note(text, path)
    return [is_guide_step(entry, found) for entry in read_entries(found) if entry.role == "item"]


@pytest.mark.parametrize(
    "name",
    [
        "How to add a peer",
        "Runbook: restore the database",
        "Guía: agregar un usuario",
        "Anleitung Heizung",
        "Mode d'emploi du four",
        "Guida al forno",
    ],
)
def test_unmarked_items_of_a_guide_are_its_steps(name: str) -> None:
    assert steps(f"# {name}\n\n- Open the app\n- Change the password\n") == [True, True]
    assert steps("- Open the app\n", f"{name.replace(':', '')}.md") == [True]
    assert steps(f"# Router\n\n## {name}\n\n- Open the app\n") == [True]


def test_numbered_items_of_an_installation_are_its_steps_and_others_are_not() -> None:
    assert steps("# Taiga: installation\n\n1. Change the password\n") == [True]
    assert steps("# Taiga: installation\n\n- ask Tom for a bigger disk\n") == [False]


@pytest.mark.parametrize(
    "text",
    [
        "# How to add a peer\n\n- [ ] test it on the phone\n",
        "# How to add a peer\n\n- TODO test it on the phone\n",
        "# How to add a peer\n\n- does it need a restart?\n",
        "# How to add a peer\n\n## Next steps\n\n- test it on the phone\n",
        "# Guidelines meeting\n\n- test it on the phone\n",
    ],
)
def test_what_its_owner_marked_or_asked_in_a_guide_is_no_step(text: str) -> None:
    assert steps(text) == [False]


def test_a_label_of_code_and_a_line_of_tags_are_no_open_ends() -> None:
    text = (
        '# Todo\n\n- Renew the certificate of the shop\n- Expression: `(request.path contains "/acme/")`\n'
        "- #phone #health\n"
    )
    kinds: list[Kind] = ["open question", "task", "goal", "idea"]
    pool = [topic for topic in build_pool(library(note(text, "2026-11-20.md")), NOW) if topic.kind in kinds]
    assert titles(pool) == ["Renew the certificate of the shop"]
