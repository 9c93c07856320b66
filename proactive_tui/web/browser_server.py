"""The face in a browser of this machine: textual-serve behind a token, for one origin, and without a stranger's host.

Everything is below a path that nobody can guess. Whoever lacks it is refused, whatever is asked for; so is a request
under another host name (of a page that has its own name point here), and a websocket of another origin. The page is
ours: that of textual-serve asks a host of fonts. The policy sent with it lets a browser ask nobody but this server.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import shlex
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import aiohttp_jinja2
import jinja2
from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.server import Server, to_int

from proactive_tui.errors import ProactiveError
from proactive_tui.paths import APP_NAME

LOOPBACK_HOST = "127.0.0.1"
"""The one address that is listened at."""
TOKEN_BYTES = 32
"""Bytes of chance in the path."""
PAGE_FILE = "page.html"
HEARTBEAT_SECONDS = 15.0
ENDING_APP_SECONDS = 10.0
"""Seconds in which an app has to end whose window was closed."""
USUAL_SIZE = {"width": 80, "height": 24}
"""The size of a window that does not say its own, in cells."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class BrowserServer(Server):
    """Serves the app that `command` starts at a port of this machine; `token` is the first part of every path."""

    def __init__(self, command: Sequence[str], port: int, token: str) -> None:
        words = subprocess.list2cmdline(command) if sys.platform == "win32" else shlex.join(command)
        super().__init__(words, LOOPBACK_HOST, port, title=APP_NAME, templates_path=Path(__file__).parent)
        self.token = token
        self._open: set[web.WebSocketResponse] = set()
        self.origin = self.public_url = f"http://{LOOPBACK_HOST}:{port}"

    @property
    def address(self) -> str:
        """What is to be opened in the browser."""
        return f"{self.origin}/{self.token}/"

    def make_application(self) -> web.Application:
        """The application, with all its routes below the token and behind the checks."""
        application = web.Application(middlewares=[self._make_guard()])
        aiohttp_jinja2.setup(application, loader=jinja2.FileSystemLoader(self.templates_path), autoescape=True)
        application.on_shutdown.append(self._close_windows)
        application.add_routes(
            [
                web.get(f"/{self.token}/", self._show_page, name="index"),
                web.get(f"/{self.token}/ws", self._show_app, name="websocket"),
                web.static(f"/{self.token}/static", self.statics_path, name="static"),
            ]
        )
        return application

    async def _show_page(self, request: web.Request) -> web.Response:
        """The page, which opens the websocket."""
        origin, path = self.origin, request.app.router
        context: Mapping[str, Any] = {
            "application": {"name": APP_NAME},
            "config": {"static": {"url": f"{origin}{path['static'].url_for(filename='/')}".rstrip("/") + "/"}},
            "font_size": 16,
            "app_websocket_url": f"{origin.replace('http', 'ws', 1)}{path['websocket'].url_for()}",
        }
        return aiohttp_jinja2.render_template(PAGE_FILE, request, context)

    async def _show_app(self, request: web.Request) -> web.WebSocketResponse:
        """Run the app for as long as its window is open, and wait for its end."""
        connection = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS)
        await connection.prepare(request)
        app = AppService(
            self.command,
            write_bytes=connection.send_bytes,
            write_str=connection.send_str,
            close=connection.close,  # type: ignore[arg-type]  # it says that it was open
            download_manager=self.download_manager,
        )
        self._open.add(connection)
        await app.start(*(to_int(request.query.get(side, ""), usual) for side, usual in USUAL_SIZE.items()))
        try:
            await self._process_messages(connection, app)
        finally:
            self._open.discard(connection)
            await app.stop()
            await _end_process(app._process)
        return connection

    async def _close_windows(self, _: web.Application) -> None:
        for connection in list(self._open):
            await connection.close()

    def _make_guard(self) -> Any:
        @web.middleware
        async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
            """Refuse whoever is not the owner's browser, and say nothing of what there is."""
            if not self._is_allowed(request):
                return web.Response(status=403, text="Open the address that 'proactive-tui serve' has printed.\n")
            response = await handler(request)
            if not response.prepared:
                response.headers.update(self._response_headers())
            return response

        return guard

    def _is_allowed(self, request: web.Request) -> bool:
        first = request.path.split("/")[1]
        has_token = secrets.compare_digest(first.encode(), self.token.encode())
        is_ours = request.headers.get("Host") == self.origin.removeprefix("http://")
        origin = request.headers.get("Origin")
        is_socket = request.path.endswith("/ws")
        return has_token and is_ours and (origin == self.origin if is_socket else origin in {None, self.origin})

    def _response_headers(self) -> dict[str, str]:
        socket_origin = self.origin.replace("http", "ws", 1)
        return {
            "Content-Security-Policy": (
                "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
                f"img-src data:; connect-src 'self' {socket_origin}; frame-ancestors 'none'; base-uri 'none'; "
                "form-action 'none'"
            ),
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
        }


async def _end_process(process: asyncio.subprocess.Process | None) -> None:
    """Wait until the app has ended, which was told to; one that does not is killed."""
    if process is None:
        return
    try:
        await asyncio.wait_for(process.wait(), ENDING_APP_SECONDS)
    except TimeoutError:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def serve_app(command: Sequence[str], port: int, announce: Callable[[str], None]) -> None:
    """Serve the app that `command` starts until a signal ends it; `port` 0 takes a free one. Raises ProactiveError.

    `announce` is called with the address once it is open.
    """
    logging.getLogger("aiohttp").setLevel(logging.ERROR)  # its lines have paths, and so the token
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        if sys.platform != "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK_HOST, port))
            listener.listen()  # whoever opens the address as soon as it is told waits instead of being refused
        except OSError as error:
            what = f"{LOOPBACK_HOST}:{port}: {error.strerror or error}"
            raise ProactiveError("The port cannot be opened", what, "Choose another with --port.") from error
        server = BrowserServer(command, listener.getsockname()[1], secrets.token_urlsafe(TOKEN_BYTES))
        application = server.make_application()

        async def say_address(_: web.Application) -> None:
            announce(server.address)

        application.on_startup.append(say_address)
        web.run_app(application, sock=listener, print=None, access_log=None, shutdown_timeout=3.0)
