"""The entry point. `status --line`, which a shell's prompt runs, is answered before the command line is imported."""

from __future__ import annotations

import io
import os
import sys
import time
from contextlib import suppress

from proactive_tui.brain import status_line
from proactive_tui.data_folders import find_named_data_folder
from proactive_tui.errors import ProactiveError
from proactive_tui.paths import resolve_data_paths


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
    if (named := status_line.requested_options(sys.argv[1:])) is not None:
        data = find_named_data_folder(named["--config"], named["--data-dir"], named["--notes"])
        sys.stdout.write(status_line.read_status_line(resolve_data_paths(data), time.time()))
        return
    from proactive_tui.cli.app import app  # noqa: PLC0415  (importing it takes longer than the status line)

    app()


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
