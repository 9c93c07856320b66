"""Vectors on Chroma's own server: a real one, on this machine."""

from __future__ import annotations

import gc
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest
from chromadb.api.shared_system_client import SharedSystemClient

from proactive_tui.config import Config, IndexConfig
from proactive_tui.errors import IndexingError
from proactive_tui.index.index import NoteIndex
from proactive_tui.index.vectors import chroma_store
from proactive_tui.paths import DataPaths
from tests.index.fakes import WordEmbedder

pytestmark = [
    pytest.mark.slow,
    # Chroma leaves the sockets of its HTTP client to the garbage collector.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


class Relay:
    """Passes bytes between clients and a server, each piece after `delay` seconds; `hangs` passes nothing on."""

    def __init__(self, port: int) -> None:
        self._target, self.delay, self.hangs = ("127.0.0.1", port), 0.0, False
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(self._target)
                for source, sink, delayed in ((client, server, True), (server, client, False)):
                    Thread(target=self._pass_on, args=(source, sink, delayed), daemon=True).start()

    def _pass_on(self, source: socket.socket, sink: socket.socket, delayed: bool) -> None:
        with source, sink, suppress(OSError):
            while data := source.recv(1 << 16):
                while self.hangs:
                    time.sleep(0.01)
                time.sleep(self.delay if delayed else 0)
                sink.sendall(data)


def start_server(folder: Path, port: int) -> subprocess.Popen[bytes]:
    program = Path(sys.executable).with_name("chroma")
    command = [str(program), "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return process
        time.sleep(0.05)
    raise TimeoutError


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return tmp_path_factory.mktemp("server"), free.getsockname()[1]


@pytest.fixture
def server(place: tuple[Path, int]) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with start_server(*place) as process:
        yield f"http://127.0.0.1:{place[1]}", process
        process.kill()
    SharedSystemClient.clear_system_cache()
    gc.collect()


@pytest.fixture
def relay(server: tuple[str, subprocess.Popen[bytes]], place: tuple[Path, int]) -> Iterator[Relay]:
    relay = Relay(place[1])
    yield relay
    relay.hangs = False
    relay.close()


def opened(root: Path, name: str, url: str) -> NoteIndex:
    (root / name).mkdir(exist_ok=True)
    index = NoteIndex(DataPaths(root / name), root / "notes", Config(index=IndexConfig(chroma_url=url)), WordEmbedder())
    index.refresh()
    while index.vectors.embed_batch(10):
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
    assert len(one.vectors._open_passages().list_ids()) == 1
    assert len(other.vectors._open_passages().list_ids()) == 2
    assert other.search("bananas", 5)[0].channels.keys() == {"words", "meaning"}
    one.rebuild()
    assert one.vectors.count == 0
    assert len(other.vectors._open_passages().list_ids()) == 2
    assert not (tmp_path / "one" / "chroma").exists()
    one.close()

    process.kill()
    process.wait()
    assert other.search("bananas", 5)[0].channels.keys() == {"words"}
    assert any("http" in each for each in other.take_notices())
    assert other.vectors.count == 2
    (tmp_path / "notes" / "c.md").write_text("cherries are red")
    other.refresh()
    with pytest.raises(IndexingError):
        other.vectors.embed_batch(5)
    assert other.vectors.pending_count == 1
    other.close()


def test_a_server_that_comes_back_is_used_again(
    server: tuple[str, subprocess.Popen[bytes]], place: tuple[Path, int], tmp_path: Path
) -> None:
    url, process = server
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("apples grow here")
    index = opened(tmp_path, "one", url)
    process.kill()
    process.wait()
    (tmp_path / "notes" / "b.md").write_text("bananas are yellow")
    index.refresh()
    with pytest.raises(IndexingError):
        index.vectors.embed_batch(5)
    with start_server(*place) as again:
        assert index.vectors.embed_batch(5) == 0
        assert index.vectors.count == len(index.vectors._open_passages().list_ids()) == 2
        assert index.search("apples", 5)[0].channels.keys() == {"words", "meaning"}
        index.close()
        again.kill()


def test_a_slow_server_is_waited_for(relay: Relay, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("apples grow here")
    index = opened(tmp_path, "slow", relay.url)
    relay.delay = 0.5
    assert index.search("apples", 5)[0].channels.keys() == {"words", "meaning"}
    (tmp_path / "notes" / "b.md").write_text("bananas are yellow")
    index.refresh()
    assert index.vectors.embed_batch(5) == 0
    assert index.vectors.count == 2
    index.close()


def test_a_server_that_hangs_costs_a_search_some_seconds_and_no_more(
    relay: Relay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chroma_store, "SERVER_TIMEOUT_SECONDS", 1.0)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("apples grow here")
    index = opened(tmp_path, "hangs", relay.url)
    relay.hangs = True
    assert index.search("apples", 5)[0].channels.keys() == {"words"}
    assert any("timed out" in notice for notice in index.take_notices())
    relay.hangs = False
    assert index.search("apples", 5)[0].channels.keys() == {"words", "meaning"}
    index.close()


def test_a_server_that_hangs_from_the_beginning_is_given_up(
    relay: Relay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chroma_store, "SERVER_TIMEOUT_SECONDS", 1.0)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("apples grow here")
    relay.hangs = True
    with pytest.raises(IndexingError, match="timed out"):
        opened(tmp_path, "hung", relay.url)
