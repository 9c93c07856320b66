"""Reads secrets from where the owner keeps them: never stored, logged, journaled or exported."""

from __future__ import annotations

import os
import shlex
import subprocess

from proactive_tui.errors import SourceError

COMMAND_SECONDS = 20.0
"""Seconds for a command that prints a secret: a password manager may have to be unlocked first."""
ENVIRONMENT_MARK, COMMAND_MARK = "env:", "command:"


def read_secret(where: str) -> str:
    """The secret that `where` refers to: "env:NAME" or "command:pass show token"; any other text is itself.

    Raises SourceError, whose message never holds what the command printed.
    """
    if where.startswith(ENVIRONMENT_MARK):
        name = where.removeprefix(ENVIRONMENT_MARK)
        if not (found := os.environ.get(name, "").strip()):
            raise SourceError("A secret is missing", f"The environment has no {name}", f"Set {name} before you start.")
        return found
    if where.startswith(COMMAND_MARK):
        return run_secret_command(shlex.split(where.removeprefix(COMMAND_MARK)))
    return where.strip()


def run_secret_command(command: list[str]) -> str:
    """The first line that a command prints, without a shell. Raises SourceError."""
    name = command[0] if command else "an empty command"
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=COMMAND_SECONDS, check=False
        )
    except (OSError, ValueError, IndexError, subprocess.TimeoutExpired) as error:
        raise SourceError(
            "A secret could not be read", f"{name}: {type(error).__name__}", "Try the command in a terminal."
        ) from None
    lines = done.stdout.decode(errors="replace").splitlines()
    if done.returncode or not lines or not lines[0].strip():
        raise SourceError("A secret could not be read", f"{name} ended with {done.returncode}", "Try it in a terminal.")
    return lines[0].strip()
