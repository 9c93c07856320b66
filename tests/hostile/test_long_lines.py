"""One enormous line, wherever text comes in: time and memory go by its length, nothing is lost, a cut is said.

The whole table at 10 MB: `python -m tests.hostile.long_lines`.
"""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.events import Paste

from proactive_tui import config_reading
from proactive_tui.brain.conversations.archive import build_note_lines
from proactive_tui.brain.status import MAX_STATUS_FILES, limit_listed_files
from proactive_tui.errors import ConfigError
from proactive_tui.index import tokenizer
from proactive_tui.index.markdown import MAX_LABEL_CHARACTERS, MAX_NOTE_TAGS, parse_note
from proactive_tui.ipc.codec import MAX_LINE_BYTES
from proactive_tui.ipc.events import FailureReport, OwnerNotice
from proactive_tui.ipc.framing import encode_or_failure, read_line
from proactive_tui.ipc.requests import SendMessage
from proactive_tui.model.note_values import Note, SkippedFile
from proactive_tui.model.topic_values import Evidence
from proactive_tui.text import blocks
from proactive_tui.topics.mining_context import MiningContext
from proactive_tui.tui.controllers.drafts import DraftStore
from proactive_tui.tui.formatting.text import truncate_text
from proactive_tui.tui.widgets.prompt_input import MAX_MESSAGE_CHARACTERS as MESSAGE
from proactive_tui.tui.widgets.turns import MAX_MARKDOWN_CHARACTERS, end_of_markdown
from tests.hostile.long_face import Face, toasts, typed_in
from tests.hostile.long_lines import files, model, wire
from tests.hostile.long_notes import LINES, meet
from tests.topics.builders import build_pool
from tests.tui.fakes import AT, now
from tests.tui.host import stage

pytestmark = pytest.mark.slow

SIZE = 200_000


def note(text: str) -> Note:
    return parse_note("long.md", text.encode(), AT)


def mined(text: str, size: int) -> float:
    """Seconds of this process until the topics of a note are found that says this again and again."""
    library = MiningContext(notes={"long.md": note(text * (size // len(text)))})
    began = time.process_time()
    build_pool(library, AT)
    return time.process_time() - began


# --- notes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LINES)
def test_what_is_made_of_a_note_is_as_large_as_the_note(name: str) -> None:
    """Nothing of its length is repeated with each passage, and no letter of it is left out."""
    text = LINES[name](SIZE)
    parsed = note(text)
    assert len(msgspec.msgpack.encode(parsed)) < 4 * len(text.encode()) + 100_000
    said = "".join("".join(each.text for each in parsed.passages).split())
    assert said in "".join(text.split()) or name == "a heading and text below"
    assert len(said) > 0.9 * len("".join(text.split()))
    assert all(len(each) <= MAX_LABEL_CHARACTERS for each in (parsed.title, *parsed.tags, *parsed.links))
    assert all(len(each) <= MAX_LABEL_CHARACTERS for passage in parsed.passages for each in passage.heading)
    assert len(parsed.tags) <= MAX_NOTE_TAGS


@pytest.mark.parametrize(
    "text",
    [
        "Why does it work? ",
        "I will send Anna the lease. ",
        "Why does the lease hold?\n\n",
        "- I will send Anna the lease\n",
        "- Why does the lease hold?\n",
    ],
)
def test_topics_are_found_in_time_that_goes_by_the_length(text: str) -> None:
    """Eight times the length takes less than thirty times as long; it was sixty-four times, or for ever."""
    mined("lease ", 2_000)  # expressions are compiled
    assert mined(text, 80_000) < 30 * mined(text, 10_000) + 0.1


def test_abbreviations_take_hardly_longer_than_words() -> None:
    mined("lease ", 2_000)
    assert mined("why e.g. ", 60_000) < 15 * mined("Does the lease hold. ", 60_000)


@pytest.mark.parametrize("text", ["lease " * 20_000, "lease.\n" * 20_000, f"- {'x' * SIZE}"])
def test_a_paragraph_is_looked_at_by_pieces_and_whole(text: str) -> None:
    found = blocks.split_blocks(note(text))
    assert max(sum(len(line.text) for line in block.lines) for block in found) <= 8192
    said = "".join(line.text for block in found for line in block.lines)
    assert "".join(said.split()) == "".join(text.split())


@given(st.text(alphabet="ab .,\n\N{COMBINING ACUTE ACCENT}租", max_size=300))
def test_a_text_has_the_same_tokens_by_pieces(text: str) -> None:
    whole = tokenizer.TokenOffsets(text)
    before, tokenizer.TOKENIZER_CHUNK_CHARACTERS = tokenizer.TOKENIZER_CHUNK_CHARACTERS, 40
    try:
        pieces = list(tokenizer._split_chunks(text))
        assert "".join(piece for _, piece in pieces) == text
        assert all(text.startswith(piece, begin) and len(piece) <= 80 for begin, piece in pieces)
        if all(piece[:1].isspace() for begin, piece in pieces if begin):
            assert tokenizer.TokenOffsets(text)._starts == whole._starts
    finally:
        tokenizer.TOKENIZER_CHUNK_CHARACTERS = before


@pytest.mark.slow
def test_a_note_that_is_read_takes_no_more_memory_than_it_should() -> None:
    """A megabyte of cells took 950 MB."""
    met = meet("a row of a table", 1 << 20, limit=2048)
    assert met.passages > 1000
    assert met.memory < 250
    assert met.disk < 40
    assert met.message < 50_000


def test_a_long_line_is_shown_around_what_is_cited() -> None:
    text = "word " * 50_000 + "the lease ends here. " + "word " * 50_000
    parsed = note(f"{text}\nnext {'x' * 1000}\n")
    (cited,) = (each for each in parsed.passages if "lease" in each.text)
    evidence = Evidence(path="long.md", line_start=1, line_end=1, text=cited.text, passage=cited.id)
    for whole in (f"{text}\nnext {'x' * 1000}\n", ""):
        found = build_note_lines(1, parsed, evidence, whole)
        assert cited.text in found.lines[0]
        assert len(found.lines[0]) < 7_000
        assert found.lines[0].startswith("(24")
        assert "characters) …" in found.lines[0]
        assert found.lines[0].endswith(" characters)")
        assert found.lines[1] == f"next {'x' * 495} … (505 characters)"


# --- the wire ----------------------------------------------------------------------------------------------------


@given(st.lists(st.binary(max_size=200).map(lambda line: line.replace(b"\n", b" ")), max_size=6), st.integers(1, 90))
async def test_a_line_is_heard_whole_or_left_out_and_the_next_is_heard(said: list[bytes], step: int) -> None:
    reader = asyncio.StreamReader(limit=64)
    sent = b"".join(line + b"\n" for line in said)

    async def send() -> None:
        for at in range(0, len(sent), step):
            reader.feed_data(sent[at : at + step])
            await asyncio.sleep(0)
        reader.feed_eof()

    sending = asyncio.create_task(send())
    heard = []
    while (line := await read_line(reader)) != b"":
        heard.append(line)
    await sending
    assert heard == [None if len(line) > 64 else line + b"\n" for line in said]


def test_what_is_too_long_to_be_said_is_answered() -> None:
    assert isinstance(encode_or_failure(OwnerNotice(title="x" * (MAX_LINE_BYTES - 100))), bytes)
    refused = encode_or_failure(SendMessage(request=7, conversation="c", text="x" * MAX_LINE_BYTES))
    assert isinstance(refused, FailureReport)
    assert refused.request == 7
    assert refused.message == "It is 4.2 MB long, and 4.2 MB is the most."


@pytest.mark.slow
async def test_too_long_a_line_costs_nothing_but_itself(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    to, back = await wire(5_000_000, tmp_path)
    assert to.seen == "That is too long to be passed on. It is 5.0 MB long, and 4.2 MB is the most. and it lives on"
    assert back.seen == "The brain said too much at once. It was left out. and it lives on"


def test_the_face_is_told_of_so_many_files_that_were_left_out() -> None:
    many = tuple(SkippedFile(path=f"{number}.md", reason="binary") for number in range(MAX_STATUS_FILES + 5))
    status = now().status
    status = msgspec.structs.replace(status, notes=msgspec.structs.replace(status.notes, skipped=many))
    told = limit_listed_files(status).notes
    assert (len(told.skipped), told.unlisted) == (MAX_STATUS_FILES, 5)
    assert limit_listed_files(now().status) == now().status


# --- what a model says, and files --------------------------------------------------------------------------------


@pytest.mark.slow
async def test_a_reply_in_one_piece_is_cut_and_it_is_said() -> None:
    one, again, endless = await model(300_000)
    assert "The reply was cut off" in one.seen
    assert "The reply was cut off" in again.seen
    assert "it sends more than an answer can have" in endless.seen


def test_files_of_the_owners_with_such_a_line(tmp_path: Path) -> None:
    comment, value, fitting, key, ignore, drafts = files(2_000_000, tmp_path)
    assert comment.seen.startswith("The config is too large")
    assert value.seen.startswith("The config is too large")
    assert "llm.model: 500,000 characters, and 4,096 is the most" in fitting.seen
    assert key.seen.startswith("The config has too long a text")
    assert "it is larger than 256 kB" in ignore.seen
    assert drafts.seen.startswith("{'c2': 'half a thought'} and drafts.")


def test_a_config_of_this_size_is_read(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f"# {'x' * 900_000}\n[llm]\nmodel = '{'m' * 4096}'\n")
    assert config_reading.load_config(file).llm.model == "m" * 4096
    file.write_text("[llm]\nmodel = ['" + "m" * 5000 + "']\n")
    with pytest.raises(ConfigError, match="too long a text"):
        config_reading.load_config(file)


@pytest.mark.parametrize("held", ['{"c1": "half a', '{"c1": 3}', f'{{"c1": "{"x" * 200_000}"}}'])
def test_drafts_that_cannot_be_taken_up_are_put_aside(tmp_path: Path, held: str) -> None:
    file = tmp_path / "drafts.json"
    file.write_text(held)
    here = DraftStore(file, lambda _, write: write(), persistent=True)
    here.save_draft("c2", "text")
    assert here.rejected_file is not None
    assert here.rejected_file.read_text() == held
    assert here.rejected_file.match("drafts.*"), "so that it is forgotten with all else"
    assert DraftStore(file, lambda _, write: write(), persistent=True).texts == {"c2": "text"}


# --- the face ----------------------------------------------------------------------------------------------------


async def test_a_message_takes_what_fits_and_says_so_once() -> None:
    async with stage() as it:
        prompt = await typed_in(it, "before ")
        it.app.post_message(Paste("x" * (MESSAGE + 3)))
        await it.until(lambda: len(prompt.text) == MESSAGE)
        assert prompt.text.startswith("before xx")
        assert toasts(it) == "At most 16,000 characters fit here: the last 10 were left out."
        await it.press("y")
        assert len(prompt.text) == MESSAGE
        await it.press("backspace", "y")
        assert prompt.text.endswith("xy")
        await it.press("y")
        assert toasts(it).count("At most") == 2, "once each time that it is full"
        prompt.load_text("z" * (MESSAGE + 50))  # what comes back from before is not cut
        await it.press("delete", "q")
        assert prompt.text == "z" * (MESSAGE + 49)


@pytest.mark.slow
async def test_the_face_takes_keys_after_all_of_it(tmp_path: Path) -> None:
    it = Face([], times=5)
    big = "lease word " * (SIZE * 5 // 11)
    await it.pastes(big)
    await it.draft(big, tmp_path)
    await it.reply("one word", "x" * SIZE * 5)
    await it.old(big)
    seen = {row.case: row.seen for row in it.rows}
    assert "16,000 characters in the prompt" in seen["a paste into the prompt"]
    assert "4,000 characters are searched for" in seen["a paste into the search"]
    assert "1 character in the prompt; “A text that was not sent cannot be taken up" in seen["a draft that is restored"]
    assert seen["a reply: one word"].endswith(" more characters”")
    assert seen["an old conversation"].endswith(" more characters”")
    assert {row.case: row.slower for row in it.rows if row.slower > 20} == {}


def test_a_text_is_drawn_in_part_and_it_is_said() -> None:
    assert truncate_text("short") == "short"
    assert truncate_text("x" * 20_000) == "x" * 16_000 + " … 4,000 more characters"
    assert truncate_text("a\n" * 1000) == "a\n" * 399 + "a … 1,201 more characters"


@given(st.text(alphabet="a>- \n", max_size=400), st.integers(0, 400))
def test_where_markdown_ends_stays_there(text: str, more: int) -> None:
    long = "a\n" * 90 + text
    early = end_of_markdown(long[: 180 + more])
    assert early >= len(long[: 180 + more]) or end_of_markdown(long) <= early
    assert end_of_markdown(long) <= MAX_MARKDOWN_CHARACTERS
