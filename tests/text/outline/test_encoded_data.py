from __future__ import annotations

import base64
import random

import pytest

from proactive_tui.text.outline.encoded_data import find_encoded_spans
from tests.topics.builders import note

DATA = base64.b64encode(random.Random(1).randbytes(3000)).decode()
WRAPPED = "\n".join(DATA[at : at + 76] for at in range(0, len(DATA), 76))
FENCED = "\n\n".join(DATA[at : at + 200] for at in range(0, len(DATA), 200))


@pytest.mark.parametrize(
    "data",
    [
        f"![pic](data:image/png;base64,{DATA})",
        f'<img src="data:image/jpeg;base64,{DATA}" alt="x">',
        f"[ref]: data:image/png;base64,{DATA}",
        DATA,
        f"> {DATA}",
        WRAPPED,
        f"```compressed-json\n{FENCED}\n```",
        f"~~~json\n{{\n \"type\": \"excalidraw\",\n \"elements\": [{DATA[:100]}]\n}}\n~~~",
        f"-----BEGIN PGP MESSAGE-----\n\n{WRAPPED}\n-----END PGP MESSAGE-----",
        "ab12cd34ef560978" * 20,
        '{"nodes":[' + ",".join(f'{{"id":"{n}","x":{n}}}' for n in range(60)) + "]}",
    ],
    ids=range(11),
)  # fmt: skip
def test_data_is_no_passage_and_leaves_its_neighbours(data: str) -> None:
    read = note(f"# Boiler\n\nBefore the cold.\n\n{data}\n\n- [ ] bleed the boiler\n")
    assert [passage.text for passage in read.passages] == ["Before the cold.", "- [ ] bleed the boiler"]
    first, last = 4, len(read.line_roles) - 4
    assert set(read.line_roles[first:last]) <= {"x", " "}
    assert [item.text for item in read.tasks] == ["bleed the boiler"]


def test_words_beside_data_on_its_line_are_kept() -> None:
    read = note(f"The valve ![pic](data:image/png;base64,{DATA}) drips at night.\n")
    assert [passage.text for passage in read.passages] == ["The valve", "drips at night."]


def test_a_note_of_data_alone_has_no_passage() -> None:
    assert note(f"{DATA}\n").passages == ()


@pytest.mark.parametrize(
    "text",
    [
        f"https://example.org/a?token={DATA.replace('+', 'a').replace('/', 'b')[:600]}",
        "=" * 400,
        "x" * 4000,
        "ねこ" * 400,
        "word " * 400,
        "a long-hyphenated-word " * 30,
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "```json\n{\"type\": \"person\"}\n```",
    ],
    ids=range(8),
)  # fmt: skip
def test_addresses_rulers_and_words_are_no_data(text: str) -> None:
    assert find_encoded_spans(text) == ()
