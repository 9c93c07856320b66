"""Lists the parts of a reply that can be copied, and copies from inside tmux."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple

from proactive_tui.text.quantities import format_count
from proactive_tui.tui.widgets.turns import markdown_parser


class ClipboardItem(NamedTuple):
    """A text to copy, and its description: "the code in python (3 lines)"."""

    text: str
    what: str


def list_clipboard_items(reply: str) -> tuple[ClipboardItem, ...]:
    """The parts of a Markdown reply to copy: each code block, then the whole reply."""
    code = [
        token
        for token in markdown_parser().parse(reply)
        if token.type in ("fence", "code_block") and token.content.strip()
    ]
    found = [ClipboardItem(token.content.rstrip("\n"), _describe_code(token.content, token.info)) for token in code]
    return (*found, ClipboardItem(reply, f"the reply ({format_count(len(reply.split()), 'word')})"))


def format_copy_notice(all_of: tuple[ClipboardItem, ...], at: int) -> str:
    """The notice after the item `all_of[at]` was copied."""
    more = f" Once more copies {all_of[(at + 1) % len(all_of)].what}." if len(all_of) > 1 else ""
    return f"Copied {all_of[at].what}.{more}"


async def copy_to_tmux(text: str, environment: Mapping[str, str]) -> None:
    """Load the text into tmux's buffer and the terminal's clipboard, since tmux does not pass OSC 52 on by default."""
    if not environment.get("TMUX"):
        return
    with suppress(OSError):
        quiet = asyncio.subprocess.DEVNULL
        tmux = await asyncio.create_subprocess_exec(
            "tmux",
            "load-buffer",
            "-w",
            "-",
            stdin=asyncio.subprocess.PIPE,
            stdout=quiet,
            stderr=quiet,
            env=dict(environment),
        )
        await tmux.communicate(text.encode())


def _describe_code(code: str, info: str) -> str:
    language = f" in {info.split(maxsplit=1)[0]}" if info.strip() else ""
    return f"the code{language} ({format_count(len(code.rstrip().splitlines()), 'line')})"
