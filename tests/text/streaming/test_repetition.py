"""A loop is noticed soon, and a list of alike lines is none."""

from __future__ import annotations

import pytest

from proactive_tui.text.streaming.repetition import find_repetition

START = "The pilot boards at five. "


@pytest.mark.parametrize(
    ("unit", "kept"),
    [
        ("I promised you a new album. ", "I promised you a new album. "),
        ("no ", "no "),
        ("Ask Mara.\nThen ask Jonas about it.\n", "Ask Mara.\nThen ask Jonas about it.\n"),
        ("Order the flour, and then order the yeast, and put both of them on the list for Friday. " * 2, None),
    ],
)
def test_what_is_said_again_and_again_is_cut_to_once(unit: str, kept: str | None) -> None:
    text = START + unit * 60
    cut = find_repetition(text)
    assert cut is not None
    assert len(START) < cut < len(START) + 2 * len(unit) + 1
    if kept is not None:
        assert text[:cut].strip() == (START + kept).strip()


def test_a_numbered_loop() -> None:
    text = "To do:\n" + "".join(f"{number}. Order the flour\n" for number in range(1, 9)) + "9. Order"
    cut = find_repetition(text)
    assert cut is not None
    assert text[:cut] == "To do:\n1. Order the flour\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        START * 2,
        "| day | ms |\n| --- | --- |\n" + "".join(f"| {day} | 40 |\n" for day in range(1, 20)),
        "".join(f"- {name}: done\n" for name in ("Ana", "Bo", "Cem", "Dora", "Eli", "Finn", "Gus", "Hal")),
        "1. yes\n2. yes\n3. yes\n4. no\n5. yes\n6. yes\n",
        "-" * 80,
        "ha ha ha ha ha",
    ],
)
def test_what_is_alike_is_no_loop(text: str) -> None:
    assert find_repetition(text) is None
