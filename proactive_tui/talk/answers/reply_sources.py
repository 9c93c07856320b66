"""The sources of a reply: what the talk is about, then what a search has found."""

from __future__ import annotations

from collections.abc import Sequence

from proactive_tui.model import Evidence, SearchHit


def merge_sources(about: Sequence[Evidence], hits: Sequence[SearchHit]) -> tuple[Evidence, ...]:
    """The subject of the conversation, then the search hits, each place once."""
    found = [evidence_from_hit(hit) for hit in hits]
    places = {(passage.path, passage.line_start): passage for passage in (*found[::-1], *reversed(about))}
    ordered = [places.pop((passage.path, passage.line_start), None) for passage in (*about, *found)]
    return tuple(passage for passage in ordered if passage is not None)


def evidence_from_hit(hit: SearchHit) -> Evidence:
    """A search hit as a source."""
    found = hit.passage
    return Evidence(
        path=found.path,
        line_start=found.line_start,
        line_end=found.line_end,
        text=found.text,
        heading=found.heading,
        passage=found.id,
        origin=hit.origin,
    )
