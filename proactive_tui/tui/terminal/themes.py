"""Loads the owner's own themes: TOML files in the folder `themes` beside the config; a theme has its file's name.

The keys are those of Textual's `Theme`: `primary` is required; `secondary`, `accent`, `foreground`,
`background`, `surface`, `panel`, `boost`, `warning`, `error`, `success`, `dark` and a table `variables` may
be set.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Final

import msgspec
from textual.app import App
from textual.color import Color, ColorParseError
from textual.theme import Theme

from proactive_tui.config_reading import MAX_CONFIG_BYTES, describe_written, read_toml, wrong_key
from proactive_tui.errors import ConfigError, ProactiveError

THEMES_FOLDER: Final = "themes"
THEME_KEYS: Final = tuple(field.name for field in fields(Theme) if field.name != "name")
THEME_COLORS: Final = (
    "primary", "secondary", "accent", "foreground", "background", "surface", "panel", "boost", "warning", "error",
    "success",
)  # fmt: skip


def register_themes(app: App[None], config_file: Path | None) -> Iterable[ProactiveError]:
    """Register the themes beside this config file; yields an error for each one that is left out as invalid."""
    files = sorted((config_file.parent / THEMES_FOLDER).glob("*.toml")) if config_file else ()
    for file in files:
        try:
            app.register_theme(read_theme(file))
        except ConfigError as error:
            yield error


def read_theme(file: Path) -> Theme:
    """Read the theme of this file. Raises ConfigError, which names the key."""
    where = f"{THEMES_FOLDER}/{file.name}"
    try:
        if file.stat().st_size > MAX_CONFIG_BYTES:
            raise ConfigError(
                "A theme is too large", f"{where}: {MAX_CONFIG_BYTES // 1024} kB is the most", "Take it away."
            )
        given = read_toml(file.read_text(encoding="utf-8"))
        for key in given:
            if key not in THEME_KEYS:
                raise ConfigError(
                    "A theme has an unknown key", f"{where}: {key}", f"There are: {', '.join(THEME_KEYS)}."
                )
        theme = msgspec.convert({**given, "name": file.stem}, Theme)
        for key in THEME_COLORS:
            if value := getattr(theme, key):
                Color.parse(value)
    except (OSError, ValueError) as error:
        raise ConfigError("A theme cannot be read", f"{where}: {error}", "Mend the file, or take it away.") from error
    except msgspec.ValidationError as error:
        raise ConfigError(
            "A theme is wrong",
            f"{where}: {describe_written(given, wrong_key(error))}",
            'Colours are text, as in primary = "#7aa2f7".',
        ) from error
    except ColorParseError as error:
        raise ConfigError("A theme has no such colour", f"{where}: {key} = {value}", str(error)) from error
    return theme
