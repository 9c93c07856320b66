"""Formats one line about the running instance, for a status bar or a shell's prompt, which ask for it often.

This module imports the standard library, `errors` and `paths` only, and reads the status as plain JSON: to load the
types of `model` alone would take longer.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

from proactive_tui.errors import ProactiveError
from proactive_tui.paths import DataPaths, is_data_folder_held


def read_status_line(paths: DataPaths, now: float) -> str:
    """The line about the instance that holds this data folder, with a newline; empty where none holds it.

    Writes nothing. `now` is unix seconds. Raises ProactiveError when the instance has not written its status yet.
    """
    try:
        return (
            f"{format_status_line(json.loads(paths.status_file.read_bytes()), now)}\n"
            if is_data_folder_held(paths)
            else ""
        )
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise missing_status_error(paths) from error


def format_status_line(status: Mapping[str, Any], now: float) -> str:
    """The status (`model.BrainStatus` as JSON) in few words: whether an offer waits, today's offers, the next time.

    `now` is unix seconds. Marks and words carry the meaning, not colours.
    """
    rhythm, notes = status["rhythm"], status["notes"]
    waits = rhythm.get("offer_waiting", False)  # older programs wrote none
    parts = ["● an offer waits" if waits else "○", f"{rhythm['made']:d}/{rhythm['budget']:d} today"]
    next_at = rhythm["next_at"]
    if next_at is not None and next_at > now and not waits:
        parts.append(f"next {time.strftime('%H:%M', time.localtime(next_at))}")
    if notes["indexed"] < notes["watched"]:
        parts.append(f"index {notes['indexed']:d}/{notes['watched']:d}")
    return " ".join(parts[:2]) + "".join(f" · {part}" for part in parts[2:])


def missing_status_error(paths: DataPaths) -> ProactiveError:
    """The error when there is no status to read."""
    return ProactiveError(
        "The running instance has not written its status yet", str(paths.status_file), "Try again in a moment."
    )
