"""Topics are named by what their notes are called, and not by what a template left in them."""

from __future__ import annotations

import pytest

from proactive_tui.topics.quoting import place_name, section_subject
from tests.topics.builders import note


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Review of {{date:YYYY-MM-DD}}", "2026-03-04"),
        ('<% tp.date.now("YYYY") %> plans', "2026-03-04"),
        ("How {{ steps }} are passed on", "How {{ steps }} are passed on"),
    ],
)
def test_a_title_that_its_template_left_unfilled_names_nothing(heading: str, name: str) -> None:
    assert place_name(note(f"# {heading}\n\n- mend the gate\n", "daily/2026-03-04.md")) == name


def test_a_heading_that_its_template_left_unfilled_is_no_subject() -> None:
    garden = note("# Garden\n\n## Week of {{date}}\n\n- mend the gate\n", "garden.md")
    assert section_subject(("Garden", "Week of {{date}}"), garden) == "Garden"
