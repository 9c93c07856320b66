from __future__ import annotations

import pytest

from proactive_tui.text.asking import ends_asking


@pytest.mark.parametrize(
    "text",
    [
        "Who has the key?", "Who has the key ?", "**Who has the key?**", "==Who has the key?==", "(who has the key?)",
        "Who has the key?!", "Who has the key?[^key]", "Who has the key? #boat #to/ask", "Who has the key? ^a1b2",
        "鍵は誰が持っていますか？", "「鍵は誰が？」", "من عنده المفتاح؟",
        "Ποιος έχει το κλειδί;", "Ποιος έχει το κλειδί\u037e",
        "Really⁇",
    ],
)  # fmt: skip
def test_a_question_ends_so_in_any_script_and_before_any_mark(text: str) -> None:
    assert ends_asking(text)


@pytest.mark.parametrize(
    "text",
    ["", "?".join("ab"), "I asked; nobody knew;", "Who has it? Olaf", "a[^1]", "#boat", "Ruft jemand an;", "鍵。"],
)
def test_other_ends_ask_nothing(text: str) -> None:
    assert not ends_asking(text)


def test_a_long_run_of_marks_costs_little() -> None:
    assert ends_asking("Who?" + "*" * 150)
    assert not ends_asking("Who?" + "* " * 100_000)
