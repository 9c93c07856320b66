"""Runs the plain face on standard input and output."""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import suppress
from pathlib import Path

from proactive_tui.config import Config
from proactive_tui.ipc.client import BrainClient
from proactive_tui.plain.line_output import LineOutput
from proactive_tui.plain.line_reader import LineReader
from proactive_tui.plain.plain_face import PlainFace
from proactive_tui.settings import save_settings


def run_plain(brain: BrainClient, config: Config, config_file: Path, greeting: str = "") -> int:
    """Run the plain face until it ends, after a `greeting`; returns the exit status. Settings that are changed are
    written into `config_file`. Raises OSError where the output is gone.

    What comes from a pipe is said again as "You: …", so that the output has the whole conversation; a terminal shows
    what is typed there by itself.
    """
    out = LineOutput(sys.stdout)
    out.say_status(greeting)
    with suppress(KeyboardInterrupt):  # Windows, where there are no handlers of signals
        face = PlainFace(
            brain, config, out, echoes=not sys.stdin.isatty(), save=lambda changes: save_settings(config_file, changes)
        )
        status = asyncio.run(_run_face(face))
        if out.trouble is not None:
            raise out.trouble
        return status
    return 0


async def _run_face(face: PlainFace) -> int:
    LineReader(sys.stdin.fileno(), sys.stdin.encoding or "utf-8", face.hear_line).start()
    loop, running = asyncio.get_running_loop(), asyncio.create_task(face.run())

    def interrupt() -> None:
        if not face.interrupt():
            running.cancel()

    with suppress(NotImplementedError):
        loop.add_signal_handler(signal.SIGINT, interrupt)
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, running.cancel)
    return await running
