"""Arithmetic of spans of time: all spans are in unix seconds, and lists of them in the order of their starts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from proactive_tui.sources.contract import TimeSpan


def merge_spans(spans: Iterable[TimeSpan], gap: float) -> tuple[TimeSpan, ...]:
    """The union of spans in any order; those that are at most `gap` seconds apart become one.

    A span that ends before it starts is none.
    """
    merged: list[TimeSpan] = []
    for span in sorted(span for span in spans if span.end >= span.start):
        if merged and span.start <= merged[-1].end + gap:
            merged[-1] = TimeSpan(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def clip_spans(spans: Iterable[TimeSpan], whole: TimeSpan) -> tuple[TimeSpan, ...]:
    """The parts of spans that are in `whole`."""
    return tuple(
        TimeSpan(max(span.start, whole.start), min(span.end, whole.end))
        for span in spans
        if span.end >= whole.start and span.start <= whole.end
    )


def total_seconds(spans: Iterable[TimeSpan]) -> float:
    """How long spans that do not overlap are together."""
    return sum(span.seconds for span in spans)


def covered_share(spans: Iterable[TimeSpan], whole: TimeSpan) -> float:
    """The share of `whole` that is in spans, which do not overlap (0..1); of a moment, whether it is in one."""
    parts = clip_spans(spans, whole)
    return total_seconds(parts) / whole.seconds if whole.seconds > 0 else float(bool(parts))


def gaps_between(spans: Sequence[TimeSpan], end: float) -> Iterator[TimeSpan]:
    """The gaps after each of the spans, which are merged; the last one reaches to `end`."""
    for span, after in pairwise((*spans, TimeSpan(end, end))):
        if after.start > span.end:
            yield TimeSpan(span.end, after.start)
