"""What a remark is about."""

from __future__ import annotations

import pytest

from proactive_tui.topics.outside.concerns import find_concern


@pytest.mark.parametrize(
    ("text", "concern"),
    [
        ("This swallows the exception.", "error handling"),
        ("When the retry fails, nobody sees the error.", "error handling"),
        ("The token is a secret, and this logs it.", "security"),
        ("Two threads race for the lock.", "concurrency"),
        ("Please add a test: coverage of this branch is missing.", "tests"),
        ("This is quadratic, and slow for large files.", "performance"),
        ("Rename the variable, its name misleads.", "naming"),
        ("Das verschluckt die Ausnahme, der Fehler geht verloren.", "error handling"),
        ("LGTM", None),
        ("", None),
        ("Can you explain this?", None),
        ("error error error", None),
    ],
)
def test_concerns_are_told_where_words_are_clear(text: str, concern: str | None) -> None:
    assert find_concern(text) == concern
