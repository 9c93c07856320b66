"""Vectors on Chroma's own server: a real one, on this machine."""

from __future__ import annotations

import gc
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromadb.api.shared_system_client import SharedSystemClient

from proactive_tui.config import Config, IndexConfig
from proactive_tui.errors import IndexingError
from proactive_tui.index.index import NoteIndex
from proactive_tui.paths import DataPaths
from tests.index.fakes import WordEmbedder

pytestmark = [
    pytest.mark.slow,
    # Chroma leaves the sockets of its HTTP client to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    folder = tmp_path_factory.mktemp("server")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("chroma")
    command = [str(program), "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}", process
        process.kill()


def opened(root: Path, name: str, url: str) -> NoteIndex:
    (root / name).mkdir(exist_ok=True)
    index = NoteIndex(DataPaths(root / name), root / "notes", Config(index=IndexConfig(chroma_url=url)), WordEmbedder())
    index.refresh()
    while index.embed_batch(10):
        pass
    return index


def test_data_folders_share_a_server_and_lose_nothing_when_it_goes(
    server: tuple[str, subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    url, process = server
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("apples grow here")
    one = opened(tmp_path, "one", url)
    (tmp_path / "notes" / "b.md").write_text("bananas are yellow")
    other = opened(tmp_path, "other", url)
    assert len(one._passage_collection().list_ids()) == 1
    assert len(other._passage_collection().list_ids()) == 2
    assert other.search("bananas", 5)[0].channels.keys() == {"words", "meaning"}
    one.rebuild()
    assert one.embedded_count == 0
    assert len(other._passage_collection().list_ids()) == 2
    assert not (tmp_path / "one" / "chroma").exists()
    one.close()

    process.kill()
    process.wait()
    assert other.search("bananas", 5)[0].channels.keys() == {"words"}
    assert any("http" in each for each in other.take_notices())
    assert other.embedded_count == 2
    (tmp_path / "notes" / "c.md").write_text("cherries are red")
    other.refresh()
    with pytest.raises(IndexingError):
        other.embed_batch(5)
    assert other.pending_count == 1
    other.close()
    del one, other
    SharedSystemClient.clear_system_cache()
    gc.collect()
