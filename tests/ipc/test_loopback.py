"""The door of 127.0.0.1: who gets in, what a kill leaves behind, and other programs at the port."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from proactive_tui.ipc import local_socket
from proactive_tui.ipc.local_door import connect_locally, has_local_door, open_local_door
from proactive_tui.ipc.loopback import connect_to_loopback
from proactive_tui.paths import DataPaths, lock_data_folder, open_data_folder


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataPaths:
    """The data folder of a system without Unix sockets."""
    monkeypatch.setattr(local_socket, "HAS_LOCAL_SOCKETS", False)
    return open_data_folder(tmp_path / "data")


@contextmanager
def stranger_at_port(file: Path, behave: Callable[[socket.socket, bytes], None]) -> Iterator[None]:
    """Another program at a port that the `file` of a killed brain names; `behave` gets a client and its first words."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        file.write_bytes(b"%d\n%s\n%s\n" % (listener.getsockname()[1], b"a" * 64, b"b" * 64))

        def serve() -> None:
            client, _ = listener.accept()
            with client:
                behave(client, client.recv(1000))

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield
        finally:
            thread.join(30)


def test_the_file_is_private_and_its_tokens_are_new_each_time(paths: DataPaths) -> None:
    seen = set()
    for _ in range(2):
        paths.port_file.write_text("left by a kill")
        paths.port_file.chmod(0o644)
        with closing(open_local_door(paths)) as door:
            assert paths.port_file.stat().st_mode & 0o777 == 0o600
            assert door.listener.getsockname()[0] == "127.0.0.1"
            _, client, brain = paths.port_file.read_bytes().split()
            assert len(client) == len(brain) == 64
            seen |= {client, brain}
        assert not has_local_door(paths)
    assert len(seen) == 4


def test_what_a_kill_left_is_not_asked_without_a_holder(paths: DataPaths) -> None:
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        paths.port_file.write_bytes(b"%d\n%s\n%s\n" % (stranger.getsockname()[1], b"a" * 64, b"b" * 64))
        assert connect_locally(paths) is None
        stranger.setblocking(False)
        with pytest.raises(BlockingIOError):
            stranger.accept()


@pytest.mark.parametrize(
    "behave",
    [
        lambda client, said: client.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
        lambda client, said: client.sendall(said),
        lambda client, said: client.sendall(b"\0" * 100_000),
        lambda client, said: client.sendall(b"b" * 10),
        lambda client, said: None,
    ],
    ids=["http", "echo", "much", "half", "nothing"],
)
def test_another_program_at_the_port_is_no_brain(
    paths: DataPaths, behave: Callable[[socket.socket, bytes], None]
) -> None:
    heard: list[bytes] = []

    def listen(client: socket.socket, said: bytes) -> None:
        heard.append(said)
        behave(client, said)

    with lock_data_folder(paths), stranger_at_port(paths.port_file, listen):
        assert connect_locally(paths) is None
    assert heard == [b"a" * 64 + b"\n"], "it learns the token of a brain that is gone, and nothing else"


def test_a_program_that_says_nothing_is_not_waited_for_longer(paths: DataPaths) -> None:
    gone = threading.Event()

    def say_nothing(_client: socket.socket, _said: bytes) -> None:
        gone.wait(30)

    with stranger_at_port(paths.port_file, say_nothing):
        assert connect_to_loopback(paths.port_file, 0.05) is None
        gone.set()


@pytest.mark.parametrize("content", [b"", b"x", b"1\n", b"70000\na\nb\n", b"0\na\nb\n", b"port\na\nb\n", b"\xff\n" * 9])
def test_a_file_that_is_damaged_is_no_door(paths: DataPaths, content: bytes) -> None:
    paths.port_file.write_bytes(content)
    with lock_data_folder(paths):
        assert connect_locally(paths) is None


def test_a_file_system_without_sockets_gets_a_port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> socket.socket:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(local_socket, "listen_locally", refuse)
    paths = open_data_folder(tmp_path / "data")
    with closing(open_local_door(paths)):
        assert paths.port_file.exists()
        assert not paths.socket_file.exists()


async def test_both_sides_know_each_other(paths: DataPaths) -> None:
    with lock_data_folder(paths), closing(open_local_door(paths)) as door:
        admitted: list[bool] = []

        async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            admitted.append(await door.admit(reader, writer))
            writer.write(await reader.readline())
            writer.close()

        async with await asyncio.start_server(meet, sock=door.listener):
            connection = await asyncio.to_thread(connect_locally, paths)
            assert connection is not None
            with connection:
                connection.sendall(b"hello\n")
                assert await asyncio.to_thread(connection.recv, 100) == b"hello\n", "nothing of the tokens is left over"
        assert admitted == [True]
