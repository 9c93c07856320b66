"""The entry point. `status --line`, which a shell's prompt runs, is answered before the command line is imported."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from proactive_tui.brain import status_line
from proactive_tui.errors import ProactiveError
from proactive_tui.paths import resolve_data_paths


def main() -> None:
    """Run the command line. A ProactiveError becomes one line on standard error and an exit status."""
    try:
        if (data := status_line.requested_data_folder(sys.argv[1:])) is not None:
            sys.stdout.write(
                status_line.read_status_line(resolve_data_paths(Path(data) if data else None), time.time())
            )
            return
        from proactive_tui.cli.app import app  # noqa: PLC0415  (importing it takes longer than the status line)

        app()
    except ProactiveError as error:
        from proactive_tui.text.terminal_safe import one_line  # noqa: PLC0415  (needed for an error only)

        sys.stderr.write(f"error: {one_line(str(error))}\n")
        sys.exit(error.exit_status)


if __name__ == "__main__":
    main()
