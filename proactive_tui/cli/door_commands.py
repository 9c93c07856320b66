"""Commands that open the assistant to other programs."""

from __future__ import annotations

from proactive_tui.cli.command_context import ConfigFile, DataDir, NotesDir, load_context
from proactive_tui.errors import ProactiveError


def serve_mcp(config: ConfigFile = None, data_dir: DataDir = None, notes: NotesDir = None) -> None:
    """A read-only MCP server over standard input and output.

    An assistant of yours starts it and may search the notes, list what they leave open, and ask what would be raised
    now and why. What is excluded or painful stays out; nothing is written. It needs the extra `mcp`.
    """
    where = load_context(config, data_dir, notes)
    try:
        from proactive_tui.cli.mcp_server import serve
    except ImportError as error:
        raise ProactiveError(
            "The package mcp is not installed", str(error.name or error), "Run: pip install 'proactive-tui[mcp]'"
        ) from error
    serve(where)
