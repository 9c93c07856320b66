"""The owner's own themes, and the compact density."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs

from proactive_tui.config import Config
from proactive_tui.errors import ConfigError
from proactive_tui.tui.terminal import themes
from tests.tui.fakes import offer
from tests.tui.host import PATIENT, stage

MIDNIGHT = 'primary = "#7aa2f7"\naccent = "#bb9af7"\nbackground = "#1a1b26"\ndark = true\n'


def face(**changed: object) -> Config:
    return structs.replace(PATIENT, face=structs.replace(PATIENT.face, **changed))


async def test_a_theme_beside_the_config_is_there_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "midnight.toml").write_text(MIDNIGHT)
    (tmp_path / "themes" / "broken.toml").write_text('primary = "no such colour"\n')
    async with stage(config=face(theme="midnight"), config_file=tmp_path / "config.toml") as it:
        assert it.app.theme == "midnight"
        assert it.app.screen.styles.background.hex == "#1A1B26"
        (said,) = it.toasts
        assert said.title == "A theme has no such colour"
        assert "themes/broken.toml: primary = no such colour" in said.message
        assert "broken" not in it.app.available_themes


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("primary = ", "cannot be read"),
        ('accent = "red"', "missing required"),
        ('primary = "red"\ndark = "yes"', "dark"),
        ('primary = "red"\nacent = "blue"', "unknown key.*acent"),
        ('primary = "red"\nsurface = "#zzz"', "no such colour.*surface"),
        ("primary = 3", "primary"),
    ],
)
def test_what_is_wrong_with_a_theme_is_said(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "mine.toml").write_text(text)
    with pytest.raises(ConfigError, match=f"(?s){said}"):
        themes.read_theme(tmp_path / "mine.toml")


async def test_compact_shows_the_same_in_fewer_lines() -> None:
    heights = []
    for compact in (False, True):
        async with stage(config=face(compact=compact), size=(60, 40)) as it:
            await it.offer(offer())
            card = it.app.screen.query_one("OfferCard")
            assert it.text("OfferCard .opener")
            assert it.seen("OfferCard .sources")
            heights.append(card.outer_size.height)
            if compact:
                it.app.apply_config(face(compact=False), "face.compact")
                await it.until(lambda card=card: card.outer_size.height == heights[0])  # type: ignore[misc]
    assert heights[1] <= heights[0] - 3
