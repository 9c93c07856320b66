"""Every way to a screen or a terminal: what comes out there is text."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from proactive_tui.brain.conversations import markdown_export
from proactive_tui.brain.server import _OneLineFormatter
from proactive_tui.cli import tables
from proactive_tui.console import PlainTextConsole as OnlyTextConsole
from proactive_tui.model.note_values import SkippedFile
from proactive_tui.model.offer_values import Silence
from proactive_tui.text.stream_cleaner import StreamCleaner
from proactive_tui.text.terminal_safe import escape_json, one_line, sanitize_text
from proactive_tui.tui.terminal import escape_sequences
from proactive_tui.tui.terminal.output_filter import TEXT_ONLY_FILTER
from tests.hostile.payloads import DIRT, PLANTED, faults, soil, soiled
from tests.tui.fakes import AT, conversation, hit, now, offer, turn


@given(soiled)
def test_clean_text_has_nothing_that_acts_and_stays_as_it_is(text: str) -> None:
    once = sanitize_text(text)
    assert faults(once) == []
    assert sanitize_text(once) == once
    assert faults(one_line(text), kept="") == []


@given(soiled.filter(lambda text: "\x1b" not in text))
def test_no_letter_is_lost(text: str) -> None:
    assert [each for each in sanitize_text(text) if each.isalnum()] == [each for each in text if each.isalnum()]


@pytest.mark.parametrize(
    "text",
    [
        "नमस्ते, क्षत्रिय", "สวัสดีครับ ผู้", "שָׁל֣וֹם", "بِسْمِ ٱللَّهِ", "می‌خواهم", "👩‍👩‍👧‍👦 👍🏽 ❤️ 🏳️‍🌈", "e\u0301 ẹ̀́",
        "한국어 テキスト", "བསྒྲུབས",
    ],
)  # fmt: skip
def test_scripts_stay_whole(text: str) -> None:
    assert sanitize_text(text) == text


@given(st.lists(soiled, max_size=6))
def test_what_a_model_says_in_pieces_has_nothing_that_acts(pieces: list[str]) -> None:
    streamed, whole = StreamCleaner(), StreamCleaner()
    said = "".join([*map(streamed.feed, pieces), streamed.flush()])
    assert faults(said) == []
    assert said == whole.feed("".join(pieces)) + whole.flush()


@given(soiled, soiled)
def test_a_title_and_a_notification_are_one_sequence_each(title: str, text: str) -> None:
    assert re.fullmatch(r"\x1b\]2;[^\x00-\x1f\x7f-\x9f]*\x07", escape_sequences.title_sequence(title))
    assert re.fullmatch(
        r"\x1b\]9;[^\x00-\x1f\x7f-\x9f]*\x07", escape_sequences.notification_sequence("osc 9", title, text)
    )
    assert re.fullmatch(
        r"\x1b\]777;notify;[^;\x00-\x1f]*;[^;\x00-\x1f]*\x07",
        escape_sequences.notification_sequence("osc 777", title, text),
    )
    assert escape_sequences.notification_sequence("osc 99", title, text).count("\x1b") == 4


@given(st.lists(st.tuples(soiled, st.booleans()), max_size=5))
def test_whatever_a_widget_draws_is_text_of_the_same_width(pieces: list[tuple[str, bool]]) -> None:
    segments = [Segment(text, Style(bold=True, link="file:///planted") if link else None) for text, link in pieces]
    drawn = TEXT_ONLY_FILTER.apply(segments, Color(0, 0, 0))
    for before, after in zip(segments, drawn, strict=True):
        assert faults(after.text, kept="") == []
        assert cell_len(after.text) == cell_len(before.text)
        assert after.style is None or after.style.link is None


def test_plain_lines_are_drawn_as_they_are() -> None:
    segments = [Segment("plain", Style(bold=True)), Segment(" ")]
    assert TEXT_ONLY_FILTER.apply(segments, Color(0, 0, 0)) is segments


@given(soiled)
def test_json_means_the_same_and_has_nothing_that_acts(text: str) -> None:
    document = json.dumps({"x": text.encode("utf-8", "ignore").decode()}, ensure_ascii=False)
    safe = escape_json(document)
    assert json.loads(safe) == json.loads(document)
    assert [each for each in faults(safe) if "marks" not in each] == []


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(PLANTED).map(lambda each: f"{DIRT} {each}"))
def test_what_commands_print_is_text(dirt: str) -> None:
    silence = Silence(at=AT, last=AT, reason="spacing", detail="x", title="y")
    with contextlib.redirect_stdout(io.StringIO()) as out:
        tables.print_hits([soil(hit(), dirt)])
        tables.print_decision(soil(offer(), dirt), [dirt])
        tables.print_decision(soil(silence, dirt), [dirt])
        tables.print_status(soil(now(), dirt).status)
        OnlyTextConsole().print(dirt)
    assert faults(out.getvalue(), kept="\n") == []
    assert out.getvalue().count("[@click=app.quit]planted[/]") > 9  # markup is text


def test_a_name_with_a_newline_stays_on_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    skipped = (SkippedFile(path="a\n✓ all is well.md", reason="no\nreason"),)
    tables._print_unread(OnlyTextConsole(), soil(now()).status.notes.__class__(folder="x", skipped=skipped))
    assert capsys.readouterr().out.splitlines() == ["1 skipped:", "  a ✓ all is well.md: no reason"]


def test_a_line_of_the_log_is_a_line() -> None:
    shown = _OneLineFormatter("%(levelname)s %(message)s")
    record = logging.LogRecord("x", logging.WARNING, "x", 1, "left out: %s", (f"a\nERROR forged{DIRT}",), None)
    assert faults(shown.format(record), kept="") == []
    error = ValueError(DIRT)
    record = logging.LogRecord("x", logging.ERROR, "x", 1, "failed", (), (ValueError, error, None))
    assert faults(shown.format(record)) == []


@given(soiled)
def test_a_saved_conversation_and_its_name_are_text(text: str) -> None:
    said = conversation("c1", turn("user", text + " x"), turn("assistant", text + " y"), title=text)
    assert faults(markdown_export.conversation_markdown(said)) == []
    name = markdown_export.title_file_name(said)
    assert faults(name, kept="") == []
    assert Path(name).name == name
    assert not set(name) & set('<>:"/\\|?*')
