"""A reply in pieces of any size comes out in the same whole sentences."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from proactive_tui.plain.sentence_stream import MAX_UNSAID_CHARACTERS, SentenceStream

REPLY = """Your notes say:

> Dr. Weber wants e.g. the numbers by Friday. [1]
>
> It is
a line that was broken
in two. [3] And on.
> - [ ] send them [2]

```python
for note in notes:
    print(note)
```
And then? Ask Mara!"""
SAID = [
    "Your notes say:",
    "Dr. Weber wants e.g. the numbers by Friday (source 1).",
    "It is a line that was broken in two (source 3).",
    "And on.",
    "open: send them (source 2)",
    "Code begins.",
    "for note in notes:",
    "print(note)",
    "Code ends.",
    "And then?",
    "Ask Mara!",
]


def said_of(pieces: list[str]) -> list[str]:
    stream = SentenceStream()
    return [words for piece in pieces for words in stream.take(piece)] + stream.finish()


def test_a_reply_is_said_sentence_by_sentence() -> None:
    assert said_of([REPLY]) == SAID


def test_pieces_of_any_size_make_the_same_sentences() -> None:
    for seed in range(50):
        chance, rest, pieces = random.Random(seed), REPLY, []
        while rest:
            size = chance.randrange(1, 12)
            pieces.append(rest[:size])
            rest = rest[size:]
        assert said_of(pieces) == SAID, seed


def test_a_sentence_is_said_as_soon_as_the_next_one_begins() -> None:
    stream = SentenceStream()
    assert stream.take("It is so. ") == []
    assert stream.take("And") == ["It is so."]
    assert stream.finish() == ["And"]


def test_a_sentence_without_end_is_said_in_parts() -> None:
    stream = SentenceStream()
    said = stream.take("word " * 1000)
    assert said
    assert len(" ".join([*said, *stream.finish()]).split()) == 1000
    assert len(said_of(["x" * 3 * MAX_UNSAID_CHARACTERS])) == 1


@given(st.lists(st.text(max_size=30), max_size=8))
def test_no_text_breaks_it(pieces: list[str]) -> None:
    for words in said_of(pieces):
        assert words
        assert "\n" not in words
