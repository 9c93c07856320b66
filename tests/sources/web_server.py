"""A web server on this machine for tests of sources: answers by a function, and remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class AnswerByFunction(BaseHTTPRequestHandler):
    """Answers by the function of its server."""

    def do_GET(self) -> None:
        self.server.seen.append((self.path, dict(self.headers)))  # type: ignore[attr-defined]
        self.server.answer(self)  # type: ignore[attr-defined]

    do_POST = do_REPORT = do_PROPFIND = do_GET  # noqa: N815  (the names that http.server asks for)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def send_reply(handler: BaseHTTPRequestHandler, status: int, body: bytes = b"", **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def web_server(
    answer: Callable[[BaseHTTPRequestHandler], None],
) -> Iterator[tuple[str, list[tuple[str, dict[str, str]]]]]:
    """A web server on this machine: its origin, and what it was asked."""
    http = ThreadingHTTPServer(("127.0.0.1", 0), AnswerByFunction)
    http.answer = answer  # type: ignore[attr-defined]
    http.seen = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{http.server_port}", http.seen  # type: ignore[attr-defined]
    finally:
        http.shutdown()
        http.server_close()
