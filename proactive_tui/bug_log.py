"""Tells of bugs: where one happened, without the words of its message, which may quote a note.

Apart from `errors`, so that a shell's prompt, which asks for the status line only, loads neither logging nor traceback.
"""

from __future__ import annotations

import logging
import traceback
from pathlib import PurePath


def bug_place(error: BaseException) -> str:
    """The type of an unexpected error and the line that raised it; not its message, which may quote a note."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} in {PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""


def log_bug(log: logging.Logger, failed: str, error: BaseException) -> None:
    """Log what failed by a bug, and the calls that led there."""
    log.error("%s: %s\n%s", failed, bug_place(error), "".join(traceback.format_tb(error.__traceback__)))
