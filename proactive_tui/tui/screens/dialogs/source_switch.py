"""Switches a source of items on or off, and asks what it is to read where the config names nothing yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from textual.content import Content

from proactive_tui.config_reading import config_sections, setting_value, with_value
from proactive_tui.model.status_values import SourceStatus
from proactive_tui.settings import PLACES_ASKED, lacks_places, places_problem, source_changes, split_places
from proactive_tui.text.quantities import format_ago, format_count
from proactive_tui.tui.face import ScreenFace
from proactive_tui.tui.formatting.colors import MUTED_COLOR
from proactive_tui.tui.formatting.text import one_line
from proactive_tui.tui.screens.dialogs.prompt_dialog import InputDialog

_SWITCH: Final = ".enabled"


def switched_source(key: str) -> str:
    """The source that a setting switches on, or ""."""
    return key.removesuffix(_SWITCH) if key.endswith(_SWITCH) else ""


def describe_source(source: str) -> str:
    """What a source is, and what of it leaves this machine."""
    return next((section.__doc__ or "" for name, section in config_sections() if name == source), "")


def describe_source_state(source: str, statuses: tuple[SourceStatus, ...], now: float) -> str:
    """What a source has brought, and what is wrong with it; "" where nothing is known of it."""
    status = next((status for status in statuses if status.name == source), None)
    if status is None:
        return ""
    asked = f", asked {format_ago(now - status.polled_at)}" if status.polled_at else ""
    return " · ".join(part for part in (f"{format_count(status.items, 'item')}{asked}", status.trouble) if part)


def toggle_flag(face: ScreenFace, key: str, done: Callable[[], None]) -> None:
    """Turn a flag of the config; a source that has nothing to read is told first what to read. Then call `done`."""
    source, is_on = switched_source(key), not setting_value(face.config, key)
    if not (is_on and source and lacks_places(face.config, source)):
        face.apply_config(with_value(face.config, key, is_on), key)
        done()
        return

    def switch_on(typed: str | None) -> None:
        if typed is not None:
            _apply_changes(face, source_changes(face.config, source, split_places(typed)))
            done()

    about = Content.assemble(describe_source(source), (f"\n{PLACES_ASKED[source]}", MUTED_COLOR))
    face.push_screen(InputDialog(source, about, check=lambda typed: one_line(places_problem(source, typed))), switch_on)


def _apply_changes(face: ScreenFace, changes: dict[str, Any]) -> None:
    config = face.config
    for key, value in changes.items():
        config = with_value(config, key, value)
    face.apply_config(config, *changes)
