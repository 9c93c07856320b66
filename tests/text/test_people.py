"""Names are found whole, with the capitals and particles that are theirs."""

from __future__ import annotations

import pytest

from proactive_tui.text.people import find_people


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ask McAllister about the roof", ("McAllister",)),
        ("call O'Brien tomorrow", ("O'Brien",)),
        ("told D’Amico the price", ("D’Amico",)),
        ("meet Eva van den Heuvel on Friday", ("Eva van den Heuvel",)),
        ("talk to Otto von Lohe", ("Otto von Lohe",)),
        ("email Luz de la Cruz the plan", ("Luz de la Cruz",)),
        ("send the file to Jean-Marc Petit", ("Jean-Marc Petit",)),
        ("ping Łucja about it", ("Łucja",)),
        ("tell R2D2 to wait", ("R2D2",)),
        ("ask Nora whether it fits", ("Nora",)),
    ],
)
def test_a_name_is_found_whole(text: str, names: tuple[str, ...]) -> None:
    assert find_people(text) == names


@pytest.mark.parametrize("text", ["ask IT about it", "check with DevOps", "call at 5", "tell A1 drivers", "ask GitHub"])
def test_what_is_no_person_is_none(text: str) -> None:
    assert find_people(text) == ()
