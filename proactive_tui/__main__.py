"""The entry point. `run`, and `status --line` of a shell's prompt, are answered before the command line is imported."""

from __future__ import annotations

import io
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from proactive_tui.brain import status_line
from proactive_tui.data_folders import find_named_data_folder
from proactive_tui.errors import ProactiveError
from proactive_tui.paths import resolve_data_paths
from proactive_tui.plain_options import OPTIONS_WITH_VALUE, read_run_options, read_status_options


def main() -> None:
    """Run the command line. An error that a person can act on becomes one line on standard error and an exit status.

    Characters that the output's encoding does not have are replaced.
    """
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="replace")
    try:
        try:
            _run_command()
        finally:
            sys.stdout.flush()  # here, where a full device can still be reported
    except ProactiveError as error:
        _report_error(error)
    except BrokenPipeError:
        _close_output()
        sys.exit(1)
    except OSError as error:
        _close_output()
        _report_error(ProactiveError(error.strerror or type(error).__name__, error.filename or "", ""))


def _run_command() -> None:
    words = sys.argv[1:]
    if (named := read_status_options(words)) is not None:
        data = find_named_data_folder(named["--config"], named["--data-dir"], named["--notes"])
        sys.stdout.write(status_line.read_status_line(resolve_data_paths(data), time.time()))
    elif (named := read_run_options(words, os.environ)) is not None:
        _run_assistant(*(Path(named[option]) if named[option] else None for option in OPTIONS_WITH_VALUE))
    else:
        from proactive_tui.cli.app import app  # noqa: PLC0415  (importing it takes longer than the status line)

        app()


def _run_assistant(config: Path | None, data_dir: Path | None, notes: Path | None) -> None:
    from proactive_tui.cli.assistant import run_assistant  # noqa: PLC0415  (as above)

    try:
        run_assistant(config, data_dir, notes)
    except KeyboardInterrupt:
        sys.exit("Aborted!")


def _report_error(error: ProactiveError) -> None:
    from proactive_tui.text.terminal_safe import one_line  # noqa: PLC0415  (needed for an error only)

    with suppress(OSError):
        sys.stderr.write(f"error: {one_line(str(error))}\n")
    sys.exit(error.exit_status)


def _close_output() -> None:
    """Let what could not be written go: the interpreter would try again at its end, and print a traceback."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


if __name__ == "__main__":
    main()
