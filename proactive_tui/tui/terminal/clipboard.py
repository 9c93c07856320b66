"""What of a reply goes to the clipboard, and how it gets there from inside tmux."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple

from proactive_tui.tui.formatting.status_text import count
from proactive_tui.tui.widgets.turns import parser


class Piece(NamedTuple):
    """A text and what it is, in words."""

    text: str
    what: str


def pieces(reply: str) -> tuple[Piece, ...]:
    """What can be copied of a reply in Markdown: each block of code, then the whole."""
    code = [token for token in parser().parse(reply) if token.type in ("fence", "code_block") and token.content.strip()]
    found = [Piece(token.content.rstrip("\n"), _code(token.content, token.info)) for token in code]
    return (*found, Piece(reply, f"the reply ({count(len(reply.split()), 'word')})"))


def said(all_of: tuple[Piece, ...], at: int) -> str:
    """What is said when a piece was copied."""
    more = f" Once more copies {all_of[(at + 1) % len(all_of)].what}." if len(all_of) > 1 else ""
    return f"Copied {all_of[at].what}.{more}"


async def to_tmux(text: str, environment: Mapping[str, str]) -> None:
    """Give tmux the text, and have it hand it on to the terminal: by default it keeps OSC 52 of programs from it."""
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


def _code(code: str, info: str) -> str:
    language = f" in {info.split(maxsplit=1)[0]}" if info.strip() else ""
    return f"the code{language} ({count(len(code.rstrip().splitlines()), 'line')})"
