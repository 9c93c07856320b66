"""Reads commits and trees of a git repository, loose or in packs. No git is started, nothing is written."""

from __future__ import annotations

import mmap
import re
import struct
import zlib
from bisect import bisect_left
from pathlib import Path
from typing import NamedTuple

MAX_OBJECT_BYTES = 8_000_000
"""A larger commit or tree is refused: nobody wrote it."""
MAX_DELTA_DEPTH = 60
PIECE_BYTES = 4096
MAX_KEPT_BASES = 2000
DAMAGED_ERRORS = (OSError, ValueError, IndexError, KeyError, struct.error, RecursionError)
"""What reading a repository raises that is damaged, or made to do harm."""
_KINDS = {1: b"commit", 2: b"tree", 3: b"blob", 4: b"tag"}
_OFFSET_DELTA, _REF_DELTA = 6, 7
_ENTRY = re.compile(rb"(\d{5,6}) ([^\0]+)\0(.{20})", re.DOTALL)


class GitCommit(NamedTuple):
    """A commit: its tree, its parents, and when it was written (unix seconds)."""

    tree: bytes
    parents: tuple[bytes, ...]
    at: float


class GitObjects:
    """The objects of one repository, by their ids of 20 bytes. Where one is amiss, methods raise DAMAGED_ERRORS."""

    def __init__(self, folder: Path) -> None:
        """`folder` is that of the objects, `.git/objects`."""
        self._folder = folder
        self._bases: dict[tuple[int, int], tuple[bytes, bytes]] = {}
        self._packs = [_PackFile(index) for index in sorted((folder / "pack").glob("*.idx"))]

    def close(self) -> None:
        """Close the packs."""
        for pack in self._packs:
            pack.close()

    def read_commit(self, name: bytes) -> GitCommit:
        """The commit of an id, with the time of its author."""
        head = self._read(name, b"commit").partition(b"\n\n")[0]
        tree = re.match(rb"tree ([0-9a-f]{40})", head)
        author = re.search(rb"\nauthor [^\n]*> (\d{1,12}) ", head)
        if tree is None or author is None:
            raise ValueError("no commit")
        parents = re.findall(rb"\nparent ([0-9a-f]{40})", head)
        return GitCommit(
            bytes.fromhex(tree[1].decode()), tuple(bytes.fromhex(p.decode()) for p in parents), int(author[1])
        )

    def read_tree(self, name: bytes) -> dict[bytes, tuple[bool, bytes]]:
        """The entries of a tree by name: whether it is a tree itself, and its id."""
        return {
            entry[2]: (entry[1] in (b"40000", b"040000"), entry[3])
            for entry in _ENTRY.finditer(self._read(name, b"tree"))
        }

    def _read(self, name: bytes, kind: bytes) -> bytes:
        found, content = self._read_any(name, 0)
        if found != kind:
            raise ValueError("another kind of object")
        return content

    def _read_any(self, name: bytes, depth: int) -> tuple[bytes, bytes]:
        if depth > MAX_DELTA_DEPTH:
            raise ValueError("too many deltas")
        for pack in self._packs:
            if (offset := pack.find_offset(name)) is not None:
                return self._read_packed(pack, offset, depth)
        path = self._folder / name.hex()[:2] / name.hex()[2:]
        head, _, content = _inflate(path.read_bytes()).partition(b"\0")
        return head.partition(b" ")[0], content

    def _read_packed(self, pack: _PackFile, offset: int, depth: int) -> tuple[bytes, bytes]:
        if depth > MAX_DELTA_DEPTH:
            raise ValueError("too many deltas")
        if (known := self._bases.get((id(pack), offset))) is not None:
            return known
        kind, start = pack.read_kind(offset)
        if kind == _OFFSET_DELTA:
            back, start = _read_back(pack.data, start)
            base = self._read_packed(pack, offset - back, depth + 1)
        elif kind == _REF_DELTA:
            base = self._read_any(bytes(pack.data[start : start + 20]), depth + 1)
            start += 20
        else:
            return _KINDS.get(kind, b""), pack.inflate(start)
        made = base[0], _apply_delta(base[1], pack.inflate(start))
        if len(self._bases) >= MAX_KEPT_BASES:
            self._bases.clear()
        self._bases[id(pack), offset] = made  # the base of many others
        return made


class _PackFile:
    """A pack and its index of version 2."""

    def __init__(self, index: Path) -> None:
        self._index = index.read_bytes()
        if self._index[:8] != b"\xfftOc\0\0\0\2":
            raise ValueError("another version of index")
        with index.with_suffix(".pack").open("rb") as file:
            self.data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._fanout = struct.unpack(">256I", self._index[8:1032])
        self._count = self._fanout[255]

    def close(self) -> None:
        self.data.close()

    def find_offset(self, name: bytes) -> int | None:
        low, high = self._fanout[name[0] - 1] if name[0] else 0, self._fanout[name[0]]
        place = bisect_left(range(high), name, low, high, key=self._name_at)
        if place >= high or self._name_at(place) != name:
            return None
        offsets = 1032 + 24 * self._count
        (offset,) = struct.unpack_from(">I", self._index, offsets + 4 * place)
        if offset & 0x80000000:
            (offset,) = struct.unpack_from(">Q", self._index, offsets + 4 * self._count + 8 * (offset & 0x7FFFFFFF))
        return int(offset)

    def _name_at(self, place: int) -> bytes:
        return self._index[1032 + 20 * place : 1052 + 20 * place]

    def read_kind(self, offset: int) -> tuple[int, int]:
        """The kind of the object at an offset, and where its content begins."""
        if offset < 0:
            raise ValueError("no offset")
        byte = self.data[offset]
        kind = byte >> 4 & 7
        while byte & 0x80:
            offset += 1
            byte = self.data[offset]
        return kind, offset + 1

    def inflate(self, start: int) -> bytes:
        return _inflate(memoryview(self.data)[start : start + MAX_OBJECT_BYTES])


def _inflate(data: bytes | memoryview) -> bytes:
    """The content of a compressed object. It is fed in pieces, since what is left over would be copied."""
    reader = zlib.decompressobj()
    content = bytearray()
    try:
        for start in range(0, len(data), PIECE_BYTES):
            content += reader.decompress(data[start : start + PIECE_BYTES], MAX_OBJECT_BYTES - len(content) + 1)
            if reader.eof or reader.unconsumed_tail or len(content) > MAX_OBJECT_BYTES:
                break
    except zlib.error as error:
        raise ValueError("not compressed") from error
    if not reader.eof:
        raise ValueError("too large")
    return bytes(content)


def _read_back(data: mmap.mmap, place: int) -> tuple[int, int]:
    """How far before this object its base begins, and where the delta begins."""
    byte = data[place]
    back = byte & 0x7F
    while byte & 0x80:
        place += 1
        byte = data[place]
        back = (back + 1 << 7) | byte & 0x7F
    return back, place + 1


def _apply_delta(base: bytes, delta: bytes) -> bytes:
    place = 0
    for _ in range(2):  # the sizes of base and result
        while delta[place] & 0x80:
            place += 1
        place += 1
    out = bytearray()
    while place < len(delta):
        byte = delta[place]
        place += 1
        if byte & 0x80:
            start = size = 0
            for bit in range(4):
                if byte & 1 << bit:
                    start |= delta[place] << 8 * bit
                    place += 1
            for bit in range(3):
                if byte & 16 << bit:
                    size |= delta[place] << 8 * bit
                    place += 1
            size = size or 0x10000
            out += base[start : start + size]
        else:
            out += delta[place : place + byte]
            place += byte
        if len(out) > MAX_OBJECT_BYTES:
            raise ValueError("too large")
    return bytes(out)
