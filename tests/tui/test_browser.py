"""Items open in the browser: only http(s), only what no program takes for an option, and never in the terminal."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from proactive_tui.errors import ProactiveError
from proactive_tui.model.note_values import ItemOrigin
from proactive_tui.tui.terminal.browser import browser_command, is_web_address, open_address


def origin(address: str) -> ItemOrigin:
    return ItemOrigin(source="news", form="story", author="Mara", address=address)


@pytest.mark.parametrize(
    "address", ["https://example.org/a?b=c#d", "http://example.org", "https://xn--bcher-kva.example/"]
)
def test_web_addresses_open(address: str) -> None:
    assert is_web_address(address)


@pytest.mark.parametrize(
    "address",
    ["", "file:///etc/passwd", "javascript:alert(1)", "--help", "https://", "ftp://x/y", "https://a\nb", "https://bücher.de",
     "data:text/html,x", "https://x/\x1b[2J", "vscode://open?x", "http:///path", "https://[::1"],
)  # fmt: skip
def test_nothing_else_does(address: str) -> None:
    assert not is_web_address(address)
    with pytest.raises(ProactiveError):
        browser_command(origin(address))


@pytest.mark.skipif(sys.platform != "linux", reason="xdg-open is Linux's")
async def test_the_desktop_is_given_the_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opener = tmp_path / "xdg-open"
    opener.write_text(f'#!/bin/sh\nprintf "%s" "$1" > {tmp_path}/seen\n')
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    await open_address(browser_command(origin("https://example.org/a?b=1&c=$(id)")))
    assert (tmp_path / "seen").read_text() == "https://example.org/a?b=1&c=$(id)"


async def test_where_nothing_opens_the_address_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ProactiveError) as raised:
        browser_command(origin("https://example.org/a"))
    assert raised.value.message == "https://example.org/a"
    with pytest.raises(ProactiveError, match="example"):
        await open_address(["/bin/false", "https://example.org/b"])
