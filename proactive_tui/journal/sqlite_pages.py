"""Reads the rows of a damaged SQLite file from its leaf pages, one by one, without the B-tree above them.

SQLite gives up a table when the header or an interior page is damaged. The rows are in leaf pages, each of which can be
read by itself (https://www.sqlite.org/fileformat2.html).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

Value: TypeAlias = int | float | bytes | None
Row: TypeAlias = tuple[int, tuple[Value, ...]]
"""A row's number and its columns; texts as bytes."""

DEFAULT_PAGE_BYTES = 4096
LEAF_PAGE_TYPE = 0x0D
_WAL_HEADER, _FRAME_HEADER = 32, 24
_INTEGER_BYTES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""Bytes of an integer, by its serial type."""


def salvage_rows(file: bytes, wal: bytes = b"") -> Iterator[Row]:
    """Every row that can be decoded from the leaf pages of any table, in page order; a damaged row may be wrong.

    `wal` is the write-ahead log that lay beside the file: its pages replace the file's.
    """
    size = int.from_bytes(file[16:18], "big")
    size = 65536 if size == 1 else size
    if size < 512 or size & (size - 1):
        size = DEFAULT_PAGE_BYTES
    reserved = file[20] if len(file) > 20 and file[20] < 32 else 0
    pages = {number + 1: file[start : start + size] for number, start in enumerate(range(0, len(file), size))}
    pages |= committed_pages(wal, size)
    for number in sorted(pages):
        yield from _read_leaf(pages, number, size - reserved)


def committed_pages(wal: bytes, size: int) -> dict[int, bytes]:
    """The pages of a write-ahead log by number, of all transactions committed since the log was last restarted."""
    found: dict[int, bytes] = {}
    uncommitted: dict[int, bytes] = {}
    for frame in _read_frames(wal, size):
        if frame.whole:
            uncommitted[frame.number] = frame.page
        if frame.commits:
            found |= uncommitted
            uncommitted.clear()
    return found


def is_torn_within(wal: bytes) -> bool:
    """Whether a write-ahead log is damaged before its last transaction.

    SQLite takes the first damaged frame for the end of the log. That is right in the last transaction, whose writing
    may have been cut off; before it, all later transactions are silently lost.
    """
    if len(wal) <= _WAL_HEADER:
        return False
    if not _has_valid_header(wal):
        return True
    size = int.from_bytes(wal[8:12], "big")
    frames = list(_read_frames(wal, size))
    torn = next((index for index, frame in enumerate(frames) if not frame.whole), len(frames))
    end = next((index for index in range(torn, len(frames)) if frames[index].commits), len(frames))
    return len(frames) > end + 1


class _WalFrame(NamedTuple):
    """A frame of the log; `whole` says that its checksums match, `commits` that it is the last of its transaction."""

    number: int
    page: bytes
    commits: bool
    whole: bool


def _read_frames(wal: bytes, size: int) -> Iterator[_WalFrame]:
    """The frames since the log was last restarted, damaged ones between them included."""
    order, before = _byte_order(wal), wal[24:32]
    salt = wal[16:24] if _has_valid_header(wal) else wal[_WAL_HEADER + 8 : _WAL_HEADER + 16]
    starts = range(_WAL_HEADER, len(wal) - _FRAME_HEADER - size + 1, _FRAME_HEADER + size)
    ours = [start for start in starts if wal[start + 8 : start + 16] == salt]
    for start in starts:
        if not ours or start > ours[-1]:
            return  # frames from before the log was restarted
        page = wal[start + _FRAME_HEADER : start + _FRAME_HEADER + size]
        number, commits = struct.unpack_from(">II", wal, start)
        sums = wal[start + 16 : start + 24]
        whole = start in ours and sums == _frame_checksums(before, wal[start : start + 8] + page, order)
        yield _WalFrame(number=number, page=page, commits=commits != 0, whole=whole)
        before = sums


def _has_valid_header(wal: bytes) -> bool:
    """Whether the checksums of the log's header match; where they do not, SQLite takes the log for empty."""
    return wal[24:_WAL_HEADER] == _frame_checksums(bytes(8), wal[:24], _byte_order(wal))


def _byte_order(wal: bytes) -> str:
    return "big" if wal[:4] == b"\x37\x7f\x06\x83" else "little"


def _frame_checksums(before: bytes, data: bytes, order: str) -> bytes:
    """The two checksums of a frame, which continue those of the frame before it."""
    one, two = struct.unpack(">II", before)
    for first, second in struct.iter_unpack(">II" if order == "big" else "<II", data):
        one = one + first + two & 0xFFFFFFFF
        two = two + second + one & 0xFFFFFFFF
    return struct.pack(">II", one, two)


def _read_leaf(pages: Mapping[int, bytes], number: int, usable: int) -> Iterator[Row]:
    page = pages[number]
    header = 100 if number == 1 else 0
    if len(page) < header + 8 or page[header] != LEAF_PAGE_TYPE:
        return
    (count,) = struct.unpack_from(">H", page, header + 3)
    for at in range(header + 8, min(header + 8 + 2 * count, len(page) - 1), 2):
        (start,) = struct.unpack_from(">H", page, at)
        try:
            yield _read_cell(pages, page, start, usable)
        except (IndexError, KeyError, ValueError, struct.error):
            continue  # damaged: the others of this page may be whole


def _read_cell(pages: Mapping[int, bytes], page: bytes, at: int, usable: int) -> Row:
    length, at = _read_varint(page, at)
    number, at = _read_varint(page, at)
    most = usable - 35
    here = length
    if length > most:
        least = (usable - 12) * 32 // 255 - 23
        here = least + (length - least) % (usable - 4)
        here = here if here <= most else least
    payload = page[at : at + here]
    follow = int.from_bytes(page[at + here : at + here + 4], "big") if here < length else 0
    seen: set[int] = set()
    parts, have = [payload], len(payload)
    while have < length:
        if follow in seen:
            raise ValueError("a chain of pages that bites its tail")
        seen.add(follow)
        part = pages[follow][4 : min(usable, 4 + length - have)]
        parts.append(part)
        have += len(part)
        if have < length:
            follow = int.from_bytes(pages[follow][:4], "big")
    return number, _decode_columns(b"".join(parts))


def _decode_columns(payload: bytes) -> tuple[Value, ...]:
    """The columns of a record."""
    end, at = _read_varint(payload, 0)
    types: list[int] = []
    while at < end:
        kind, at = _read_varint(payload, at)
        types.append(kind)
    found: list[Value] = []
    for kind in types:
        if kind == 0:
            found.append(None)
        elif kind in _INTEGER_BYTES:
            found.append(int.from_bytes(payload[at : at + _INTEGER_BYTES[kind]], "big", signed=True))
            at += _INTEGER_BYTES[kind]
        elif kind == 7:
            found.append(struct.unpack_from(">d", payload, at)[0])
            at += 8
        elif kind in (8, 9):
            found.append(kind - 8)
        elif kind >= 12:
            length = (kind - 12) // 2
            if at + length > len(payload):
                raise ValueError("a text that is longer than its row")
            found.append(payload[at : at + length])
            at += length
        else:
            raise ValueError("no such type")
    return tuple(found)


def _read_varint(data: bytes, at: int) -> tuple[int, int]:
    """A SQLite varint of up to nine bytes, and the offset after it."""
    value = 0
    for length in range(8):
        byte = data[at + length]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + length + 1
    return value << 8 | data[at + 8], at + 9
