"""A section is filled with blocks and lines as one by one, each added while it fits."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from proactive_tui.index.passages import MAX_PASSAGE_CHARACTERS, LineOffsets, NoteSection, TextSpan, cut_passages
from proactive_tui.index.tokenizer import MAX_KNOWN_PIECES, count_tokens_by_line

LINES = st.sampled_from(
    ["", "  ", "tea", "- kettle, lid; spout", "word " * 70, "It boils. " * 90, "x" * 5000, "1,2,3," * 30]
)


def fill_one_by_one(lines: LineOffsets, section: NoteSection) -> Iterator[TextSpan]:
    """The passages of whole lines of a section without lines that are too long by themselves."""
    edges = sorted({section.body, section.end, *section.cuts})
    units: list[TextSpan] = []
    for first, end in pairwise(edges):
        block = TextSpan(lines.line_offset(first), lines.line_offset(end))
        singles = [TextSpan(lines.line_offset(line), lines.line_offset(line + 1)) for line in range(first, end)]
        units += [block] if lines.fits_passage(block) else singles
    held = units[0]
    for unit in units[1:]:
        if lines.fits_passage(TextSpan(held.start, unit.end)):
            held = TextSpan(held.start, unit.end)
        else:
            yield held
            held = unit
    yield held


@given(st.lists(LINES, min_size=1, max_size=40), st.sets(st.integers(1, 39)))
@example(["- kettle, lid; spout"] * 40, set())
@example(["tea"] * 3 + ["word " * 70] * 6, {3})
def test_passages_are_filled_as_one_by_one(written: list[str], cuts: set[int]) -> None:
    lines = LineOffsets("\n".join(line for line in written if len(line) < 500))
    end = len(lines.starts)
    section = NoteSection((), 0, 0, end, tuple(sorted(cut for cut in cuts if cut < end)))
    wanted = [span for piece in fill_one_by_one(lines, section) if (span := lines.trim_span(piece))]
    passages = cut_passages("a.md", lines, [section], "p" * end)
    assert [passage.text for passage in passages] == [lines.text[span.start : span.end] for span in wanted]


@given(st.lists(LINES, min_size=1, max_size=12), st.sets(st.integers(1, 11)))
def test_no_passage_is_too_long_and_no_character_is_lost(written: list[str], cuts: set[int]) -> None:
    lines = LineOffsets("\n".join(written))
    end = len(lines.starts)
    section = NoteSection((), 0, 0, end, tuple(sorted(cut for cut in cuts if cut < end)))
    passages = cut_passages("a.md", lines, [section], "p" * end)
    assert all(len(passage.text) <= MAX_PASSAGE_CHARACTERS for passage in passages)
    assert "".join("".join(passage.text for passage in passages).split()) == "".join(lines.text.split())


def test_tokens_are_the_same_after_so_many_pieces_that_they_are_forgotten() -> None:
    text = "kettles, unboiled\n"
    before = list(count_tokens_by_line(text))
    count_tokens_by_line(" ".join(f"k{number}" for number in range(MAX_KNOWN_PIECES + 1)))
    assert list(count_tokens_by_line(text)) == before
