from __future__ import annotations

from proactive_tui.moment.sensors.edits import AGAIN_SECONDS, BURST, own, worth_keeping


def test_a_few_notes_are_the_owners_and_a_burst_is_not() -> None:
    assert own(["b.md", "a.md", "b.md"]) == ("a.md", "b.md")
    assert len(own([f"{n}.md" for n in range(BURST)])) == BURST
    assert own([f"{n}.md" for n in range(BURST + 1)]) == ()


def test_saving_again_and_again_is_one_touch() -> None:
    last = {"a.md": 1000.0, "b.md": 1000.0 - AGAIN_SECONDS}
    assert worth_keeping(("a.md", "b.md", "c.md"), 1000.0, last) == ("b.md", "c.md")
