"""The moving picture of the README: it is what the program looks like, and small enough for a page."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import ROOT
from tests.recording import POSTER, Piece, assemble, merged, record, runs

KEPT = ROOT / "docs" / "screens" / "first-offer.svg"


def rows_of_text(svg: str) -> set[str]:
    """What each piece of text in a picture says."""
    return {
        text
        for found in re.findall(r"<text[^>]*>([^<]*)</text>", svg)
        if (text := found.replace("&#160;", " ").strip())
    }


@pytest.mark.slow
async def test_it_shows_the_program_as_it_is_now() -> None:
    frames = await record()
    kept = rows_of_text(KEPT.read_text())
    poster = next(frame for frame in frames if frame.caption == POSTER)
    for frame in (frames[0], poster, frames[-1]):  # how far a reply is drawn between them depends on the machine
        missing = rows_of_text(assemble([poster, frame])) - kept
        assert not missing, f"run make recording: {missing}"


def test_it_is_an_image_that_fetches_nothing_and_is_small() -> None:
    svg = KEPT.read_text()
    assert ET.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"
    assert len(svg) < 400_000
    assert not re.search(r"<script|@import|url\((?!#)", svg)


def test_where_nothing_may_move_it_shows_the_offer() -> None:
    captions = re.findall(r'<g class="([^"]*)"><text class="screen-title"[^>]*>([^<]*)</text></g>', KEPT.read_text())
    assert len(captions) > 3
    assert [text for classes, text in captions if "p" in classes.split()] == [POSTER]


def test_a_row_is_one_piece_for_as_long_as_it_stays_the_same() -> None:
    assert runs(["a", "a", "", "b", "a"]) == [Piece(0, 2, "a"), Piece(3, 4, "b"), Piece(4, 5, "a")]


def test_backgrounds_of_one_colour_side_by_side_are_one() -> None:
    rects = [
        f'<rect fill="{fill}" x="{x}" y="1.5" width="12.2" height="24.65" shape-rendering="crispEdges"/>'
        for fill, x in (("#111", "0"), ("#111", "12.2"), ("#222", "24.4"))
    ]
    assert merged(rects) == [
        '<rect fill="#111" x="0" y="1.5" width="24.4" height="24.65"/>',
        '<rect fill="#222" x="24.4" y="1.5" width="12.2" height="24.65"/>',
    ]
