"""The grades of many spans of lines are those of each by itself."""

from hypothesis import given
from hypothesis import strategies as st

from proactive_tui.topics.open_ends.voices import NoteProvenance, NoteVoice, VoicedLines

GRADES = st.sampled_from((0.0, 0.15, 0.5, 0.9, 1.0))
SPANS = st.tuples(st.integers(1, 9), st.integers(0, 4)).map(lambda span: (span[0], sum(span)))
LINES = st.builds(lambda span, own: VoicedLines(span[0], span[1], "clipped", own, "made"), SPANS, GRADES)


@given(GRADES, st.lists(LINES, max_size=5), st.frozensets(st.integers(1, 9)), st.lists(SPANS, max_size=6))
def test_spans_are_graded_alike_together_and_alone(
    whole: float, lines: list[VoicedLines], marked: frozenset[int], spans: list[tuple[int, int]]
) -> None:
    provenance = NoteProvenance(NoteVoice(own=whole), tuple(lines), marked)
    assert provenance.own_at_each(spans) == [provenance.own_at(*span) for span in spans]
