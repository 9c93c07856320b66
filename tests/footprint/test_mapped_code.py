"""Code of libraries leaves the memory of a process, which runs on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from proactive_tui.footprint import mapped_code

PROGRAM = """
import re, sys
from pathlib import Path
import numpy as np
from proactive_tui.footprint.mapped_code import release_mapped_code

def mapped():
    return int(re.search(r"RssFile:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])

before = mapped()
release_mapped_code()
after = mapped()
matrix = np.eye(64)
assert np.linalg.inv(matrix).sum() == 64 and sorted("cab") == ["a", "b", "c"]
print(before, after)
"""


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="the system does not tell what is mapped")
def test_the_code_of_libraries_leaves_memory_and_comes_back_when_it_is_used() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], check=True, timeout=60, text=True, stdout=subprocess.PIPE
    )  # fmt: skip
    before, after = map(int, done.stdout.split())
    assert after < before / 2


def test_only_what_is_the_same_as_in_the_file_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mappings = [
        ("1000-2000 r-xp", "/lib/code.so", 0),
        ("2000-3000 r--p", "/lib/relocated.so.6", 8),  # written by the loader: it would come back without that
        ("3000-4000 rw-p", "/lib/data.so", 0),
        ("4000-5000 r--p", "/lib/tables.so.1", 0),
        ("5000-6000 r--p", "/models/weights.gguf", 0),
        ("6000-7000 r-xs", "/lib/shared.so", 0),
    ]
    told = "".join(
        f"{place} 00000000 08:01 42    {name}\nSize:  4 kB\nRss:   4 kB\nAnonymous:   {written} kB\nVmFlags: rd ex\n"
        for place, name, written in mappings
    )
    (tmp_path / "smaps").write_text(told)
    monkeypatch.setattr(mapped_code, "_MAPPED_MEMORY", tmp_path / "smaps")
    assert mapped_code._find_unwritten_libraries() == {(0x1000, 0x2000), (0x4000, 0x5000)}


def test_a_system_that_does_not_tell_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mapped_code, "_MAPPED_MEMORY", tmp_path / "none")
    mapped_code.release_mapped_code()
