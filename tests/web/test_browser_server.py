"""Who may see the assistant in a browser: only whoever has the token, under this host, from this origin."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

pytest.importorskip("textual_serve", reason="the extra 'serve' is not installed")

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, WSServerHandshakeError
from aiohttp.test_utils import TestServer, unused_port

from proactive_tui.web.browser_server import BrowserServer
from tests.brain.build import NOTES
from tests.plain.plain_session import CONFIG

TOKEN = "a-token-of-the-test"
BARE_APP = """
from textual.app import App
from textual.widgets import Label
class Bare(App):
    def compose(self):
        yield Label("a bare app")
Bare().run()
"""


@asynccontextmanager
async def serving(command: list[str]) -> AsyncIterator[tuple[BrowserServer, ClientSession]]:
    server = BrowserServer(command, unused_port(), TOKEN)
    test_server = TestServer(server.make_application(), port=int(server.origin.rpartition(":")[2]))
    await test_server.start_server()
    try:
        async with ClientSession() as session:
            yield server, session
    finally:
        await test_server.close()


@pytest.mark.parametrize(
    "path",
    ["/", "/ws", "/static/js/textual.js", "/wrong/", "/wrong/ws", "/wrong/static/js/textual.js", f"/{TOKEN}x/", "//",
     f"/{TOKEN[:-1]}/", f"/x/{TOKEN}/", f"/?token={TOKEN}", "/download/x", f"/%61{TOKEN}/"],
)  # fmt: skip
async def test_without_the_token_everything_is_refused_alike(path: str) -> None:
    async with serving(["false"]) as (server, session), session.get(server.origin + path) as answer:
        assert answer.status == 403
        assert TOKEN not in await answer.text()


async def test_the_page_has_the_address_of_its_socket_and_asks_nobody_else() -> None:
    async with serving(["false"]) as (server, session):
        async with session.get(server.address) as answer:
            page = await answer.text()
            assert answer.status == 200
        assert f"{server.origin.replace('http', 'ws')}/{TOKEN}/ws" in page
        hosts = set(re.findall(r"(?:(?:https?|wss?):)?//[\w.:-]+", page))
        assert {host.partition("//")[2] for host in hosts} == {server.origin.partition("//")[2]}
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        for linked in re.findall(r'(?:href|src)="(http[^"]+)"', page):
            async with session.get(linked) as answer:
                assert answer.status == 200, linked
        async with session.get(f"{server.address}static/") as answer:
            assert answer.status == 403, "folders are not listed"


@pytest.mark.parametrize("host", ["evil.example", "localhost", "127.0.0.1", "127.0.0.1:1", ""])
async def test_another_host_name_is_refused(host: str) -> None:
    async with serving(["false"]) as (server, session), session.get(server.address, headers={"Host": host}) as answer:
        assert answer.status in {400, 403}


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1", None])
async def test_a_socket_of_another_origin_is_refused(origin: str | None) -> None:
    headers = {"Origin": origin} if origin else {}
    async with serving(["false"]) as (server, session):
        with pytest.raises(WSServerHandshakeError) as refused:
            await session.ws_connect(f"{server.address}ws", headers=headers)
        assert refused.value.status == 403
        async with session.get(server.address, headers=headers) as answer:
            assert answer.status == (403 if origin else 200)


async def test_a_socket_without_the_token_is_refused() -> None:
    async with serving(["false"]) as (server, session):
        for path in ("/ws", "/wrong/ws"):
            with pytest.raises(WSServerHandshakeError) as refused:
                await session.ws_connect(server.origin + path, headers={"Origin": server.origin})
            assert refused.value.status == 403


async def received_text(connection: ClientWebSocketResponse, wanted: str) -> str:
    """What the socket sends until a text is in it, or it is closed."""
    text = ""
    async with asyncio.timeout(120):
        async for message in connection:
            if message.type is WSMsgType.BINARY:
                text += message.data.decode(errors="replace")
            if wanted and wanted in text:
                break
    return text


async def test_the_app_is_drawn_at_the_size_of_the_window_and_ends_with_it() -> None:
    async with serving([sys.executable, "-c", BARE_APP]) as (server, session):
        address = f"{server.address}ws?width=40&height=10"
        async with session.ws_connect(address, headers={"Origin": server.origin}) as connection:
            assert "a bare app" in await received_text(connection, "a bare app")
            await connection.send_str(json.dumps(["stdin", "\x11"]))  # Ctrl+Q
            await received_text(connection, "")
            assert connection.closed


class Served:
    """The command `serve` on a small vault, and the address that it printed."""

    def __init__(self, folder: Path) -> None:
        notes = folder / "notes"
        notes.mkdir()
        for name, text in NOTES.items():
            (notes / name).write_text(text)
        (folder / "config.toml").write_text(CONFIG)
        where = ["--config", folder / "config.toml", "--data-dir", folder / "data", "--notes", notes]
        command = [sys.executable, "-m", "proactive_tui", "serve", *map(str, where)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        first = self.process.stdout.readline()
        self.address = first.removeprefix("Open ").strip()

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(60)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return status


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    it = Served(tmp_path)
    yield it
    if it.process.poll() is None:
        it.process.kill()
        it.process.wait()


@pytest.mark.slow
async def test_the_assistant_is_served_and_a_second_window_takes_it_over(served: Served) -> None:
    origin = re.match(r"http://127\.0\.0\.1:\d+", served.address)
    assert origin is not None
    headers = {"Origin": origin.group()}
    async with ClientSession() as session:
        async with session.get(served.address) as answer:
            assert answer.status == 200
        first = await session.ws_connect(f"{served.address}ws?width=100&height=40", headers=headers)
        assert "Notes" in await received_text(first, "watching")
        second = await session.ws_connect(f"{served.address}ws?width=100&height=40", headers=headers)
        assert "Notes" in await received_text(second, "watching")
        await received_text(first, "")
        assert first.closed
        await second.close()
    assert served.end() == 0


@pytest.mark.slow
def test_a_real_browser_shows_it_and_asks_nobody_else(served: Served, tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        pytest.skip("no Chromium is installed")
    picture, log = tmp_path / "shown.png", tmp_path / "net.json"
    command = [
        browser, "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}",
        "--window-size=1000,700", "--timeout=20000", f"--log-net-log={log}", f"--screenshot={picture}", served.address,
    ]  # fmt: skip
    subprocess.run(command, capture_output=True, timeout=180, check=True)
    assert picture.stat().st_size > 5_000
    assert served.end() == 0
