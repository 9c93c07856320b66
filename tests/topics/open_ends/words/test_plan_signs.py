from __future__ import annotations

import pytest

from proactive_tui.topics.open_ends.words.plan_signs import NO_SIGNS, SIGN_NAMES, plan_signs, status_signs


def shown(signs: tuple[float, ...]) -> set[str]:
    return {name for name, sign in zip(SIGN_NAMES, signs, strict=True) if sign}


@pytest.mark.parametrize(
    ("heading", "signs"),
    [
        ("Deferred until the concert", {"planned"}),
        ("Test plan (verified)", {"planned", "closed"}),
        ("Possible fixes", {"supposed"}),
        ("Not done yet", {"planned"}),
        ("noch nicht erledigt", {"planned"}),
        ("✅ Einkauf", {"closed"}),
        ("今後のこと", {"planned"}),
        ("The kitchen", set()),
        ("", set()),
        ("next " * 60, set()),
    ],
)
def test_a_heading_shows_whether_it_is_planned_or_closed(heading: str, signs: set[str]) -> None:
    assert shown(plan_signs(heading)) == signs


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("**Status:** not finished", {"planned"}),
        ("Date: 3 May\nStatus: ✅ resolved", {"closed"}),
        ("Estado: pendiente", {"planned"}),
        ("the statuses of all lamps", set()),
    ],
)
def test_the_status_of_a_note_is_read_from_its_first_lines(text: str, signs: set[str]) -> None:
    assert shown(status_signs("", ["# Lamps", text])) == signs


def test_a_property_tells_the_status_before_the_lines_do() -> None:
    assert shown(status_signs("done", ["Status: in progress"])) == {"closed"}
    assert status_signs("", []) == NO_SIGNS
