from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from proactive_tui.index.markdown import parse_note
from proactive_tui.model.note_values import LineRun, Note
from proactive_tui.text.line_times import carry_line_times, seen_times

LIST = "# Errands\n\n- [ ] call Tom tomorrow\n- [ ] buy bread\n"


def read(text: str, modified: float) -> Note:
    return parse_note("list.md", text.encode(), modified)


def test_a_line_that_is_saved_is_new_and_the_others_are_not() -> None:
    first = read(LIST, 100.0)
    second = carry_line_times(first, read(f"{LIST}- [ ] pay the rent\n", 200.0))
    assert second.line_times == (LineRun(5, 5, 200.0),)
    assert second.first_seen == (first.date, 100.0)
    third = carry_line_times(second, read(f"{LIST}- [ ] pay the rent\n- [ ] mend it\n", 300.0))
    assert seen_times(third) == {5: 200.0, 6: 300.0}
    assert third.first_seen == (first.date, 100.0)


def test_a_line_that_moves_or_is_indented_is_as_old_as_before() -> None:
    first = carry_line_times(read(LIST, 100.0), read(f"{LIST}- [ ] pay the rent\n", 200.0))
    moved = "# Errands\n\n- [ ] pay the rent\n  - [ ] buy bread\n- [ ] call Tom tomorrow\n"
    assert seen_times(carry_line_times(first, read(moved, 300.0))) == {3: 200.0}


def test_a_note_of_other_lines_is_a_new_note() -> None:
    now = read("Nothing of that is left.\n", 200.0)
    assert carry_line_times(read(LIST, 100.0), now) == now


@given(st.lists(st.sampled_from(["a b", "c d", "", "# e", "- [ ] f"]), max_size=8), st.integers(0, 8))
def test_each_line_has_one_time_of_its_readings(lines: list[str], cut: int) -> None:
    first, second = read("\n".join(lines[:cut]), 1.0), read("\n".join(lines), 2.0)
    times = seen_times(carry_line_times(first, second))
    assert set(times.values()) <= {2.0}
    assert set(times) <= set(range(1, len(lines) + 1))
