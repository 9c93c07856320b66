"""A topic against its note as it is now."""

from __future__ import annotations

from pathlib import Path

import pytest

from proactive_tui.brain.offers.note_check import is_done_in_note, stands_in_note
from tests.topics.builders import NOW, library, mine_each_note, note

TEXT = "# Rig\n\n- [ ] send Mara the numbers\n- [ ] book the rig\n"
(SEND, *_) = [topic for topic in mine_each_note("task", library(note(TEXT, "rig.md")), NOW) if "Mara" in topic.title]


@pytest.mark.parametrize(
    ("now", "stands"),
    [
        (TEXT, True),
        ("New first line.\n\n" + TEXT, True),
        (TEXT.replace("\n", "\r\n"), True),
        (TEXT.replace("[ ] send", "[x] send"), False),
        (TEXT.replace("the numbers", "the numbers again"), False),
        ("# Rig\n\n- [ ] book the rig\n", False),
        (None, False),
    ],
)
def test_it_stands_while_its_lines_do(tmp_path: Path, now: str | None, stands: bool) -> None:
    if now is not None:
        (tmp_path / "rig.md").write_bytes(now.encode())
    assert stands_in_note(SEND, tmp_path) is stands


@pytest.mark.parametrize(
    "heading", ["## [ ] dust **the** shelves\n", "TODO: dust the shelves\n---\n", "### TODO dust the shelves #home\n"]
)
def test_a_heading_stands_until_it_is_ticked(tmp_path: Path, heading: str) -> None:
    text = f"# Desk\n\n{heading}\n" + "All of them, before the guests come, and the window sills. " * 20
    (topic,) = mine_each_note("task", library(note(text, "desk.md")), NOW)
    (tmp_path / "desk.md").write_text(text)
    assert stands_in_note(topic, tmp_path)
    (tmp_path / "desk.md").write_text(text.replace("[ ]", "[x]").replace("TODO", "DONE"))
    assert not stands_in_note(topic, tmp_path)


@pytest.mark.parametrize(
    ("now", "done"),
    [
        (TEXT.replace("[ ] send", "[x] send"), True),
        (TEXT.replace("[ ] book", "[x] book"), False),
        (TEXT, False),
        ("# Rig\n", False),
        (TEXT + "- [x] send Mara the numbers\n", False),
    ],
)
def test_it_is_done_where_its_item_is_ticked(now: str, done: bool) -> None:
    assert is_done_in_note(SEND, note(now, "rig.md")) is done


def test_a_note_that_is_gone_says_nothing() -> None:
    assert not is_done_in_note(SEND, None)
