from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proactive_tui.text.decoding import decode_text, is_binary

GREEK = "Σήμερα διάβασα για την εκλογή αρχηγού σε κατανεμημένα συστήματα και έγραψα τα συμπεράσματα. " * 3
RUSSIAN = "Сегодня я читал о выборах лидера в распределённых системах и записал выводы для команды. " * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_what_is_marked_or_utf8_is_read_exactly(encoding: str) -> None:
    assert decode_text("Zürich – 東京".encode(encoding)) == "Zürich – 東京"


def test_big_endian_is_read_by_its_mark() -> None:
    assert decode_text(codecs.BOM_UTF16_BE + "naïve".encode("utf-16-be")) == "naïve"


def test_a_short_note_in_the_old_western_encoding() -> None:
    assert decode_text("Café, naïve – “quoted”".encode("cp1252")) == "Café, naïve – “quoted”"


@pytest.mark.parametrize(("encoding", "text"), [("cp1253", GREEK), ("cp1251", RUSSIAN)])
def test_longer_text_in_another_encoding_is_recognised(encoding: str, text: str) -> None:
    assert decode_text(text.encode(encoding)) == text


def test_a_foreign_byte_in_utf8_does_not_spoil_the_rest() -> None:
    assert decode_text("über München und Köln ".encode() + b"caf\xe9") == "über München und Köln café"


def test_broken_utf16_is_read_as_far_as_it_goes() -> None:
    assert decode_text("abc".encode("utf-16") + b"x").startswith("abc")


def test_lines_end_with_a_line_feed() -> None:
    assert decode_text(b"a\r\nb\rc\n") == "a\nb\nc\n"


def test_binary_is_what_has_nul_bytes_without_a_mark() -> None:
    assert is_binary(b"\x7fELF\0\0")
    assert not is_binary("text".encode("utf-16"))
    assert not is_binary(b"text")


@given(st.binary())
def test_any_bytes_give_text(data: bytes) -> None:
    assert isinstance(decode_text(data), str)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")).filter(lambda t: t[:1] != "\ufeff"))
def test_any_text_comes_back_from_utf8(text: str) -> None:
    assert decode_text(text.encode()) == text
