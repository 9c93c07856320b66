"""Flame graphs: stacks become nested boxes, and what is narrow is left out."""

from __future__ import annotations

from collections import Counter
from xml.etree import ElementTree as ET

from benchmarks.flame import build_flames, draw_flames, sample

STACKS = Counter(
    {("run", "a:read", "import b.c"): 60, ("run", "a:read"): 30, ("run", "<lambda>"): 9, ("run", "rare"): 0}
)


def test_a_frame_is_as_wide_as_what_it_called_and_itself() -> None:
    root = build_flames(STACKS)
    assert root.count == 99
    assert root.inner["run"].inner["a:read"].count == 90
    assert root.inner["run"].inner["a:read"].inner["import b.c"].count == 60


def test_the_drawing_names_frames_and_leaves_out_what_is_too_narrow() -> None:
    drawn = draw_flames(STACKS, "A start & more")
    titles = [title.text for title in ET.fromstring(drawn).iter("{http://www.w3.org/2000/svg}title")]
    assert titles == ["run 100.0 %", "<lambda> 9.1 %", "a:read 90.9 %", "import b.c 60.6 %"]


def test_time_is_counted_for_what_is_done() -> None:
    def busy() -> int:
        return sum(number % 7 for number in range(3_000_000))

    stacks = sample(busy)
    assert stacks.total() > 0
    assert max(stacks, key=stacks.__getitem__)[-1].endswith(("busy", "<genexpr>"))
