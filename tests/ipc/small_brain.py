"""A brain without stores, as a process of its own: holds the folder, opens the door, and answers searches.

`python -m tests.ipc.small_brain [loopback]`; its hello comes on standard input, as that of the real one.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from proactive_tui.brain.doors.client_connection import open_pipes
from proactive_tui.brain.doors.client_hub import ClientHub
from proactive_tui.ipc import local_socket
from proactive_tui.ipc.events import SearchResults
from proactive_tui.ipc.local_door import open_local_door
from proactive_tui.ipc.requests import ClientHello, SearchNotes, WireRequest
from proactive_tui.paths import lock_data_folder, open_data_folder


async def serve() -> None:
    """Serve until the hub has ended."""
    starter = await open_pipes(sys.stdin, os.fdopen(os.dup(1), "wb", buffering=0))
    hello = await starter.read_hello()
    assert isinstance(hello, ClientHello)
    paths = open_data_folder(Path(hello.data))
    with lock_data_folder(paths):
        hub = ClientHub(hello.notes, lambda: hello.config.brain.stay == "always")

        def answer(ask: WireRequest) -> None:
            if isinstance(ask, SearchNotes):
                hub.send_event(SearchResults(request=ask.request, hits=()))

        door = open_local_door(paths)
        first = hub.add_client(starter, hello)
        hub.open(answer, door)
        serving = asyncio.create_task(hub.serve_client(first))
        await hub.ended.wait()
        serving.cancel()
        await hub.close()
        door.close()


if __name__ == "__main__":
    local_socket.HAS_LOCAL_SOCKETS = "loopback" not in sys.argv
    asyncio.run(serve())
