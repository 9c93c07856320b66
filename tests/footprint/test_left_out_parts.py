"""Parts of libraries that are left out do not load, and what needs the rest of the library works."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from proactive_tui.footprint.left_out_parts import LeftOutPart

PROGRAM = """
import sys
from proactive_tui.footprint.left_out_parts import leave_out_unused_parts
leave_out_unused_parts()
import chromadb, httpx
import numpy as np
client = chromadb.PersistentClient(sys.argv[1])
stored = client.create_collection("some", embedding_function=None)
stored.add(ids=["a", "b"], embeddings=np.eye(2, 384, dtype=np.float32))
assert stored.query(query_embeddings=np.eye(1, 384, dtype=np.float32), n_results=1)["ids"] == [["a"]]
assert httpx.Request("GET", "http://here/").url.host == "here"
client.close()
print(*sys.modules.keys() & {"grpc", "google.protobuf", "rich", "click", "pygments"})
"""


def test_chroma_and_httpx_work_without_what_sends_traces_and_draws_in_terminals(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, str(tmp_path)]
    done = subprocess.run(command, check=True, timeout=120, text=True, stdout=subprocess.PIPE)
    assert done.stdout.split() == []


def test_what_is_left_out_cannot_be_used_by_mistake() -> None:
    with pytest.raises(RuntimeError, match="left out"):
        LeftOutPart(endpoint="http://elsewhere")
