"""Opens the web address of an item in the desktop's browser: only http and https, only after a key."""

from __future__ import annotations

import asyncio
import shutil
import sys
from urllib.parse import urlsplit

from proactive_tui.errors import ProactiveError
from proactive_tui.model.note_values import ItemOrigin

OPENING_SECONDS = 10.0
"""Seconds for the desktop to take an address over."""


def browser_command(origin: ItemOrigin) -> list[str]:
    """The command that shows an item where it came from. Raises ProactiveError where it has no web address, or where
    no desktop can open one; the message then has the address.
    """
    if not is_web_address(origin.address):
        raise ProactiveError("It has no web address", origin.form)
    name = {"darwin": "open", "win32": "explorer"}.get(sys.platform, "xdg-open")
    found = shutil.which(name)
    if found is None:
        raise ProactiveError("No browser can be opened here", origin.address, f"{name} is not installed.")
    return [found, origin.address]


def is_web_address(address: str) -> bool:
    """Whether an address is one of the web, in plain printable ASCII, so that no program takes it for an option."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and address.isascii() and address.isprintable()


async def open_address(command: list[str]) -> None:
    """Hand an address over, without the terminal. Raises ProactiveError."""
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
        async with asyncio.timeout(OPENING_SECONDS):
            status = await process.wait()
    except TimeoutError:
        return  # the browser itself was started, and goes on
    except OSError as error:
        raise ProactiveError("The browser cannot be started", error.strerror or str(error)) from error
    if status:
        raise ProactiveError("The browser could not be opened", command[-1], "Open the address by hand.")
