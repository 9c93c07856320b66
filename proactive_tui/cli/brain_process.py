"""Starts the brain for a face, runs it alone, ends it, and makes it a service of the system."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Never

from proactive_tui.cli.answers import running_brain
from proactive_tui.cli.command_context import CommandContext
from proactive_tui.data_folders import describe_data_folder
from proactive_tui.errors import BrainError, DataFolderBusyError, ProactiveError
from proactive_tui.ipc.attached_brain import AttachedBrain, end_brain
from proactive_tui.ipc.client import ChildBrain
from proactive_tui.ipc.requests import ClientHello
from proactive_tui.paths import APP_NAME, lock_data_folder, write_atomically

if TYPE_CHECKING:
    from proactive_tui.ipc.client import BrainClient

STOP_SECONDS = 30.0
"""Seconds in which a brain has to end that was asked to."""
SYSTEMD_UNIT = """[Unit]
Description=proactive-tui watches your notes

[Service]
ExecStart={command}
Restart=on-failure
Nice=10

[Install]
WantedBy=default.target
"""
LAUNCHD_PLIST = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key><string>{name}</string>
  <key>ProgramArguments</key><array>{command}</array>
  <key>RunAtLoad</key><true/>
</dict>
</plist>
"""


def brain_for_face(where: CommandContext) -> BrainClient:
    """The brain that a face talks to: the one that runs, else a new one, which stays as the config says.

    Raises DataFolderBusyError where something else holds the data folder.
    """
    hello = ClientHello(notes=str(where.folder), data=str(where.paths.data), config=where.config)
    if is_running(where) or where.config.brain.stay == "always":
        return AttachedBrain(hello, where.paths)
    with lock_data_folder(where.paths):
        pass  # say so now if another instance holds it; the brain takes the lock for itself in a moment
    return ChildBrain(hello, where.paths.log_file)


def is_running(where: CommandContext) -> bool:
    """Whether a brain runs on this data folder. Raises DataFolderBusyError where it watches another folder."""
    try:
        with running_brain(where) as brain:
            return brain is not None
    except BrainError:  # of another version, which the face has restarted
        return True


def watch(where: CommandContext) -> Never:
    """Be the brain in this terminal, until it is ended. Raises ProactiveError."""
    folder = where.folder
    if is_running(where):
        raise DataFolderBusyError("It runs already", str(where.paths.data), "See 'proactive-tui status'.")
    import typer

    from proactive_tui.brain.server import watch_alone

    if whose := describe_data_folder(where.paths, folder):
        typer.echo(whose)
    typer.echo(f"Watching {folder}. 'proactive-tui' shows it in another terminal, Ctrl+C or 'stop' ends it.")
    sys.stdout.flush()
    watch_alone(ClientHello(notes=str(folder), data=str(where.paths.data), config=where.config), where.paths.log_file)


def stop_brain(where: CommandContext) -> bool:
    """End the brain of this data folder; returns whether one ran. Raises BrainError when it does not end."""
    return end_brain(where.paths, STOP_SECONDS)


def install_service(config: Path | None, data_dir: Path | None, notes: Path | None, *, yes: bool) -> None:
    """Show the service of this system that watches from each login on, and write its file after asking."""
    import typer

    places = (("--config", config), ("--data-dir", data_dir), ("--notes", notes))
    named = [word for option, path in places if path for word in (option, str(path.expanduser().absolute()))]
    file, content, start = describe_service([sys.executable, "-m", "proactive_tui", "watch", *named], Path.home())
    typer.echo(f"{file}\n\n{content}")
    if file.exists() and file.read_text() == content:
        typer.echo("It is there already.")
    elif yes or typer.confirm("Write it?", err=True):
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(file, content)
        except OSError as error:
            raise ProactiveError("The service cannot be written", f"{file}: {error.strerror or error}", "") from error
        typer.echo(f"Written. Start it with: {start}")
    else:
        raise typer.Exit(1)


def describe_service(command: list[str], home: Path, system: str = sys.platform) -> tuple[Path, str, str]:
    """The file of a service that runs `command` at each login, its content, and the command that starts it.

    Raises ProactiveError where the system's services are not known.
    """
    if system == "darwin":
        from html import escape

        name = f"local.{APP_NAME}"
        file = home / "Library" / "LaunchAgents" / f"{name}.plist"
        words = "".join(f"<string>{escape(word, quote=False)}</string>" for word in command)
        return file, LAUNCHD_PLIST.format(name=name, command=words), f"launchctl load {shlex.quote(str(file))}"
    if system.startswith("linux"):
        folder = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "systemd" / "user"
        words = " ".join(f'"{_escape_unit_word(word)}"' for word in command)
        return (
            folder / f"{APP_NAME}.service",
            SYSTEMD_UNIT.format(command=words),
            f"systemctl --user enable --now {APP_NAME}",
        )
    raise ProactiveError("Services of this system are not known", system, "Run 'proactive-tui watch' at each login.")


def _escape_unit_word(word: str) -> str:
    """A word in quotes, as systemd reads it: % and $ begin what it fills in."""
    return word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
