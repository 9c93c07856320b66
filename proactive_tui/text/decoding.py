"""Decodes the bytes of a note. No note is refused for its encoding."""

from __future__ import annotations

import codecs
import re

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_GUESSED_ENCODINGS = ["cp1252", "cp1250", "cp1251", "cp1253", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"]
_MIN_BYTES_TO_GUESS = 64
"""Minimum bytes outside ASCII for a guess at the encoding; with fewer, the guess is chance."""


def bom_encoding(data: bytes) -> str | None:
    """The encoding that a byte order mark names."""
    return next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), None)


def is_binary(data: bytes) -> bool:
    """Whether the data is binary: it has NUL bytes and no byte order mark that explains them."""
    return b"\0" in data and bom_encoding(data) is None


def decode_text(data: bytes) -> str:
    """The text of `data` with line feeds as line ends.

    UTF-8, and UTF-16 or UTF-32 with a byte order mark, are decoded exactly. UTF-8 with a few invalid bytes keeps the
    rest. For anything else the encoding is guessed.
    """
    return re.sub(r"\r\n?", "\n", _decode_bytes(data))


def _decode_bytes(data: bytes) -> str:
    encoding = bom_encoding(data) or "utf-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            return data.decode(encoding, "replace")
        foreign = len(data) - len(data.decode("utf-8", "ignore").encode())
        if foreign < len(_UTF8_SEQUENCE.findall(data)):
            return _decode_mixed(data)
        return _decode_by_guess(data) or data.decode("cp1252", "replace" if error else "strict")


def _decode_mixed(data: bytes) -> str:
    return "".join(
        chr(ord(character) - 0xDC00) if 0xDC80 <= ord(character) <= 0xDCFF else character
        for character in data.decode("utf-8", "surrogateescape")
    )


def _decode_by_guess(data: bytes) -> str | None:
    if sum(byte > 127 for byte in data) < _MIN_BYTES_TO_GUESS:
        return None
    from charset_normalizer import from_bytes  # noqa: PLC0415  (60 ms that hardly any vault needs)

    best = from_bytes(data[:65536], cp_isolation=_GUESSED_ENCODINGS).best()
    return data.decode(best.encoding, "replace") if best else None
