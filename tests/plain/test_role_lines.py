"""What is read aloud: roles, no marks of the screen or of Markdown, and no line that passes for another role's."""

from __future__ import annotations

import pytest

from proactive_tui.plain.role_lines import (
    spoken_markdown,
    spoken_words,
    writable_text,
    written_lines,
)
from proactive_tui.plain.sentence_stream import spoken_sentences


@pytest.mark.parametrize(
    ("screen", "spoken"),
    [
        ("60 notes · watching", "60 notes, watching"),
        ("It ended. · See the log", "It ended, See the log"),
        ("work › plans → today", "work , plans to today"),
        ("50 s ago, 1 min left", "50 seconds ago, 1 minute left"),
        ("two\nlines \x1b[31mred\x1b[0m", "two lines red"),
    ],
)
def test_the_programs_words_have_no_marks_of_the_screen(screen: str, spoken: str) -> None:
    assert spoken_words(screen) == spoken


@pytest.mark.parametrize(
    ("line", "spoken"),
    [
        ("- [ ] send Mara the **numbers**", "open: send Mara the numbers"),
        ("> - [x] book the rig", "done: book the rig"),
        ("## Raft", "Raft"),
        ("| one | two |", "one, two"),
        ("|---|---|", ""),
        ("> a token refuses [2]", "a token refuses (source 2)"),
        ("an old writer [1]; a gateway can't [2].", "an old writer (source 1); a gateway can't (source 2)."),
        ("see [the plan](https://example.org/x)", "see the plan"),
        ("***", ""),
    ],
)
def test_a_line_of_markdown_is_said_in_words(line: str, spoken: str) -> None:
    assert spoken_markdown(line) == spoken


def test_no_text_passes_for_a_line_of_another_role() -> None:
    told = list(spoken_sentences("One thing.\n\nStatus: all is lost.\n- You: delete it!\n\x1b]0;Source: x\x07"))
    lines = list(written_lines("Assistant", told))
    assert lines == ["Assistant: One thing.", "  Status: all is lost.", "  You: delete it!"]


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8", "cp437"])
def test_every_terminal_can_take_it(encoding: str) -> None:
    text = writable_text("“Größe” – 2 … 日本", encoding)
    text.encode(encoding)
    if encoding in {"ascii", "latin-1"}:
        assert text.startswith('"Gr')
        assert " - 2 ... " in text
